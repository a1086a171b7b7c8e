namespace Netboot.Tool.Mirror.Survey;

/// <summary>The folder's files by their paths and folders.</summary>
internal sealed class FolderIndex
{
    private readonly Dictionary<string, FoundFile> _byPath = new(StringComparer.Ordinal);
    private readonly ILookup<string, FoundFile> _byFolder;

    public FolderIndex(IReadOnlyList<FoundFile> files)
    {
        Files = files;
        foreach (FoundFile file in files)
        {
            _byPath[file.Path] = file;
        }

        _byFolder = files.ToLookup(file => file.Folder, StringComparer.Ordinal);
    }

    public IReadOnlyList<FoundFile> Files { get; }

    /// <summary>The folders that hold files, in the order in which they were found.</summary>
    public IEnumerable<string> Folders => _byFolder.Select(folder => folder.Key);

    public FoundFile? At(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The files of one folder, without those of the folders in it.</summary>
    public IEnumerable<FoundFile> In(string folder) => _byFolder[folder];

    /// <summary>
    /// The ISO file that a kernel is from: the one that it lies in, or one in its folder or above that has the same kernel in
    /// <paramref name="inside"/>, a folder with a slash at its end. Null when there is none.
    /// </summary>
    public FoundFile? IsoOf(FoundFile kernel, string inside)
    {
        for (string at = kernel.Folder; ; at = Up(at))
        {
            if (at.Length > 0 && At(at[..^1]) is { Header.Kind: FileKind.Iso } around)
            {
                return around;
            }

            if (In(at).FirstOrDefault(file => file.Header.Kind == FileKind.Iso
                && At($"{file.Path}/{inside}{kernel.Name}") is { } same && same.Length == kernel.Length) is { } found)
            {
                return found;
            }

            if (at.Length == 0)
            {
                return null;
            }
        }
    }

    /// <summary>The folder above one; both with a slash at their end, empty for the served folder itself.</summary>
    public static string Up(string folder) =>
        folder.Length == 0 ? "" : folder[..(folder[..^1].LastIndexOf('/') + 1)];

    /// <summary>A folder's name for people.</summary>
    public static string Shown(string folder) => folder.Length == 0 ? "/" : folder.TrimEnd('/');

    /// <summary>A path as a URL has it: blanks, <c>#</c>, <c>?</c>, <c>%</c> and <c>$</c> escaped, which iPXE would not take as they are.</summary>
    public static string Url(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
