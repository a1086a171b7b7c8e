using System;
using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Journal;

/// <content>
/// The tables: all numbers in one array and all bytes in another, column after column, for an array of its own costs the board 12 bytes and a field 12 more. A
/// column's constant is where it begins; the machine's number is added, times the width where one machine has several.
/// </content>
public sealed partial class MachineJournal
{
    // Columns of numbers. Times are in units since the device started.
    private const int Addresses = 0;
    private const int Arguments = Addresses + Capacity;
    private const int Heards = Arguments + Capacity;
    private const int Moves = Heards + Capacity;
    private const int Changes = Moves + Capacity;

    // Of each machine's boots, newest first.
    private const int Begins = Changes + Capacity;
    private const int LoaderSizes = Begins + (Capacity * Boots);
    private const int NumbersSize = LoaderSizes + (Capacity * Boots);

    // Columns of bytes.
    private const int Kinds = 0;
    private const int PlatformsOf = Kinds + Capacity;
    private const int States = PlatformsOf + Capacity;
    private const int Reached = States + Capacity;
    private const int Flags = Reached + Capacity;
    private const int Whys = Flags + Capacity;
    private const int TextLengths = Whys + Capacity;
    private const int BootCounts = TextLengths + Capacity;
    private const int Architectures = BootCounts + Capacity;
    private const int Macs = Architectures + (Capacity * 2);
    private const int Uuids = Macs + (Capacity * MacText.Size);
    private const int Texts = Uuids + (Capacity * UuidText.Size);

    // Of each boot, newest first, two bytes for each stage after the first: 1 + the time since it began, 0 for one that was not reached.
    private const int StageTimes = Texts + (Capacity * TextSize);
    private const int LoaderTimes = StageTimes + (Capacity * Boots * StageBytes);
    private const int BytesSize = LoaderTimes + (Capacity * Boots * 2);

    private const byte AskedFlag = 1;
    private const byte FetchingFlag = 2;
    private const byte UuidFlag = 4;
    private const byte ReportsFlag = 8;

    // The bytes are the lock as well.
    private readonly byte[] _bytes = new byte[BytesSize];
    private readonly int[] _numbers = new int[NumbersSize];

    // The machines by when they were heard, the last one first: the last byte of each address (cards of one maker begin alike), then the number of each. Who
    // speaks has spoken just now, as a rule, and who gives way is the last one: no search through all.
    private readonly byte[] _order = new byte[Capacity * 2];
    private int _count;

    // Where in the order the machine stands that was looked up last.
    private int _place;

    private int Find(byte[] mac, int offset)
    {
        byte[] order = _order;
        int last = mac[offset + 5];
        int count = _count;
        for (int i = 0; i < count; i++)
        {
            if (order[i] == last)
            {
                int machine = order[Capacity + i];
                if (Octets.Equal(_bytes, Macs + (machine * MacText.Size), mac, offset, MacText.Size - 1))
                {
                    _place = i;
                    return machine;
                }
            }
        }

        return Nobody;
    }

    private int ByAddress(int address)
    {
        int count = address == 0 ? 0 : _count;
        for (int i = 0; i < count; i++)
        {
            // An address that the router gave to another machine since is that one's: it was heard later.
            int machine = _order[Capacity + i];
            if (_numbers[Addresses + machine] == address)
            {
                _place = i;
                return machine;
            }
        }

        return Nobody;
    }

    // The place of a new machine: after all others, or the last one's.
    private int Add(byte[] mac, int offset)
    {
        int place = _count < Capacity ? _count : Capacity - 1;
        if (_count < Capacity)
        {
            _order[Capacity + place] = (byte)_count;
            _count++;
        }

        int machine = _order[Capacity + place];
        _order[place] = mac[offset + 5];
        _place = place;
        byte[] bytes = _bytes;
        Array.Copy(mac, offset, bytes, Macs + (machine * MacText.Size), MacText.Size);
        _numbers[Changes + machine] = _now;
        _numbers[Addresses + machine] = 0;
        bytes[Kinds + machine] = 0;
        bytes[PlatformsOf + machine] = 0;
        bytes[Architectures + (machine * 2)] = 0;
        bytes[Architectures + (machine * 2) + 1] = 0;
        bytes[States + machine] = (byte)MachineState.Never;
        bytes[Reached + machine] = 0;
        bytes[Flags + machine] = 0;
        bytes[Whys + machine] = 0;
        bytes[TextLengths + machine] = 0;
        bytes[BootCounts + machine] = 0;
        return machine;
    }

    // The machine that was looked up last was heard just now.
    private void Hear(int machine)
    {
        int[] numbers = _numbers;
        int now = _now;
        numbers[Heards + machine] = now;
        numbers[Changes + machine] = now;
        int place = _place;
        if (place > 0)
        {
            byte[] order = _order;
            byte last = order[place];
            Array.Copy(order, 0, order, 1, place);
            Array.Copy(order, Capacity, order, Capacity + 1, place);
            order[0] = last;
            order[Capacity] = (byte)machine;
            _place = 0;
        }
    }
}
