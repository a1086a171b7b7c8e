using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Settings;

/// <summary>
/// The loader of each platform when no setting names another. They are the small builds that use the firmware's own network driver
/// (field notes D4-17: those with all drivers hang on some cards).
/// </summary>
public static class LoaderNames
{
    /// <summary>Where loaders are to be had, to end a sentence with.</summary>
    public const string Sources = "in Debian's ipxe package and on github.com/ipxe/ipxe/releases";

    /// <summary>
    /// The kinds of machines that people have (BIOS, x64, ARM64): that a loader of these is missing is told before one of them fails.
    /// </summary>
    public const int Usual = 3;

    private static readonly byte[] RomLoader = Octets.Of("ipxe.pxe");

    private static readonly byte[][] Names =
    {
        null, Octets.Of("undionly.kpxe"), Octets.Of("snponly-ia32.efi"), Octets.Of("snponly.efi"), Octets.Of("snponly-arm32.efi"),
        Octets.Of("snponly-arm64.efi"), Octets.Of("snponly-riscv32.efi"), Octets.Of("snponly-riscv64.efi"),
        Octets.Of("snponly-loong64.efi"), null,
    };

    /// <summary>
    /// The loader for a BIOS machine whose ROM is iPXE already: one loaded over UNDI would lose the network (field notes D4-15).
    /// </summary>
    public static byte[] BiosIpxeRom => RomLoader;

    /// <summary>The file name for a platform, or null when there is no loader for it.</summary>
    public static byte[] Default(Platform platform) => Names[(int)platform];

    /// <summary>One of the <see cref="Usual"/> platforms.</summary>
    public static Platform UsualPlatform(int index) => index == 0 ? Platform.Bios : index == 1 ? Platform.X64 : Platform.Arm64;
}
