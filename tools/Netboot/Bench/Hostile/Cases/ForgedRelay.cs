using System.Net;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>A DISCOVER in the name of a relay of another subnet, and then TFTP in the name of a host there.</summary>
internal sealed class ForgedRelay : HostileCase
{
    private const int Acknowledgements = 12;
    private const double Answer = 0.5;
    private const double Repetitions = 5;

    private static readonly byte[] Mac = [0x02, 0x6e, 0x62, 0x02, 0, 1];

    public override string Name => "forged-relay";

    public override string Attack => "a relay that does not exist, then TFTP from its subnet";

    public override bool HasPeer => true;

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var forger = new Forger(scene.Network);
        using var relay = new Victim(scene.Network, StrangersNetwork.ForeignRelay, DhcpPacket.ServerPort);
        using var victim = new Victim(scene.Network, StrangersNetwork.Foreign, 0);
        forger.Send(relay.At, new IPEndPoint(StrangersNetwork.Server, DhcpPacket.ServerPort), DhcpPacket.Discover(Mac, 1)
            .By(StrangersNetwork.ForeignRelay));
        scene.Wait(Answer);
        var sent = BlindAcknowledgements.Forge(scene, forger, victim.At, Acknowledgements);
        scene.Wait(Repetitions);
        return
        [
            Figure.Never("answers to the relay", relay.Datagrams, 1),
            Figure.Amplification("amplification, TFTP to its subnet", sent, victim.Bytes),
        ];
    }
}
