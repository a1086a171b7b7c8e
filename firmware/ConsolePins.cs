namespace Netboot.Firmware;

/// <summary>
/// Which pins of a board are free for the console: one row for each nanoFramework target. <see cref="None"/> where there is
/// nothing that can be relied on; settings name others. Taken on every board with Ethernet of the classic ESP32: 19, 21, 22, 25, 26, 27
/// (data), 18 and 23 (management), the clock and the reset. 6 to 11 are the flash, 16 and 17 the PSRAM where there is some.
/// </summary>
internal sealed class ConsolePins
{
    /// <summary>No such pin.</summary>
    internal const int None = -1;

    private ConsolePins(int tx, int rx)
    {
        Tx = tx;
        Rx = rx;
    }

    /// <summary>COM2's output: to the RX of a USB adapter.</summary>
    internal int Tx { get; }

    /// <summary>COM2's input.</summary>
    internal int Rx { get; }

    /// <summary>The pins of a target, for instance <c>ESP32_WT32_ETH01</c>.</summary>
    internal static ConsolePins Of(string target)
    {
        switch (target)
        {
            case "ESP32_WT32_ETH01":
                // Printed on the board as TXD and RXD of its second serial port.
                return new ConsolePins(17, 5);
            case "ESP32_OLIMEX":
            case "ESP32_OLIMEX_WROVER":
                // The serial pins of the UEXT connector; 36 is an input only, which RX may be.
                return new ConsolePins(4, 36);
            case "ESP32_WESP32":
            case "ESP32_LILYGO":
            case "ESP32_ETHERNET_KIT_1.2":
                // On the header, and neither strapping pins nor the SD card's.
                return new ConsolePins(32, 33);
            case "M5Core":
                // Port C.
                return new ConsolePins(17, 16);
            case "ESP32_REV0":
            case "ESP32_REV3":
                // Where the chip has its third UART by default; no PSRAM is there.
                return new ConsolePins(17, 16);
            case "ESP32_PSRAM_REV0":
            case "ESP32_PSRAM_REV3":
                return new ConsolePins(32, 33);
            case "ESP32_S3_OCTAL":
            case "ESP32_S3_QUAD":
                // For a board that started without its own USB connected: COM1 is the debugger's then.
                return new ConsolePins(17, 18);
            case "ESP32_C3":
                return new ConsolePins(4, 5);
            default:
                // C5, C6, P4: the console is on COM1 where the chip's own USB leaves that free.
                return new ConsolePins(None, None);
        }
    }
}
