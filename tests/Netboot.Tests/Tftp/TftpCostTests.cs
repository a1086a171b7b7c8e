using System;
using System.Net;
using System.Net.Sockets;
using Netboot.Boot;
using Netboot.Device;
using Netboot.Journal;
using Netboot.Tests.Support;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

/// <summary>What a block costs on the board: IL instructions of our own code, and garbage.</summary>
[TestClass]
public class TftpCostTests
{
    /// <summary>The budget of DESIGN 2.</summary>
    private const int Budget = 600;

    [TestMethod]
    public void Turn_from_ack_to_data_stays_within_600_instructions()
    {
        Check("LockStepTurn", Budget);
    }

    [TestMethod]
    public void Turn_from_ack_to_data_stays_within_600_instructions_with_a_full_table()
    {
        Check("LockStepTurnAmongEight", Budget);
    }

    [TestMethod]
    public void Block_of_a_window_stays_within_600_instructions()
    {
        Check("WindowTurn", Budget * TftpPackets.LargestWindow);
    }

    [TestMethod]
    public void Idle_look_at_eight_transfers_is_cheap()
    {
        Check("IdleTickOfEight", Budget / 2);
    }

    [TestMethod]
    public void Turns_make_no_garbage()
    {
        var bench = new Bench(4, 1);
        bench.Turns(0, 200);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bench.Turns(200, 8000);
        Assert.AreEqual(0L, GC.GetAllocatedBytesForCurrentThread() - before, "bytes allocated");
        Assert.IsTrue(bench.Sent > 32000, "blocks were sent");
    }

    public static long LockStepTurn()
    {
        return Cost(new Bench(1, 1));
    }

    public static long LockStepTurnAmongEight()
    {
        return Cost(new Bench(1, 8));
    }

    public static long WindowTurn()
    {
        return Cost(new Bench(4, 1));
    }

    public static long IdleTickOfEight()
    {
        var bench = new Bench(1, 8);
        long before = IlMeter.Executed;
        for (int now = 1; now <= 100; now++)
        {
            bench.Server.Tick(now);
        }

        return (IlMeter.Executed - before) / 100;
    }

    private static long Cost(Bench bench)
    {
        const int Turns = 100;
        bench.Turns(0, Turns);
        long before = IlMeter.Executed;
        bench.Turns(Turns, Turns);
        return (IlMeter.Executed - before) / Turns;
    }

    private static void Check(string scenario, int budget)
    {
        long cost = (long)IlMeter.Run(typeof(TftpCostTests), scenario);
        Console.WriteLine(scenario + ": " + cost + " IL instructions");
        Assert.IsTrue(cost > 20, "the meter counts");
        Assert.IsTrue(cost <= budget, scenario + " costs " + cost + " IL instructions, budget " + budget);
    }

    private sealed class Bench : INetwork, IBootFiles, ITftpOutput
    {
        private readonly byte[] _ack = { 0, TftpPackets.Ack, 0, 0 };
        private readonly byte[] _content = new byte[64 * 1024 * 1024];
        private readonly IPEndPoint[] _clients;
        private readonly int _window;

        public Bench(int window, int clients)
        {
            _window = window;
            _clients = new IPEndPoint[clients];
            Server = new TftpServer(this, this, new Log(), false, this);
            byte[] request = Packets.Read("ipxe.efi|octet|blksize|1468" + (window > 1 ? "|windowsize|4|" : "|"));
            for (int i = 0; i < clients; i++)
            {
                // Machines of one kind use the same port: the worst case for telling them apart.
                _clients[i] = new IPEndPoint(IPAddress.Parse("10.0.0." + (10 + i)), 2070);
                Server.Receive(request, request.Length, _clients[i], 0);
                Server.Receive(_ack, 4, _clients[i], 0);
            }
        }

        public TftpServer Server { get; }

        public int Sent { get; private set; }

        public byte[] Address { get; } = { 10, 0, 0, 1 };

        public byte[] SubnetMask { get; } = { 255, 255, 255, 0 };

        public int Generation => 0;

        /// <summary>A number of windows to every client, from window <paramref name="first"/> on.</summary>
        public void Turns(int first, int count)
        {
            int each = count / _clients.Length;
            for (int i = first / _clients.Length; i < (first / _clients.Length) + each; i++)
            {
                int block = (i + 1) * _window;
                _ack[2] = (byte)(block >> 8);
                _ack[3] = (byte)block;
                foreach (IPEndPoint client in _clients)
                {
                    Server.Receive(_ack, 4, client, 1);
                }
            }
        }

        public LoaderReader Open(byte[] name, int offset, int length)
        {
            return new BytesReader(_content, _content.Length);
        }

        public void Send(byte[] buffer, int length, IPEndPoint to)
        {
            Sent++;
        }

        public Socket OpenDatagram(int port)
        {
            throw new NotSupportedException();
        }

        public Socket OpenListener(int port)
        {
            throw new NotSupportedException();
        }
    }
}
