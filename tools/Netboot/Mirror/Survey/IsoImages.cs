using System.Collections.Concurrent;

namespace Netboot.Tool.Mirror.Survey;

/// <summary>What the ISO files of a folder hold: each is a folder of its own to machines (<c>/debian.iso/live/vmlinuz</c>).</summary>
internal sealed class IsoImages
{
    /// <summary>Tables of this many ISO files are kept; each has some thousand lines.</summary>
    private const int Most = 32;

    private readonly ConcurrentDictionary<string, Table> _tables = new(StringComparer.Ordinal);

    // Null for a file that is none: it is not read again and again.
    private sealed record Table(DateTime Changed, long Length, IReadOnlyDictionary<string, IsoFile>? Files);

    /// <summary>
    /// The files of an image by their paths; null when it is damaged or no ISO file. Throws what opening and reading a file throws.
    /// </summary>
    public IReadOnlyDictionary<string, IsoFile>? Of(string path)
    {
        var file = new FileInfo(path);
        if (_tables.TryGetValue(path, out Table? known) && known.Changed == file.LastWriteTimeUtc && known.Length == file.Length)
        {
            return known.Files;
        }

        Dictionary<string, IsoFile>? files = null;
        try
        {
            files = new Dictionary<string, IsoFile>(StringComparer.Ordinal);
            foreach (IsoFile inside in IsoImage.FilesOf(path))
            {
                files.TryAdd(inside.Path, inside);
            }
        }
        catch (InvalidDataException)
        {
            // Another kind of file, or half of a download: the list says so of the latter.
            files = null;
        }

        if (_tables.Count >= Most && !_tables.ContainsKey(path))
        {
            _tables.TryRemove(_tables.Keys.First(), out _);
        }

        _tables[path] = new Table(file.LastWriteTimeUtc, file.Length, files);
        return files;
    }
}
