using System;
using System.Device.Gpio;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Runtime.Native;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Firmware;

/// <summary>The ESP32 itself.</summary>
public sealed class Esp32Board : IBoard
{
    private GpioPin _led;
    private bool _ledIsActiveLow;
    private byte[] _mac;

    /// <summary>The board that this runs on; see <see cref="OpenLed"/>.</summary>
    public Esp32Board()
    {
        Target = SystemInfo.TargetName;
        FirmwareVersion = SystemInfo.Version.ToString();
    }

    /// <inheritdoc/>
    public string Target { get; }

    /// <inheritdoc/>
    public string FirmwareVersion { get; }

    /// <inheritdoc/>
    public byte[] MacAddress
    {
        get
        {
            if (_mac == null)
            {
                NetworkInterface lan = Interfaces.Find(Interfaces.Lan());
                byte[] mac = lan == null ? null : lan.PhysicalAddress;
                _mac = mac != null && mac.Length == 6 ? mac : null;
            }

            return _mac;
        }
    }

    /// <inheritdoc/>
    public DateTime UtcNow
    {
        get { return Clock.UtcNow; }
    }

    /// <inheritdoc/>
    public int FreeMemory()
    {
        return (int)nanoFramework.Runtime.Native.GC.Run(true);
    }

    /// <inheritdoc/>
    public bool HasRoom(int bytes)
    {
        return Memory.Has(bytes);
    }

    /// <summary>
    /// Takes the LED that the settings name, or the target's; <paramref name="settings"/> may be null. A pin that cannot be an output is
    /// reported, and the board then has no LED: a wrong setting must not keep it from starting.
    /// </summary>
    public void OpenLed(TargetTraits traits, DeviceSettings settings, Log log)
    {
        int pin = TargetTraits.Pin(settings == null ? null : settings.Value(SettingsKey.DeviceLed), traits.LedPin);
        byte[] level = settings == null ? null : settings.Value(SettingsKey.DeviceLedLevel);
        if (pin == TargetTraits.None)
        {
            return;
        }

        if (pin == traits.ButtonPin || ReservedPins.Has(SystemInfo.TargetName, pin))
        {
            Refuse(log, pin, pin == traits.ButtonPin ? "the reset button is there" : ReservedPins.Reason);
            return;
        }

        _ledIsActiveLow = level == null ? pin == traits.LedPin && traits.LedIsActiveLow : level[0] == (byte)'l';
        try
        {
            _led = new GpioController().OpenPin(pin, PinMode.Output);
            SetLed(false);
        }
        catch (Exception e)
        {
            _led = null;
            Refuse(log, pin, FaultText.Of(e));
        }
    }

    private static void Refuse(Log log, int pin, string reason)
    {
        log.Add(Subsystem.Init, LogEvent.Note, 0, "LED on GPIO" + pin.ToString() + " refused: " + reason);
    }

    /// <inheritdoc/>
    public void SetLed(bool lit)
    {
        if (_led != null)
        {
            _led.Write(lit != _ledIsActiveLow);
        }
    }

    /// <inheritdoc/>
    public void Reboot()
    {
        Power.RebootDevice();

        // The restart may take a moment, and the caller must not go on in the meantime.
        Thread.Sleep(Timeout.Infinite);
    }
}
