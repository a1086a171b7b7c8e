using System.IO;
using Netboot.Board;

namespace Netboot.Settings;

/// <summary>Reads a small file from its beginning to its end, piece by piece. <see cref="Close"/> it.</summary>
internal sealed class StoredText
{
    /// <summary>Bytes that are read at once.</summary>
    internal const int PieceSize = 512;

    private Stream _stream;
    private int _position;

    /// <summary>A file; it throws when that is longer than <paramref name="limit"/>.</summary>
    internal StoredText(IStorage storage, string name, int limit)
    {
        Length = storage.Length(name);
        if (Length > limit)
        {
            throw new IOException("it is " + Length.ToString() + " bytes long; at most " + limit.ToString());
        }

        _stream = Length < 0 ? null : storage.OpenRead(name);
        Length = _stream == null ? -1 : Length;
    }

    /// <summary>The length of the file; -1 when there is none.</summary>
    internal int Length { get; private set; }

    /// <summary>
    /// Fills <paramref name="buffer"/> from its start, as far as there is something to come; gives how many. It throws when the file ends
    /// early.
    /// </summary>
    internal int Next(byte[] buffer)
    {
        int wanted = Length - _position < buffer.Length ? Length - _position : buffer.Length;
        int taken = 0;
        while (taken < wanted)
        {
            int count = _stream.Read(buffer, taken, wanted - taken);
            if (count <= 0)
            {
                throw new IOException("it ends after " + (_position + taken).ToString() + " of " + Length.ToString() + " bytes");
            }

            taken += count;
        }

        _position += taken;
        return taken;
    }

    internal void Close()
    {
        if (_stream != null)
        {
            _stream.Close();
            _stream = null;
        }
    }
}
