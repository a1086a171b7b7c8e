using System;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Something to boot, by name. All that is known of it is in one array of bytes: as an object with an array for each value it would take
/// twice as much of the board's heap.
/// </summary>
public sealed class Profile
{
    // One array is not longer than this: with its head it stays below what a heap in pieces has room for.
    private const int Longest = Memory.LargestBuffer;

    // The arrays' layout: the kind, the length of the name, the name; then for each value which one it is (12 bits: the key, and the index
    // from the fifth bit on), its length (12 bits), and the value.
    private const int NamePlace = 2;
    private const int Head = 3;

    // The byte of the kind: the kind, the number of initrds, and whether any URL is long.
    private const int KindBits = 0x07;
    private const int OneInitrd = 0x08;
    private const int InitrdBits = 0x78;
    private const int LongUrls = 0x80;

    // The byte of the name's length: that, whether there are templates in any value, names of initrds in the command line, and names behind
    // the initrds' URLs.
    private const int NameBits = 0x1F;
    private const int Templates = 0x80;
    private const int NamedInitrds = 0x40;
    private const int FileNames = 0x20;

    // A place counts through all arrays; each begins at a multiple of this.
    private const int Page = 1024;
    private const int PageShift = 10;

    private byte[] _bytes;

    // What does not fit the first; null for most.
    private byte[][] _more;

    /// <summary>A profile without values yet.</summary>
    public Profile(byte[] name, int offset, int length)
    {
        _bytes = new byte[NamePlace + length];
        _bytes[NamePlace - 1] = (byte)length;
        Array.Copy(name, offset, _bytes, NamePlace, length);
    }

    /// <summary>Its name. Each call makes a copy: see <see cref="WriteName"/>.</summary>
    public byte[] Name => Copy(_bytes, NamePlace, NameLength);

    /// <summary>What it is. It follows from the keys when none is stated.</summary>
    public ProfileKind Kind
    {
        get => (ProfileKind)(_bytes[0] & KindBits);
        set => _bytes[0] = (byte)((_bytes[0] & ~KindBits) | (int)value);
    }

    /// <summary>The name of its kind. Each call makes a text.</summary>
    public string KindName => SettingsTable.Words(SettingsKey.ProfileKind)[(int)Kind];

    /// <summary>How many initrds it has.</summary>
    public int Initrds => (_bytes[0] & InitrdBits) / OneInitrd;

    /// <summary>Whether any of its values has templates in it (<see cref="Settings.Templates"/>).</summary>
    public bool HasTemplates
    {
        get => (_bytes[NamePlace - 1] & Templates) != 0;
        internal set => _bytes[NamePlace - 1] |= value ? (byte)Templates : (byte)0;
    }

    /// <summary>Whether the command line has an <c>initrd=</c> of its own.</summary>
    internal bool NamesInitrds
    {
        get => (_bytes[NamePlace - 1] & NamedInitrds) != 0;
        set => _bytes[NamePlace - 1] |= value ? (byte)NamedInitrds : (byte)0;
    }

    /// <summary>Whether any URL is longer than <see cref="SettingsLimits.ReportedUrl"/>.</summary>
    internal bool HasLongUrls
    {
        get => (_bytes[0] & LongUrls) != 0;
        set => _bytes[0] |= value ? (byte)LongUrls : (byte)0;
    }

    /// <summary>Whether any initrd has a name behind its URL.</summary>
    internal bool HasFileNames
    {
        get => (_bytes[NamePlace - 1] & FileNames) != 0;
        set => _bytes[NamePlace - 1] |= value ? (byte)FileNames : (byte)0;
    }

    /// <summary>About how many bytes of a board's heap it takes.</summary>
    internal int Size
    {
        get
        {
            int size = 72 + _bytes.Length;
            for (int i = 0; _more != null && i < _more.Length; i++)
            {
                size += 36 + _more[i].Length;
            }

            return size;
        }
    }

    private int NameLength => _bytes[NamePlace - 1] & NameBits;

    /// <summary>Writes its name.</summary>
    public void WriteName(ByteWriter writer) => writer.Raw(_bytes, NamePlace, NameLength);

    /// <summary>The same into a script.</summary>
    public void WriteName(PartWriter writer) => writer.Raw(_bytes, NamePlace, NameLength);

    /// <summary>Whether a range is its name.</summary>
    public bool IsNamed(byte[] name, int offset, int length)
    {
        // The ends first: profile1, profile2 …
        return length == NameLength && length > 0 && name[offset + length - 1] == _bytes[NamePlace + length - 1]
            && Octets.Equal(name, offset, _bytes, NamePlace, length);
    }

