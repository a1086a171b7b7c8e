using System.Net;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>
/// A read request in another's name, and acknowledgements that nobody who saw the blocks sent: to the port of the request, for no other is
/// known. With 12 acknowledgements it is 109 bytes, or nearly.
/// </summary>
internal sealed class BlindAcknowledgements : HostileCase
{
    private const int Few = 12;
    private const int Many = 108;
    private const int Window = 4;
    private const int Loads = 5;

    /// <summary>Time for repetitions to come: the longest pause of a server that still repeats itself is some seconds.</summary>
    private const double Repetitions = 5;

    private const double Apart = 0.005;

    public override string Name => "blind-acks";

    public override string Attack => "read requests and acknowledgements in another's name";

    public override bool HasPeer => true;

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var forger = new Forger(scene.Network);
        using var few = new Victim(scene.Network, StrangersNetwork.Victim, 0);
        using var many = new Victim(scene.Network, StrangersNetwork.Victim, 0);
        using var plain = new Victim(scene.Network, StrangersNetwork.Victim, 0);
        var sentFew = Forge(scene, forger, few.At, Few);
        var sentMany = Forge(scene, forger, many.At, Many);
        var before = forger.Sent;
        // Without options the first answer is a block (RFC 1350), of 12 times the request's bytes.
        forger.Send(plain.At, new IPEndPoint(StrangersNetwork.Server, TftpWire.Port), TftpWire.Request(scene.Loader));
        var sentPlain = forger.Sent - before;
        var served = scene.Load(Loads, Repetitions);
        return
        [
            Figure.Amplification($"amplification, {Few} blind ACKs", sentFew, few.Bytes),
            Figure.Amplification($"amplification, {Many} blind ACKs", sentMany, many.Bytes),
            Figure.Amplification("amplification, a request without options", sentPlain, plain.Bytes),
            .. served.Figures("loaders meanwhile"),
        ];
    }

    /// <summary>Answers the bytes that it took.</summary>
    public static long Forge(HostileScene scene, Forger forger, IPEndPoint victim, int acknowledgements)
    {
        var before = forger.Sent;
        var server = new IPEndPoint(StrangersNetwork.Server, TftpWire.Port);
        forger.Send(victim, server, TftpWire.Request(scene.Loader, ("blksize", TftpWire.BlockSize), ("windowsize", Window)));
        for (var i = 0; i < acknowledgements; i++)
        {
            scene.Wait(Apart);
            forger.Send(victim, server, TftpWire.Ack(i * Window));
        }

        return forger.Sent - before;
    }
}
