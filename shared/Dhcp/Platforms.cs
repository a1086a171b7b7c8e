using System;
using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>
/// The one table of platforms: its name in settings, URLs and on the page, its loader when no setting names another, and the numbers by
/// which firmware names it in option 93 (RFC 4578 with its erratum on 7 and 9, IANA's "Processor Architecture Types"). Loaders are the
/// small builds that use the firmware's own network driver (field notes D4-17: those with all drivers hang on some cards).
/// </summary>
public static class Platforms
{
    /// <summary>How many there are, <see cref="Platform.Unknown"/> included.</summary>
    public const int Count = (int)Platform.RaspberryPi + 1;

    /// <summary>The number of a Raspberry Pi's boot ROM, the highest that is known.</summary>
    private const int HighestNumber = 41;

    /// <summary>Beside a number: its firmware boots by HTTP.</summary>
    private const byte Http = 0x80;

    // The names one after the other, each in so many bytes, the first of which is its length: an array for each would take four times as
    // much of the board's heap.
    private const int NameSize = 8;

    private static readonly byte[] Names = new byte[Count * NameSize];
    private static readonly byte[][] Loaders = new byte[Count][];

    // By number: the platform, and Http.
    private static readonly byte[] OfNumber = new byte[HighestNumber + 1];

    static Platforms()
    {
        Row(Platform.Unknown, "unknown", null);
        Row(Platform.Bios, "bios", "undionly.kpxe", 0, Http | 20);
        Row(Platform.Ia32, "ia32", "snponly-ia32.efi", 6, Http | 15);

        // By the RFC 8 is "Xscale" and 9 EFI byte code: x64 machines send both.
        Row(Platform.X64, "x64", "snponly.efi", 7, 8, 9, Http | 16, Http | 17);

        // 21 to 24 are U-Boot's.
        Row(Platform.Arm32, "arm32", "snponly-arm32.efi", 10, 21, Http | 18, Http | 23);
        Row(Platform.Arm64, "arm64", "snponly-arm64.efi", 11, 22, Http | 19, Http | 24);
        Row(Platform.RiscV32, "riscv32", "snponly-riscv32.efi", 25, Http | 26);
        Row(Platform.RiscV64, "riscv64", "snponly-riscv64.efi", 27, Http | 28);
        Row(Platform.Loong64, "loong64", "snponly-loong64.efi", 39, Http | 40);

        // Its ROM asks siaddr for its own file names.
        Row(Platform.RaspberryPi, "pi", null, HighestNumber);
    }

    /// <summary>Writes the name of a platform, lower case.</summary>
    public static void WriteName(Platform platform, ByteWriter writer)
    {
        int at = (int)platform * NameSize;
        writer.Raw(Names, at + 1, Names[at]);
    }

    /// <summary>Puts the name into a buffer; gives where it goes on behind it.</summary>
    public static int PutName(Platform platform, byte[] buffer, int offset)
    {
        byte[] names = Names;
        int at = (int)platform * NameSize;
        int length = names[at];
        Array.Copy(names, at + 1, buffer, offset, length);
        return offset + length;
    }

    /// <summary>The same as a string. Each call makes one.</summary>
    public static string TextOf(Platform platform)
    {
        int at = (int)platform * NameSize;
        return Octets.Text(Names, at + 1, Names[at]);
    }

    /// <summary>The file name of a platform's loader, or null when there is none for it.</summary>
    public static byte[] LoaderOf(Platform platform) => Loaders[(int)platform];

    /// <summary>The platform of an option 93 number, <see cref="Platform.Unknown"/> for one that has no iPXE.</summary>
    public static Platform Of(int architecture) =>
        architecture < OfNumber.Length ? (Platform)(OfNumber[architecture] & ~Http) : Platform.Unknown;

    /// <summary>Whether an option 93 number is of a platform, and stands for boot by HTTP (or, as asked, by TFTP).</summary>
    public static bool Fits(int architecture, bool http) =>
        architecture < OfNumber.Length && OfNumber[architecture] != 0 && OfNumber[architecture] >= Http == http;

    /// <summary>The platform of a name (lower case), or <see cref="Platform.Unknown"/>.</summary>
    public static Platform Parse(byte[] name, int offset, int length)
    {
        for (int i = 1; i < Count; i++)
        {
            if (length == Names[i * NameSize] && Octets.Equal(name, offset, Names, (i * NameSize) + 1, length))
            {
                return (Platform)i;
            }
        }

        return Platform.Unknown;
    }

    private static void Row(Platform platform, string name, string loader, params byte[] numbers)
    {
        int at = (int)platform * NameSize;
        byte[] text = Octets.Of(name);
        Names[at] = (byte)text.Length;
        Array.Copy(text, 0, Names, at + 1, text.Length);
        Loaders[(int)platform] = loader == null ? null : Octets.Of(loader);
        for (int i = 0; i < numbers.Length; i++)
        {
            OfNumber[numbers[i] & ~Http] = (byte)((int)platform | (numbers[i] & Http));
        }
    }
}
