using System.Text.RegularExpressions;

namespace Netboot.Tool.Mirror.Survey;

/// <summary>
/// Which initrd belongs to which kernel of the same folder: the one whose name says the same after its own word (<c>vmlinuz-6.1.0-13-amd64</c>
/// and <c>initrd.img-6.1.0-13-amd64</c>), else the only one that there is.
/// </summary>
internal static partial class Pairs
{
    private static readonly string[] Fallbacks = ["fallback", "rescue", "kdump", "debug"];

    /// <summary>It is an archive whose name says that it is an initrd: many other files are packed the same way.</summary>
    public static bool IsInitrd(FoundFile file) => file.Header.Kind == FileKind.Archive && InitrdWords().IsMatch(file.Name);

    /// <summary>It is processor microcode, which is loaded before any initrd of its folder.</summary>
    public static bool IsMicrocode(FoundFile file) =>
        file.Header.Kind == FileKind.Archive && file.Name.Contains("ucode", StringComparison.Ordinal);

    /// <summary>The initrd of a kernel among those of its folder; null when none is its own, or when two could be.</summary>
    public static FoundFile? InitrdOf(FoundFile kernel, IReadOnlyList<FoundFile> initrds)
    {
        string rest = Rest(KernelWords().Replace(kernel.Name, "", 1));
        FoundFile[] same = [.. initrds.Where(initrd => Rest(InitrdWords().Replace(initrd.Name, "", 1)) == rest)];
        if (same.Length == 1)
        {
            return same[0];
        }

        FoundFile[] usual =
            [.. (same.Length > 0 ? same : initrds).Where(initrd =>
                !Array.Exists(Fallbacks, word => initrd.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))];
        return usual.Length == 1 && !Differ(rest, Rest(InitrdWords().Replace(usual[0].Name, "", 1))) ? usual[0] : null;
    }

    // Two versions are of two kernels, whose modules do not fit each other.
    private static bool Differ(string a, string b) =>
        a.Length > 0 && b.Length > 0 && char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0]) && a != b;

    // What is left of a name without its word: a version, an architecture, a flavour.
    private static string Rest(string name) => Endings().Replace(name, "").Trim('-', '_', '.').ToLowerInvariant();

    [GeneratedRegex("vmlinuz|vmlinux|bzImage|linux26|linux|kernel|Image", RegexOptions.IgnoreCase)]
    private static partial Regex KernelWords();

    [GeneratedRegex(@"initrd\.img|initrd|initramfs|rootfs|(?<=_)image\.cpio|netboot\.cpio", RegexOptions.IgnoreCase)]
    private static partial Regex InitrdWords();

    [GeneratedRegex(@"(\.(gz|xz|zst|lz4|lzma|bz2|img|cpio|efi))+$", RegexOptions.IgnoreCase)]
    private static partial Regex Endings();
}
