namespace Netboot.Tool.Flash;

/// <summary>
/// The one table of boards. Targets, PHY pins and deployment addresses are those of nanoFramework 1.17 (its defconfigs and partition
/// tables). Console pins were chosen from data: they avoid flash (6-11), PSRAM (16, 17 on WROVER modules), the RMII and PHY pins of the
/// board's target and strapping pins (0, 2, 12, 15); no board was there to prove them.
/// </summary>
internal static class Boards
{
    private const string NoPsram = "no";

    /// <summary>What the table says of a board that has PSRAM for sure.</summary>
    public const string HasPsram = "yes";

    /// <summary>Every board, wired ones first.</summary>
    public static readonly IReadOnlyList<Board> All =
    [
        new("wt32-eth01", "WT32-ETH01", "ESP32_WT32_ETH01", ChipFamily.Esp32, 4, NoPsram, NetworkKind.Ethernet, new(17, 5),
            "No USB: a 3.3 V USB-serial adapter on TXD, RXD, GND, and 5 V. To flash: IO0 to GND, then EN to GND for a moment; take IO0 off afterwards. Give it a good 5 V supply.")
        { BootByHand = true },
        new("olimex-esp32-poe", "Olimex ESP32-POE", "ESP32_OLIMEX", ChipFamily.Esp32, 4, NoPsram, NetworkKind.Ethernet, new(4, 36),
            "USB is not isolated from PoE on the plain model: unplug the PoE cable before you plug in USB (the -ISO model is isolated). Keep Wi-Fi off: the PHY's clock leaves at GPIO17. The console's pins are on the UEXT connector."),
        new("olimex-esp32-poe-wrover", "Olimex ESP32-POE-WROVER", "ESP32_OLIMEX_WROVER", ChipFamily.Esp32, 4, HasPsram,
        NetworkKind.Ethernet, new(4, 36),
            "As the ESP32-POE; the PHY's clock leaves at GPIO0."),
        new("esp32-ethernet-kit", "Espressif ESP32-Ethernet-Kit v1.2", "ESP32_ETHERNET_KIT_1.2", ChipFamily.Esp32, 4, HasPsram,
        NetworkKind.Ethernet, new(32, 33),
            "Two USB ports appear (FTDI): the second is the serial one. v1.0 and v1.1 have another PHY clock and do not work with this target."),
        new("lilygo-t-eth-poe", "LILYGO T-ETH-POE", "ESP32_LILYGO", ChipFamily.Esp32, 4, NoPsram, NetworkKind.Ethernet, new(32, 33),
            "Flashed by LILYGO's T-U2T adapter. Keep Wi-Fi off: the PHY's clock leaves at GPIO17."),
        new("wesp32", "wESP32", "ESP32_WESP32", ChipFamily.Esp32, 4, NoPsram, NetworkKind.Ethernet, new(32, 33),
            "Flashed by the wESP32-Prog adapter. The target expects the RTL8201 PHY: revision 7 and later."),
        new("esp32", "Any ESP32 module or devkit", "ESP32_REV0", ChipFamily.Esp32, 4, "not used", NetworkKind.Wifi, new(17, 16),
            "Runs on every revision of the chip. On a WROVER module use `esp32-psram`: pins 16 and 17 are its PSRAM's."),
        new("esp32-psram", "ESP32 with PSRAM (WROVER)", "ESP32_PSRAM_REV0", ChipFamily.Esp32, 4, HasPsram, NetworkKind.Wifi, new(32, 33),
            "As `esp32`, with megabytes of heap."),
        new("esp32-s3", "ESP32-S3 with octal PSRAM (N8R8, N16R8)", "ESP32_S3_OCTAL", ChipFamily.Esp32S3, 8, HasPsram, NetworkKind.Wifi,
        new(17, 18),
            "Two USB sockets: flash by the one marked USB, or by UART. No S3 firmware has Ethernet: W5500 boards need a nanoFramework of their own."),
        new("esp32-s3-quad", "ESP32-S3 with quad PSRAM or none", "ESP32_S3_QUAD", ChipFamily.Esp32S3, 4, "if fitted", NetworkKind.Wifi,
        new(17, 18),
            "As `esp32-s3`."),
        new("esp32-c3", "ESP32-C3", "ESP32_C3", ChipFamily.Esp32C3, 4, NoPsram, NetworkKind.Wifi, new(4, 5),
            "Chips of revision v0.2 need `--target ESP32_C3_BETA`."),
    ];

    /// <summary>Every name that <c>--board</c> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(board => board.Name)];

    /// <summary>The board of that name, any case, or null.</summary>
    public static Board? Find(string name) =>
        All.FirstOrDefault(board => string.Equals(board.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A list for people: name and what it is, a line each.</summary>
    public static string List()
    {
        int width = Names.Max(name => name.Length);
        return string.Join(Environment.NewLine, All.Select(board => $"  {board.Name.PadRight(width)}  {board.Title}"));
    }
}
