namespace Netboot.FirmwareImage.Loaders;

/// <summary>A folder of loaders, as Debian's package "ipxe" or a person fills it.</summary>
public static class LoaderFolder
{
    /// <summary>Where Debian's package "ipxe" puts its loaders.</summary>
    public const string Debian = "/usr/lib/ipxe";

    /// <summary>A loader is at most a few MB; anything larger in such a folder is a disk image or the like.</summary>
    public const long LargestLoader = 16 * 1024 * 1024;

    private static readonly string[] Endings = [".kpxe", ".efi", ".pxe", ".0"];

    /// <summary>Debian builds its loader for ARM with all drivers, under this name; it works wherever the small one is asked for.</summary>
    private static readonly (string File, string Name)[] Aliases = [("ipxe-arm64.efi", "snponly-arm64.efi")];

    /// <summary>
    /// The loaders in a folder: the name that machines ask for, and the file. A file with exactly that name comes before one that
    /// stands in for it.
    /// </summary>
    public static IReadOnlyList<(string Name, string Path)> Files(string folder)
    {
        var found = new List<(string Name, string Path)>();
        foreach (string path in Directory.GetFiles(folder).Order(StringComparer.Ordinal).Where(IsLoader))
        {
            found.Add((Path.GetFileName(path).ToLowerInvariant(), path));
        }

        foreach ((string file, string name) in Aliases)
        {
            if (found.Find(f => f.Name == file).Path is { } path && !found.Exists(f => f.Name == name))
            {
                found.Add((name, path));
            }
        }

        return found;
    }

    private static bool IsLoader(string path)
    {
        // Debian's ipxe.efi is a link; the length is that of the file behind it.
        var file = new FileInfo(path);
        FileSystemInfo target = file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
        return Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            && target is FileInfo { Exists: true, Length: > 0 and <= LargestLoader };
    }
}
