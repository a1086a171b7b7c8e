using System;
using System.Net;
using System.Text;
using Netboot.Dhcp;
using Netboot.Tftp;
using Netboot.Tool.Bench.Hostile;

namespace Netboot.Tool.Tests.Bench.Hostile;

/// <summary>What strangers send is what the device's own parsers take for a valid packet: a malformed one would prove nothing.</summary>
[TestClass]
public sealed class PacketTests
{
    private static readonly byte[] Mac = [0x02, 0x6e, 0x62, 0x01, 0x00, 0x07];

    [TestMethod]
    public void A_datagram_is_a_whole_IP_packet()
    {
        byte[] packet = UdpDatagram.Make(IPEndPoint.Parse("192.0.2.9:4000"), IPEndPoint.Parse("10.77.0.2:69"), [1, 2, 3]);
        Assert.AreEqual("4500001F" + "00004000" + "FF110000" + "C0000209" + "0A4D0002" + "0FA00045" + "000B0000" + "010203",
            Convert.ToHexString(packet));
        var way = UdpDatagram.Read(packet);
        Assert.AreEqual("192.0.2.9:4000", way?.From.ToString());
        Assert.AreEqual("10.77.0.2:69", way?.To.ToString());
    }

    [TestMethod]
    [DataRow(27, 4, (byte)17)]
    [DataRow(28, 6, (byte)17)]
    [DataRow(28, 4, (byte)6)]
    public void What_is_no_UDP_over_IPv4_is_not_read(int length, int version, byte protocol)
    {
        var packet = new byte[length];
        packet[0] = (byte)((version << 4) | 5);
        packet[9] = protocol;
        Assert.IsNull(UdpDatagram.Read(packet));
    }

    /// <summary>A header with options is longer, and one that claims to be longer than its packet is none.</summary>
    [TestMethod]
    public void The_headers_length_counts()
    {
        byte[] packet = UdpDatagram.Make(IPEndPoint.Parse("192.0.2.9:4000"), IPEndPoint.Parse("10.77.0.2:69"), [0x11, 0x11, 0x22, 0x22]);
        packet[0] = 0x46;
        // The ports are four bytes further on then: where the length was, of 8 and 4 bytes.
        Assert.AreEqual(12, UdpDatagram.Read(packet)?.From.Port);
        packet[0] = 0x4F;
        Assert.IsNull(UdpDatagram.Read(packet));
    }

    [TestMethod]
    public void A_request_is_one_for_the_device()
    {
        byte[] packet = TftpWire.Request("snponly.efi", ("blksize", 1468), ("windowsize", 4), ("timeout", 255));
        var request = new TftpRequest();
        Assert.IsNull(request.Parse(packet, packet.Length));
        Assert.IsTrue(request.IsOctet);
        Assert.AreEqual("snponly.efi", Encoding.ASCII.GetString(packet, request.NameOffset, request.NameLength));
        Assert.AreEqual(1468, request.BlockSize);
        Assert.AreEqual(4, request.WindowSize);
        Assert.AreEqual(0, request.Timeout, "longer than the device grants");
    }

    [TestMethod]
    public void Blocks_and_acknowledgements_have_their_numbers()
    {
        Assert.AreEqual("0004FFFE", Convert.ToHexString(TftpWire.Ack(0xFFFE)));
        Assert.AreEqual(0x1234, TftpWire.Block([0, 3, 0x12, 0x34, 9]));
        Assert.AreEqual(-1, TftpWire.Block([0, 3, 0x12]));
        Assert.AreEqual(-1, TftpWire.Block([0, 4, 0, 1]));
        Assert.AreEqual(0, TftpWire.Opcode([1, 3]));
        Assert.AreEqual(0, TftpWire.Opcode([0]));
    }

    [TestMethod]
    public void A_machines_requests_are_valid()
    {
        IPAddress client = IPAddress.Parse("10.77.0.104");
        IPAddress relay = IPAddress.Parse("192.0.2.1");
        byte[] packet = DhcpPacket.Discover(Mac, 0x01020304).From(client).By(relay);
        Assert.AreEqual(0x01020304u, DhcpPacket.Transaction(packet));
        DhcpMessage message = Parse(packet);
        Assert.AreEqual(DhcpMessageType.Discover, message.MessageType);
        CollectionAssert.AreEqual(Mac, message.Buffer.AsSpan(DhcpMessage.HardwareAddressOffset, 6).ToArray());
        CollectionAssert.AreEqual(client.GetAddressBytes(), message.Buffer.AsSpan(12, 4).ToArray());
        CollectionAssert.AreEqual(relay.GetAddressBytes(), message.Buffer.AsSpan(24, 4).ToArray());
        Assert.AreEqual(DhcpMessageType.Request, Parse(packet.As(DhcpPacket.Request)).MessageType);
    }

    private static DhcpMessage Parse(byte[] packet)
    {
        var message = new DhcpMessage();
        packet.CopyTo(message.Buffer, 0);
        Assert.IsNull(message.Parse(packet.Length));
        return message;
    }
}
