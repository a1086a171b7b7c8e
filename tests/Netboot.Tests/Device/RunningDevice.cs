using System;
using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Netboot.Board;
using Netboot.Device;
using Netboot.Settings;
using Netboot.Tests.Captures;

namespace Netboot.Tests.Device;

/// <summary>A device that runs as a board's program does: its threads, and ticks for ever.</summary>
internal sealed class RunningDevice : IDisposable
{
    public const string Settings = """
        [mirror]
        url = http://127.0.0.1:9/
        [boot]
        default = live
        [profile live]
        kernel = vmlinuz
        initrd = initrd
        [profile disk]
        kind = local
        [machine 52:54:00:4c:4b:43]
        name = one
        once = disk
        """;

    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _ticks;
    private readonly int _httpPort;

    /// <summary>
    /// A browser says where it goes, so for one the device must know its real port: <paramref name="httpPort"/>, of a board that was made
    /// with it.
    /// </summary>
    public RunningDevice(VirtualBoard board, int httpPort = 80, IFirmwareLoaders loaders = null)
    {
        Board = board;
        _httpPort = httpPort;
        Device = new NetbootDevice(board, board, board, loaders ?? board, board, httpPort);
        Device.Start();
        _ticks = new Thread(Tick);
        _ticks.Start();
    }

    public VirtualBoard Board { get; }

    public NetbootDevice Device { get; }

    public static VirtualBoard BoardWithSettings()
    {
        var board = new VirtualBoard();
        byte[] text = Encoding.ASCII.GetBytes(Settings);
        board.Write(SettingsStore.ImportFile, text, text.Length);
        return board;
    }

    /// <summary>Asks the boot server, as UEFI does; true when it names the loader.</summary>
    public bool BootServerAnswers()
    {
        IPEndPoint port = Board.EndOf(4011);
        if (port == null)
        {
            return false;
        }

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 300 };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            socket.SendTo(UefiX64.Request05, port);
            var reply = new byte[1500];
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            int length = socket.ReceiveFrom(reply, ref from);
            return Encoding.ASCII.GetString(reply, 0, length).Contains("snponly.efi", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            // No answer in time, or nobody listens: that is the answer to the question.
            return false;
        }
    }

    public string Get(string path)
    {
        IPEndPoint port = Board.EndOf(_httpPort);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };

        // Mostly the device believes to be on port 80; by its name it is reached all the same.
        client.DefaultRequestHeaders.Host = _httpPort == 80 ? "netboot" : "netboot:" + _httpPort;
        return client.GetStringAsync($"http://{port}{path}").GetAwaiter().GetResult();
    }

    public bool HttpAnswers()
    {
        try
        {
            return Board.EndOf(_httpPort) != null && Get("/health") == "ok\n";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // Refused or late: not serving.
            return false;
        }
    }

    /// <summary>Waits until both threads serve; gives how long that took, or a time beyond <paramref name="limit"/>.</summary>
    public TimeSpan UntilServing(TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < limit)
        {
            if (BootServerAnswers() && HttpAnswers())
            {
                return watch.Elapsed;
            }

            Thread.Sleep(50);
        }

        return limit + TimeSpan.FromSeconds(1);
    }

    public void Dispose()
    {
        _stop.Set();
        _ticks.Join();
        Device.Stop();
    }

    private void Tick()
    {
        while (!_stop.Wait(NetbootDevice.TickMilliseconds))
        {
            Device.Tick();
        }
    }
}
