using System;
using Netboot.Dhcp;

namespace Netboot.Journal;

/// <summary>
/// What DHCP hears of machines and answers them, handed to the journal: a small ring that costs the packet path a few copies, made after the answer left. When it
/// is full the oldest are lost, as packets may be. One thread writes and reads it.
/// </summary>
public sealed class Sightings
{
    /// <summary>Packets noted between two looks: DHCP takes no more in one step.</summary>
    public const int Capacity = 8;

    /// <summary>In place of an answer: there was none.</summary>
    public const int Nothing = 0;

    /// <summary>A proxy offer, or an ACK from port 67.</summary>
    public const int Offer = 1;

    /// <summary>An answer of the boot server.</summary>
    public const int BootServerAnswer = 2;

    // Where the fields of a sighting are: type of the message, kind of client, platform; whether there is a UUID, and twice what it was told; option 93, Ethernet
    // address, the address that it asks for or has, UUID.
    internal const int MessageType = 0;
    internal const int Kind = 1;
    internal const int Platform = 2;
    internal const int Flags = 3;
    internal const int Architecture = 4;
    internal const int Mac = 6;
    internal const int Address = 12;
    internal const int Uuid = 16;
    internal const int UuidFlag = 1;
    private const int Size = 32;

    private readonly byte[] _ring = new byte[Capacity * Size];
    private int _added;
    private int _taken;

    /// <summary>
    /// Notes a valid request; the client is what <paramref name="client"/> read from it, <paramref name="told"/> what it was told: <see cref="Nothing"/>,
    /// <see cref="Offer"/> or <see cref="BootServerAnswer"/>.
    /// </summary>
    public void Note(DhcpMessage message, PxeClient client, int told)
    {
        byte[] ring = _ring;
        byte[] packet = message.Buffer;
        int at = (_added & (Capacity - 1)) * Size;
        int architecture = client.Architecture;
        int uuid = client.UuidOffset;
        ring[at] = (byte)message.MessageType;
        ring[at + Kind] = (byte)client.Kind;
        ring[at + Platform] = (byte)client.Platform;
        ring[at + Flags] = (byte)(uuid < 0 ? told << 1 : (told << 1) | UuidFlag);
        ring[at + Architecture] = (byte)(architecture >> 8);
        ring[at + Architecture + 1] = (byte)architecture;
        Array.Copy(packet, DhcpMessage.HardwareAddressOffset, ring, at + Mac, 6);

        // The address it asks for (option 50), or has (ciaddr, at 12).
        int asks = message.Places[DhcpOption.RequestedAddress];
        Array.Copy(packet, asks != 0 && message.LengthAt(asks) == 4 ? asks + DhcpMessage.OptionHeader : 12, ring, at + Address, 4);
        if (uuid >= 0)
        {
            Array.Copy(packet, uuid, ring, at + Uuid, 16);
        }

        _added++;
    }

    /// <summary>The ring; once all are taken, and until the next is noted, who took them may use it.</summary>
    internal byte[] Bytes
    {
        get { return _ring; }
    }

    /// <summary>Moves to the next one; gives where in <see cref="Bytes"/> it is, or -1 when all are taken.</summary>
    internal int Next()
    {
        int taken = _taken;
        int waiting = _added - taken;
        if (waiting == 0)
        {
            return -1;
        }

        if (waiting > Capacity)
        {
            taken = _added - Capacity;
        }

        _taken = taken + 1;
        return (taken & (Capacity - 1)) * Size;
    }
}
