using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>A POST of 16 KB to nowhere, with a foreign name for the device and without a session, whose body comes byte by byte.</summary>
internal sealed class BodyPlace : HostileCase
{
    private const int Saves = 15;
    private const int Machines = 24;
    private const double Before = 1;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.3);

    public override string Name => "body-place";

    public override string Attack => "long POSTs to nowhere, byte by byte";

    /// <summary>The owner saves a long text.</summary>
    public override string Settings => Machine.Settings(Machines);

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var owner = Owner.Claim(scene.Network, StrangersNetwork.Owner);
        var settings = owner.Get("/api/settings").Text;
        using var attack = Background.Start(
            scene.Cancellation,
            over => Hold(scene.Network, StrangersNetwork.Stranger(0), over),
            over => Hold(scene.Network, StrangersNetwork.Stranger(1), over));
        scene.Wait(Before);
        var saved = 0;
        for (var i = 0; i < Saves; i++)
        {
            saved += owner.Post("/api/settings", settings).Ok ? 1 : 0;
            scene.Wait((double)scene.Seconds / 2 / Saves);
        }

        return [Figure.Served("the owner's saves", saved, Saves)];
    }

    private static void Hold(StrangersNetwork network, IPAddress stranger, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            using var socket = network.Tcp(stranger);
            try
            {
                socket.Connect(StrangersNetwork.Server, Web.Port);
                socket.Send(Encoding.ASCII.GetBytes(
                    "POST /nowhere HTTP/1.1\r\nHost: strangers.example\r\nX-Netboot-Token: x\r\nContent-Type: text/plain\r\nContent-Length: 16000\r\n\r\n"));
                while (!over.IsCancellationRequested && !(socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0))
                {
                    socket.Send("#"u8);
                    over.WaitHandle.WaitOne(Pause);
                }
            }
            catch (SocketException)
            {
                // It was refused or closed: it comes again.
                over.WaitHandle.WaitOne(Pause);
            }
        }
    }
}
