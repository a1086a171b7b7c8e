using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Netboot.Tool.Lab;

/// <summary>
/// Every kind of script in every iPXE of Debian, with each of its steps failing. Each iPXE has networks with a device of its own, as many
/// as its machines need (<see cref="ScriptCase.Of"/>); all boot at once, because they spend most of their time waiting.
/// </summary>
internal sealed class ScriptsRun(IReadOnlyList<ScriptCase> cases, IReadOnlyList<string> releases, LabOutput output) : IsolatedRun(output)
{
    /// <summary>Machines that boot at a time; those that have their script no longer count.</summary>
    private const int Places = 4;

    private readonly List<ScriptMachine> _machines = [];
    private BootFiles? _files;

    public override bool Execute(CancellationToken cancellation)
    {
        Prepare(cancellation);
        using var places = new SemaphoreSlim(Places);
        // The first devices have the machines that wait longest: those of every iPXE come before all others.
        var networks = Enumerable.Range(0, ScriptCase.Devices)
            .SelectMany(device => releases
                .Select(release => (Release: release, Device: device, Machines: MachinesOf(release, device))))
            .Where(network => network.Machines.Count > 0);
        var boots = networks
            .Select((network, index) => Start(network.Release, network.Device, network.Machines, index + 1, places, cancellation))
            .ToArray();
        var results = Output.During($"{_machines.Count} machines", () =>
            Task.WhenAll(boots.Select(boot => boot())).GetAwaiter().GetResult())
            .SelectMany(result => result).ToDictionary();
        Output.Table(["script", .. releases],
            cases.Select(script => (string[])[script.Name, .. releases.Select(release => Word(results, script, release))]));
        return results.Values.All(fault => fault is null);
    }

    private List<ScriptMachine> MachinesOf(string release, int device) =>
        _machines.FindAll(machine => machine.Build.Release == release && ScriptCase.Of(device).Contains(machine.Case));

    // A network of one iPXE and its servers; the given action boots its machines.
    private Func<Task<Dictionary<ScriptMachine, string?>>> Start(
        string release, int deviceNumber, List<ScriptMachine> machines, int number, SemaphoreSlim places, CancellationToken cancellation)
    {
        var network = new LabNetwork(Name, number);
        network.Make(Ledger, machines.Count);
        var folder = Directory.CreateDirectory(Path.Combine(Folder, $"scripts-{release}-{deviceNumber}")).FullName;
        string commandLine = LabClient.Named("bios").CommandLine(_files!.Token);
        var device = new VirtualDevice(settings: ScriptFiles.Settings(deviceNumber, machines, commandLine));
        LabServers.Start(this, network, _files, device, [.. machines.Select(machine => machine.Machine)], folder, TakeServerLine,
            cancellation);
        return async () =>
        {
            using var page = new DevicePage(network);
            await using var api = await ApiCases.Start(network, machines, commandLine, _files.Mirror, cancellation).ConfigureAwait(false);
            page.Claim();
            if (ScriptFiles.HasReports(deviceNumber))
            {
                ScriptFiles.PrepareReports(_files.Mirror, page);
            }

            var boots = machines.Select((machine, index) => BootOne(machine, network, index, folder, places, page, cancellation)).ToArray();
            await Task.WhenAll(boots).ConfigureAwait(false);
            return machines.Zip(boots).ToDictionary(pair => pair.First, pair => pair.Second.Result);
        };
    }

    private async Task<string?> BootOne(
        ScriptMachine machine, LabNetwork network, int index, string folder, SemaphoreSlim places, DevicePage page,
        CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        var fault = await machine.Boot(network, index, folder, places, page, cancellation).ConfigureAwait(false);
        var time = FormattableString.Invariant($"after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s");
        if (fault is null)
        {
            Output.Good($"{machine.Title}: {machine.Case.End}, as it should, {time}.");
        }
        else
        {
            Output.Bad($"{machine.Title}: {fault} ({time}).\n{string.Join('\n', machine.Screen.TakeLast(40))}\n"
                + $"--- the device's log\n{machine.Log}");
        }

        return fault;
    }

    private void Prepare(CancellationToken cancellation)
    {
        // The cache's lock comes first, as in every run.
        using var cache = new PackageCache(Output, cancellation);
        RemoveLeftovers();
        HostPackages.Ensure(["qemu-system-x86", "seabios", "ovmf"], Output);
        MakeFolder();
        _files = BootFiles.Prepare(Folder, [LabClient.Named("bios"), LabClient.Named("arm64")], cache, cancellation);
        ScriptFiles.Prepare(_files.Mirror);
        var builds = releases.Select(release => cache.Ipxe(release, cancellation)).ToArray();
        foreach (var build in builds)
        {
            File.Copy(Path.Combine(build.Folder, IpxeBuild.LoaderFile), Path.Combine(_files.Loaders, build.LoaderName));
        }

        var newest = builds.MaxBy(build => IpxeBuild.Releases.ToList().IndexOf(build.Release))!;
        _machines.AddRange(cases.SelectMany(script =>
            (script.NewestOnly ? [newest] : builds).Select(build => new ScriptMachine(this, script, build, _files))));
    }

    private void TakeServerLine(string source, string line)
    {
        if (_machines.Find(machine => line.Contains(machine.Mac, StringComparison.Ordinal)) is { } machine)
        {
            machine.TakeDeviceLine($"{source}: {line}");
        }
    }

    private static string Word(Dictionary<ScriptMachine, string?> results, ScriptCase script, string release) =>
        results.Where(result => result.Key.Case == script && result.Key.Build.Release == release)
            .Select(result => result.Value is null ? $"{script.End}" : "WRONG").FirstOrDefault("-");
}
