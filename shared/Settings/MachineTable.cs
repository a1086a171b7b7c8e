using System;
using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Settings;

/// <summary>
/// The machines, in the order of the text. They are rows of byte arrays and not objects: on the device an object of eight fields takes over
/// 100 bytes of heap, a row here 15, and its name.
/// </summary>
public sealed partial class MachineTable
{
    /// <summary>In place of a number of a profile: none.</summary>
    public const int None = 255;

    // Rows that the arrays grow by.
    private const int Step = 8;

    // A row has a column for each key up to the choices, of which two share one. What takes the name of a profile has its number there.
    // Everything else, 0 when it is not there: the length of a name; 1 + the number of a loader among those that are set, of a UUID, or of
    // a word among the key's. Then where the name is, and the chain. The addresses are an array of their own, for none may be larger than
    // 1 KB.
    private const int NameColumn = (int)SettingsKey.MachineName % SettingsTable.MostKeys;
    private const int ProfileColumn = (int)SettingsKey.MachineProfile % SettingsTable.MostKeys;
    private const int OnceColumn = (int)SettingsKey.MachineOnce % SettingsTable.MostKeys;
    private const int LoaderColumn = (int)SettingsKey.MachineLoader % SettingsTable.MostKeys;
    private const int UuidColumn = (int)SettingsKey.MachineUuid % SettingsTable.MostKeys;
    private const int ChoiceColumn = (int)SettingsKey.MachineOption43 % SettingsTable.MostKeys;
    private const int PositionColumn = ChoiceColumn + (((int)SettingsKey.MachineEnd - (int)SettingsKey.MachineOption43 + 1) / 2);
    private const int ChainColumn = PositionColumn + 2;
    private const int RowSize = ChainColumn + 1;
    private const int ChoiceBits = 4;
    private const int ChoiceMask = 15;

    // Chains of machines whose addresses end alike, by 1 + the number of a machine: in the packet path one among 96 is found with two
    // comparisons. A power of two.
    private const int Chains = 64;

    private const int Yes = 1;

    private byte[] _macs = new byte[0];
    private byte[] _rows = new byte[0];

    // Null where none is set.
    private byte[] _chains;
    private BytePages _names;
    private BytePages _uuids;
    private byte[][] _loaders;
    private int _uuidCount;

    /// <summary>How many machines there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many different loader names the machines have.</summary>
    public int LoaderCount => _loaders == null ? 0 : _loaders.Length;

    /// <summary>Whether any machine can be matched by its UUID.</summary>
    public bool HasUuids => _uuidCount > 0;

    /// <summary>About how many bytes of a board's heap they take.</summary>
    internal int Size
    {
        get
        {
            return 192 + _macs.Length + _rows.Length + (_chains == null ? 0 : Chains) + (_names == null ? 0 : _names.Size)
                + (_uuids == null ? 0 : _uuids.Size)
                + (LoaderCount * (24 + SettingsLimits.FileName));
        }
    }

    /// <summary>The machine with that Ethernet address, or -1.</summary>
    public int FindMac(byte[] mac, int offset)
    {
        if (_chains == null)
        {
            return -1;
        }

        byte[] macs = _macs;
        int end = BitConverter.ToInt32(mac, offset + 2);
        int link = _chains[ChainOf(mac[offset + 5], mac[offset + 4])];
        while (link != 0)
        {
            int at = (link - 1) * MacText.Size;
            if (BitConverter.ToInt32(macs, at + 2) == end && BitConverter.ToInt16(macs, at) == BitConverter.ToInt16(mac, offset))
            {
                return link - 1;
            }

            link = _rows[((link - 1) * RowSize) + ChainColumn];
        }

        return -1;
    }

    /// <summary>
    /// The machine with that UUID, or -1. Its first three groups may be in either byte order: edk2 sends them as SMBIOS has them
    /// (little-endian), iPXE as they are written.
    /// </summary>
    public int FindUuid(byte[] uuid, int offset)
    {
        if (_uuidCount == 0)
        {
            return -1;
        }

        int number = 0;
        int last = uuid[offset + UuidText.Size - 1];
        for (int i = 0; i < _uuids.Count; i++)
        {
            // The second half is the same in both byte orders, and its last byte differs most.
            byte[] page = _uuids.Page(BytePages.Start(i));
            for (int at = 0; at + UuidText.Size <= page.Length && number < _uuidCount; at += UuidText.Size)
            {
                number++;
                if (page[at + UuidText.Size - 1] == last && IsSame(page, at, uuid, offset))
                {
                    return WithUuid(number);
                }
            }
        }

        return -1;
    }

