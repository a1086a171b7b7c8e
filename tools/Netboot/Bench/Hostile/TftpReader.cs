using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>
/// A machine that fetches a loader by TFTP: it asks again after a second of silence, and gives up when its patience runs out or at an
/// error, as firmware does. It goes on with whichever port its first answer came from (RFC 1350 section 4).
/// </summary>
internal static class TftpReader
{
    /// <summary>Firmware asks again after one to four seconds.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Some five requests; then firmware says that there is no server.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private const int LargestPacket = 2048;

    /// <summary>Fetches the file; returns whether it arrived complete, with every byte as expected.</summary>
    public static bool Fetch(StrangersNetwork network, IPAddress machine, string name, ReadOnlySpan<byte> expected,
        CancellationToken cancellation) =>
        Read(network, machine, name, Patience, TimeSpan.Zero, cancellation) is { } file && expected.SequenceEqual(file);

    /// <summary>Reads so slowly that a block is acknowledged only after a while, for as long as the server lets it.</summary>
    public static void Crawl(StrangersNetwork network, IPAddress stranger, string name, TimeSpan pause, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            Read(network, stranger, name, TimeSpan.MaxValue, pause, over);
            over.WaitHandle.WaitOne(pause);
        }
    }

    private static byte[]? Read(
        StrangersNetwork network, IPAddress source, string name, TimeSpan patience, TimeSpan pause, CancellationToken over)
    {
        using var socket = network.Udp(source, 0);
        var server = new IPEndPoint(StrangersNetwork.Server, TftpWire.Port);
        var last = TftpWire.FirmwareRequest(name);
        var file = new List<byte>();
        var buffer = new byte[LargestPacket];
        EndPoint? transfer = null;
        var next = 1;
        var began = Stopwatch.GetTimestamp();
        socket.SendTo(last, server);
        while (!over.IsCancellationRequested && Stopwatch.GetElapsedTime(began) < patience)
        {
            if (!socket.Poll(Again, SelectMode.SelectRead))
            {
                socket.SendTo(last, transfer ?? server);
                continue;
            }

            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            var packet = buffer.AsSpan(0, socket.ReceiveFrom(buffer, ref from));
            if (transfer is not null && !from.Equals(transfer))
            {
                continue;
            }

            switch (TftpWire.Opcode(packet))
            {
                case TftpWire.OptionAck when next == 1:
                    transfer = from;
                    socket.SendTo(last = TftpWire.Ack(0), transfer);
                    break;
                case TftpWire.Data when TftpWire.Block(packet) == (next & ushort.MaxValue):
                    transfer ??= from;
                    file.AddRange(packet[TftpWire.Header..]);
                    if (pause > TimeSpan.Zero)
                    {
                        over.WaitHandle.WaitOne(pause);
                    }

                    socket.SendTo(last = TftpWire.Ack(next++), transfer);
                    if (packet.Length < TftpWire.BlockSize + TftpWire.Header)
                    {
                        return [.. file];
                    }

                    break;
                case TftpWire.Error:
                    return null;
                default:
                    break;
            }
        }

        return null;
    }
}
