using System;
using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Settings;

/// <summary>
/// The machines, in the order of the text. They are rows of byte arrays and not objects: on the device an object of eight fields takes over
/// 100 bytes of heap, a row here 16, and its name.
/// </summary>
public sealed partial class MachineTable
{
    /// <summary>In place of a number of a profile: none.</summary>
    public const int None = 255;

    /// <summary>In place of the number of a profile for unknown machines: they wait until they are let in.</summary>
    public const int Ask = 254;

    // Rows that the arrays grow by.
    private const int Step = 8;

    // A row has a column for each key up to the choices, of which two share one. What takes the name of a profile has its number there.
    // Everything else, 0 when it is not there: the length of a name; 1 + the number of a loader among those that are set, of a UUID, or of
    // a word among the key's. Then where the name is, and the chain. The addresses are an array of their own, for none may be larger than
    // 1 KB.
    private const int NameColumn = (int)SettingsKey.MachineName % SettingsTable.MostKeys;
    private const int ProfileColumn = (int)SettingsKey.MachineProfile % SettingsTable.MostKeys;
    private const int MenuDefaultColumn = (int)SettingsKey.MachineMenuDefault % SettingsTable.MostKeys;
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
    private OtherKeys _others;
    private byte[][] _loaders;

    /// <summary>How many machines there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many different loader names the machines have.</summary>
    public int LoaderCount => _loaders == null ? 0 : _loaders.Length;

    /// <summary>Whether any machine can be matched by anything else than its whole address.</summary>
    public bool HasOthers => _others != null;

    /// <summary>Whether any machine can be matched by its UUID.</summary>
    public bool HasUuids => _others != null && _others.Uuids != null;

