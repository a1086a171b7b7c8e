using System.Buffers.Binary;
using System.Net;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>A UDP datagram as a whole IP packet (RFC 791, RFC 768): what a stranger writes who names another as its source.</summary>
internal static class UdpDatagram
{
    public const int IpHeader = 20;
    public const int Headers = IpHeader + UdpHeader;

    private const int UdpHeader = 8;
    private const byte Version4 = 0x45;
    private const byte DontFragment = 0x40;
    private const byte Udp = 17;

    /// <summary>RFC 6762 section 11 requires this for mDNS; other protocols accept it too.</summary>
    private const byte HopLimit = 255;

    /// <summary>
    /// The kernel fills in what is 0 here: identification and checksum of the header. UDP without a checksum is allowed in IPv4.
    /// </summary>
    public static byte[] Make(IPEndPoint from, IPEndPoint to, ReadOnlySpan<byte> content)
    {
        var packet = new byte[Headers + content.Length];
        packet[0] = Version4;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[6] = DontFragment;
        packet[8] = HopLimit;
        packet[9] = Udp;
        from.Address.TryWriteBytes(packet.AsSpan(12), out _);
        to.Address.TryWriteBytes(packet.AsSpan(16), out _);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(IpHeader), (ushort)from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(IpHeader + 2), (ushort)to.Port);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(IpHeader + 4), (ushort)(UdpHeader + content.Length));
        content.CopyTo(packet.AsSpan(Headers));
        return packet;
    }

    /// <summary>Where a packet comes from and goes to; null if it is not UDP over IPv4.</summary>
    public static (IPEndPoint From, IPEndPoint To)? Read(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < Headers || packet[0] >> 4 != 4 || packet[9] != Udp)
        {
            return null;
        }

        var header = (packet[0] & 0xF) * 4;
        return header < IpHeader || packet.Length < header + UdpHeader ? null
            : (new(new IPAddress(packet.Slice(12, 4)), BinaryPrimitives.ReadUInt16BigEndian(packet[header..])),
                new(new IPAddress(packet.Slice(16, 4)), BinaryPrimitives.ReadUInt16BigEndian(packet[(header + 2)..])));
    }
}
