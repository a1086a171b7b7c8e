using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Netboot.Board;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;

namespace Netboot.Tests.Http;

/// <summary>Clients that hold their places: slow, silent, or many of one address; over real sockets.</summary>
[TestClass]
[DoNotParallelize]
public class HttpHolderTests
{
    [TestMethod]
    [DataRow(0, 2)]
    [DataRow(1000, 2)]
    [DataRow(8000, 4)]
    [DataRow(40000, 2)]
    public async Task Four_readers_that_take_so_many_bytes_a_second_keep_no_script_out(int rate, int addresses)
    {
        using var bench = new HttpBench();
        using var stop = new CancellationTokenSource();
        Task[] holders = [Hold(bench, 100, rate, stop.Token), Hold(bench, 101, rate, stop.Token),
            Hold(bench, addresses == 2 ? 100 : 102, rate, stop.Token), Hold(bench, addresses == 2 ? 101 : 103, rate, stop.Token)];
        // Long enough for each to show its rate, which is what is judged.
        await Task.Delay(700, CancellationToken.None);
        bool held = bench.Service.Active == HttpLimits.Connections;
        int served = 0;
        var slowest = TimeSpan.Zero;
        for (int i = 0; i < 12; i++)
        {
            var watch = Stopwatch.StartNew();
            using HttpClient client = bench.Client(2 + i);
            client.Timeout = TimeSpan.FromSeconds(5);
            try
            {
                served += await client.GetStringAsync("/hello", CancellationToken.None) == "hello" ? 1 : 0;
            }
            catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
            {
                Console.WriteLine("not served: " + e.Message);
            }

            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
        }

        await stop.CancelAsync();
        await Task.WhenAll(holders);
        Console.WriteLine($"{served} of 12 served, the slowest after {slowest.TotalMilliseconds:0} ms; "
            + $"{bench.Log.Counts[Counter.HttpEvicted]} gave way");
        Assert.IsTrue(held, "they must hold all places");
        Assert.AreEqual(12, served);
    }

    [TestMethod]
    public void A_connection_whose_setup_throws_is_closed_and_concerns_nobody_else()
    {
        string path = Path.Combine(Path.GetTempPath(), "netboot-" + Guid.NewGuid().ToString("N")[..8]);
        var network = new OddNetwork(path);
        var log = new Log(new LogText());
        var service = new HttpService(network, 80, new NoHandler(), log);
        service.Step(0);
        try
        {
            // Its address is none of the Internet's: whatever the set-up expects, this is not it.
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 2000 };
            socket.Connect(new UnixDomainSocketEndPoint(path));
            for (int i = 0; i < 2000 && log.Counts[Counter.HttpFaults] == 0; i++)
            {
                service.Step(i);
                Thread.Sleep(1);
            }

            Assert.AreEqual(0, socket.Receive(new byte[1]), "closed, not forgotten");
            Assert.AreEqual(0, service.Active);
            Assert.AreEqual(1, log.Counts[Counter.HttpFaults]);
        }
        finally
        {
            service.Reset();
            File.Delete(path);
        }
    }

    // Loads the file at that rate, and again when it is broken off.
    private static Task Hold(HttpBench bench, int address, int rate, CancellationToken stop) => Task.Factory.StartNew(() =>
    {
        var buffer = new byte[Math.Max(rate / 20, 1)];
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using Socket socket = bench.Connect(address, 4096);
                socket.Send("GET /flash HTTP/1.1\r\nHost: h\r\n\r\n"u8);
                while (!stop.IsCancellationRequested)
                {
                    Thread.Sleep(50);
                    if (rate > 0 && socket.Receive(buffer) == 0)
                    {
                        break;
                    }
                    else if (rate == 0 && socket.Poll(0, SelectMode.SelectError))
                    {
                        break;
                    }
                }
            }
            catch (SocketException)
            {
                // It gave way; it comes again.
                Thread.Sleep(20);
            }
        }
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private sealed class NoHandler : IHttpHandler
    {
        public void Handle(HttpRequest request, HttpResponse response, long now) => throw new NotSupportedException();

        public bool Receive(HttpRequest request, HttpResponse response, bool isLong, long now) => throw new NotSupportedException();
    }

    private sealed class OddNetwork(string path) : INetwork
    {
        public byte[] Address => [127, 0, 0, 1];

        public byte[] SubnetMask => [255, 0, 0, 0];

        public int Generation => 0;

        public Socket OpenDatagram(int port) => throw new NotSupportedException();

        public Socket OpenMulticast(int port, byte[] group) => throw new NotSupportedException();

        public Socket OpenListener(int port)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Bind(new UnixDomainSocketEndPoint(path));
            socket.Listen(4);
            return socket;
        }
    }
}