    /// <summary>
    /// The place of a value, for <see cref="Bytes"/> and what else takes one, or -1 when it is not set. <paramref name="index"/> counts
    /// those of a key that may be there several times.
    /// </summary>
    public int Find(SettingsKey key, int index)
    {
        int wanted = ((int)key % SettingsTable.MostKeys) + (index * SettingsTable.MostKeys);
        int place = Find(_bytes, NamePlace + NameLength, wanted);
        for (int i = 0; place < 0 && _more != null && i < _more.Length; i++)
        {
            place = Find(_more[i], 0, wanted);
            place += place < 0 ? 0 : (i + 1) * Page;
        }

        return place;
    }

    /// <summary>
    /// The place of the next value of the same key, or -1: they stand in their order. With <see cref="Find(SettingsKey, int)"/> for each,
    /// a long list would be gone through again and again.
    /// </summary>
    public int Next(int place)
    {
        int page = place >> PageShift;
        byte[] bytes = page == 0 ? _bytes : _more[page - 1];
        int at = (place & (Page - 1)) - Head;
        int key = bytes[at] & (SettingsTable.MostKeys - 1);
        at += Head + (((bytes[at + 1] & 0xF) << 8) | bytes[at + 2]);
        while (true)
        {
            while (at < bytes.Length)
            {
                if ((bytes[at] & (SettingsTable.MostKeys - 1)) == key)
                {
                    return (page * Page) + at + Head;
                }

                at += Head + (((bytes[at + 1] & 0xF) << 8) | bytes[at + 2]);
            }

            if (_more == null || page == _more.Length)
            {
                return -1;
            }

            bytes = _more[page];
            page++;
            at = 0;
        }
    }

    /// <summary>The array that a value is in, from <see cref="Offset"/> on.</summary>
    public byte[] Bytes(int place) => place < Page ? _bytes : _more[(place >> PageShift) - 1];

    /// <summary>Where in its array a value begins.</summary>
    public static int Offset(int place) => place & (Page - 1);

    /// <summary>The length of a value.</summary>
    public int Length(int place)
    {
        byte[] bytes = Bytes(place);
        int at = Offset(place);
        return ((bytes[at - 2] & 0xF) << 8) | bytes[at - 1];
    }

    /// <summary>Writes a value as it was accepted; nothing when it is not set.</summary>
    public void Write(SettingsKey key, int index, ByteWriter writer)
    {
        int place = Find(key, index);
        if (place >= 0)
        {
            writer.Raw(Bytes(place), Offset(place), Length(place));
        }
    }

    /// <summary>A copy of a value as it was accepted, or null.</summary>
    public byte[] Value(SettingsKey key, int index)
    {
        int place = Find(key, index);
        return place < 0 ? null : Copy(Bytes(place), Offset(place), Length(place));
    }

    /// <summary>Whether the script's URL carries the machine's identity: as the profile says, else only when it is on the mirror.</summary>
    public bool SaysWho(bool onMirror)
    {
        int place = Find(SettingsKey.ProfileIdentity, 0);
        return place < 0 ? onMirror : Bytes(place)[Offset(place)] == (byte)'y';
    }

    /// <summary>Adds an accepted value; each once.</summary>
    public void Add(SettingsKey key, int index, byte[] value, int length)
    {
        int which = ((int)key % SettingsTable.MostKeys) + (index * SettingsTable.MostKeys);
        _bytes[0] += key == SettingsKey.ProfileInitrd ? (byte)OneInitrd : (byte)0;
        if (_more == null && _bytes.Length + Head + length <= Longest)
        {
            _bytes = With(_bytes, which, value, length);
            return;
        }

        // Behind the last one only, so that the values of a key stay in their order.
        int last = _more == null ? -1 : _more.Length - 1;
        if (last < 0 || _more[last].Length + Head + length > Longest)
        {
            last++;
            var more = new byte[last + 1][];
            for (int i = 0; i < last; i++)
            {
                more[i] = _more[i];
            }

            more[last] = new byte[0];
            _more = more;
        }

        _more[last] = With(_more[last], which, value, length);
    }

    private static int Find(byte[] bytes, int place, int wanted)
    {
        var low = (byte)wanted;
        int high = wanted >> 8;
        while (place < bytes.Length)
        {
            // Of those that end alike the first one comes first.
            if (bytes[place] == low && (high == 0 || bytes[place + 1] >> 4 == high))
            {
                return place + Head;
            }

            place += Head + (((bytes[place + 1] & 0xF) << 8) | bytes[place + 2]);
        }

        return -1;
    }

    private static byte[] With(byte[] bytes, int which, byte[] value, int length)
    {
        int at = bytes.Length;
        var longer = new byte[at + Head + length];
        Array.Copy(bytes, 0, longer, 0, at);
        longer[at] = (byte)which;
        longer[at + 1] = (byte)((which >> 8 << 4) | (length >> 8));
        longer[at + 2] = (byte)length;
        Array.Copy(value, 0, longer, at + Head, length);
        return longer;
    }

    private static byte[] Copy(byte[] bytes, int offset, int length)
    {
        var copy = new byte[length];
        Array.Copy(bytes, offset, copy, 0, length);
        return copy;
    }
}
