using System;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Journal;

/// <summary>
/// What DHCP hears of machines, handed to the journal: a small ring that costs the packet path a few copies, made after the answer left. When it is full
/// the oldest are lost, as packets may be. One thread writes and reads it.
/// </summary>
public sealed class Sightings
{
    /// <summary>Packets noted between two looks: what a drain of both ports takes.</summary>
    public const int Capacity = 8;

    private const int Size = 40;

    private readonly byte[] _ring = new byte[Capacity * Size];
    private int _added;
    private int _taken;

    /// <summary>Notes a valid request; the client is what <paramref name="client"/> read from it.</summary>
    public void Note(DhcpMessage message, PxeClient client)
    {
        int at = (_added & (Capacity - 1)) * Size;
        byte[] ring = _ring;
        byte[] packet = message.Buffer;
        ring[at] = (byte)message.MessageType;
        ring[at + 1] = (byte)client.Kind;
        ring[at + 2] = (byte)client.Platform;
        ring[at + 3] = (byte)(client.UuidOffset >= 0 ? 1 : 0);
        int architecture = client.Architecture;
        ring[at + 4] = (byte)(architecture >> 8);
        ring[at + 5] = (byte)architecture;
        Array.Copy(packet, message.HardwareAddressOffset, ring, at + 6, 6);

        // The address it asks for (option 50), or has (ciaddr, at 12).
        bool asks = message.LengthOf(DhcpOption.RequestedAddress) == 4;
        Array.Copy(packet, asks ? message.OffsetOf(DhcpOption.RequestedAddress) : 12, ring, at + 12, 4);
        if (client.UuidOffset >= 0)
        {
            Array.Copy(packet, client.UuidOffset, ring, at + 16, 16);
        }

        _added++;
    }

    /// <summary>Moves to the next one; false when all are taken.</summary>
    internal bool Next()
    {
        if (_taken == _added)
        {
            return false;
        }

        if (_added - _taken > Capacity)
        {
            _taken = _added - Capacity;
        }

        _taken++;
        return true;
    }

    internal int MessageType
    {
        get { return _ring[At]; }
    }

    internal ClientKind Kind
    {
        get { return (ClientKind)_ring[At + 1]; }
    }

    internal Platform Platform
    {
        get { return (Platform)_ring[At + 2]; }
    }

    internal bool HasUuid
    {
        get { return _ring[At + 3] != 0; }
    }

    internal int Architecture
    {
        get { return Octets.ReadUInt16(_ring, At + 4); }
    }

    internal byte[] Bytes
    {
        get { return _ring; }
    }

    internal int MacOffset
    {
        get { return At + 6; }
    }

    internal int AddressOffset
    {
        get { return At + 12; }
    }

    internal int UuidOffset
    {
        get { return At + 16; }
    }

    private int At
    {
        get { return ((_taken - 1) & (Capacity - 1)) * Size; }
    }
}
