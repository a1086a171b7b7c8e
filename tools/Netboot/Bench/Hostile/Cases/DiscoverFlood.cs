using System.Security.Cryptography;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>DISCOVERs of machines that do not exist, as fast as a small network brings them, while machines boot.</summary>
internal sealed class DiscoverFlood : HostileCase
{
    private const double PerSecond = 1000;
    private const int Boots = 10;
    private const double Before = 1;

    public override string Name => "discover-flood";

    public override string Attack => "1,000 DISCOVERs a second of machines that do not exist";

    public override bool HasPeer => true;

    public override string Settings => Machine.Settings(Boots);

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var clients = new DhcpClients(scene.Network, scene.Cancellation);
        using var attack = Background.Steady(
            PerSecond, scene.Cancellation, i =>
            clients.Send(DhcpPacket.Discover([0x02, 0x6e, 0x62, .. RandomNumberGenerator.GetBytes(3)], (uint)i)));
        scene.Wait(Before);
        return [.. scene.Spread(Boots, i => new Machine(scene, i).Boots(clients)).Figures("boots")];
    }
}
