using System;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Tftp;

namespace Netboot.Journal;

/// <summary>
/// What happened to each machine that was heard of lately, and what is wrong: fixed size, the machine that was quiet longest gives way. The packets'
/// thread writes it (see <see cref="JournalService"/>), page and console read copies.
/// </summary>
public sealed partial class MachineJournal
{
    /// <summary>Machines kept: with their boots they take 3.5 KB of the board's heap.</summary>
    public const int Capacity = 20;

    /// <summary>Boots kept of each machine.</summary>
    public const int Boots = 3;

    /// <summary>Bytes of text kept with a diagnosis: what a machine said, a file's name.</summary>
    public const int TextSize = 24;

    /// <summary>Times are kept in units of so many milliseconds: a stage's in 16 bits then reaches ten minutes.</summary>
    public const int Unit = 10;

    private const int Nobody = -1;
    private const int Stages = StageNames.Count;

    private const byte AskedFlag = 1;
    private const byte FetchingFlag = 2;
    private const byte UuidFlag = 4;
    private const byte ReportsFlag = 8;

    private readonly object _lock = new object();
    private readonly OtherServers _others;
    private readonly Log _log;

    private readonly byte[] _macs = new byte[Capacity * MacText.Size];
    private readonly byte[] _uuids = new byte[Capacity * UuidText.Size];
    private readonly int[] _addresses = new int[Capacity];
    private readonly byte[] _kinds = new byte[Capacity];
    private readonly byte[] _platforms = new byte[Capacity];
    private readonly ushort[] _architectures = new ushort[Capacity];
    private readonly byte[] _states = new byte[Capacity];
    private readonly byte[] _reached = new byte[Capacity];
    private readonly byte[] _flags = new byte[Capacity];
    private readonly byte[] _whys = new byte[Capacity];
    private readonly int[] _arguments = new int[Capacity];
    private readonly byte[] _texts = new byte[Capacity * TextSize];
    private readonly byte[] _textLengths = new byte[Capacity];
    private readonly int[] _heard = new int[Capacity];
    private readonly int[] _moved = new int[Capacity];
    private readonly int[] _changed = new int[Capacity];
    private readonly byte[] _bootCounts = new byte[Capacity];

    // Of each machine's boots, newest first.
    private readonly int[] _began = new int[Capacity * Boots];
    private readonly ushort[] _stages = new ushort[Capacity * Boots * Stages];
    private readonly int[] _loaderBytes = new int[Capacity * Boots];
    private readonly ushort[] _loaderTimes = new ushort[Capacity * Boots];

    private readonly TokenBucket _lines = new TokenBucket(8, 2000);
    private int _count;
    private int _now;
    private int _changesSeen;

    /// <summary>An empty journal; diagnoses go to <paramref name="log"/> too, and name what <paramref name="others"/> knows.</summary>
    public MachineJournal(Log log, OtherServers others)
    {
        _log = log;
        _others = others;
    }

    /// <summary>Machines known.</summary>
    public int Count
    {
        get { return _count; }
    }

    /// <summary>
    /// Fills <paramref name="record"/> with machine <paramref name="index"/> of <see cref="Count"/>, in no order; false when there is none.
    /// <paramref name="now"/> is the device's clock.
    /// </summary>
    public bool Read(int index, MachineRecord record, long now)
    {
        lock (_lock)
        {
            if (index < 0 || index >= _count)
            {
                return false;
            }

            int time = (int)(now / Unit);
            Array.Copy(_macs, index * MacText.Size, record.Mac, 0, MacText.Size);
            Array.Copy(_uuids, index * UuidText.Size, record.Uuid, 0, UuidText.Size);
            record.HasUuid = (_flags[index] & UuidFlag) != 0;
            record.Address = _addresses[index];
            record.Kind = (ClientKind)_kinds[index];
            record.Platform = (Platform)_platforms[index];
            record.Architecture = _architectures[index];
            record.State = (MachineState)_states[index];
            record.Stage = (BootStage)_reached[index];
            record.Why = (WhyCode)_whys[index];
            record.Argument = _arguments[index];
            record.TextLength = _textLengths[index];
            Array.Copy(_texts, index * TextSize, record.Text, 0, TextSize);
            record.Ago = Milliseconds(time - _heard[index]);
            record.Boots = _bootCounts[index];
            Array.Copy(_stages, index * Boots * Stages, record.StageTimes, 0, Boots * Stages);
            Array.Copy(_loaderBytes, index * Boots, record.LoaderSizes, 0, Boots);
            Array.Copy(_loaderTimes, index * Boots, record.LoaderDurations, 0, Boots);
            for (int i = 0; i < record.Boots; i++)
            {
                record.BeganTimes[i] = Milliseconds(time - _began[(index * Boots) + i]);
            }

            return true;
        }
    }

