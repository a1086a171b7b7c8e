using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>The UUIDs of machines, one behind the other; each has a number, from 1 in their order.</summary>
internal sealed class UuidList
{
    private readonly BytePages _pages = new BytePages();
    private int _count;

    /// <summary>About how many bytes of a board's heap they take.</summary>
    internal int Size => 36 + _pages.Size;

    /// <summary>Adds one and gives its number.</summary>
    internal int Add(byte[] uuid)
    {
        _pages.Add(uuid, 0, UuidText.Size);
        return ++_count;
    }

    /// <summary>
    /// The number of a UUID, or 0. Its first three groups may be in either byte order: edk2 sends them as SMBIOS has them (little-endian),
    /// iPXE as they are written.
    /// </summary>
    internal int Find(byte[] uuid, int offset)
    {
        int number = 0;
        int last = uuid[offset + UuidText.Size - 1];
        for (int i = 0; i < _pages.Count; i++)
        {
            // The second half is the same in both byte orders, and its last byte differs most.
            byte[] page = _pages.Page(BytePages.Start(i));
            for (int at = 0; at + UuidText.Size <= page.Length && number < _count; at += UuidText.Size)
            {
                number++;
                if (page[at + UuidText.Size - 1] == last && IsSame(page, at, uuid, offset))
                {
                    return number;
                }
            }
        }

        return 0;
    }

    /// <summary>Writes one by its number.</summary>
    internal void Write(int number, ByteWriter writer)
    {
        // All are of one length, so each but the last array holds as many.
        int page = 0;
        int at = (number - 1) * UuidText.Size;
        while (at >= _pages.Page(BytePages.Start(page)).Length)
        {
            at -= _pages.Page(BytePages.Start(page)).Length;
            page++;
        }

        UuidText.Write(writer, _pages.Page(BytePages.Start(page)), at);
    }

    private static bool IsSame(byte[] a, int at, byte[] b, int offset)
    {
        return Octets.Equal(a, at + 8, b, offset + 8, 8)
            && (Octets.Equal(a, at, b, offset, 8)
            || (a[at] == b[offset + 3] && a[at + 1] == b[offset + 2] && a[at + 2] == b[offset + 1] && a[at + 3] == b[offset]
            && a[at + 4] == b[offset + 5] && a[at + 5] == b[offset + 4] && a[at + 6] == b[offset + 7] && a[at + 7] == b[offset + 6]));
    }
}
