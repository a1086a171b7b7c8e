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

    // Machines in two orders, by 1 + their number, 0 for none: chains of those whose addresses end alike (cards of one maker begin alike), and from the one that
    // was heard last to the one that was quiet longest, which gives way. No search through all, however many strangers come by.
    private const int ChainHeads = LoaderTimes + (Capacity * Boots * 2);
    private const int ChainNext = ChainHeads + Chains - 1;
    private const int Newer = ChainNext + Capacity;
    private const int Older = Newer + Capacity;
    private const int Newest = Older + Capacity + 1;
    private const int Quietest = Newest + 1;
    private const int BytesSize = Quietest + 1;

    // A power of two, about as many as there are machines.
    private const int Chains = 16;

    private const byte AskedFlag = 1;
    private const byte FetchingFlag = 2;
    private const byte UuidFlag = 4;
    private const byte ReportsFlag = 8;

    // The bytes are the lock as well.
    private readonly byte[] _bytes = new byte[BytesSize];
    private readonly int[] _numbers = new int[NumbersSize];

    private int _count;

    private int Find(byte[] mac, int offset)
    {
        byte[] bytes = _bytes;
        int end = BitConverter.ToInt32(mac, offset + 2);
        int link = bytes[ChainHeads + (mac[offset + 5] & (Chains - 1))];
        while (link != 0)
        {
            int at = Macs - MacText.Size + (link * MacText.Size);
            if (BitConverter.ToInt32(bytes, at + 2) == end && BitConverter.ToInt16(bytes, at) == BitConverter.ToInt16(mac, offset))
            {
                return link - 1;
            }

            link = bytes[ChainNext + link];
        }

        return Nobody;
    }

    private int ByAddress(int address)
    {
        for (int link = address == 0 ? 0 : _bytes[Newest]; link != 0; link = _bytes[Older + link])
        {
            // An address that the router gave to another machine since is that one's: it was heard later.
            if (_numbers[Addresses + link - 1] == address)
            {
                return link - 1;
            }
        }

        return Nobody;
    }

    // A new machine, in a place of its own or in that of the one that was quiet longest. A boot must begin for it, and it must be heard.
    private int Add(byte[] mac, int offset)
    {
        byte[] bytes = _bytes;
        int link;
        if (_count < Capacity)
        {
            link = ++_count;
        }
        else
        {
            link = bytes[Quietest];
            Unchain(link);
            int newer = bytes[Newer + link];
            bytes[Older + newer] = 0;
            bytes[Quietest] = (byte)newer;
        }

        int machine = link - 1;
        int head = ChainHeads + (mac[offset + 5] & (Chains - 1));
        bytes[ChainNext + link] = bytes[head];
        bytes[head] = (byte)link;
        Link(link);
        Array.Copy(mac, offset, bytes, Macs + (machine * MacText.Size), MacText.Size);
        bytes[Flags + machine] = 0;
        bytes[BootCounts + machine] = 0;
        _numbers[Addresses + machine] = 0;
        return machine;
    }

    // A machine was heard just now.
    private void Hear(int machine)
    {
        int[] numbers = _numbers;
        int now = _now;
        numbers[Heards + machine] = now;
        numbers[Changes + machine] = now;
        int link = machine + 1;
        if (_bytes[Newest] != link)
        {
            Unlink(link);
            Link(link);
        }
    }

    private void Unchain(int link)
    {
        byte[] bytes = _bytes;
        int at = ChainHeads + (bytes[Macs - 1 + (link * MacText.Size)] & (Chains - 1));
        while (bytes[at] != link)
        {
            at = ChainNext + bytes[at];
        }

        bytes[at] = bytes[ChainNext + link];
    }

    // Out of the order by age. The neighbour of the first or the last is the end itself: its place is the one of "none".
    private void Unlink(int link)
    {
        byte[] bytes = _bytes;
        int newer = bytes[Newer + link];
        int older = bytes[Older + link];
        bytes[newer == 0 ? Newest : Older + newer] = (byte)older;
        bytes[older == 0 ? Quietest : Newer + older] = (byte)newer;
    }

    private void Link(int link)
    {
        byte[] bytes = _bytes;
        int newest = bytes[Newest];
        bytes[Newer + link] = 0;
        bytes[Older + link] = (byte)newest;
        bytes[newest == 0 ? Quietest : Newer + newest] = (byte)link;
        bytes[Newest] = (byte)link;
    }
}
