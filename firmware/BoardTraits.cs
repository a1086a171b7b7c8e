namespace Netboot.Firmware;

/// <summary>
/// What differs from board to board and cannot be asked at run time, by nanoFramework target (facts 3.1, 13; nf-interpreter
/// targets/ESP32/defconfig). A pin is used only where the target is one particular board with that part on it; a target that runs on
/// anybody's board (ESP32_REV3, ESP32_S3 …) drives no pin, for there is something else on it on the next board.
/// </summary>
public sealed class BoardTraits
{
    /// <summary>No such pin.</summary>
    public const int None = -1;

    private BoardTraits(string target, bool hasEthernet, bool rmiiClockOut, int led, bool ledLow, int button)
    {
        Target = target;
        HasEthernet = hasEthernet;
        RmiiClockOut = rmiiClockOut;
        LedPin = led;
        LedIsActiveLow = ledLow;
        ButtonPin = button;
    }

    /// <summary>The target's name.</summary>
    public string Target { get; }

    /// <summary>Whether the target's firmware has Ethernet compiled in.</summary>
    public bool HasEthernet { get; }

    /// <summary>
    /// Whether the chip makes the Ethernet's 50 MHz clock. Its PLL gets unstable while Wi-Fi is active, and Ethernet corrupts or hangs
    /// (wled/WLED#4703 citing Espressif): Wi-Fi must stay off.
    /// </summary>
    public bool RmiiClockOut { get; }

    /// <summary>The status LED's GPIO, or <see cref="None"/>.</summary>
    public int LedPin { get; }

    /// <summary>Whether the LED is lit by a low level.</summary>
    public bool LedIsActiveLow { get; }

    /// <summary>
    /// The GPIO of the button that is held for a factory reset, or <see cref="None"/>. It is low when pressed, and has a pull-up on the
    /// board.
    /// </summary>
    public int ButtonPin { get; }

    /// <summary>The traits of a target; those of a plain Wi-Fi board for one that is not in the table.</summary>
    public static BoardTraits Of(string target)
    {
        switch (target)
        {
            // BUT1 is on GPIO34 (input only, pull-up on the board); the LEDs are wired to power and charger.
            case "ESP32_OLIMEX":
            case "ESP32_OLIMEX_WROVER":
                return new BoardTraits(target, true, true, None, false, 34);

            // GPIO17 gives the clock. No user button or LED.
            case "ESP32_LILYGO":
                return new BoardTraits(target, true, true, None, false, None);

            // The clock comes in on GPIO0, from an oscillator: the boot button there cannot be read.
            case "ESP32_WT32_ETH01":
            case "ESP32_WESP32":
            case "ESP32_ETHERNET_KIT_1.2":
                return new BoardTraits(target, true, false, None, false, None);

            // Clock in on GPIO50; Wi-Fi is another chip.
            case "ESP32_P4":
            case "ESP32_P4_REV_LESS3":
                return new BoardTraits(target, true, false, None, false, None);

            // W5500 by SPI when the LAN module is there. Button A.
            case "M5Core":
                return new BoardTraits(target, true, false, None, false, 39);

            // Red LED, lit by low; button A.
            case "M5StickC":
            case "M5StickCPlus":
                return new BoardTraits(target, false, false, 10, true, 37);

            default:
                return new BoardTraits(target, false, false, None, false, None);
        }
    }
}
