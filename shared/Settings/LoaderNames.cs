using Netboot.Dhcp;

namespace Netboot.Settings;

/// <summary>What is told of loaders; which one a machine gets is in <see cref="AnswerTable"/> and <see cref="Platforms"/>.</summary>
public static class LoaderNames
{
    /// <summary>Where loaders are to be had, to end a sentence with.</summary>
    public const string Sources = "in Debian's ipxe package and on github.com/ipxe/ipxe/releases";

    /// <summary>
    /// The kinds of machines that people have (BIOS, x64, ARM64): that a loader of these is missing is told before one of them fails.
    /// </summary>
    public const int Usual = 3;

    /// <summary>One of the <see cref="Usual"/> platforms.</summary>
    public static Platform UsualPlatform(int index) => index == 0 ? Platform.Bios : index == 1 ? Platform.X64 : Platform.Arm64;
}
