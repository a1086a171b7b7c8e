using System;
using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Settings;

/// <summary>
/// The machines, in the order of the text. They are rows of byte arrays and not objects: on the device an object of eight fields takes over
/// 100 bytes of heap, a row here about 25.
/// </summary>
public sealed class MachineTable
{
    /// <summary>In place of a number of a profile: none.</summary>
    public const int None = 255;

    // The columns of a row after its MAC.
    private const int ProfileColumn = 6;
    private const int OnceColumn = 7;
    private const int LoaderColumn = 8;
    private const int UuidColumn = 9;
    private const int Option43Column = 10;
    private const int AnswerRequestColumn = 11;
    private const int NameLengthColumn = 12;
    private const int NameColumn = 13;
    private const int ChainColumn = 15;
    private const int RowSize = 16;

    // Chains of rows whose addresses end alike, by 1 + the number of a row: in the packet path a machine among 96 is found with two comparisons. A power of two.
    private const int Chains = 64;

    // Values of the two choice columns are 1 + the number of the choice, 0 when the key is not there.
    private const int Yes = 1;

    private readonly KeyIndex _byUuid = new KeyIndex();
    private byte[] _rows = new byte[0];
    private byte[] _chains;
    private byte[] _names = new byte[0];
    private byte[] _uuids = new byte[0];
    private byte[][] _loaders = new byte[0][];
    private int _namesLength;
    private int _uuidCount;

    /// <summary>How many machines there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many different loader names the machines have.</summary>
    public int LoaderCount
    {
        get { return _loaders.Length; }
    }

    /// <summary>Whether any machine can be matched by its UUID.</summary>
    public bool HasUuids
    {
        get { return _uuidCount > 0; }
    }

    /// <summary>The machine with that Ethernet address, or -1.</summary>
    public int FindMac(byte[] mac, int offset)
    {
        if (_chains == null)
        {
            return -1;
        }

        byte[] rows = _rows;
        int end = BitConverter.ToInt32(mac, offset + 2);
        int link = _chains[ChainOf(mac[offset + 5], mac[offset + 4])];
        while (link != 0)
        {
            int row = (link - 1) * RowSize;
            if (BitConverter.ToInt32(rows, row + 2) == end && BitConverter.ToInt16(rows, row) == BitConverter.ToInt16(mac, offset))
            {
                return link - 1;
            }

            link = rows[row + ChainColumn];
        }

        return -1;
    }

    /// <summary>
    /// The machine with that UUID, or -1. Its first three groups may be in either byte order: edk2 sends them as SMBIOS has them (little-endian),
    /// iPXE as they are written.
    /// </summary>
    public int FindUuid(byte[] uuid, int offset)
    {
        int place = _byUuid.Find(UuidKey(uuid, offset));
        while (place >= 0)
        {
            int row = _byUuid.Row(place);
            int at = UuidOffset(row);
            if (Octets.Equal(_uuids, at + 8, uuid, offset + 8, 8)
                && (Octets.Equal(_uuids, at, uuid, offset, 8) || IsSwapped(_uuids, at, uuid, offset)))
            {
                return row;
            }

            place = _byUuid.Next(place);
        }

        return -1;
    }

    /// <summary>Writes a machine's Ethernet address with colons.</summary>
    public void WriteMac(int machine, ByteWriter writer)
    {
        writer.Mac(_rows, machine * RowSize, ':');
    }

    /// <summary>Copies a machine's Ethernet address.</summary>
    public void CopyMac(int machine, byte[] target, int offset)
    {
        Array.Copy(_rows, machine * RowSize, target, offset, MacText.Size);
    }

    /// <summary>Writes a machine's name; nothing when it has none.</summary>
    public void WriteName(int machine, ByteWriter writer)
    {
        int row = machine * RowSize;
        writer.Raw(_names, Octets.ReadUInt16(_rows, row + NameColumn), _rows[row + NameLengthColumn]);
    }

    /// <summary>Whether a machine has a name.</summary>
    public bool HasName(int machine)
    {
        return _rows[(machine * RowSize) + NameLengthColumn] > 0;
    }

    /// <summary>The number of a machine's profile, or <see cref="None"/>.</summary>
    public int Profile(int machine)
    {
        return _rows[(machine * RowSize) + ProfileColumn];
    }

    /// <summary>The number of the profile for a machine's next boot only, or <see cref="None"/>.</summary>
    public int Once(int machine)
    {
        return _rows[(machine * RowSize) + OnceColumn];
    }

    /// <summary>Sets or clears (<see cref="None"/>) the profile for a machine's next boot, in place: the boot path has no time for a new model.</summary>
    public void SetOnce(int machine, int profile)
    {
        _rows[(machine * RowSize) + OnceColumn] = (byte)profile;
    }

    /// <summary>The loader file a machine gets instead of its platform's, or null.</summary>
    public byte[] Loader(int machine)
    {
        int index = _rows[(machine * RowSize) + LoaderColumn];
        return index == 0 ? null : _loaders[index - 1];
    }

    /// <summary>One of the different loader names.</summary>
    public byte[] LoaderName(int index)
    {
        return _loaders[index];
    }