    /// <summary>The same, but false too when nothing changed in the last <paramref name="age"/> milliseconds.</summary>
    public bool Read(int index, int age, MachineRecord record, long now)
    {
        lock (_lock)
        {
            return (index >= _count || Milliseconds((int)(now / Unit) - _changed[index]) <= age) && Read(index, record, now);
        }
    }

    /// <summary>Whether the machine of an Ethernet address was heard.</summary>
    public bool Knows(byte[] mac, int offset)
    {
        lock (_lock)
        {
            return Find(mac, offset) != Nobody;
        }
    }

    /// <summary>Fills <paramref name="record"/> with the machine of an Ethernet address; false when it was not heard.</summary>
    public bool Find(byte[] mac, int offset, MachineRecord record, long now)
    {
        lock (_lock)
        {
            return Read(Find(mac, offset), record, now);
        }
    }

    /// <summary>Finds the Ethernet address of the machine that was last seen under an IPv4 address; false when it is not known.</summary>
    public bool MacOf(byte[] address, int offset, byte[] mac)
    {
        lock (_lock)
        {
            int machine = ByAddress(Octets.ReadInt32(address, offset));
            if (machine == Nobody)
            {
                return false;
            }

            Array.Copy(_macs, machine * MacText.Size, mac, 0, MacText.Size);
            return true;
        }
    }

    // What is longer ago than 24 days is 24 days ago.
    private static int Milliseconds(int units)
    {
        return units > int.MaxValue / Unit ? int.MaxValue : units * Unit;
    }

    // Compared by the last byte first: cards of one maker begin alike.
    private int Find(byte[] mac, int offset)
    {
        byte last = mac[offset + 5];
        for (int i = 0, at = 0; i < _count; i++, at += MacText.Size)
        {
            if (_macs[at + 5] == last && Octets.Equal(_macs, at, mac, offset, MacText.Size))
            {
                return i;
            }
        }

        return Nobody;
    }

    private int ByAddress(int address)
    {
        int best = Nobody;
        for (int i = 0; i < _count && address != 0; i++)
        {
            // An address that the router gave to another machine since is that one's.
            if (_addresses[i] == address && (best == Nobody || _heard[i] - _heard[best] > 0))
            {
                best = i;
            }
        }

        return best;
    }

    private int FindOrAdd(byte[] mac, int offset)
    {
        int machine = Find(mac, offset);
        if (machine != Nobody)
        {
            return machine;
        }

        if (_count < Capacity)
        {
            machine = _count++;
        }
        else
        {
            machine = 0;
            for (int i = 1; i < Capacity; i++)
            {
                if (_heard[i] - _heard[machine] < 0)
                {
                    machine = i;
                }
            }
        }

        Array.Copy(mac, offset, _macs, machine * MacText.Size, MacText.Size);
        _changed[machine] = _now;
        _addresses[machine] = 0;
        _kinds[machine] = 0;
        _platforms[machine] = 0;
        _architectures[machine] = 0;
        _states[machine] = (byte)MachineState.Never;
        _reached[machine] = 0;
        _flags[machine] = 0;
        _whys[machine] = 0;
        _textLengths[machine] = 0;
        _bootCounts[machine] = 0;
        return machine;
    }
}