    /// <summary>About how many bytes of a board's heap they take.</summary>
    internal int Size
    {
        get
        {
            return 192 + _macs.Length + _rows.Length + (_chains == null ? 0 : Chains) + (_names == null ? 0 : _names.Size)
                + (_others == null ? 0 : _others.Size)
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

    /// <summary>The machine with that UUID, in either byte order (<see cref="UuidList.Find"/>), or -1.</summary>
    public int FindUuid(byte[] uuid, int offset)
    {
        int number = HasUuids ? _others.Uuids.Find(uuid, offset) : 0;
        int machine = number == 0 ? -1 : 0;
        while (number != 0 && _rows[(machine * RowSize) + UuidColumn] != number)
        {
            machine++;
        }

        return machine;
    }

    /// <summary>Copies a machine's Ethernet address; not of a section that is for several (<see cref="IsPrefix"/>).</summary>
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

    /// <summary>The number of the profile that a machine boots from a menu when nobody chooses, or <see cref="None"/>.</summary>
    public int MenuDefault(int machine) => _rows[(machine * RowSize) + MenuDefaultColumn];

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

    /// <summary>Whether a machine has a value for a key, which is not one that takes the name of a profile.</summary>
    internal bool Has(int machine, SettingsKey key) => Number(machine, key) != 0;

    /// <summary>The number of the profile that a key names, or <see cref="None"/>.</summary>
    internal int Profile(int machine, SettingsKey key) => _rows[(machine * RowSize) + ((int)key % SettingsTable.MostKeys)];

    /// <summary>Writes the value of a key that <see cref="Has"/> one, as it was accepted.</summary>
    internal void Write(int machine, SettingsKey key, ValueKind kind, ByteWriter writer)
    {
        int number = Number(machine, key) - 1;
        switch (kind)
        {
            case ValueKind.Name:
                WriteName(machine, writer);
                break;
            case ValueKind.FileName:
                writer.Raw(_loaders[number]);
                break;
            case ValueKind.Uuid:
                _others.Uuids.Write(number + 1, writer);
                break;
            default:
                SettingsTable.WriteWord(key, number, writer);
                break;
        }
    }

    /// <summary>Sets a key to an accepted value of a kind.</summary>
    internal void Set(int machine, SettingsKey key, ValueKind kind, byte[] value, int length)
    {
        int number;
        switch (kind)
        {
            case ValueKind.Name:
                _names = _names ?? new BytePages();
                Octets.WriteUInt16(_rows, (machine * RowSize) + PositionColumn, _names.Add(value, 0, length));
                number = length;
                break;
            case ValueKind.FileName:
                number = 1 + NumberOf(value, length);
                break;
            case ValueKind.Uuid:
                _others = _others ?? new OtherKeys();
                _others.Uuids = _others.Uuids ?? new UuidList();
                number = _others.Uuids.Add(value);
                break;
            default:
                int choice = key - SettingsKey.MachineOption43;
                number = 1 + SettingsTable.FindWord(key, value, 0, length);
                _rows[(machine * RowSize) + ChoiceColumn + (choice / 2)] |= (byte)(number << (choice % 2 * ChoiceBits));
                return;
        }

        SetProfile(machine, key, number);
    }

    /// <summary>The profiles for the next boot of all machines, as they are now; the boot path may use one up at any time.</summary>
    public byte[] CopyOnce()
    {
        var once = new byte[Count];
        for (int i = 0; i < once.Length; i++)
        {
            once[i] = _rows[(i * RowSize) + OnceColumn];
        }

        return once;
    }

    /// <summary>
    /// Takes out of <paramref name="others"/>, who are to come after these, what a machine used up since <paramref name="before"/> was
    /// copied; whether there is any.
    /// </summary>
    public bool ForgetUsed(byte[] before, MachineTable others)
    {
        bool any = false;
        for (int i = 0; i < before.Length; i++)
        {
            if (before[i] != None && Once(i) == None)
            {
                ForgetOnce(i, others);
                any = true;
            }
        }

        return any;
    }

    /// <summary>The same for one machine.</summary>
    public void ForgetOnce(int machine, MachineTable others)
    {
        int other = others.FindMac(_macs, machine * MacText.Size);
        if (other >= 0)
        {
            others.SetOnce(other, None);
        }
    }

    private void AddRow()
    {
        if (Count * MacText.Size == _macs.Length)
        {
            _macs = Longer(_macs, Step * MacText.Size);
            _rows = Longer(_rows, Step * RowSize);
        }

        int row = Count * RowSize;
        Count++;
        _rows[row + ProfileColumn] = None;
        _rows[row + OnceColumn] = None;
        _rows[row + MenuDefaultColumn] = None;
    }

    private void Chain(int machine)
    {
        _chains = _chains ?? new byte[Chains];
        int at = machine * MacText.Size;
        int chain = ChainOf(_macs[at + 5], _macs[at + 4]);
        _rows[(machine * RowSize) + ChainColumn] = _chains[chain];
        _chains[chain] = (byte)(machine + 1);
    }

    /// <summary>Sets a key that takes the name of a profile.</summary>
    internal void SetProfile(int machine, SettingsKey key, int profile) =>
        _rows[(machine * RowSize) + ((int)key % SettingsTable.MostKeys)] = (byte)profile;

    private int Number(int machine, SettingsKey key)
    {
        int column = (int)key % SettingsTable.MostKeys;
        int choice = column - ChoiceColumn;
        return choice < 0 ? _rows[(machine * RowSize) + column]
            : (_rows[(machine * RowSize) + ChoiceColumn + (choice / 2)] >> (choice % 2 * ChoiceBits)) & ChoiceMask;
    }

    // The number of a loader among those that are set: it is added if it is not there.
    private int NumberOf(byte[] loader, int length)
    {
        int count = LoaderCount;
        for (int i = 0; i < count; i++)
        {
            if (Octets.Is(loader, 0, length, _loaders[i]))
            {
                return i;
            }
        }

        var loaders = new byte[count + 1][];
        for (int i = 0; i < count; i++)
        {
            loaders[i] = _loaders[i];
        }

        loaders[count] = new byte[length];
        Array.Copy(loader, 0, loaders[count], 0, length);
        _loaders = loaders;
        return count;
    }

    private static byte[] Longer(byte[] array, int by)
    {
        var longer = new byte[array.Length + by];
        Array.Copy(array, 0, longer, 0, array.Length);
        return longer;
    }

    // Addresses of one maker run on, some by twos or fours: the upper half of the last byte is mixed in.
    private static int ChainOf(int last, int beforeLast) => (last ^ (last >> 4) ^ beforeLast) & (Chains - 1);
}
