using System;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Logging;

namespace Netboot.Journal;

/// <content>
/// The tables: all numbers in one array and all bytes in another, column after column, for an array of its own costs the board 12 bytes and
/// a field 12 more. A column's constant is where it begins; the machine's number is added, times the width where one machine has several.
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

    // Machines in two orders, by 1 + their number, 0 for none: chains of those whose addresses end alike (cards of one maker begin alike),
    // and two rings from the one that was heard last to the one that was quiet longest, which gives way: strangers, and the owner's
    // machines. No search through all, however many strangers come by. A ring's own place stands between its newest (the older side of it)
    // and its quietest.
    private const int ChainHeads = LoaderTimes + (Capacity * Boots * 2);
    private const int ChainNext = ChainHeads + Chains - 1;
    private const int Newer = ChainNext + Capacity + 1;
    private const int Older = Newer + Capacity + 2;
    private const int BytesSize = Older + Capacity + 2;
    private const byte Strangers = 0;
    private const byte Owners = Capacity + 1;

    // A power of two, about as many as there are machines.
    private const int Chains = 16;

    private const byte AskedFlag = 1;
    private const byte FetchingFlag = 2;
    private const byte UuidFlag = 4;
    private const byte ReportsFlag = 8;
    private const byte InitrdFlag = 16;

    // The boot before this one did not get past the script, and nobody knows why.
    private const byte VainFlag = 32;

    // In the settings; and it fetched its script. Both make a machine the owner's: it comes before strangers.
    private const byte ListedFlag = 64;
    private const byte BootedFlag = 128;
    private const byte OwnersFlags = ListedFlag | BootedFlag;

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
        int[] numbers = _numbers;
        int machine = Nobody;
        for (int i = 0; address != 0 && i < _count; i++)
        {
            // An address that the router gave to another machine since is that one's: it was heard later.
            if (numbers[Addresses + i] == address && (machine == Nobody || numbers[Heards + i] - numbers[Heards + machine] > 0))
            {
                machine = i;
            }
        }

        return machine;
    }

    // A new machine, in a place of its own or in that of the one that was quiet longest. A boot must begin for it, and it must be heard.
    private int Add(byte[] mac, int offset, int listed)
    {
        byte[] bytes = _bytes;
        int link;
        if (_count < Capacity)
        {
            link = ++_count;
        }
        else
        {
            link = bytes[Newer + Strangers];
            if (link != 0)
            {
                // In the packet path: its older neighbour is the ring's own place.
                byte newer = bytes[Newer + link];
                bytes[Older + newer] = Strangers;
                bytes[Newer + Strangers] = newer;
            }
            else
            {
                link = QuietestOwners();
                Remember(link - 1);
                Unlink(link);
            }

            Unchain(link);
            _counts[Counter.MachinesForgotten]++;
        }

        int machine = link - 1;
        int head = ChainHeads + (mac[offset + 5] & (Chains - 1));
        bytes[ChainNext + link] = bytes[head];
        bytes[head] = (byte)link;
        byte flags = 0;
        byte ring = Strangers;
        if (listed >= 0)
        {
            flags = ListedFlag;
            ring = Owners;
        }

        bytes[Flags + machine] = flags;
        byte newest = bytes[Older + ring];
        bytes[Newer + link] = ring;
        bytes[Older + link] = newest;
        bytes[Newer + newest] = (byte)link;
        bytes[Older + ring] = (byte)link;
        Array.Copy(mac, offset, bytes, Macs + (machine * MacText.Size), MacText.Size);
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
        byte[] bytes = _bytes;
        int link = machine + 1;
        byte ring = bytes[Flags + machine] >= ListedFlag ? Owners : Strangers;
        if (bytes[Older + ring] != link)
        {
            Unlink(link);
            Link(link, ring);
        }
    }

    // No stranger is left to give way: of the owner's machines one that is not in the settings, then any.
    private int QuietestOwners()
    {
        byte[] bytes = _bytes;
        for (int link = bytes[Newer + Owners]; link != Owners; link = bytes[Newer + link])
        {
            if ((bytes[Flags + link - 1] & ListedFlag) == 0)
            {
                return link;
            }
        }

        return bytes[Newer + Owners];
    }

    // Which of these flags a machine has decides in which ring it is.
    private void Rank(int machine, int flags)
    {
        byte[] bytes = _bytes;
        int before = bytes[Flags + machine] & OwnersFlags;
        if (before != flags)
        {
            bytes[Flags + machine] = (byte)(bytes[Flags + machine] - before + flags);
            Unlink(machine + 1);
            Link(machine + 1, flags == 0 ? Strangers : Owners);
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

    private void Unlink(int link)
    {
        byte[] bytes = _bytes;
        byte newer = bytes[Newer + link];
        byte older = bytes[Older + link];
        bytes[Older + newer] = older;
        bytes[Newer + older] = newer;
    }

    private void Link(int link, byte ring)
    {
        byte[] bytes = _bytes;
        byte newest = bytes[Older + ring];
        bytes[Newer + link] = ring;
        bytes[Older + link] = newest;
        bytes[Newer + newest] = (byte)link;
        bytes[Older + ring] = (byte)link;
    }
}
