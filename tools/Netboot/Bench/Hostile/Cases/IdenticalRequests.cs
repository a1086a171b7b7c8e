using System.Net;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>One read request in another's name, 2,000 times, as fast as 1,000 a second.</summary>
internal sealed class IdenticalRequests : HostileCase
{
    private const int Requests = 2000;
    private const double PerSecond = 1000;
    private const int Loads = 5;
    private const double Repetitions = 5;

    public override string Name => "identical-requests";

    public override string Attack => "2,000 identical read requests in another's name";

    public override bool HasPeer => true;

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var forger = new Forger(scene.Network);
        using var victim = new Victim(scene.Network, StrangersNetwork.Victim, 0);
        var server = new IPEndPoint(StrangersNetwork.Server, TftpWire.Port);
        var request = TftpWire.Request(scene.Loader);
        Crowd served;
        using (Background.Steady(PerSecond, scene.Cancellation, i =>
        {
            if (i < Requests)
            {
                forger.Send(victim.At, server, request);
            }
        }))
        {
            served = scene.Load(Loads, Requests / PerSecond);
            scene.Wait(Repetitions);
        }

        return
        [
            new("answers to it", victim.Datagrams, FormattableString.Invariant($"{victim.Datagrams} of {Requests}"), Bar.NoMoreThanPeer),
            Figure.Amplification("amplification", forger.Sent, victim.Bytes),
            .. served.Figures("loaders meanwhile"),
        ];
    }
}
