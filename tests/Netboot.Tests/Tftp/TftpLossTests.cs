using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

/// <summary>
/// Whole transfers over a simulated LAN that loses, doubles and reorders packets by a seed, in simulated time: thousands of bad days in
/// seconds. The client does as edk2 does: it answers a block that it did not expect with an ACK of the last one in order.
/// </summary>
[TestClass]
public class TftpLossTests
{
    [TestMethod]
    [DataRow(0, 0, 0)]
    [DataRow(5, 0, 0)]
    [DataRow(0, 20, 0)]
    [DataRow(0, 0, 20)]
    [DataRow(5, 5, 5)]
    [DataRow(15, 10, 10)]
    public void Every_file_arrives_whole_over_a_bad_network(int lost, int doubled, int reordered)
    {
        int[] windows = { 0, 1, 2, 4 };
        int[] sizes = { 0, 1, 511, 512, 513, 1468 * 9, 60000 };
        foreach (int window in windows)
        {
            foreach (int size in sizes)
            {
                for (int seed = 0; seed < 8; seed++)
                {
                    var run = new Run(size, window, seed, lost, doubled, reordered);
                    string ends = run.Play();
                    string what = "size " + size + ", window " + window + ", seed " + seed;
                    Assert.AreEqual("", ends, what);
                    if (lost + reordered == 0)
                    {
                        // Doubled packets alone must not multiply: a doubled request is answered twice. In a window a doubled block looks
                        // like a gap to edk2 and so to us (RFC 7440), which sends some blocks twice and none three times.
                        int odd = window > 1 && doubled > 0 ? run.Blocks : 0;
                        Assert.IsTrue(run.Retransmits <= 1 + odd, what + ": sent again without need: " + run.Retransmits);
                    }

                    Assert.IsTrue(run.Sent <= (run.Blocks * 3) + 60, what + ": " + run.Sent + " packets for " + run.Blocks + " blocks");
                }
            }
        }
    }

    private sealed class Run : INetwork, IBootFiles, IAdvance, ITftpOutput
    {
        // A block out and its ACK back on a LAN with a slow board.
        private const int Delay = 3;

        private static readonly IPEndPoint Client = new(IPAddress.Parse("10.0.0.9"), 2070);

        private readonly PriorityQueue<byte[], long> _wire = new();
        private readonly PriorityQueue<byte[], long> _back = new();
        private readonly Random _random;
        private readonly int _size;
        private readonly int _window;
        private readonly int[] _odds;
        private readonly byte[] _received;
        private long _now;
        private int _blockSize = 512;
        private int _granted = 1;
        private int _expected = 1;
        private int _unacknowledged;
        private int _length;
        private bool _begun;
        private bool _complete;
        private string _error = "";
        private int _order;

        public Run(int size, int window, int seed, int lost, int doubled, int reordered)
        {
            _size = size;
            _window = window;
            _random = new Random(seed);
            _odds = new[] { lost, doubled, reordered };
            _received = new byte[size + 2000];
        }

        public int Sent { get; private set; }

        public int Retransmits { get; private set; }

        public int Blocks => (_size / _blockSize) + 1;

        public byte[] Address { get; } = { 10, 0, 0, 1 };

        public byte[] SubnetMask { get; } = { 255, 255, 255, 0 };

        public int Generation => 0;

        public bool TakeBlock() => true;

        /// <summary>Plays the transfer to its end; gives what went wrong, or "".</summary>
        public string Play()
        {
            var log = new Log(new LogText());
            var server = new TftpServer(new ServedNetworks(this), this, new MachineJournal(log, new OtherServers()), log, this,
                new byte[TftpPackets.MaxPacket]);
            var requests = new TftpRequests(server, this);
            byte[] request = Packets.Read(_window == 0 ? "f|octet|" : "f|octet|tsize|0|blksize|1468|windowsize|" + _window + "|");
            long nextTry = 0;
            byte[] latest = request;
            for (; _now < 600000 && !_complete && _error.Length == 0; _now++)
            {
                // The client repeats its last packet after 2.5 s of silence, as ROMs do.
                if (_now >= nextTry)
                {
                    Put(_back, latest);
                    nextTry = _now + 2500;
                }

                while (_back.TryPeek(out byte[] packet, out long due) && due >> 20 <= _now)
                {
                    _back.Dequeue();
                    if (packet[1] == TftpPackets.ReadRequest)
                    {
                        requests.Receive(packet, packet.Length, Client, _now);
                    }
                    else
                    {
                        server.Receive(packet, packet.Length, Client, _now);
                    }
                }

                server.Tick(_now);
                while (_wire.TryPeek(out byte[] packet, out long due) && due >> 20 <= _now)
                {
                    _wire.Dequeue();
                    byte[] answer = Take(packet);
                    if (answer != null)
                    {
                        latest = answer;
                        nextTry = _now + 2500;
                        Put(_back, answer);
                    }
                }
            }

            Retransmits = log.Counts[Counter.TftpRepeated];
            return _error.Length > 0 ? _error : !_complete ? "not complete after 600 s" : Verify();
        }

        public void Send(byte[] buffer, int length, IPEndPoint to)
        {
            Sent++;
            Put(_wire, buffer.AsSpan(0, length).ToArray());
        }

        public LoaderReader Open(byte[] name, int offset, int length) => new PatternReader(_size);

        public Socket OpenDatagram(int port) => throw new NotSupportedException();

        public Socket OpenMulticast(int port, byte[] group) => throw new NotSupportedException();

        public Socket OpenListener(int port) => throw new NotSupportedException();

        private void Put(PriorityQueue<byte[], long> wire, byte[] packet)
        {
            if (_random.Next(100) < _odds[0])
            {
                return;
            }

            for (int copies = _random.Next(100) < _odds[1] ? 2 : 1; copies > 0; copies--)
            {
                long due = _now + Delay + (_random.Next(100) < _odds[2] ? _random.Next(12) : 0);
                wire.Enqueue(packet, (due << 20) + _order++);
            }
        }

        // One packet of the server's; gives the answer to it, or null.
        private byte[] Take(byte[] packet)
        {
            int number = Octets.ReadUInt16(packet, 2);
            switch (packet[1])
            {
                case TftpPackets.OptionAck:
                    _blockSize = 1468;
                    _granted = Math.Min(_window, TftpPackets.LargestWindow);
                    return _begun ? null : Packets.Ack(0);
                case TftpPackets.Error:
                    _error = Packets.Show(packet, packet.Length);
                    return null;
                case TftpPackets.Data when number == (_expected & 0xFFFF):
                    _begun = true;
                    Array.Copy(packet, 4, _received, (_expected - 1) * _blockSize, packet.Length - 4);
                    _length += packet.Length - 4;
                    _expected++;
                    _complete = packet.Length - 4 < _blockSize;
                    if (++_unacknowledged < _granted && !_complete)
                    {
                        return null;
                    }

                    _unacknowledged = 0;
                    return Packets.Ack(_expected - 1);
                case TftpPackets.Data:
                    _unacknowledged = 0;
                    return Packets.Ack(_expected - 1);
                default:
                    _error = "opcode " + packet[1];
                    return null;
            }
        }

        private string Verify()
        {
            if (_length != _size)
            {
                return _length + " bytes";
            }

            for (int i = 0; i < _size; i++)
            {
                if (_received[i] != PatternReader.At(i))
                {
                    return "wrong byte at " + i;
                }
            }

            return "";
        }
    }
}
