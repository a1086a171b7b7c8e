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
    private const int RequestedOptions = 55;
    private const int InterfaceIdentifier = 94;

    /// <summary>
    /// The question of a device with this Ethernet address (6 bytes) and IPv4 address (4 bytes), as EDK2 asks it. No option 97: a made-up
    /// UUID would be listed by servers that list machines. It allocates.
    /// </summary>
    public static byte[] Of(byte[] mac, byte[] address)
    {
        var writer = new DhcpWriter(DhcpWriter.BootRequest, Length);
        byte[] packet = writer.Buffer;
        packet[3] = 1; // hops: one relay
        Octets.WriteInt32(packet, 4, Mark);
        Array.Copy(address, 0, packet, DhcpMessage.RelayOffset, 4);
        Array.Copy(mac, 0, packet, DhcpMessage.HardwareAddressOffset, 6);

        // A board's buffer, with IP's headers: 1,052.
        Option(writer, DhcpOption.MaximumSize, new byte[] { 0x04, 0x1C });
        Option(writer, RequestedOptions, new byte[]
        {
            DhcpOption.SubnetMask, DhcpOption.Router, DhcpOption.NameServers, DhcpOption.VendorSpecific, DhcpOption.ServerIdentifier,
            DhcpOption.VendorClass, DhcpOption.BootServerName, DhcpOption.BootFile, DhcpOption.Ipxe,
        });
        Option(writer, InterfaceIdentifier, new byte[] { 1, 3, 16 }); // UNDI 3.16
        Option(writer, DhcpOption.Architecture, new byte[] { 0, 7 });
        Option(writer, DhcpOption.VendorClass, Octets.Of("PXEClient:Arch:00007:UNDI:003016"));

        // As lwIP's client sends it, so that a server that knows its clients by it knows the board.
        var identifier = new byte[7];
        identifier[0] = 1;
        Array.Copy(mac, 0, identifier, 1, 6);
        Option(writer, DhcpOption.ClientIdentifier, identifier);
        writer.End();
        return packet;
    }

    /// <summary>Whether a message is such a question, of this device or another one, or the answer to one.</summary>
    public static bool Is(DhcpMessage message) => Octets.ReadInt32(message.Buffer, 4) == Mark;

    private static void Option(DhcpWriter writer, int code, byte[] data) => writer.Option(code, data, 0, data.Length);
}
