using System;
using System.Collections;
using Netboot.Bytes;

namespace Netboot.Terminal;

/// <summary>The last lines, for Up and Down; few, and of limited size: they are on the heap for ever.</summary>
public sealed class LineHistory
{
    /// <summary>Lines kept.</summary>
    public const int Lines = 8;

    /// <summary>Bytes kept in all: one long command line, or eight usual ones.</summary>
    public const int Capacity = 768;

    private readonly ArrayList _lines = new ArrayList();
    private int _size;
    private int _place;

    /// <summary>Adds a line, unless it is empty, too long or the one before once more; the place is after it.</summary>
    public void Add(byte[] line, int length)
    {
        int count = _lines.Count;
        bool same = count > 0 && Octets.Is(line, 0, length, (byte[])_lines[count - 1]);
        if (length > 0 && length <= Capacity && !same)
        {
            var copy = new byte[length];
            Array.Copy(line, 0, copy, 0, length);
            _lines.Add(copy);
            _size += length;
            while (_lines.Count > Lines || _size > Capacity)
            {
                _size -= ((byte[])_lines[0]).Length;
                _lines.RemoveAt(0);
            }
        }

        _place = _lines.Count;
    }

    /// <summary>The line before the one that was given last, or null at the oldest.</summary>
    public byte[] Older() => _place == 0 ? null : (byte[])_lines[--_place];

    /// <summary>The line after it: an empty one after the newest, null when that was given already.</summary>
    public byte[] Newer()
    {
        if (_place == _lines.Count)
        {
            return null;
        }

        _place++;
        return _place == _lines.Count ? new byte[0] : (byte[])_lines[_place];
    }
}
