using Netboot.Bytes;

namespace Netboot.Boot;

/// <summary>
/// The loader of each platform when no setting names another. They are the small builds that use the firmware's own network driver
/// (field notes D4-17: those with all drivers hang on some cards).
/// </summary>
public static class LoaderNames
{
    private static readonly byte[] RomLoader = Octets.Of("ipxe.pxe");

    private static readonly byte[][] Names =
    {
        null, Octets.Of("undionly.kpxe"), Octets.Of("snponly-ia32.efi"), Octets.Of("snponly.efi"), Octets.Of("snponly-arm32.efi"),
        Octets.Of("snponly-arm64.efi"), Octets.Of("snponly-riscv32.efi"), Octets.Of("snponly-riscv64.efi"), Octets.Of("snponly-loong64.efi"), null,
    };

    /// <summary>The loader for a BIOS machine whose ROM is iPXE already: one loaded over UNDI would lose the network (field notes D4-15).</summary>
    public static byte[] BiosIpxeRom
    {
        get { return RomLoader; }
    }

    /// <summary>The file name for a platform, or null when there is no loader for it.</summary>
    public static byte[] Default(Platform platform)
    {
        return Names[(int)platform];
    }
}
