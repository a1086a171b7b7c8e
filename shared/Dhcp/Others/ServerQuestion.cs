using System;
using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>
/// The DHCPDISCOVER by which the device learns of other servers: one of a UEFI x64 machine, from a relay agent (RFC 1542 section 4.1) that
/// is the device itself, so that answers come to its own port 67. Nobody requests what is offered, so nothing is leased; the client is the
/// board, so a server offers the address that the board has already. Servers that ignore relays, proxies that answer only to port 68, and
/// options that only other machines get stay unheard.
/// </summary>
public static class ServerQuestion
{
    // "Netb": by this transaction id such devices know each other's questions. They are answered, but no machine boots there.
    private const int Mark = 0x4E657462;

    private const int Length = 320;
    private const int Cookie = 0x63825363;

    // As EDK2 sends them: longest message (a board's buffer, with IP's headers: 1,052), what is asked for (with iPXE's 175), UNDI 3.16,
    // architecture 7, class. No option 97: a made-up UUID would be listed by servers that list machines.
    private static byte[] Options
    {
        get
        {
            return new byte[]
            {
                DhcpOption.MessageType, 1, DhcpMessageType.Discover, DhcpOption.MaximumSize, 2, 0x04, 0x1C,
                55, 9, DhcpOption.SubnetMask, DhcpOption.Router, DhcpOption.NameServers, DhcpOption.VendorSpecific,
                DhcpOption.ServerIdentifier,
                DhcpOption.VendorClass, DhcpOption.BootServerName, DhcpOption.BootFile, DhcpOption.Ipxe,
                94, 3, 1, 3, 16, DhcpOption.Architecture, 2, 0, 7, DhcpOption.VendorClass, 32,
            };
        }
    }

    /// <summary>The question of a device with this Ethernet address (6 bytes) and IPv4 address (4 bytes). It allocates.</summary>
    public static byte[] Of(byte[] mac, byte[] address)
    {
        var packet = new byte[Length];
        packet[0] = 1; // op
        packet[1] = 1; // Ethernet
        packet[2] = 6;
        packet[3] = 1; // hops: one relay
        Octets.WriteInt32(packet, 4, Mark);
        Array.Copy(address, 0, packet, 24, 4); // giaddr
        Array.Copy(mac, 0, packet, 28, 6);
        Octets.WriteInt32(packet, 236, Cookie);
        byte[] options = Options;
        Array.Copy(options, 0, packet, 240, options.Length);
        int at = 240 + options.Length;
        byte[] name = Octets.Of("PXEClient:Arch:00007:UNDI:003016");
        Array.Copy(name, 0, packet, at, name.Length);
        at += name.Length;

        // As lwIP's client sends it, so that a server that knows its clients by it knows the board.
        packet[at++] = DhcpOption.ClientIdentifier;
        packet[at++] = 7;
        packet[at++] = 1;
        Array.Copy(mac, 0, packet, at, 6);
        packet[at + 6] = DhcpOption.End;
        return packet;
    }

    /// <summary>Whether a message is such a question, of this device or another one, or the answer to one.</summary>
    public static bool Is(DhcpMessage message) => Octets.ReadInt32(message.Buffer, 4) == Mark;
}
