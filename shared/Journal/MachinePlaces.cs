using System;
using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Journal;

/// <summary>
/// Who has a place in the table, and what address: the machine that was quiet longest gives way, strangers before machines of the settings
/// and those that booted.
/// </summary>
public abstract class MachinePlaces : MachineColumns
{
    /// <summary>
    /// A machine that was silent for longer need not be the one that fetches: a large initrd may take some minutes of a slow mirror.
    /// </summary>
    private const int ExpectedTime = 900000 / Unit;

    /// <summary>The same in minutes, the one that has begun included.</summary>
    private const int ExpectedMinutes = (ExpectedTime / MinuteTime) + 1;

    private const int MinuteTime = 60000 / Unit;

    private readonly int[] _counts;

    // The machines of the settings.
    private protected MachineTable _listed = new MachineTable();

    private protected readonly LostMachines _lost = new LostMachines();

    // An empty ring is its own neighbour; the strangers' place is 0.
    private protected MachinePlaces(int[] counts)
    {
        _counts = counts;
        _bytes[Newer + Owners] = Owners;
        _bytes[Older + Owners] = Owners;
    }

    /// <summary>
    /// Other settings are in use: their machines are the owner's from now on, and those that are no longer in them are not.
    /// </summary>
    public void Use(MachineTable listed)
    {
        lock (_bytes)
        {
            _lost.Use(listed, _listed);
            _listed = listed;
            for (int i = 0; i < _count; i++)
            {
                int booted = _bytes[Flags + i] & BootedFlag;
                int mac = Macs + (i * MacText.Size);
                bool isListed = listed.FindMac(_bytes, mac) >= 0;
                Rank(i, isListed ? booted | ListedFlag : booted);
                if (_bytes[Whys + i] == (byte)WhyCode.NotLetIn && (isListed || listed.FindPrefix(_bytes, mac) >= 0))
                {
                    // It is let in: its firmware's next attempt is answered.
                    _bytes[Whys + i] = 0;
                    _bytes[States + i] = (byte)MachineState.Booting;
                    _numbers[Changes + i] = Time;
                }
            }
        }
    }

    /// <summary>Whether an Ethernet or IPv4 address is one of the owner's machines, whose lines the log keeps before others'.</summary>
    public bool IsOwners(byte[] address, int offset, int length)
    {
        lock (_bytes)
        {
            bool byMac = length == MacText.Size;
            int machine = byMac ? Find(address, offset) : ByAddress(Octets.ReadInt32(address, offset));
            return machine != Nobody ? _bytes[Flags + machine] >= ListedFlag : byMac && _listed.FindMac(address, offset) >= 0;
        }
    }

    /// <summary>Whether the machine of an Ethernet address was heard.</summary>
    public bool Knows(byte[] mac, int offset)
    {
        lock (_bytes)
        {
            return Find(mac, offset) != Nobody;
        }
    }

    /// <summary>Fills <paramref name="record"/> with the machine of an Ethernet address; false when it was not heard.</summary>
    public bool Find(byte[] mac, int offset, MachineRecord record, long now)
    {
        lock (_bytes)
        {
            return Read(Find(mac, offset), record, now);
        }
    }

    /// <summary>Finds the Ethernet address of the machine that was last seen under an IPv4 address; false when it is not known.</summary>
    public bool MacOf(byte[] address, int offset, byte[] mac)
    {
        lock (_bytes)
        {
            int machine = ByAddress(Octets.ReadInt32(address, offset));
            if (machine == Nobody)
            {
                return false;
            }

            Array.Copy(_bytes, Macs + (machine * MacText.Size), mac, 0, MacText.Size);
            return true;
        }
    }

    /// <summary>
    /// Whether what comes by HTTP in the name of an Ethernet address counts: that machine must have been heard in the last minutes, and if
    /// its address of this boot is known, it must come from there. With a UUID (16 bytes, or null) it must have said that one by DHCP: its
    /// last half is compared, which is in the same order everywhere. Anybody on the network can ask in anybody's name.
    /// </summary>
    public bool Expects(byte[] mac, byte[] address, byte[] uuid)
    {
        lock (_bytes)
        {
            int machine = Find(mac, 0);
            if (machine == Nobody)
            {
                // One of the settings that others took the place of: nothing else is known of it any more.
                return _lost.IsHeard(uuid == null ? _listed.FindMac(mac, 0) : _listed.FindUuid(uuid, 0), Octets.ReadInt32(address, 0));
            }

            return (uint)(Time - _numbers[Heards + machine]) <= ExpectedTime
                && ((_bytes[Flags + machine] & AskedFlag) == 0 || _numbers[Addresses + machine] == Octets.ReadInt32(address, 0))
                && (uuid == null || Octets.Equal(_bytes, Uuids + (machine * UuidText.Size) + 8, uuid, 8, 8));
        }
    }

    private protected int Find(byte[] mac, int offset)
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

    private protected int ByAddress(int address)
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
    private protected int Add(byte[] mac, int offset, int listed)
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
    private protected void Hear(int machine)
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

    // Which of these flags a machine has decides in which ring it is.
    private protected void Rank(int machine, int flags)
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

    // It fetched its script from there, so the address is its own: another that had it before has it no more, and is one that booted no
    // more. So one computer that makes up Ethernet addresses has one place among those that booted.
    private protected void TakeAddress(int machine, int address)
    {
        int[] numbers = _numbers;
        bool isNew = numbers[Addresses + machine] != address || (_bytes[Flags + machine] & BootedFlag) == 0;
        for (int i = 0; isNew && i < _count; i++)
        {
            if (i != machine && numbers[Addresses + i] == address)
            {
                numbers[Addresses + i] = 0;
                Rank(i, _bytes[Flags + i] & ListedFlag);
            }
        }

        numbers[Addresses + machine] = address;
        _bytes[Flags + machine] |= AskedFlag;
    }

    // A machine of the owner's loses its place.
    private void Remember(int machine)
    {
        int listed = _listed.FindMac(_bytes, Macs + (machine * MacText.Size));
        if (listed < 0 && (_bytes[Flags + machine] & UuidFlag) != 0)
        {
            listed = _listed.FindUuid(_bytes, Uuids + (machine * UuidText.Size));
        }

        int silent = (_now - _numbers[Heards + machine]) / MinuteTime;
        if (listed >= 0 && silent >= 0 && silent < ExpectedMinutes)
        {
            _lost.Add(listed, ExpectedMinutes - silent, (_bytes[Flags + machine] & AskedFlag) == 0 ? 0 : _numbers[Addresses + machine]);
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
