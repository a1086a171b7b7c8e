using Netboot.Board;

namespace Netboot.Tool.Run;

/// <summary>A folder as the board's file system. Names are flat; anything that could leave the folder does not exist.</summary>
internal sealed class FolderStorage(string folder) : IStorage
{
    public int Length(string name)
    {
        string? path = PathOf(name);
        if (path == null || !File.Exists(path))
        {
            return -1;
        }

        // Opened, because a link's own length is not that of the file that it leads to.
        using FileStream stream = File.OpenRead(path);
        return (int)stream.Length;
    }

    public Stream? OpenRead(string name)
    {
        string? path = PathOf(name);
        return path != null && File.Exists(path) ? File.OpenRead(path) : null;
    }

    public void Write(string name, byte[] content, int length)
    {
        string path = PathOf(name) ?? throw new IOException($"'{name}' is not a plain file name");
        using FileStream stream = File.Create(path);
        stream.Write(content, 0, length);
        stream.Flush(flushToDisk: true);
    }

    public void Write(string name, StorageContent content)
    {
        byte[] all = content.ToArray();
        Write(name, all, all.Length);
    }

    public void Delete(string name)
    {
        if (PathOf(name) is { } path)
        {
            File.Delete(path);
        }
    }

    private string? PathOf(string name) =>
        name.Length > 0 && name == Path.GetFileName(name) && name != ".." && name != "." ? Path.Combine(folder, name) : null;
}

/// <summary>Storage that is gone with the process: a virtual device without <c>--storage</c> leaves nothing behind.</summary>
internal sealed class MemoryStorage : IStorage
{
    private readonly Dictionary<string, byte[]> _files = [];
    private readonly object _lock = new();

    public int Length(string name)
    {
        lock (_lock)
        {
            return _files.TryGetValue(name, out byte[]? content) ? content.Length : -1;
        }
    }

    public Stream? OpenRead(string name)
    {
        lock (_lock)
        {
            return _files.TryGetValue(name, out byte[]? content) ? new MemoryStream(content, writable: false) : null;
        }
    }

    public void Write(string name, byte[] content, int length)
    {
        lock (_lock)
        {
            _files[name] = content[..length];
        }
    }

    public void Write(string name, StorageContent content)
    {
        byte[] all = content.ToArray();
        Write(name, all, all.Length);
    }

    public void Delete(string name)
    {
        lock (_lock)
        {
            _files.Remove(name);
        }
    }
}
