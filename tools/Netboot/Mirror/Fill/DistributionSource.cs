using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Mirror.Fill;

/// <summary>A distribution's files for the network, from a public server, each compared with its checksum.</summary>
internal sealed class DistributionSource : IFillSource
{
    private readonly Distribution _row;
    private readonly string? _version;
    private readonly string _arch;
    private readonly Downloads _downloads;
    private readonly string _base;

    /// <param name="version">The release, null for the newest.</param>
    /// <param name="arm">For 64-bit ARM instead of PCs.</param>
    /// <param name="from">Another server in the place of the publisher's; null for that.</param>
    public DistributionSource(Distribution row, string? version, bool arm, Uri? from, Downloads downloads)
    {
        _row = row;
        _downloads = downloads;
        _arch = (arm ? row.Arm64 : row.Amd64)
            ?? throw new FillException($"{row.Name} has no files for 64-bit ARM that boot from the network.");
        if (version != null && !version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
        {
            throw new FillException($"'{version}' is not the name of a release: write it as in {row.Example}.");
        }

        _version = version ?? row.Version;
        if (_version == null && row.NewestFolder == null)
        {
            throw new FillException($"{row.Name} has no name for its newest release: write which one, as in {row.Example}.");
        }

        _base = (from?.ToString() ?? Filled(row.Base, "")).TrimEnd('/');
        DefaultName = row.Name + (_version == null ? "" : "-" + _version) + (arm ? "-arm64" : "");
    }

    public string DefaultName { get; }

    // The release's folder on the server.
    private string Folder => $"{_base}/{Filled(_version == null ? _row.NewestFolder! : _row.Folder, "")}";

    public async Task PutAsync(string folder, WorkFolder work, FillOutput output, CancellationToken cancellation)
    {
        string name = Path.GetFileName(folder);
        var lists = new Dictionary<Uri, ChecksumList>();
        foreach (DistributionFile file in _row.Files)
        {
            string wanted = Filled(file.Name, name);
            var list = new Uri($"{Folder}/{_row.Sums.Replace("{file}", wanted)}");
            if (!lists.TryGetValue(list, out ChecksumList? sums))
            {
                lists[list] = sums = ChecksumList.Parse(await _downloads.TextAsync(list, cancellation));
            }

            (string found, Checksum sum) = sums.Find(wanted)
                ?? throw new FillException($"{list}: has no SHA-256 or SHA-512 of {wanted}: does this release have it?");
            string last = found[(found.LastIndexOf('/') + 1)..];
            string path = file.Members.Count > 0 ? work.Temporary(last)
                : Path.Combine(folder, file.As == null ? last : Filled(file.As, name));
            await _downloads.FileAsync(new Uri($"{Folder}/{found}"), path, sum, list, cancellation);
            if (file.Members.Count > 0)
            {
                await Unpacking.TakeAsync(path, last, file.Members, folder, cancellation);
            }
        }

        if (_row.CommandLine is { } line)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, CommandLineFile.Name), Filled(line, name) + "\n", cancellation);
        }
    }

    /// <summary>The URLs that a row fetches for PCs, with <c>VERSION</c> for a release that has to be named.</summary>
    public static IEnumerable<string> Urls(Distribution row) => row.Files.Select(file =>
        $"{row.Base}/{row.NewestFolder ?? row.Folder}/{file.Name}".Replace("{arch}", row.Amd64)
            .Replace("{version}", row.Version ?? "VERSION"));

    private string Filled(string text, string name) => text.Replace("{version}", _version).Replace("{arch}", _arch)
        .Replace("{name}", FolderIndex.Url(name)).Replace("{folder}", text.Contains("{folder}", StringComparison.Ordinal) ? Folder : "");
}
