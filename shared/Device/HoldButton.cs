namespace Netboot.Device;

/// <summary>
/// A button that does something when it is held for ten seconds, as on WLED and its like. Pure: levels and times in. It is polled, so a
/// bounce between two looks is not seen, and one at a look only starts the ten seconds anew.
/// </summary>
public sealed class HoldButton
{
    /// <summary>How long it is to be held.</summary>
    public const int HoldMilliseconds = 10000;

    /// <summary>The LED blinks from here on, so that a person knows it was noticed; a short press shows nothing.</summary>
    public const int NoticeMilliseconds = 1000;

    private const int BlinkMilliseconds = 400;

    private bool _wasFree;
    private bool _pressed;
    private bool _fired;
    private long _since;

    /// <summary>Whether the LED is to blink for the button now, and not to show the device's state.</summary>
    public bool OwnsLed { get; private set; }

    /// <summary>Whether the LED is to be lit, while <see cref="OwnsLed"/>.</summary>
    public bool Lit { get; private set; }

    /// <summary>
    /// Takes the level at <paramref name="now"/>; gives true once when the button has been held long enough. A button that is down from the
    /// start counts only after it was let go: a pin that nothing is wired to, or a stuck button, must not wipe the device.
    /// </summary>
    public bool Look(bool pressed, long now)
    {
        if (!pressed)
        {
            _wasFree = true;
            _pressed = false;
            _fired = false;
            OwnsLed = false;
            return false;
        }

        if (!_wasFree || _fired)
        {
            return false;
        }

        if (!_pressed)
        {
            _pressed = true;
            _since = now;
        }

        long held = now - _since;
        OwnsLed = held >= NoticeMilliseconds;
        Lit = held >= HoldMilliseconds || held / BlinkMilliseconds % 2 == 0;
        if (held < HoldMilliseconds)
        {
            return false;
        }

        _fired = true;
        return true;
    }
}