    /// <summary>Writes a machine's Ethernet address with colons.</summary>
    public void WriteMac(int machine, ByteWriter writer) => writer.Mac(_macs, machine * MacText.Size, ':');

    /// <summary>Copies a machine's Ethernet address.</summary>
    public void CopyMac(int machine, byte[] target, int offset) => Array.Copy(_macs, machine * MacText.Size, target, offset, MacText.Size);

    /// <summary>Writes a machine's name; nothing when it has none.</summary>
    public void WriteName(int machine, ByteWriter writer)
    {
        int row = machine * RowSize;
        int length = _rows[row + NameColumn];
        if (length > 0)
        {
            int position = Octets.ReadUInt16(_rows, row + PositionColumn);
            writer.Raw(_names.Page(position), BytePages.Offset(position), length);
        }
    }

    /// <summary>Whether a machine has a name.</summary>
    public bool HasName(int machine) => _rows[(machine * RowSize) + NameColumn] > 0;

    /// <summary>The number of a machine's profile, or <see cref="None"/>.</summary>
    public int Profile(int machine) => _rows[(machine * RowSize) + ProfileColumn];

    /// <summary>The number of the profile for a machine's next boot only, or <see cref="None"/>.</summary>
    public int Once(int machine) => _rows[(machine * RowSize) + OnceColumn];

    /// <summary>
    /// Sets or clears (<see cref="None"/>) the profile for a machine's next boot, in place: the boot path has no time for a new model.
    /// </summary>
    public void SetOnce(int machine, int profile) => _rows[(machine * RowSize) + OnceColumn] = (byte)profile;

    /// <summary>The loader file a machine gets instead of its platform's, or null.</summary>
    public byte[] Loader(int machine)
    {
        int index = _rows[(machine * RowSize) + LoaderColumn];
        return index == 0 ? null : _loaders[index - 1];
    }

    /// <summary>One of the different loader names.</summary>
    public byte[] LoaderName(int index) => _loaders[index];

    /// <summary>Whether option 43 is sent to a machine.</summary>
    public PxeOptionRule PxeOption(int machine)
    {
        int choice = _rows[(machine * RowSize) + ChoiceColumn] & ChoiceMask;
        return choice == 0 ? PxeOptionRule.Auto : (PxeOptionRule)(choice - 1);
    }

    /// <summary>Whether a machine's DHCPREQUEST to the router is answered too.</summary>
    public bool AnswerRequest(int machine) => _rows[(machine * RowSize) + ChoiceColumn] >> ChoiceBits == Yes;

    private static bool IsSame(byte[] a, int aOffset, byte[] b, int bOffset) =>
        Octets.Equal(a, aOffset + 8, b, bOffset + 8, 8) && (Octets.Equal(a, aOffset, b, bOffset, 8) || IsSwapped(a, aOffset, b, bOffset));

    private static bool IsSwapped(byte[] a, int aOffset, byte[] b, int bOffset)
    {
        return a[aOffset] == b[bOffset + 3] && a[aOffset + 1] == b[bOffset + 2] && a[aOffset + 2] == b[bOffset + 1]
            && a[aOffset + 3] == b[bOffset]
            && a[aOffset + 4] == b[bOffset + 5] && a[aOffset + 5] == b[bOffset + 4] && a[aOffset + 6] == b[bOffset + 7]
            && a[aOffset + 7] == b[bOffset + 6];
    }

    // Addresses of one maker run on, some by twos or fours: the upper half of the last byte is mixed in.
    private static int ChainOf(int last, int beforeLast) => (last ^ (last >> 4) ^ beforeLast) & (Chains - 1);

    private int WithUuid(int number)
    {
        int machine = 0;
        while (_rows[(machine * RowSize) + UuidColumn] != number)
        {
            machine++;
        }

        return machine;
    }
}
