using System;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <content>How the table is made while a text is read, and written again.</content>
public sealed partial class MachineTable
{
    /// <summary>Whether a machine has a value for a key.</summary>
    internal bool Has(int machine, SettingsKey key)
    {
        int row = machine * RowSize;
        switch (key)
        {
            case SettingsKey.MachineName: return _rows[row + NameLengthColumn] > 0;
            case SettingsKey.MachineProfile: return _rows[row + ProfileColumn] != None;
            case SettingsKey.MachineOnce: return _rows[row + OnceColumn] != None;
            case SettingsKey.MachineLoader: return _rows[row + LoaderColumn] > 0;
            case SettingsKey.MachineUuid: return _rows[row + UuidColumn] > 0;
            default: return Choice(machine, key) >= 0;
        }
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

    /// <summary>The number of a choice that was set, or -1 when the key is not there.</summary>
    internal int Choice(int machine, SettingsKey key)
    {
        int choices = _rows[(machine * RowSize) + ChoiceColumn];
        return (key == SettingsKey.MachineOption43 ? choices & ChoiceMask : choices >> AnswerRequestShift) - 1;
    }

    /// <summary>Writes a machine's UUID; nothing when it has none.</summary>
    internal void WriteUuid(int machine, ByteWriter writer)
    {
        int number = _rows[(machine * RowSize) + UuidColumn];
        if (number == 0)
        {
            return;
        }

        // All are of one length, so each but the last array holds as many.
        int page = 0;
        int at = (number - 1) * UuidText.Size;
        while (at >= _uuids.Page(BytePages.Start(page)).Length)
        {
            at -= _uuids.Page(BytePages.Start(page)).Length;
            page++;
        }

        UuidText.Write(writer, _uuids.Page(BytePages.Start(page)), at);
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

    internal void SetProfile(int machine, int profile) => _rows[(machine * RowSize) + ProfileColumn] = (byte)profile;

    internal void SetChoice(int machine, SettingsKey key, int choice) =>
        _rows[(machine * RowSize) + ChoiceColumn] |= (byte)((choice + 1) << (key == SettingsKey.MachineOption43 ? 0 : AnswerRequestShift));

    internal void SetName(int machine, byte[] name, int length)
    {
        int row = machine * RowSize;
        _names = _names ?? new BytePages();
        Octets.WriteUInt16(_rows, row + NameColumn, _names.Add(name, 0, length));
        _rows[row + NameLengthColumn] = (byte)length;
    }

    internal void SetLoader(int machine, byte[] loader, int length)
    {
        int count = LoaderCount;
        int index = 0;
        while (index < count && !Octets.Is(loader, 0, length, _loaders[index]))
        {
            index++;
        }

        if (index == count)
        {
            var loaders = new byte[count + 1][];
            if (count > 0)
            {
                Array.Copy(_loaders, 0, loaders, 0, count);
            }

            loaders[index] = new byte[length];
            Array.Copy(loader, 0, loaders[index], 0, length);
            _loaders = loaders;
        }

        _rows[(machine * RowSize) + LoaderColumn] = (byte)(index + 1);
    }

    internal void SetUuid(int machine, byte[] uuid)
    {
        _uuids = _uuids ?? new BytePages();
        _uuids.Add(uuid, 0, UuidText.Size);
        _uuidCount++;
        _rows[(machine * RowSize) + UuidColumn] = (byte)_uuidCount;
    }

    private static byte[] Longer(byte[] array, int by)
    {
        var longer = new byte[array.Length + by];
        Array.Copy(array, 0, longer, 0, array.Length);
        return longer;
    }
}
