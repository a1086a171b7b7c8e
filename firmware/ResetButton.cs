using System;
using System.Device.Gpio;
using Netboot.Api;
using Netboot.Board;
using Netboot.Device;
using Netboot.Logging;

namespace Netboot.Firmware;

/// <summary>
/// The button that, held for ten seconds, wipes settings, passwords and network settings and restarts the board. It needs no stored file,
/// so it works even when all of them are missing (OpenMQTTGateway#1872 is a button that did not).
/// </summary>
public sealed class ResetButton : IPolled
{
    private readonly GpioPin _pin;
    private readonly IBoard _board;
    private readonly IStorage _storage;
    private readonly BoardNetworkSetup _setup;
    private readonly Log _log;
    private readonly HoldButton _hold = new HoldButton();

    /// <summary>The button of a board with this target; without one, nothing happens.</summary>
    public ResetButton(TargetTraits traits, IBoard board, IStorage storage, BoardNetworkSetup setup, Log log)
    {
        _board = board;
        _storage = storage;
        _setup = setup;
        _log = log;
        if (traits.ButtonPin != TargetTraits.None)
        {
            try
            {
                // The board has the pull-up: input-only pins (34 to 39) have none of their own.
                _pin = new GpioController().OpenPin(traits.ButtonPin, PinMode.Input);
            }
            catch (Exception e)
            {
                log.Add(Subsystem.Init, LogEvent.Note, 0,
                    "Reset button on GPIO" + traits.ButtonPin.ToString() + " is not usable: " + FaultText.Of(e));
            }
        }
    }

    /// <inheritdoc/>
    public string Name
    {
        get { return "button"; }
    }

    /// <summary>Whether the LED shows the button now.</summary>
    public bool OwnsLed
    {
        get { return _hold.OwnsLed; }
    }

    /// <inheritdoc/>
    public void Poll(long now)
    {
        if (_pin == null)
        {
            return;
        }

        bool reset = _hold.Look(_pin.Read() == PinValue.Low, now);
        if (_hold.OwnsLed)
        {
            _board.SetLed(_hold.Lit);
        }

        if (reset)
        {
            _log.Add(Subsystem.Init, LogEvent.Note, 0, "Factory reset: all settings are erased");
            FactoryReset.Run(_storage, _log);
            _setup.Forget();
            _board.Reboot();
        }
    }
}
