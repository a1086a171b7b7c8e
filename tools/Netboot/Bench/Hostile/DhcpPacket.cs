using System.Buffers.Binary;
using System.Net;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>DISCOVERs and requests of machines, made from those that were recorded.</summary>
internal static class DhcpPacket
{
    public const int ServerPort = 67;
    public const int ClientPort = 68;
    public const int BootServerPort = 4011;

    /// <summary>Type of message 3 (RFC 2132 section 9.6): what a machine sends to a boot server.</summary>
    public const byte Request = 3;

    private const int HopsOffset = 3;
    private const int ClientAddressOffset = 12;
    private const int RelayOffset = 24;
    private const int TypeOffset = DiscoverPlan.OptionsOffset + 2;

    /// <summary>The DISCOVER of a UEFI machine.</summary>
    public static byte[] Discover(ReadOnlySpan<byte> mac, uint transaction) => DiscoverPlan.Make(Discovers.All[0].Packet, mac, transaction);

    public static byte[] From(this byte[] packet, IPAddress client)
    {
        client.TryWriteBytes(packet.AsSpan(ClientAddressOffset), out _);
        return packet;
    }

    public static byte[] By(this byte[] packet, IPAddress relay)
    {
        packet[HopsOffset] = 1;
        relay.TryWriteBytes(packet.AsSpan(RelayOffset), out _);
        return packet;
    }

    public static byte[] As(this byte[] packet, byte type)
    {
        packet[TypeOffset] = type;
        return packet;
    }

    public static uint Transaction(ReadOnlySpan<byte> packet) =>
        BinaryPrimitives.ReadUInt32BigEndian(packet[DiscoverPlan.TransactionOffset..]);
}
