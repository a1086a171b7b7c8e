namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>A stranger, or a foreign page in the owner's browser, fetches the script of a machine that has a boot-once.</summary>
internal sealed class BootOnce : HostileCase
{
    private const string OnceProfile = "rescue";
    private const double Settle = 1;

    public override string Name => "boot-once";

    public override string Attack => "a machine's script fetched by strangers and foreign pages";

    public override string Settings => Machine.Settings(3) + $"[profile {OnceProfile}]\nkind = deny\nmessage = {OnceProfile}\n";

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var owner = Owner.Claim(scene.Network, StrangersNetwork.Owner);
        using var clients = new DhcpClients(scene.Network, scene.Cancellation);
        using var stranger = new Web(scene.Network, StrangersNetwork.Stranger(0), TimeSpan.FromSeconds(5));
        using var browser = new Web(scene.Network, StrangersNetwork.Owner, TimeSpan.FromSeconds(5));
        var machines = Enumerable.Range(0, 3).Select(i => new Machine(scene, i)).ToArray();
        foreach (var machine in machines)
        {
            owner.Post("/api/once", $"mac={machine.Mac}&profile={OnceProfile}");
        }

        // The first was never heard; the second was just now, and a foreign page asks for it; the third too, and a stranger asks.
        machines[1].BeginsToBoot(clients);
        machines[2].BeginsToBoot(clients);
        stranger.Get(Path(machines[0]), ("Host", "strangers.example"));
        browser.Get(Path(machines[1]), ("Host", "strangers.example"), ("Origin", "http://strangers.example"));
        stranger.Get(Path(machines[2]));
        scene.Wait(Settle);
        var shown = owner.Machines();
        var itself = machines[2].Script();
        scene.Wait(Settle);
        var after = owner.Machines();
        return
        [
            Figure.Never("used up: machine not heard", Used(shown, machines[0]), 1),
            Figure.Never("used up: by a foreign page", Used(shown, machines[1]), 1),
            Figure.Never("used up: by another address", Used(shown, machines[2]), 1),
            Figure.Always("the machine itself gets it", itself?.Contains(OnceProfile, StringComparison.Ordinal) == true ? 1 : 0, 1),
            Figure.Always("and uses it up", Used(after, machines[2]), 1),
        ];
    }

    private static string Path(Machine machine) => $"/boot.ipxe?mac={machine.Mac.Replace(':', '-')}";

    private static int Used(Dictionary<string, ShownMachine> shown, Machine machine) => shown[machine.Mac].Once == OnceProfile ? 0 : 1;
}
