
namespace Netboot.Dhcp;

/// <summary>
/// Option 93 numbers and what they stand for (RFC 4578 with its erratum on 7 and 9, IANA's "Processor Architecture Types").
/// </summary>
public static class Architectures
{
    /// <summary>The boot ROM of a Raspberry Pi.</summary>
    public const int RaspberryPi = 41;

    /// <summary>Set in <see cref="Table"/> for a client that boots by HTTP.</summary>
    private const byte Http = 0x80;

    private static readonly byte[] Table = Numbers();

    /// <summary>The platform of an architecture number, <see cref="Platform.Unknown"/> for one that has no iPXE.</summary>
    public static Platform PlatformOf(int architecture) =>
        architecture < Table.Length ? (Platform)(Table[architecture] & ~Http) : Platform.Unknown;

    /// <summary>Whether the number stands for boot by HTTP rather than by TFTP.</summary>
    public static bool IsHttp(int architecture) => architecture < Table.Length && (Table[architecture] & Http) != 0;

    private static byte[] Numbers()
    {
        var table = new byte[RaspberryPi + 1];
        table[0] = (byte)Platform.Bios;
        table[6] = (byte)Platform.Ia32;
        table[7] = (byte)Platform.X64;
        table[8] = (byte)Platform.X64; // "Xscale" by the RFC; FOG's users met x64 machines that send it.
        table[9] = (byte)Platform.X64; // EFI byte code by the RFC; x64 machines send it.
        table[10] = (byte)Platform.Arm32;
        table[11] = (byte)Platform.Arm64;
        table[15] = (byte)Platform.Ia32 | Http;
        table[16] = (byte)Platform.X64 | Http;
        table[17] = (byte)Platform.X64 | Http;
        table[18] = (byte)Platform.Arm32 | Http;
        table[19] = (byte)Platform.Arm64 | Http;
        table[20] = (byte)Platform.Bios | Http;
        table[21] = (byte)Platform.Arm32; // U-Boot
        table[22] = (byte)Platform.Arm64; // U-Boot
        table[23] = (byte)Platform.Arm32 | Http; // U-Boot
        table[24] = (byte)Platform.Arm64 | Http; // U-Boot
        table[25] = (byte)Platform.RiscV32;
        table[26] = (byte)Platform.RiscV32 | Http;
        table[27] = (byte)Platform.RiscV64;
        table[28] = (byte)Platform.RiscV64 | Http;
        table[39] = (byte)Platform.Loong64;
        table[40] = (byte)Platform.Loong64 | Http;
        table[RaspberryPi] = (byte)Platform.RaspberryPi;
        return table;
    }
}
