using System.Net;
using System.Security.Cryptography;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>Read requests of addresses that never answer, each of another address and port, while machines load.</summary>
internal sealed class ForgedRequests : HostileCase
{
    private const int Loads = 10;

    /// <summary>Tables are full by then.</summary>
    private const double Before = 5;

    private static readonly int[] Rates = [30, 10];

    public override string Name => "forged-requests";

    public override string Attack => "30 and 10 read requests a second of addresses that never answer";

    public override bool HasPeer => true;

    public override IReadOnlyList<Figure> Run(HostileScene scene) => [.. Rates.Reverse().SelectMany(rate => Measure(scene, rate))];

    private static IEnumerable<Figure> Measure(HostileScene scene, int rate)
    {
        using var forger = new Forger(scene.Network);
        var server = new IPEndPoint(StrangersNetwork.Server, TftpWire.Port);
        using var attack = Background.Steady(rate, scene.Cancellation, i => forger.Send(
            new IPEndPoint(StrangersNetwork.Silent(i), RandomNumberGenerator.GetInt32(1024, ushort.MaxValue)),
            server,
            TftpWire.FirmwareRequest(scene.Loader)));
        scene.Wait(Before);
        return scene.Load(Loads).Figures(FormattableString.Invariant($"loaders, {rate} forged a second"));
    }
}
