using System.Security.Cryptography;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>DISCOVERs of machines that do not exist, after some of the owner's are up.</summary>
internal sealed class RandomDiscovers : HostileCase
{
    private const int Machines = 4;
    private const double Settle = 0.5;

    private static readonly int[] Floods = [20, 200];

    public override string Name => "random-discovers";

    public override string Attack => "DISCOVERs of machines that do not exist";

    public override string Settings => Machine.Settings(Machines);

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var owner = Owner.Claim(scene.Network, StrangersNetwork.Owner);
        using var clients = new DhcpClients(scene.Network, scene.Cancellation);
        var machines = Enumerable.Range(0, Machines).Select(i => new Machine(scene, i)).ToArray();
        var booted = machines.Count(machine => machine.Boots(clients));
        scene.Wait(Settle);
        List<Figure> figures = [Figure.Always("machines that are up before", Up(owner, machines), booted)];
        foreach (var flood in Floods)
        {
            for (var i = 0; i < flood; i++)
            {
                clients.Send(DhcpPacket.Discover([0x02, 0x6e, 0x62, .. RandomNumberGenerator.GetBytes(3)], (uint)i));
                scene.Wait(0.01);
            }

            scene.Wait(Settle);
            figures.Add(Figure.Always($"still shown so after {flood} more", Up(owner, machines), Machines));
        }

        return figures;
    }

    private static int Up(Owner owner, Machine[] machines)
    {
        var shown = owner.Machines();
        return machines.Count(machine => shown.TryGetValue(machine.Mac, out var row) && row.State == "up");
    }
}
