using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Netboot.Settings;
using Netboot.Tests.Boot;
using Netboot.Tests.Device;

namespace Netboot.Tests.Page;

/// <summary>Strangers who hold what there is little of, over real sockets, while the device serves.</summary>
[TestClass]
[DoNotParallelize]
public class HolderTests
{
    private const string Password = "correct-horse";
    private const string Loader = "whole-9000000";

    [TestMethod]
    [DataRow(0)]
    [DataRow(2000)]
    public void Four_slow_readers_from_two_addresses_stop_no_script(int rate)
    {
        using RunningDevice device = Serving(RunningDevice.BoardWithSettings());
        using var strangers = new Strangers(device.Board.EndOf(80));
        for (int i = 0; i < 4; i++)
        {
            strangers.Read(101 + (i % 2), "/snponly.efi", rate);
        }

        SpinWait.SpinUntil(() => device.Device.Http.Active >= 4, 3000);
        Assert.AreEqual(4, device.Device.Http.Active, "all places are held");
        (int served, TimeSpan slowest) = Count(12, () =>
            device.Get("/boot.ipxe?mac=525400123456").StartsWith("#!ipxe", StringComparison.Ordinal));
        Console.WriteLine($"{served} of 12 scripts, the slowest after {slowest.TotalMilliseconds:0} ms");
        Assert.AreEqual(12, served);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(2000)]
    public void Two_crawling_readers_stop_no_loader_from_the_mirror(int rate)
    {
        using var mirror = new TinyMirror();
        var board = new VirtualBoard();
        byte[] text =
            Encoding.ASCII.GetBytes($"[mirror]\nurl = http://127.0.0.1:9/\nloaders = {mirror.Url}\n[loaders]\narm64 = {Loader}\nia32 = whole-300000\n");
        board.Write(SettingsStore.ImportFile, text, text.Length);
        using RunningDevice device = Serving(board);
        using var strangers = new Strangers(device.Board.EndOf(80));
        strangers.Read(101, "/" + Loader, rate);
        strangers.Read(102, "/" + Loader, rate);
        SpinWait.SpinUntil(() => mirror.Requests >= 2, 3000);

        // Long enough for both to show how slowly they read.
        Thread.Sleep(500);
        (int served, TimeSpan slowest) = Count(4, () => Fetch(device, "/whole-300000") == 300000);
        Console.WriteLine($"{served} of 4 loaders, the slowest after {slowest.TotalMilliseconds:0} ms");
        Assert.AreEqual(4, served);
    }

    [TestMethod]
    public async Task Bodies_of_strangers_do_not_hold_up_the_owners_saves()
    {
        using RunningDevice device = Serving(RunningDevice.BoardWithSettings());
        using var owner = new PageClient(device.Board.EndOf(80), 9);
        await owner.Enter("claim", Password);
        using var strangers = new Strangers(device.Board.EndOf(80));
        strangers.Post(101, "/no-such-thing", "evil.example");
        strangers.Post(102, "/api/settings", "evil.example");
        strangers.Post(103, "/api/settings", "netboot");
        strangers.Post(104, "/boot.ipxe", "netboot");

        // Some are refused at once and some hold a place with a byte now and then: there is no number of them to wait for.
        await Task.Delay(500);
        string settings = "[mirror]\nurl = http://10.0.0.1/\n" + string.Concat(Enumerable.Repeat("# " + new string('x', 600) + "\n", 4));
        int saved = 0;
        for (int i = 0; i < 15; i++)
        {
            using HttpResponseMessage answer = await owner.Post("/api/settings", settings);
            saved += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
        }

        Console.WriteLine($"{saved} of 15 saves");
        Assert.AreEqual(15, saved);
    }

