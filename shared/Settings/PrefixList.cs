using System;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// What the Ethernet addresses of machines begin with, one to five octets. Made when there is one; looked at in the packet path, for
/// machines that nothing closer is for.
/// </summary>
internal sealed class PrefixList
{
    // An entry: the octets, how many they are, the number of the machine's section, and the next of its chain.
    private const int LengthOf = MacText.Size - 1;
    private const int MachineOf = LengthOf + 1;
    private const int NextOf = MachineOf + 1;
    private const int EntrySize = NextOf + 1;

    // Chains of entries whose last octets are alike, by 1 + the number of an entry: one look for each length that there is, however many
    // entries. A power of two.
    private const int Chains = 32;

    // Entries that the array grows by.
    private const int Step = 4;

    private readonly byte[] _chains = new byte[Chains];
    private byte[] _entries = new byte[0];
    private int _count;
    private int _shortest = LengthOf;
    private int _longest;

    /// <summary>About how many bytes of a board's heap it takes.</summary>
    internal int Size => 132 + _entries.Length;

    /// <summary>Adds the first <paramref name="length"/> octets for a machine's section.</summary>
    internal void Add(byte[] octets, int length, int machine)
    {
        if (_count * EntrySize == _entries.Length)
        {
            var entries = new byte[_entries.Length + (Step * EntrySize)];
            Array.Copy(_entries, 0, entries, 0, _entries.Length);
            _entries = entries;
        }

        int at = _count * EntrySize;
        int chain = ChainOf(octets, 0, length);
        Array.Copy(octets, 0, _entries, at, length);
        _entries[at + LengthOf] = (byte)length;
        _entries[at + MachineOf] = (byte)machine;
        _entries[at + NextOf] = _chains[chain];
        _chains[chain] = (byte)++_count;
        _shortest = length < _shortest ? length : _shortest;
        _longest = length > _longest ? length : _longest;
    }

    /// <summary>The section whose octets an Ethernet address begins with, of several the one with most; or -1.</summary>
    internal int Find(byte[] mac, int offset)
    {
        int machine = -1;
        for (int length = _longest; machine < 0 && length >= _shortest; length--)
        {
            machine = Find(mac, offset, length);
        }

        return machine;
    }

    /// <summary>The section of these octets and no others, or -1.</summary>
    internal int Find(byte[] octets, int offset, int length)
    {
        byte[] entries = _entries;
        int link = _chains[ChainOf(octets, offset, length)];
        while (link != 0)
        {
            int at = (link - 1) * EntrySize;
            if (entries[at + LengthOf] == length && Octets.Equal(entries, at, octets, offset, length))
            {
                return entries[at + MachineOf];
            }

            link = entries[at + NextOf];
        }

        return -1;
    }

    private static int ChainOf(byte[] octets, int offset, int length)
    {
        int last = octets[offset + length - 1];
        return (last ^ (last >> 4) ^ length) & (Chains - 1);
    }
}
