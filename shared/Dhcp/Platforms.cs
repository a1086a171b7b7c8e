using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>The names of platforms in settings, URLs and on the page.</summary>
public static class Platforms
{
    /// <summary>How many there are, <see cref="Platform.Unknown"/> included.</summary>
    public const int Count = 10;

    private static readonly byte[][] Names =
    {
        Octets.Of("unknown"), Octets.Of("bios"), Octets.Of("ia32"), Octets.Of("x64"), Octets.Of("arm32"),
        Octets.Of("arm64"), Octets.Of("riscv32"), Octets.Of("riscv64"), Octets.Of("loong64"), Octets.Of("pi"),
    };

    /// <summary>The name of a platform, lower case.</summary>
    public static byte[] NameOf(Platform platform) => Names[(int)platform];

    /// <summary>The platform of a name (lower case), or <see cref="Platform.Unknown"/>.</summary>
    public static Platform Parse(byte[] name, int offset, int length)
    {
        for (int i = 1; i < Names.Length; i++)
        {
            if (Octets.Is(name, offset, length, Names[i]))
            {
                return (Platform)i;
            }
        }

        return Platform.Unknown;
    }
}
