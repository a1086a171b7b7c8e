using Netboot.Bytes;

namespace Netboot.Firmware;

/// <summary>
/// What differs from one nanoFramework target to another and cannot be asked at run time; settings may name other pins. The build makes
/// <c>Of</c> from the table in BOARDS.md. A pin is a GPIO's number, or <see cref="None"/>.
/// </summary>
public sealed partial class TargetTraits
{
    /// <summary>No such pin.</summary>
    public const int None = -1;

    private TargetTraits(bool hasEthernet, int consoleTx, int consoleRx, int led, bool ledIsActiveLow, int button)
    {
        HasEthernet = hasEthernet;
        ConsoleTx = consoleTx;
        ConsoleRx = consoleRx;
        LedPin = led;
        LedIsActiveLow = ledIsActiveLow;
        ButtonPin = button;
    }

    /// <summary>Whether the target's firmware has Ethernet compiled in.</summary>
    public bool HasEthernet { get; }

    /// <summary>COM2's output: to the RX of a USB adapter.</summary>
    public int ConsoleTx { get; }

    /// <summary>COM2's input.</summary>
    public int ConsoleRx { get; }

    /// <summary>The status LED.</summary>
    public int LedPin { get; }

    /// <summary>Whether the LED is lit by a low level.</summary>
    public bool LedIsActiveLow { get; }

    /// <summary>The button that is held for a factory reset. It is low while pressed, and has a pull-up on the board.</summary>
    public int ButtonPin { get; }

    /// <summary>The pin that a setting names, <see cref="None"/> for <c>none</c>; <paramref name="usual"/> without a setting.</summary>
    internal static int Pin(byte[] setting, int usual)
    {
        if (setting == null)
        {
            return usual;
        }

        int pin = Octets.ParseNumber(setting, 0, setting.Length);
        return pin < 0 ? None : pin;
    }
}
