namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>A stranger, or a foreign page in the owner's browser, reports in a machine's name that it is up.</summary>
internal sealed class ForgedReports : HostileCase
{
    private const double Settle = 1;

    public override string Name => "forged-reports";

    public override string Attack => "reports in a machine's name by strangers and foreign pages";

    public override string Settings => Machine.Settings(4);

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var owner = Owner.Claim(scene.Network, StrangersNetwork.Owner);
        using var clients = new DhcpClients(scene.Network, scene.Cancellation);
        using var stranger = new Web(scene.Network, StrangersNetwork.Stranger(0), TimeSpan.FromSeconds(5));
        using var browser = new Web(scene.Network, StrangersNetwork.Owner, TimeSpan.FromSeconds(5));
        var machines = Enumerable.Range(0, 4).Select(i => new Machine(scene, i)).ToArray();
        foreach (var machine in machines.Skip(1))
        {
            machine.BeginsToBoot(clients);
            machine.Script();
        }

        stranger.Get(Path(machines[0]));
        browser.Get(Path(machines[1]), ("Origin", "http://strangers.example"));
        stranger.Get(Path(machines[2]));
        machines[3].Reports("start");
        machines[3].Reports("up");
        scene.Wait(Settle);
        var shown = owner.Machines();
        return
        [
            Figure.Never("believed: machine not heard", Up(shown, machines[0]), 1),
            Figure.Never("believed: of a foreign page", Up(shown, machines[1]), 1),
            Figure.Never("believed: of another address", Up(shown, machines[2]), 1),
            Figure.Always("believed: the machine's own", Up(shown, machines[3]), 1),
        ];
    }

    private static string Path(Machine machine) => $"/report?mac={machine.Mac.Replace(':', '-')}&stage=up";

    private static int Up(Dictionary<string, ShownMachine> shown, Machine machine) =>
        shown.TryGetValue(machine.Mac, out var row) && row.State == "up" ? 1 : 0;
}
