using System.IO;
using Netboot.Board;

namespace Netboot.Firmware;

/// <summary>
/// The internal littlefs drive <c>I:</c>, flat, because <c>nanoff --filedeployment</c> makes no folders. It holds the platform's own files
/// too (<c>con_…</c>: network configuration, Wi-Fi password, certificates): such names do not exist here, and the root is never
/// listed or wiped. A missing file is not an error; anything else throws <see cref="IOException"/> or a plain Exception (facts 15.6).
/// </summary>
public sealed class BoardStorage : IStorage
{
    private const string Root = "I:\\";

    /// <summary>How the names of the platform's files begin (targetHAL_ConfigStorageLittlefs.c:12).</summary>
    private const string PlatformPrefix = "con_";

    /// <summary>Longest name: far below littlefs' 256 and the platform's path limit.</summary>
    private const int LongestName = 60;

    private static readonly char[] Forbidden = { '\\', '/', ':' };

    // There is one flash and several threads: only one has a file open for writing, and nobody asks for its length meanwhile.
    private readonly object _lock = new object();

    /// <inheritdoc/>
    public int Length(string name)
    {
        string path = PathOf(name);
        lock (_lock)
        {
            if (path == null || !File.Exists(path))
            {
                return -1;
            }

            FileStream stream = new FileStream(path, FileMode.Open, FileAccess.Read);
            try
            {
                return (int)stream.Length;
            }
            finally
            {
                stream.Close();
            }
        }
    }

    /// <inheritdoc/>
    public Stream OpenRead(string name)
    {
        string path = PathOf(name);
        lock (_lock)
        {
            return path == null || !File.Exists(path) ? null : new FileStream(path, FileMode.Open, FileAccess.Read);
        }
    }

    /// <inheritdoc/>
    public void Write(string name, byte[] content, int length)
    {
        Write(name, content, length, null);
    }

    /// <inheritdoc/>
    public void Write(string name, StorageContent content)
    {
        var buffer = new byte[StorageContent.PieceSize];
        Write(name, buffer, content.Next(buffer), content);
    }

    // Writes a first piece, and the rest if there is more.
    private void Write(string name, byte[] content, int length, StorageContent more)
    {
        string path = PathOf(name);
        if (path == null)
        {
            throw new IOException("not a file name: " + name);
        }

        lock (_lock)
        {
            FileStream stream = new FileStream(path, FileMode.Create, FileAccess.Write);
            try
            {
                stream.Write(content, 0, length);
                for (int count = more == null ? 0 : more.Next(content); count > 0; count = more.Next(content))
                {
                    stream.Write(content, 0, count);
                }

                stream.Flush();
            }
            finally
            {
                // littlefs commits the new content here, not before.
                stream.Close();
            }
        }
    }

    /// <inheritdoc/>
    public void Delete(string name)
    {
        string path = PathOf(name);
        lock (_lock)
        {
            if (path != null && File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }

    private static string PathOf(string name)
    {
        bool good = !string.IsNullOrEmpty(name) && name.Length <= LongestName && name.IndexOfAny(Forbidden) < 0
            && name != "." && name != ".." && !name.ToLower().StartsWith(PlatformPrefix);
        return good ? Root + name : null;
    }
}
