using System;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Something to boot, by name. All that is known of it is in one array of bytes: as an object with an array for each value it would take
/// twice as much of the board's heap.
/// </summary>
public sealed class Profile
{
    // One array is not longer than this: with its head it stays below what a heap in pieces has room for. The longest profile needs two.
    private const int Longest = 1000;

    // The arrays' layout: the kind, the length of the name, the name; then for each value which one it is, its length in two bytes, and the
    // value.
    private const int NamePlace = 2;
    private const int Head = 3;

    // The byte of the kind: the kind, the number of initrds, and whether the command line has templates in it, or names of initrds.
    private const int KindBits = 0x07;
    private const int OneInitrd = 0x08;
    private const int InitrdBits = 0x38;
    private const int Templates = 0x80;
    private const int NamedInitrds = 0x40;

    // A place counts through both arrays; the second begins here.
    private const int Second = 1024;

    private byte[] _bytes;
    private byte[] _more;

    /// <summary>A profile without values yet.</summary>
    public Profile(byte[] name, int offset, int length)
    {
        _bytes = new byte[NamePlace + length];
        _bytes[NamePlace - 1] = (byte)length;
        Array.Copy(name, offset, _bytes, NamePlace, length);
    }

    /// <summary>Its name. Each call makes a copy: see <see cref="WriteName"/>.</summary>
    public byte[] Name => Copy(_bytes, NamePlace, _bytes[NamePlace - 1]);

    /// <summary>What it is. It follows from the keys when none is stated.</summary>
    public ProfileKind Kind
    {
        get => (ProfileKind)(_bytes[0] & KindBits);
        set => _bytes[0] = (byte)((_bytes[0] & InitrdBits) | (int)value);
    }

    /// <summary>The name of its kind. Each call makes a text.</summary>
    public string KindName => SettingsTable.Words(SettingsKey.ProfileKind)[(int)Kind];

    /// <summary>How many initrds it has.</summary>
    public int Initrds => (_bytes[0] & InitrdBits) / OneInitrd;

    /// <summary>Whether the command line has templates for URLs in it; set after <see cref="Kind"/>.</summary>
    public bool HasTemplates
    {
        get => (_bytes[0] & Templates) != 0;
        internal set => _bytes[0] |= value ? (byte)Templates : (byte)0;
    }

    /// <summary>Whether the command line has an <c>initrd=</c> of its own; set after <see cref="Kind"/>.</summary>
    internal bool NamesInitrds
    {
        get => (_bytes[0] & NamedInitrds) != 0;
        set => _bytes[0] |= value ? (byte)NamedInitrds : (byte)0;
    }

    /// <summary>About how many bytes of a board's heap it takes.</summary>
    internal int Size => 72 + _bytes.Length + (_more == null ? 0 : _more.Length);

    /// <summary>Writes its name.</summary>
    public void WriteName(ByteWriter writer) => writer.Raw(_bytes, NamePlace, _bytes[NamePlace - 1]);

    /// <summary>Whether a range is its name.</summary>
    public bool IsNamed(byte[] name, int offset, int length)
    {
        // The ends first: profile1, profile2 …
        return length == _bytes[NamePlace - 1] && length > 0 && name[offset + length - 1] == _bytes[NamePlace + length - 1]
            && Octets.Equal(name, offset, _bytes, NamePlace, length);
    }

    /// <summary>
    /// The place of a value, for <see cref="Bytes"/> and what else takes one, or -1 when it is not set. <paramref name="index"/> counts
    /// those of a key that may be there several times.
    /// </summary>
    public int Find(SettingsKey key, int index)
    {
        int wanted = ((int)key % SettingsTable.MostKeys) + (index * SettingsTable.MostKeys);
        int place = Find(_bytes, NamePlace + _bytes[NamePlace - 1], wanted);
        if (place < 0 && _more != null)
        {
            place = Find(_more, 0, wanted);
            place += place < 0 ? 0 : Second;
        }

        return place;
    }

    /// <summary>The array that a value is in, from <see cref="Offset"/> on.</summary>
    public byte[] Bytes(int place) => place < Second ? _bytes : _more;

    /// <summary>Where in its array a value begins.</summary>
    public static int Offset(int place) => place & (Second - 1);

    /// <summary>The length of a value.</summary>
    public int Length(int place) => Octets.ReadUInt16(Bytes(place), Offset(place) - 2);

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
        var which = (byte)(((int)key % SettingsTable.MostKeys) + (index * SettingsTable.MostKeys));
        _bytes[0] += key == SettingsKey.ProfileInitrd ? (byte)OneInitrd : (byte)0;
        if (_more == null && _bytes.Length + Head + length <= Longest)
        {
            _bytes = With(_bytes, which, value, length);
        }
        else
        {
            _more = With(_more ?? new byte[0], which, value, length);
        }
    }

    private static int Find(byte[] bytes, int place, int wanted)
    {
        while (place < bytes.Length)
        {
            if (bytes[place] == wanted)
            {
                return place + Head;
            }

            place += Head + ((bytes[place + 1] << 8) | bytes[place + 2]);
        }

        return -1;
    }

    private static byte[] With(byte[] bytes, byte which, byte[] value, int length)
    {
        int at = bytes.Length;
        var longer = new byte[at + Head + length];
        Array.Copy(bytes, 0, longer, 0, at);
        longer[at] = which;
        Octets.WriteUInt16(longer, at + 1, length);
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
