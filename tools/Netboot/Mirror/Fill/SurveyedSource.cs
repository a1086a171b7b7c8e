using Netboot.Tool.Mirror.Check;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Mirror.Fill;

/// <summary>
/// What can be booted from an ISO file or from a folder, such as a Nix result: kernels, initrds, and the files that their command lines
/// name. Links in it are followed wherever they lead, for whoever names the folder means what is in it.
/// </summary>
internal sealed class SurveyedSource(string path) : IFillSource
{
    private const string Iso = ".iso";

    /// <summary>More is no script that a person wrote.</summary>
    private const int LargestScript = 1 << 20;

    /// <summary>Stands for the mirror's URL while a script is read.</summary>
    private static readonly Uri Here = new("http://mirror.invalid/");

    private readonly string _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    public string DefaultName => IsFile && _path.EndsWith(Iso, StringComparison.OrdinalIgnoreCase)
        ? Path.GetFileNameWithoutExtension(_path) : Path.GetFileName(_path);

    private bool IsFile => File.Exists(_path);

    public async Task PutAsync(string folder, WorkFolder work, FillOutput output, CancellationToken cancellation)
    {
        IReadOnlyList<FoundFile> files = IsFile ? FolderFiles.OfImage(_path, new IsoImages())
            : FolderFiles.Of(new Links(_path, [Path.GetPathRoot(_path)!]), new IsoImages(), out _);
        var index = new FolderIndex(files);
        FolderSurvey survey = FolderSurvey.Of(index, all: true);
        var wanted = new List<FoundFile>();
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        var refused = new List<string>(survey.NotOffered.Select(file => $"{file.Path}: {file.Reason}"));
        foreach (BootEntry entry in survey.Entries)
        {
            if (FilesOf(entry, index, output) is { } own)
            {
                wanted.AddRange(own);
                if (own[0] is { Header.Kind: FileKind.Linux } kernel && CommandLineFile.Beside(kernel, index) != null)
                {
                    lines[Path.GetDirectoryName(PathIn(kernel))!] = entry.CommandLine;
                }
            }
            else if (IsFile)
            {
                // Whatever else is in it can be booted out of it too.
                output.Note($"The ISO file is taken whole: {entry.Title} loads more of it than a kernel and an initrd.");
                wanted = [index.At(Path.GetFileName(_path))!];
                lines.Clear();
                break;
            }
            else
            {
                refused.Add($"{entry.Title}: its kernel loads the whole tree: copy that into the mirror as it is (cp -rL)");
            }
        }

        if (wanted.Count == 0)
        {
            throw new FillException(
                $"{_path} has nothing that a machine could boot: a kernel with its initrd, a script for iPXE, or a UEFI program."
                + $"{string.Concat(refused.Select(reason => $"\n  {reason}."))}");
        }

        foreach (FoundFile file in wanted.DistinctBy(file => file.Path))
        {
            await FileCopy.CopyAsync(file, Path.Combine(folder, PathIn(file)), output, cancellation);
        }

        foreach ((string below, string line) in lines)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, below, CommandLineFile.Name), line + "\n", cancellation);
        }

        refused.ForEach(reason => output.Note($"Not taken: {reason}."));
    }

    // An ISO file is the folder of what is in it.
    private string PathIn(FoundFile file) =>
        IsFile && file.Path.Contains('/', StringComparison.Ordinal) ? file.Path[(file.Path.IndexOf('/') + 1)..] : file.Path;

    /// <summary>
    /// The files of an entry, its kernel first; null when it needs a folder whole, or the ISO file that is to be taken apart.
    /// </summary>
    private FoundFile[]? FilesOf(BootEntry entry, FolderIndex index, FillOutput output)
    {
        IEnumerable<string> paths = entry.Initrds.Select(initrd => initrd.Path).Prepend(entry.Kernel).Concat(Named(entry.CommandLine))
            .Concat(entry.Script == null ? [] : [entry.Script])
            .Concat(entry.IsScript ? Fetched(index.At(entry.Kernel)!, index, output) : []);
        FoundFile?[] files = [.. paths.Select(path => IsFile ? index.At(path) : IsoAround(path, index) ?? index.At(path))];
        return Array.TrueForAll(files, file => file != null && !(IsFile && file.Header.Kind == FileKind.Iso))
            ? [.. files.OfType<FoundFile>()] : null;
    }

    // An ISO file in a folder stays one: machines boot out of it.
    private static FoundFile? IsoAround(string path, FolderIndex index) => path.Split('/')
        .Select((_, i) => index.At(string.Join('/', path.Split('/')[..i])))
        .FirstOrDefault(file => file?.Header.Kind == FileKind.Iso);

    // The files that a script fetches from beside itself.
    private static IEnumerable<string> Fetched(FoundFile script, FolderIndex index, FillOutput output)
    {
        string text = script.Length <= LargestScript ? script.ReadText() : "";
        foreach (Uri url in IpxeScript.Fetches(text, new Uri(Here, FolderIndex.Url(script.Path))).Select(fetch => fetch.Url).OfType<Uri>()
            .Where(url => url.Host == Here.Host).Distinct())
        {
            string path = Uri.UnescapeDataString(url.AbsolutePath[1..]);
            if (index.At(path) != null)
            {
                yield return path;
            }
            else
            {
                output.Note($"{script.Path} loads {path}, which is not there.");
            }
        }
    }

    // The paths on the mirror that a command line names.
    private static IEnumerable<string> Named(string line) => line.Split(' ')
        .Select(word => word.Split(BootEntry.Mirror, 2)).Where(parts => parts.Length > 1).Select(parts => Uri.UnescapeDataString(parts[1]));
}