    /// <summary>Whether option 43 is sent to a machine.</summary>
    public PxeOptionRule PxeOption(int machine)
    {
        int choice = _rows[(machine * RowSize) + Option43Column];
        return choice == 0 ? PxeOptionRule.Auto : (PxeOptionRule)(choice - 1);
    }

    /// <summary>Whether a machine's DHCPREQUEST to the router is answered too.</summary>
    public bool AnswerRequest(int machine)
    {
        return _rows[(machine * RowSize) + AnswerRequestColumn] == Yes;
    }

    /// <summary>The number of a choice that was set, or -1 when the key is not there.</summary>
    internal int Choice(int machine, SettingsKey key)
    {
        return _rows[(machine * RowSize) + (key == SettingsKey.MachineOption43 ? Option43Column : AnswerRequestColumn)] - 1;
    }

    /// <summary>Writes a machine's UUID; gives false when it has none.</summary>
    internal bool WriteUuid(int machine, ByteWriter writer)
    {
        if (_rows[(machine * RowSize) + UuidColumn] == 0)
        {
            return false;
        }

        UuidText.Write(writer, _uuids, UuidOffset(machine));
        return true;
    }

    /// <summary>Adds a machine of which nothing but the address is known.</summary>
    internal void Add(byte[] mac, int offset)
    {
        int row = Count * RowSize;
        _rows = Larger(_rows, row + RowSize, 16 * RowSize);
        Array.Copy(mac, offset, _rows, row, MacText.Size);
        _rows[row + ProfileColumn] = None;
        _rows[row + OnceColumn] = None;
        _chains = _chains ?? new byte[Chains];
        int chain = ChainOf(mac[offset + 5], mac[offset + 4]);
        Count++;
        _rows[row + ChainColumn] = _chains[chain];
        _chains[chain] = (byte)Count;
    }

    internal void SetProfile(int machine, int profile)
    {
        _rows[(machine * RowSize) + ProfileColumn] = (byte)profile;
    }

    internal void SetChoice(int machine, SettingsKey key, int choice)
    {
        _rows[(machine * RowSize) + (key == SettingsKey.MachineOption43 ? Option43Column : AnswerRequestColumn)] = (byte)(choice + 1);
    }

    internal void SetName(int machine, byte[] name)
    {
        int row = machine * RowSize;
        _names = Larger(_names, _namesLength + name.Length, 128);
        Array.Copy(name, 0, _names, _namesLength, name.Length);
        _rows[row + NameLengthColumn] = (byte)name.Length;
        Octets.WriteUInt16(_rows, row + NameColumn, _namesLength);
        _namesLength += name.Length;
    }

    internal void SetLoader(int machine, byte[] loader)
    {
        int index = 0;
        while (index < _loaders.Length && !Octets.Is(loader, 0, loader.Length, _loaders[index]))
        {
            index++;
        }

        if (index == _loaders.Length)
        {
            var loaders = new byte[index + 1][];
            Array.Copy(_loaders, 0, loaders, 0, index);
            loaders[index] = loader;
            _loaders = loaders;
        }

        _rows[(machine * RowSize) + LoaderColumn] = (byte)(index + 1);
    }

    internal void SetUuid(int machine, byte[] uuid)
    {
        _uuids = Larger(_uuids, (_uuidCount + 1) * UuidText.Size, 4 * UuidText.Size);
        Array.Copy(uuid, 0, _uuids, _uuidCount * UuidText.Size, UuidText.Size);
        _uuidCount++;
        _rows[(machine * RowSize) + UuidColumn] = (byte)_uuidCount;
        _byUuid.Add(UuidKey(uuid, 0), machine);
    }

    // Addresses of one maker run on, some by twos or fours: the upper half of the last byte is mixed in.
    private static int ChainOf(int last, int beforeLast)
    {
        return (last ^ (last >> 4) ^ beforeLast) & (Chains - 1);
    }

    private static byte[] Larger(byte[] array, int needed, int step)
    {
        if (needed <= array.Length)
        {
            return array;
        }

        var larger = new byte[array.Length + (needed - array.Length > step ? needed - array.Length : step)];
        Array.Copy(array, 0, larger, 0, array.Length);
        return larger;
    }

    // The second half of a UUID is the same in both byte orders.
    private static int UuidKey(byte[] uuid, int offset)
    {
        return Octets.ReadInt32(uuid, offset + 8) ^ Octets.ReadInt32(uuid, offset + 12);
    }

    private static bool IsSwapped(byte[] a, int aOffset, byte[] b, int bOffset)
    {
        return a[aOffset] == b[bOffset + 3] && a[aOffset + 1] == b[bOffset + 2] && a[aOffset + 2] == b[bOffset + 1] && a[aOffset + 3] == b[bOffset]
            && a[aOffset + 4] == b[bOffset + 5] && a[aOffset + 5] == b[bOffset + 4] && a[aOffset + 6] == b[bOffset + 7] && a[aOffset + 7] == b[bOffset + 6];
    }

    private int UuidOffset(int machine)
    {
        return (_rows[(machine * RowSize) + UuidColumn] - 1) * UuidText.Size;
    }
}
