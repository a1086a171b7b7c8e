using Netboot.Board;

namespace Netboot.Firmware;

/// <summary>
/// What the LED shows: steady when the device serves, slow blinking while it has no address, quick blinking in set-up mode.
/// </summary>
public sealed class StatusLed : IPolled
{
    private const int SlowMilliseconds = 1000;
    private const int QuickMilliseconds = 400;

    private readonly IBoard _board;
    private readonly INetwork _network;
    private readonly ResetButton _button;
    private readonly bool _setUp;

    /// <summary>The LED of a device; <paramref name="setUp"/>: it is in set-up mode.</summary>
    public StatusLed(IBoard board, INetwork network, ResetButton button, bool setUp)
    {
        _board = board;
        _network = network;
        _button = button;
        _setUp = setUp;
    }

    /// <inheritdoc/>
    public string Name
    {
        get { return "LED"; }
    }

    /// <inheritdoc/>
    public void Poll(long now)
    {
        if (_button.OwnsLed)
        {
            return;
        }

        int period = _setUp ? QuickMilliseconds : SlowMilliseconds;
        bool steady = !_setUp && _network.Address != null;
        _board.SetLed(steady || now / period % 2 == 0);
    }
}
