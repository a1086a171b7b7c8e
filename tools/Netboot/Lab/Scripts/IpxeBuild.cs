using System.Collections.Generic;

namespace Netboot.Tool.Lab;

/// <summary>One iPXE of Debian: the release that has it, and its files once they are unpacked.</summary>
/// <param name="Folder">Where they are: a boot ROM for the machine's network card, and a loader for UEFI x64.</param>
internal sealed record IpxeBuild(string Release, string Version, string Folder)
{
    /// <summary>The ROM, by the name that QEMU looks for.</summary>
    public const string RomFile = "efi-virtio.rom";

    /// <summary>The loader.</summary>
    public const string LoaderFile = "snponly.efi";

    /// <summary>Bookworm's is from 2019, as is bullseye's; trixie's is from 2025; forky's is the newest release.</summary>
    public static readonly IReadOnlyList<string> Releases = ["bookworm", "trixie", "forky"];

    /// <summary>Its loader's name on the device.</summary>
    public string LoaderName => $"snponly-{Release}.efi";

    /// <summary>
    /// The version in the name of Debian's package, such as <c>ipxe_1.21.1+git20250501.dad20602+dfsg-1_all</c>: what stands before the
    /// first plus sign or hyphen.
    /// </summary>
    public static string VersionIn(string package)
    {
        var version = package.Split('_')[1];
        var end = version.IndexOfAny(['+', '-']);
        return end < 0 ? version : version[..end];
    }
}
