namespace Netboot.Tool.Mirror.Survey;

/// <summary>One file of the served folder.</summary>
/// <param name="Path">Below the folder, with slashes, as the mirror's URLs have it.</param>
/// <param name="RealPath">The file itself, behind every link; for a file inside an ISO file, that.</param>
/// <param name="Offset">Where it begins in <paramref name="RealPath"/>: 0 but for a file inside an ISO file.</param>
internal sealed record FoundFile(string Path, string RealPath, long Length, FileHeader Header, long Offset = 0)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The folder that holds it, with a slash at its end; empty for the served folder itself.</summary>
    public string Folder => Path[..(Path.LastIndexOf('/') + 1)];

    /// <summary>The file's text; for small files. Throws what reading a file throws.</summary>
    public string ReadText()
    {
        using var reader = new StreamReader(FilePart.Open(RealPath, Offset, Length));
        return reader.ReadToEnd();
    }
}

/// <summary>Looks through the served folder.</summary>
internal static class FolderFiles
{
    /// <summary>A distribution's whole mirror has a hundred thousand; what boots lies near the top, and the upper folders come first.</summary>
    public const int MostFiles = 20_000;

    /// <summary>debian-installer/amd64/ lies seven folders below the root of a Debian mirror.</summary>
    private const int Deepest = 9;

    /// <summary>
    /// Links to folders are followed this near the top, for Nix's <c>result</c> and what people put together by hand. Further down, a
    /// system's tree links to half of the store.
    /// </summary>
    private const int DeepestLink = 2;

    /// <summary>
    /// The files that the mirror would serve, upper folders first, each in the order of its names. <paramref name="all"/> is false when there
    /// are more than <see cref="MostFiles"/>. What cannot be read is left out.
    /// </summary>
    public static IReadOnlyList<FoundFile> Of(Links links, IsoImages images, out bool all)
    {
        var files = new List<FoundFile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var folders = new Queue<(string Path, int Depth)>([("", 0)]);
        all = true;
        while (folders.TryDequeue(out (string Path, int Depth) folder))
        {
            string full = System.IO.Path.Combine(links.Folder, folder.Path);
            if (links.Follow(full) is not { } real || !seen.Add(real))
            {
                continue;
            }

            foreach (FileSystemInfo entry in Entries(real))
            {
                string path = folder.Path + entry.Name;
                bool link = entry.LinkTarget != null;
                if (links.Follow(System.IO.Path.Combine(links.Folder, path)) is not { } target)
                {
                    continue;
                }

                if (Directory.Exists(target))
                {
                    if (folder.Depth < (link ? DeepestLink : Deepest))
                    {
                        folders.Enqueue((path + "/", folder.Depth + 1));
                    }

                    continue;
                }

                if (files.Count == MostFiles)
                {
                    all = false;
                    return files;
                }

                if (Read(path, target) is { } file)
                {
                    files.Add(file);
                    all &= file.Header.Kind != FileKind.Iso || Inside(file, images, files, MostFiles - files.Count);
                }
            }
        }

        return files;
    }

    /// <summary>
    /// An ISO file as if it lay alone in a folder: itself, and what is in it. Throws what opening and reading a file throws.
    /// </summary>
    public static IReadOnlyList<FoundFile> OfImage(string path, IsoImages images)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var iso = new FoundFile(System.IO.Path.GetFileName(path), path, stream.Length, FileHeader.Read(stream));
        var files = new List<FoundFile> { iso };
        Inside(iso, images, files, MostFiles);
        return files;
    }

    private static IEnumerable<FileSystemInfo> Entries(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos()
                .Where(entry => LinkedFiles.IsServed(entry.Name))
                .OrderBy(entry => entry.Name, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that this user may not read, or that just went: the mirror would not serve it either.
            return [];
        }
    }

    // Adds what is in an ISO file; false when that is more than there is room for. Packages are most of what a medium holds.
    private static bool Inside(FoundFile iso, IsoImages images, List<FoundFile> files, int room)
    {
        try
        {
            using FileStream stream = File.OpenRead(iso.RealPath);
            foreach (IsoFile file in (images.Of(iso.RealPath)?.Values ?? []).OrderBy(file => file.Path, StringComparer.Ordinal))
            {
                if (!file.Path.EndsWith(".deb", StringComparison.Ordinal) && !file.Path.EndsWith(".rpm", StringComparison.Ordinal)
                    && !file.Path.EndsWith(".udeb", StringComparison.Ordinal))
                {
                    if (room-- <= 0)
                    {
                        return false;
                    }

                    FileHeader header = FileHeader.Read(new FilePart(stream, file.Offset, file.Length));
                    files.Add(new FoundFile($"{iso.Path}/{file.Path}", iso.RealPath, file.Length, header, file.Offset));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As below.
        }

        return true;
    }

    private static FoundFile? Read(string path, string real)
    {
        try
        {
            // A pipe is as long, and to open one would wait for its other end.
            if (new FileInfo(real).Length == 0)
            {
                return null;
            }

            using var stream = new FileStream(real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return new FoundFile(path, real, stream.Length, FileHeader.Read(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As above; a link to nothing ends here too.
            return null;
        }
    }
}
