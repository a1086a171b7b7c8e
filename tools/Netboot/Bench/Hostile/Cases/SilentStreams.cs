using System.Net;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>
/// Four packets, once a second: two requests that ask for the longest timeout, and an acknowledgement for each that nobody who saw the
/// answer sent. The device streams its loaders from the mirror here, two at a time.
/// </summary>
internal sealed class SilentStreams : HostileCase
{
    private const int Loads = 5;
    private const int Holders = 2;
    private const int LongestTimeout = 255;
    private const double Before = 1;
    private const double Apart = 0.02;

    public override string Name => "silent-streams";

    public override string Attack => "two requests with timeout 255 and a blind acknowledgement, each second; loaders come from the mirror";

    public override bool HasPeer => true;

    public override bool FromMirror => true;

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var forger = new Forger(scene.Network);
        var server = new IPEndPoint(StrangersNetwork.Server, TftpWire.Port);
        using var attack = Background.Steady(1, scene.Cancellation, i =>
        {
            for (var holder = 0; holder < Holders; holder++)
            {
                var source = new IPEndPoint(StrangersNetwork.Silent((Holders * i) + holder), 3000 + i);
                forger.Send(source, server,
                    TftpWire.Request(HostileScene.LargeLoader, ("timeout", LongestTimeout), ("blksize", TftpWire.BlockSize)));
                scene.Wait(Apart);
                forger.Send(source, server, TftpWire.Ack(0));
            }
        });
        scene.Wait(Before);
        return [.. scene.Load(Loads).Figures("loaders")];
    }
}
