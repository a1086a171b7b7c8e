using System;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <content>Sections that are for all machines whose addresses begin alike: rows like the others, but none that an address finds.</content>
public sealed partial class MachineTable
{
    // In the place of such a section's address: its octets with this bit set in the first one, which no machine's address has (it would be
    // a group's), and last how many octets they are.
    private const int GroupBit = 1;
    private const int LengthPlace = MacText.Size - 1;

    /// <summary>Whether any section is for all machines whose addresses begin alike.</summary>
    public bool HasPrefixes => _others != null && _others.Prefixes != null;

    /// <summary>The section of what an Ethernet address begins with, of several the longest; or -1.</summary>
    public int FindPrefix(byte[] mac, int offset) => HasPrefixes ? _others.Prefixes.Find(mac, offset) : -1;

    /// <summary>Whether a section is for all machines whose addresses begin alike: it has no address, name or next boot.</summary>
    public bool IsPrefix(int machine) => (_macs[machine * MacText.Size] & GroupBit) != 0;

    /// <summary>Writes whom a section is for, as it stands in its brackets.</summary>
    public void WriteKey(int machine, ByteWriter writer)
    {
        int at = machine * MacText.Size;
        if ((_macs[at] & GroupBit) == 0)
        {
            writer.Mac(_macs, at, ':');
            return;
        }

        int length = _macs[at + LengthPlace];
        writer.HexByte(_macs[at] & ~GroupBit);
        for (int i = 1; i < length; i++)
        {
            writer.Byte(':').HexByte(_macs[at + i]);
        }

        writer.Byte(':').Byte('*');
    }

    /// <summary>The section with this key, or -1.</summary>
    internal int Find(MachineKey key) =>
        !key.IsPrefix ? FindMac(key.Mac, 0) : HasPrefixes ? _others.Prefixes.Find(key.Mac, 0, key.Length) : -1;

    /// <summary>Adds a section of which nothing but the key is known.</summary>
    internal void Add(MachineKey key)
    {
        AddRow();
        int machine = Count - 1;
        int at = machine * MacText.Size;
        Array.Copy(key.Mac, 0, _macs, at, key.Length);
        if (!key.IsPrefix)
        {
            Chain(machine);
            return;
        }

        _macs[at] |= GroupBit;
        _macs[at + LengthPlace] = (byte)key.Length;
        _others = _others ?? new OtherKeys();
        _others.Prefixes = _others.Prefixes ?? new PrefixList();
        _others.Prefixes.Add(key.Mac, key.Length, machine);
    }
}
