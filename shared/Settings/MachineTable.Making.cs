using System;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <content>How the table is made while a text is read, and written again.</content>
public sealed partial class MachineTable
{
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
                WriteUuid(number, writer);
                break;
            default:
                writer.Text(SettingsTable.Words(key)[number]);
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
                _uuids = _uuids ?? new BytePages();
                _uuids.Add(value, 0, UuidText.Size);
                number = ++_uuidCount;
                break;
            default:
                int choice = key - SettingsKey.MachineOption43;
                number = 1 + SettingsValue.Find(SettingsTable.Words(key), value, 0, length);
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

    /// <summary>Adds a machine of which nothing but the address is known.</summary>
    internal void Add(byte[] mac, int offset)
    {
        if (Count * MacText.Size == _macs.Length)
        {
            _macs = Longer(_macs, Step * MacText.Size);
            _rows = Longer(_rows, Step * RowSize);
        }

        Array.Copy(mac, offset, _macs, Count * MacText.Size, MacText.Size);
        _chains = _chains ?? new byte[Chains];
        int row = Count * RowSize;
        int chain = ChainOf(mac[offset + 5], mac[offset + 4]);
        Count++;
        _rows[row + ProfileColumn] = None;
        _rows[row + OnceColumn] = None;
        _rows[row + ChainColumn] = _chains[chain];
        _chains[chain] = (byte)Count;
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

    private void WriteUuid(int number, ByteWriter writer)
    {
        // All are of one length, so each but the last array holds as many.
        int page = 0;
        int at = number * UuidText.Size;
        while (at >= _uuids.Page(BytePages.Start(page)).Length)
        {
            at -= _uuids.Page(BytePages.Start(page)).Length;
            page++;
        }

        UuidText.Write(writer, _uuids.Page(BytePages.Start(page)), at);
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
}
