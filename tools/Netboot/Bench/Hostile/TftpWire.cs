using System.Buffers.Binary;
using System.Text;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>The packets of a TFTP reader (RFC 1350, 2347).</summary>
internal static class TftpWire
{
    public const int Port = 69;
    public const int Data = 3;
    public const int Error = 5;
    public const int OptionAck = 6;
    public const int Header = 4;

    /// <summary>What firmware asks for: a block that fits an Ethernet frame.</summary>
    public const int BlockSize = 1468;

    private const int ReadRequest = 1;
    private const int Acknowledge = 4;

    public static byte[] Request(string name, params (string Name, int Value)[] options)
    {
        var text = new StringBuilder(name).Append("\0octet\0");
        foreach (var (option, value) in options)
        {
            text.Append(option).Append('\0').Append(value).Append('\0');
        }

        return [0, ReadRequest, .. Encoding.ASCII.GetBytes(text.ToString())];
    }

    /// <summary>As edk2 asks.</summary>
    public static byte[] FirmwareRequest(string name) => Request(name, ("tsize", 0), ("blksize", BlockSize));

    public static byte[] Ack(int block) => [0, Acknowledge, (byte)(block >> 8), (byte)block];

    /// <summary>The opcode, or 0 if there is none.</summary>
    public static int Opcode(ReadOnlySpan<byte> packet) => packet.Length < 2 || packet[0] != 0 ? 0 : packet[1];

    /// <summary>The block of a DATA packet, or -1.</summary>
    public static int Block(ReadOnlySpan<byte> packet) =>
        Opcode(packet) == Data && packet.Length >= Header ? BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) : -1;
}
