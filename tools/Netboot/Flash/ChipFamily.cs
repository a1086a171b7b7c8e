namespace Netboot.Tool.Flash;

/// <summary>The chips that pre-built nanoFramework firmware and this project run on.</summary>
internal enum ChipFamily
{
    /// <summary>The classic ESP32: the only one with wired Ethernet.</summary>
    Esp32,

    /// <summary>ESP32-S3: Wi-Fi, native USB.</summary>
    Esp32S3,

    /// <summary>ESP32-C3: Wi-Fi, native USB, no PSRAM.</summary>
    Esp32C3,
}

/// <summary>Where a chip's flash holds the application, by the partition tables of nanoFramework 1.17.</summary>
internal static class ChipFlash
{
    private const int SmallestFlash = 4;

    /// <summary>A chip's name as its maker writes it.</summary>
    public static string Name(this ChipFamily chip) => chip switch
    {
        ChipFamily.Esp32 => "ESP32",
        ChipFamily.Esp32S3 => "ESP32-S3",
        _ => "ESP32-C3",
    };

    /// <summary>
    /// Start of the deployment partition; the same for every flash size. nanoff's own default, 0x1B0000, lies inside the firmware of a
    /// classic ESP32 (nanoframework/Home#1835): nanoff reports success and the application never runs.
    /// </summary>
    public static int DeployAddress(this ChipFamily chip) => chip == ChipFamily.Esp32 ? 0x1E0000 : 0x1B0000;

    /// <summary>Bytes that the deployment partition holds on a board with that much flash.</summary>
    public static int DeployCapacity(this ChipFamily chip, int flashMegabytes) => (chip, flashMegabytes > SmallestFlash) switch
    {
        (ChipFamily.Esp32, false) => 0x1C0000,
        (ChipFamily.Esp32, true) => 0x2B0000,
        (ChipFamily.Esp32S3, true) => 0x2E0000,
        _ => 0x1F0000,
    };

    /// <summary>An address as nanoff and the documentation write it.</summary>
    public static string Hex(int address) => "0x" + address.ToString("X", System.Globalization.CultureInfo.InvariantCulture);
}
