using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>
/// Four connections of two addresses, which are all places of the device's HTTP server: readers that take a loader byte by byte, then heads
/// and then bodies that come byte by byte. What is closed comes again.
/// </summary>
internal sealed class SlowHttp : HostileCase
{
    private const int Holders = 4;
    private const int Addresses = 2;
    private const int Requests = 12;

    /// <summary>One in so many fetches a loader, the others a script.</summary>
    private const int LoaderEach = 3;

    private const double Before = 2;

    /// <summary>So the window stays shut: the sender finds no room.</summary>
    private const int ReceiveBuffer = 2048;

    private const int Bite = 200;
    private const string Host = "\r\nHost: " + BenchNetwork.ServerAddress + "\r\n";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private static readonly (string What, string Request)[] Ways =
    [
        ("readers", $"GET /{HostileScene.LargeLoader} HTTP/1.1{Host}\r\n"),
        ("heads", $"GET /boot.ipxe?mac=02-6e-62-01-00-00 HTTP/1.1{Host}X-Slow: "),
        ("bodies",
        $"POST /api/login HTTP/1.1{Host}X-Netboot-Token: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\n"),
    ];

    public override string Name => "slow-http";

    public override string Attack => "four slow HTTP connections of two addresses";

    public override string Settings => Machine.Settings(Requests);

    public override IReadOnlyList<Figure> Run(HostileScene scene) => [.. Ways.SelectMany(way => Measure(scene, way.What, way.Request))];

    private static IEnumerable<Figure> Measure(HostileScene scene, string what, string request)
    {
        using var attack = Background.Start(
            scene.Cancellation,
            [.. Enumerable.Range(0, Holders)
            .Select(i =>
            (Action<CancellationToken>)(over => Hold(scene.Network, StrangersNetwork.Stranger(i % Addresses), request, over)))]);
        scene.Wait(Before);
        return scene.Spread(Requests, i => Served(new Machine(scene, i), i)).Figures($"scripts and loaders, slow {what}");
    }

    private static bool Served(Machine machine, int index) =>
        index % LoaderEach == 0 ? machine.LoadsByHttp() : machine.Script() is not null;

    private static void Hold(StrangersNetwork network, IPAddress stranger, string request, CancellationToken over)
    {
        var bite = new byte[Bite];
        var reads = request.StartsWith("GET", StringComparison.Ordinal) && request.EndsWith("\r\n\r\n", StringComparison.Ordinal);
        while (!over.IsCancellationRequested)
        {
            using var socket = network.Tcp(stranger, ReceiveBuffer);
            try
            {
                socket.Connect(StrangersNetwork.Server, Web.Port);
                socket.Send(Encoding.ASCII.GetBytes(request));
                do
                {
                    if (!reads)
                    {
                        socket.Send("x"u8);
                    }

                    over.WaitHandle.WaitOne(Pause);
                }
                while (!over.IsCancellationRequested && (!socket.Poll(0, SelectMode.SelectRead) || socket.Receive(bite) > 0));
            }
            catch (SocketException)
            {
                // It was closed: it comes again.
                over.WaitHandle.WaitOne(Pause);
            }
        }
    }
}
