namespace Netboot.Boot;

/// <summary>
/// The loader of each platform when no setting names another. They are the small builds that use the firmware's own network driver
/// (field notes D4-17: those with all drivers hang on some cards).
/// </summary>
public static class LoaderNames
{
    /// <summary>The loader for a BIOS machine whose ROM is iPXE already: one loaded over UNDI would lose the network (field notes D4-15).</summary>
    public const string BiosIpxeRom = "ipxe.pxe";

    /// <summary>The file name for a platform, or null when there is no loader for it.</summary>
    public static string Default(Platform platform)
    {
        switch (platform)
        {
            case Platform.Bios:
                return "undionly.kpxe";
            case Platform.Ia32:
                return "snponly-ia32.efi";
            case Platform.X64:
                return "snponly.efi";
            case Platform.Arm32:
                return "snponly-arm32.efi";
            case Platform.Arm64:
                return "snponly-arm64.efi";
            case Platform.RiscV32:
                return "snponly-riscv32.efi";
            case Platform.RiscV64:
                return "snponly-riscv64.efi";
            case Platform.Loong64:
                return "snponly-loong64.efi";
            default:
                return null;
        }
    }
}
