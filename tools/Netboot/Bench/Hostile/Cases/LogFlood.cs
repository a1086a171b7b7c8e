using System.Security.Cryptography;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>What a stranger can have logged, to wash out what the owner's machine did.</summary>
internal sealed class LogFlood : HostileCase
{
    private const int Requests = 48;
    private const int Offers = 60;
    private const double Apart = 0.02;
    private const double Settle = 0.5;

    public override string Name => "log-flood";

    public override string Attack => "requests of every kind, to wash out the log";

    public override string Settings => Machine.Settings(1);

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var owner = Owner.Claim(scene.Network, StrangersNetwork.Owner);
        using var clients = new DhcpClients(scene.Network, scene.Cancellation);
        using var web = new Web(scene.Network, StrangersNetwork.Stranger(0), TimeSpan.FromSeconds(5));
        using var reader = scene.Network.Udp(StrangersNetwork.Stranger(0), 0);
        var machine = new Machine(scene, 0);
        List<Figure> figures = [];
        Measure("HTTP requests", Requests, i => web.Get($"/nothing-{i}"));
        Measure(
            "scripts of machines that do not exist",
            Requests,
            i => web.Get($"/boot.ipxe?mac=02-6e-62-ff-00-{i:x2}"));
        Measure(
            "read requests",
            Requests,
            i => reader.SendTo(TftpWire.Request($"nothing-{i}.efi"), new System.Net.IPEndPoint(StrangersNetwork.Server, TftpWire.Port)));
        Measure("DISCOVERs", Offers, i =>
            clients.Send(DhcpPacket.Discover([0x02, 0x6e, 0x62, .. RandomNumberGenerator.GetBytes(3)], (uint)i)));
        return figures;

        void Measure(string what, int count, Action<int> attack)
        {
            machine.Boots(clients);
            scene.Wait(Settle);
            var before = Lines(owner, machine);
            for (var i = 0; i < count; i++)
            {
                attack(i);
                scene.Wait(Apart);
            }

            scene.Wait(Settle);
            var after = Lines(owner, machine);
            // What was the machine's last boot is what the owner looks for; lines of boots before it may go.
            var last = before.Skip(Math.Max(0, before.Count - LinesOfABoot)).ToArray();
            figures.Add(Figure.Always($"the machine's lines after {count} {what}", last.Count(after.Contains), LinesOfABoot));
        }
    }

    /// <summary>Offered, loader asked for and sent, script, and its three reports: at least the last four name the machine.</summary>
    private const int LinesOfABoot = 4;

    private static IReadOnlyList<string> Lines(Owner owner, Machine machine) =>
        [.. owner.Log().Where(line => line.Contains(machine.Mac, StringComparison.Ordinal))];
}
