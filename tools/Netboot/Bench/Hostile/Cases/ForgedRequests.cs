using System.Net;
using System.Security.Cryptography;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>
/// Read requests of addresses that never answer, each of another address and port, and then of the very machines that load meanwhile.
/// </summary>
internal sealed class ForgedRequests : HostileCase
{
    private const int Few = 10;
    private const int Many = 30;
    private const int Loads = 10;
    private const int FirstPort = 1024;

    /// <summary>The device's places are taken by then.</summary>
    private const double Before = 3;

    public override string Name => "forged-requests";

    public override string Attack => "10 and 30 read requests a second of addresses that never answer, and of the machines themselves";

    public override bool HasPeer => true;

    public override IReadOnlyList<Figure> Run(HostileScene scene) =>
    [
        .. Measure(scene, Few, StrangersNetwork.Silent, "loaders, 10 forged a second"),
        .. Measure(scene, Many, StrangersNetwork.Silent, "loaders, 30 forged a second"),
        .. Measure(scene, Many, i => StrangersNetwork.Machine(i % Loads), "loaders, 30 in the machines' own names"),
    ];

    private static IEnumerable<Figure> Measure(HostileScene scene, int rate, Func<int, IPAddress> source, string title)
    {
        using var forger = new Forger(scene.Network);
        var server = new IPEndPoint(StrangersNetwork.Server, TftpWire.Port);
        using var attack = Background.Steady(rate, scene.Cancellation, i => forger.Send(
            new IPEndPoint(source(i), RandomNumberGenerator.GetInt32(FirstPort, ushort.MaxValue)), server,
            TftpWire.FirmwareRequest(scene.Loader)));
        scene.Wait(Before);
        return scene.Load(Loads).Figures(title);
    }
}
