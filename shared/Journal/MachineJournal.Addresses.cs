using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Settings;

namespace Netboot.Journal;

/// <content>The machines' IPv4 addresses: what is heard from them, and whether what comes by HTTP in a machine's name counts.</content>
public sealed partial class MachineJournal
{
    /// <summary>
    /// A machine that was silent for longer need not be the one that fetches: a large initrd may take some minutes of a slow mirror.
    /// </summary>
    private const int ExpectedTime = 900000 / Unit;

    /// <summary>The same in minutes, the one that has begun included.</summary>
    private const byte ExpectedMinutes = (ExpectedTime * Unit / 60000) + 1;

    private const int Minute = 60000;

    // The machines of the settings, and by their number there for how many minutes more each counts as heard that lost its place here: more
    // of them may boot at once than there are places.
    private MachineTable _listed = new MachineTable();
    private byte[] _heardMinutes = new byte[0];

    // Its IPv4 address, as far as it asked for one. Made with the first: on most networks none ever loses its place.
    private int[] _heardAddresses;
    private long _nextMinute;

    private void UseListed(MachineTable listed)
    {
        int count = listed.Count;
        var minutes = new byte[count];
        int[] addresses = _heardAddresses == null ? null : new int[count];
        var mac = new byte[MacText.Size];
        for (int i = 0; i < count; i++)
        {
            listed.CopyMac(i, mac, 0);
            int before = _listed.FindMac(mac, 0);
            minutes[i] = before < 0 ? (byte)0 : _heardMinutes[before];
            if (addresses != null && before >= 0)
            {
                addresses[i] = _heardAddresses[before];
            }
        }

        _listed = listed;
        _heardMinutes = minutes;
        _heardAddresses = addresses;
    }

    private bool IsRemembered(int listed, byte[] address)
    {
        return listed >= 0 && _heardMinutes[listed] > 0 && _heardAddresses != null
            && (_heardAddresses[listed] == 0 || _heardAddresses[listed] == Octets.ReadInt32(address, 0));
    }

    // A machine of the owner's loses its place.
    private void Remember(int machine)
    {
        int listed = _listed.FindMac(_bytes, Macs + (machine * MacText.Size));
        if (listed < 0 && (_bytes[Flags + machine] & UuidFlag) != 0)
        {
            listed = _listed.FindUuid(_bytes, Uuids + (machine * UuidText.Size));
        }

        int silent = (_now - _numbers[Heards + machine]) / (Minute / Unit);
        if (listed < 0 || silent < 0 || silent >= ExpectedMinutes)
        {
            return;
        }

        if (_heardAddresses == null)
        {
            _heardAddresses = new int[_heardMinutes.Length];
        }

        _heardAddresses[listed] = (_bytes[Flags + machine] & AskedFlag) == 0 ? 0 : _numbers[Addresses + machine];
        _heardMinutes[listed] = (byte)(ExpectedMinutes - silent);
    }

    private void CountMinutes(long now)
    {
        if (now >= _nextMinute)
        {
            _nextMinute = now + Minute;
            for (int i = 0; i < _heardMinutes.Length; i++)
            {
                _heardMinutes[i] -= _heardMinutes[i] > 0 ? (byte)1 : (byte)0;
            }
        }
    }

    // It asks for an address as one that is no netboot client: the system that was booted does, or its disk's. One that failed went
    // elsewhere.
    private void SystemHeard(int machine, DhcpMessage message)
    {
        bool asks = message.MessageType == DhcpMessageType.Discover || message.MessageType == DhcpMessageType.Request;
        if (asks && _bytes[BootCounts + machine] > 0 && _bytes[Reached + machine] >= (byte)BootStage.Script
            && _bytes[States + machine] != (byte)MachineState.Failed)
        {
            Hear(machine);
            Reach(machine, BootStage.Up);
            if (message.MessageType == DhcpMessageType.Request)
            {
                Requested(machine, message);
            }
        }
    }

    // The address it asks for, or has.
    private void Requested(int machine, DhcpMessage message)
    {
        int address = message.LengthOf(DhcpOption.RequestedAddress) == 4
            ? Octets.ReadInt32(message.Buffer, message.OffsetOf(DhcpOption.RequestedAddress)) : message.ClientAddress;
        if (address != 0)
        {
            _numbers[Addresses + machine] = address;
            Asked(machine);
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
                return IsRemembered(uuid == null ? _listed.FindMac(mac, 0) : _listed.FindUuid(uuid, 0), address);
            }

            return (uint)(Time - _numbers[Heards + machine]) <= ExpectedTime
                && ((_bytes[Flags + machine] & AskedFlag) == 0 || _numbers[Addresses + machine] == Octets.ReadInt32(address, 0))
                && (uuid == null || Octets.Equal(_bytes, Uuids + (machine * UuidText.Size) + 8, uuid, 8, 8));
        }
    }

    // It fetched its script from there, so the address is its own: another that had it before has it no more, and is one that booted no
    // more. So one computer that makes up Ethernet addresses has one place among those that booted.
    private void TakeAddress(int machine, int address)
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

    private void Asked(int machine)
    {
        if ((_bytes[Flags + machine] & AskedFlag) == 0)
        {
            _bytes[Flags + machine] |= AskedFlag;
            _numbers[Moves + machine] = _now;
            if (_bytes[Whys + machine] == (byte)WhyCode.NoRequest)
            {
                Clear(machine);
            }
        }
    }
}
