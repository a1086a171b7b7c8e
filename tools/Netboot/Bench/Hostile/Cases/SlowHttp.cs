using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>Four readers of two addresses that take a loader by HTTP byte by byte: all places of the device's HTTP server.</summary>
internal sealed class SlowHttp : HostileCase
{
    private const int Readers = 4;
    private const int Addresses = 2;
    private const int Scripts = 12;
    private const int Port = 80;
    private const double Before = 2;

    /// <summary>So a window stays shut: the sender finds no room.</summary>
    private const int ReceiveBuffer = 2048;

    private const int Bite = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    public override string Name => "slow-http";

    public override string Attack => "four slow HTTP readers of two addresses";

    public override string Settings => Machine.Settings(Scripts);

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var attack = Background.Start(
            scene.Cancellation,
            [.. Enumerable.Range(0, Readers).Select(i => (Action<CancellationToken>)(over => Read(scene.Network, StrangersNetwork.Stranger(i % Addresses), over)))]);
        scene.Wait(Before);
        var scripts = scene.Spread(Scripts, i => new Machine(scene, i).Script() is not null);
        return [.. scripts.Figures("scripts")];
    }

    private static void Read(StrangersNetwork network, IPAddress stranger, CancellationToken over)
    {
        var bite = new byte[Bite];
        while (!over.IsCancellationRequested)
        {
            using var socket = network.Tcp(stranger, ReceiveBuffer);
            try
            {
                socket.Connect(StrangersNetwork.Server, Port);
                socket.Send(Encoding.ASCII.GetBytes($"GET /{HostileScene.LargeLoader} HTTP/1.1\r\nHost: {StrangersNetwork.Server}\r\n\r\n"));
                do
                {
                    over.WaitHandle.WaitOne(Pause);
                }
                while (!over.IsCancellationRequested && (socket.Available == 0 || socket.Receive(bite) > 0));
            }
            catch (SocketException)
            {
                // It was closed: it comes again.
                over.WaitHandle.WaitOne(Pause);
            }
        }
    }
}
