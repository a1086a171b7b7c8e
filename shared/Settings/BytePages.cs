using System;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Short pieces of bytes that are only ever added, one behind the other, in arrays that none of them is larger than a heap in pieces has
/// room for. A piece lies in one array; its position says in which and where.
/// </summary>
internal sealed class BytePages
{
    // With its head an array is 85 of the interpreter's blocks.
    private const int PageSize = Memory.LargestBuffer / UuidText.Size * UuidText.Size;
    private const int PageBits = 10;

    // The last array grows in such steps: what is lost at its end is not more.
    private const int Step = 96;

    private byte[][] _pages = new byte[0][];
    private int _used;

    /// <summary>About how many bytes of a board's heap they take.</summary>
    internal int Size
    {
        get
        {
            int size = 48;
            for (int i = 0; i < _pages.Length; i++)
            {
                size += 32 + _pages[i].Length;
            }

            return size;
        }
    }

    /// <summary>Adds a piece and gives its position.</summary>
    internal int Add(byte[] bytes, int offset, int count)
    {
        int last = _pages.Length - 1;
        if (last < 0 || _used + count > PageSize)
        {
            last++;
            _used = 0;
            var pages = new byte[last + 1][];
            Array.Copy(_pages, 0, pages, 0, last);
            pages[last] = new byte[0];
            _pages = pages;
        }

        byte[] page = _pages[last];
        if (_used + count > page.Length)
        {
            int size = page.Length + (_used + count - page.Length > Step ? _used + count - page.Length : Step);
            page = new byte[size < PageSize ? size : PageSize];
            Array.Copy(_pages[last], 0, page, 0, _used);
            _pages[last] = page;
        }

        Array.Copy(bytes, offset, page, _used, count);
        int position = (last << PageBits) | _used;
        _used += count;
        return position;
    }

    /// <summary>The array that a position is in.</summary>
    internal byte[] Page(int position) => _pages[position >> PageBits];

    /// <summary>Where in its array a position is.</summary>
    internal static int Offset(int position) => position & ((1 << PageBits) - 1);

    /// <summary>How many arrays there are.</summary>
    internal int Count => _pages.Length;

    /// <summary>The position of the first piece of an array.</summary>
    internal static int Start(int page) => page << PageBits;
}
