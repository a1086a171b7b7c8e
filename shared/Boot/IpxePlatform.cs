using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Boot;

/// <summary>Tells the platform from what a script URL says: our own name, or what iPXE calls it.</summary>
public static class IpxePlatform
{
    private static readonly byte[] X86 = Octets.Of("i386");
    private static readonly byte[] X64 = Octets.Of("x86_64");
    private static readonly byte[] Efi = Octets.Of("efi");
    private static readonly byte[] PcBios = Octets.Of("pcbios");

    /// <summary>
    /// The platform by the URL's <c>arch</c> (a name of ours, or iPXE's <c>${buildarch}</c>) and <c>platform</c> (iPXE's
    /// <c>${platform}</c>; length 0 when missing, which is taken for a BIOS with i386 and for UEFI with all others).
    /// </summary>
    public static Platform Parse(byte[] text, int arch, int archLength, int platform, int platformLength)
    {
        if (Octets.Is(text, arch, archLength, X86))
        {
            return Octets.Is(text, platform, platformLength, Efi) ? Platform.Ia32 : Platform.Bios;
        }

        if (Octets.Is(text, arch, archLength, X64))
        {
            return Octets.Is(text, platform, platformLength, PcBios) ? Platform.Bios : Platform.X64;
        }

        return Platforms.Parse(text, arch, archLength);
    }
}
