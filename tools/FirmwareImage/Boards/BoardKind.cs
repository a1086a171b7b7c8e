namespace Netboot.FirmwareImage.Boards;

/// <summary>One kind of board: a row of firmware/BOARDS.md.</summary>
public sealed record BoardKind(
    string Name,
    string Title,
    string Chip,
    int FlashMegabytes,
    string Psram,
    int DeployAddress,
    int DeployBytes,
    bool BootByHand,
    Wiring Wiring)
{
    private static readonly string[] OtherChips = ["ESP32_S2", "ESP32_S3", "ESP32_C3", "ESP32_C5", "ESP32_C6", "ESP32_H2", "ESP32_P4"];

    /// <summary>The nanoFramework target that it runs.</summary>
    public string Target => Wiring.Target;

    /// <summary>An address as nanoff and the documentation write it.</summary>
    public static string Hex(int address) => FormattableString.Invariant($"0x{address:X}");

    /// <summary>
    /// Whether it takes the image for boards with PSRAM, which fetches by https as well. Only where PSRAM is certain: on a board without it,
    /// that image leaves too little memory. A <paramref name="target"/> other than the board's own may be one without PSRAM.
    /// </summary>
    public bool TakesPsramImage(string? target) => Psram == "yes" && (target == null || target == Target);

    /// <summary>Whether a nanoFramework target is one for this board's chip, by its name.</summary>
    public bool TakesTarget(string target)
    {
        string prefix = Chip.Replace('-', '_');
        return prefix == "ESP32"
            ? target.StartsWith("ESP32_", StringComparison.Ordinal)
                && !OtherChips.Any(other => target.StartsWith(other, StringComparison.Ordinal))
            : target.StartsWith(prefix, StringComparison.Ordinal);
    }
}