    [TestMethod]
    public async Task Ninety_addresses_that_guess_keep_no_computer_out_that_logged_in_before()
    {
        using RunningDevice device = Serving(RunningDevice.BoardWithSettings());
        using var owner = new PageClient(device.Board.EndOf(80), 9);
        await owner.Enter("claim", Password);
        using var other = new PageClient(device.Board.EndOf(80), 10);
        await other.Enter("login", Password);
        owner.Cookie = null;
        other.Cookie = null;
        PageClient[] thieves = [.. Enumerable.Range(0, 90).Select(i => new PageClient(device.Board.EndOf(80), 1000 + i))];
        for (int i = 0; i < 30; i++)
        {
            using HttpResponseMessage guess = await thieves[i].Post("/api/login", "password=wrong");
        }

        int entered = 0;
        for (int i = 0; i < 40; i++)
        {
            for (int k = 0; k < 10; k++)
            {
                using HttpResponseMessage guess = await thieves[((i * 10) + k) % 90].Post("/api/login", "password=wrong");
            }

            using HttpResponseMessage answer = await (i % 2 == 0 ? owner : other).Post("/api/login", "password=" + Password);
            entered += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
        }

        foreach (PageClient thief in thieves)
        {
            thief.Dispose();
        }

        Console.WriteLine($"{entered} of 40 log-ins");
        Assert.AreEqual(40, entered);
    }

    private static RunningDevice Serving(VirtualBoard board)
    {
        var device = new RunningDevice(board);
        Assert.IsTrue(device.UntilServing(TimeSpan.FromSeconds(10)) < TimeSpan.FromSeconds(10));
        return device;
    }

    private static (int Served, TimeSpan Slowest) Count(int times, Func<bool> serve)
    {
        int served = 0;
        var slowest = TimeSpan.Zero;
        for (int i = 0; i < times; i++)
        {
            var watch = Stopwatch.StartNew();
            try
            {
                served += serve() ? 1 : 0;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                Console.WriteLine("not served: " + e.Message);
            }

            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
        }

        return (served, slowest);
    }

    private static int Fetch(RunningDevice device, string path)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        return client.GetByteArrayAsync($"http://{device.Board.EndOf(80)}{path}").GetAwaiter().GetResult().Length;
    }

    /// <summary>Each has a thread, and comes again when its connection is closed.</summary>
    private sealed class Strangers(IPEndPoint device) : IDisposable
    {
        private readonly List<Thread> _threads = [];
        private volatile bool _stop;

        /// <summary>Reads a file at so many bytes a second; 0: nothing of it.</summary>
        public void Read(int address, string path, int rate) =>
            Begin(() => Hold(address, $"GET {path} HTTP/1.1\r\nHost: h\r\n\r\n", new byte[rate / 20]));

        /// <summary>Sends the head of a POST, and its body byte by byte.</summary>
        public void Post(int address, string path, string host) => Begin(() => Hold(
            address, $"POST {path} HTTP/1.1\r\nHost: {host}\r\nX-Netboot-Token: x\r\nContent-Length: 16000\r\n\r\n", null));

        public void Dispose()
        {
            _stop = true;
            _threads.ForEach(thread => thread.Join());
        }

        private void Begin(ThreadStart work)
        {
            var thread = new Thread(() =>
            {
                while (!_stop)
                {
                    work();
                }
            });
            _threads.Add(thread);
            thread.Start();
        }

        private void Hold(int address, string head, byte[] piece)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 2048 };
                socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)address]), 0));
                socket.Connect(device);
                socket.Send(Encoding.ASCII.GetBytes(head));
                while (!_stop)
                {
                    Thread.Sleep(50);
                    if (piece == null)
                    {
                        socket.Send("x"u8);
                    }
                    else if (piece.Length > 0 && socket.Receive(piece) == 0)
                    {
                        break;
                    }
                    else if (piece.Length == 0 && socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0)
                    {
                        break;
                    }
                }
            }
            catch (SocketException)
            {
                // It was closed to make room for others.
                Thread.Sleep(20);
            }
        }
    }
}
