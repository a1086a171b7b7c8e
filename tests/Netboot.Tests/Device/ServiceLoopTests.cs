using System.Net.Sockets;
using System.Threading;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Loops;

namespace Netboot.Tests.Device;

/// <summary>How the loop passes the time between two datagrams.</summary>
[TestClass]
[DoNotParallelize]
public class ServiceLoopTests
{
    /// <summary>
    /// Long enough for hundreds of rounds of a loop that sleeps 1 ms in each, and for a hundred thousand of one that does not.
    /// </summary>
    private const int Watched = 500;

    [TestMethod]
    public void While_work_is_under_way_it_waits_for_datagrams_shortly()
    {
        var network = new Network { Readable = false };
        int rounds = RoundsOf(network, network, busy: true);
        Assert.AreEqual(1, network.Longest, "longest wait");
        Assert.IsTrue(rounds > 0 && rounds <= Watched, rounds + " rounds");
    }

    [TestMethod]
    public void Without_work_it_waits_for_datagrams_longer()
    {
        var network = new Network { Readable = false };
        int rounds = RoundsOf(network, network, busy: false);
        Assert.AreEqual(10, network.Longest, "longest wait");
        Assert.IsTrue(rounds > 0 && rounds <= Watched / 10, rounds + " rounds");
    }

    [TestMethod]
    public void A_socket_that_nobody_reads_does_not_keep_it_awake()
    {
        var network = new Network { Readable = true };
        int rounds = RoundsOf(network, network, busy: false);
        Assert.IsTrue(rounds > 0 && rounds <= Watched * 2, rounds + " rounds");
    }

    [TestMethod]
    public void Where_it_cannot_wait_it_stays_awake_while_work_is_under_way()
    {
        int rounds = RoundsOf(new Network(), null, busy: true);
        Assert.IsTrue(rounds > Watched * 2, rounds + " rounds");
    }

    [TestMethod]
    public void Where_it_cannot_wait_it_sleeps_without_work()
    {
        int rounds = RoundsOf(new Network(), null, busy: false);
        Assert.IsTrue(rounds > 0 && rounds <= Watched, rounds + " rounds");
    }

    [TestMethod]
    public void After_two_seconds_without_work_it_sleeps_ten_times_as_long()
    {
        var service = new Service();
        var loop = new ServiceLoop(new Network(), null, new IService[] { service }, new Log(new LogText()));
        loop.Start();

        // Rounds in a time are the subject, here and below.
        Thread.Sleep(2200);
        int before = service.Steps;
        Thread.Sleep(1000);
        int rounds = service.Steps - before;
        loop.Stop();
        Assert.IsTrue(before > 400, before + " rounds in the first two seconds");
        Assert.IsTrue(rounds > 0 && rounds <= 101, rounds + " rounds in a second at rest");
    }

    [TestMethod]
    public void Memory_that_ran_out_is_called_so()
    {
        var log = new Log(new LogText());
        var loop = new ServiceLoop(new Network(), null, new IService[] { new Service { Starves = true } }, log);
        Assert.IsFalse(loop.Round(1000));
        var line = new ByteWriter(256, 256);
        Assert.IsTrue(log.Write(log.Added - 1, line, out long _));
        Assert.AreEqual("[Init] Survived a fault: test: out of memory", line.ToString());
        Assert.AreEqual(1, log.Counts[Counter.LoopFaults]);
    }

    private static int RoundsOf(INetwork network, IDatagramWait wait, bool busy)
    {
        var log = new Log(new LogText());
        var service = new Service { Busy = busy };
        var loop = new ServiceLoop(network, wait, new IService[] { service }, log);
        loop.Start();
        Thread.Sleep(Watched);
        loop.Stop();
        Assert.AreEqual(0, log.Counts[Counter.LoopFaults], "faults");
        return service.Steps;
    }

    private sealed class Service : IService
    {
        public bool Busy { get; set; }

        public bool Starves { get; set; }

        public int Steps { get; private set; }

        public string Name => "test";

        public bool Step(long now)
        {
            Steps++;
            if (Starves)
            {
                throw new System.OutOfMemoryException();
            }

            return Busy;
        }

        public void Reset()
        {
        }
    }

    private sealed class Network : INetwork, IDatagramWait
    {
        public bool Readable { get; set; }

        public int Longest { get; private set; }

        public byte[] Address => null;

        public byte[] SubnetMask => null;

        public int Generation => 0;

        public Socket OpenDatagram(int port) => throw new System.NotSupportedException();

        public Socket OpenMulticast(int port, byte[] group) => throw new System.NotSupportedException();

        public Socket OpenListener(int port) => throw new System.NotSupportedException();

        public bool Wait(int milliseconds)
        {
            Longest = System.Math.Max(Longest, milliseconds);
            if (!Readable)
            {
                Thread.Sleep(milliseconds);
            }

            return Readable;
        }
    }
}
