using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;

namespace Netboot.Tool.Lab;

/// <summary><c>netboot lab [CLIENT…]</c>: boots real PXE clients in QEMU from the virtual device.</summary>
internal static class LabCommand
{
    private const string AllClients = "all";
    private const string DefaultClient = "bios";
    private const string DeviceServer = "device";
    private const string PeerServer = "dnsmasq";
    private const string OwnLoaders = "device";
    private const string MirrorLoaders = "mirror";

    /// <summary>As many as the device serves by TFTP at once; each machine takes 256 MB or more of the host.</summary>
    private const int MostMachines = 8;

    /// <summary>Twenty runs of four clients, each with its peer, take an hour; more is a mistake.</summary>
    private const int MostRuns = 20;

    public static Command Create()
    {
        var clients = new Argument<string[]>("CLIENT")
        {
            Description = $"{string.Join(", ", LabClient.Names)}, or {AllClients}. Default: {DefaultClient}.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        clients.AcceptOnlyFromAmong([.. LabClient.Names, AllClients]);
        var all = new Option<bool>("--all") { Description = "Boot every client." };
        var compare = new Option<bool>("--compare")
        {
            Description = "Boot each client from dnsmasq's proxy mode as well, with the same loaders, and compare the times. "
                + FormattableString.Invariant($"Fails above {Comparison.Bar:0.0} times."),
        };
        var runs = new Option<int>("--runs") { Description = "With --compare: the median of this many runs.", DefaultValueFactory = _ =>
            1 };
        runs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostRuns)
            {
                result.AddError($"--runs takes 1 to {MostRuns}.");
            }
        });
        var machines = new Option<int>("--machines") { Description = "Switch on this many machines of this kind at once, on one network.",
            DefaultValueFactory = _ => 1 };
        machines.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostMachines)
            {
                result.AddError($"--machines takes 1 to {MostMachines}.");
            }
        });
        var server = new Option<string>("--server")
        {
            Description = $"What boots the machine: {DeviceServer}, or {PeerServer} (to try the lab itself).",
            DefaultValueFactory = _ => DeviceServer,
        };
        server.AcceptOnlyFromAmong(DeviceServer, PeerServer);
        var loaders = new Option<string>("--loaders-from")
        {
            Description =
                $"Where the device gets the loaders from: {OwnLoaders} (its own), or {MirrorLoaders} (streamed as the machine fetches them).",
            DefaultValueFactory = _ => OwnLoaders,
        };
        loaders.AcceptOnlyFromAmong(OwnLoaders, MirrorLoaders);
        var logs = new Option<DirectoryInfo?>("--logs") { Description = "Write every line of every boot to files in this folder.",
            HelpName = "DIR" };
        var scripts = new Option<string[]>("--scripts")
        {
            Description = "Boot every kind of script in each iPXE of Debian, with each step failing (or only the named ones): "
                + string.Join(", ", ScriptCase.All.Select(script => script.Name)) + ".",
            Arity = ArgumentArity.ZeroOrMore,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "SCRIPT",
        };
        scripts.AcceptOnlyFromAmong([.. ScriptCase.All.Select(script => script.Name)]);
        var ipxe = new Option<string[]>("--ipxe")
        {
            Description = $"With --scripts: the iPXE of this Debian release only ({string.Join(", ", IpxeBuild.Releases)}).",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "RELEASE",
        };
        ipxe.AcceptOnlyFromAmong([.. IpxeBuild.Releases]);
        var plain = new Option<bool>("--plain") { Description = "Plain lines, as when the output is redirected." };
        var command = new Command("lab", "Boot real PXE clients in QEMU from the virtual device (Linux, root).")
        {
            clients, all, compare, runs, machines, server, loaders, logs, scripts, ipxe, plain,
        };
        command.SetAction(result =>
        {
            var peerOnly = result.GetValue(server) == PeerServer;
            var fromMirror = result.GetValue(loaders) == MirrorLoaders;
            var output = new LabOutput(result.GetValue(plain));
            if (result.GetResult(scripts) is { Implicit: false })
            {
                return Scripts(result.GetValue(scripts) ?? [], result.GetValue(ipxe) ?? [], output);
            }

            var chosen = Chosen(result.GetValue(clients) ?? [], result.GetValue(all));
            var crowd = result.GetValue(machines);
            if (crowd > 1)
            {
                return CrowdRefusal(chosen, peerOnly || fromMirror || result.GetValue(compare)
                    || result.GetValue(logs) != null) is { } crowdRefusal
                    ? RunToItsEnd.Refuse(output, crowdRefusal)
                    : RunToItsEnd.Execute(
                        new CrowdRun(chosen[0], crowd, [null], null, output), "Every machine is up, and no offer was lost.",
                        "The lab failed.");
            }

            return Refusal(chosen, peerOnly, fromMirror, result.GetValue(compare)) is { } refusal
                ? RunToItsEnd.Refuse(output, refusal)
                : RunToItsEnd.Execute(
                    new LabRun(
                        new LabRequest(
                            chosen, result.GetValue(compare), result.GetValue(runs), peerOnly, fromMirror, result.GetValue(logs)?.FullName),
                        output),
                    "Every machine is up.",
                    "The lab failed.");
        });
        return command;
    }

    private static int Scripts(IReadOnlyList<string> names, IReadOnlyList<string> releases, LabOutput output) =>
        RunToItsEnd.HostRefusal() is { } refusal
            ? RunToItsEnd.Refuse(output, refusal)
            : RunToItsEnd.Execute(
                new ScriptsRun(
                    [.. ScriptCase.All.Where(script => names.Count == 0 || names.Contains(script.Name))],
                    releases.Count == 0 ? IpxeBuild.Releases : releases,
                    output),
                "Every script ended as it should.",
                "The lab failed.");

    public static IReadOnlyList<LabClient> Chosen(IReadOnlyList<string> names, bool all) =>
        all || names.Contains(AllClients) ? LabClient.All
        : names.Count == 0 ? [LabClient.Named(DefaultClient)]
        : [.. names.Distinct().Select(LabClient.Named)];

    private static string? CrowdRefusal(IReadOnlyList<LabClient> clients, bool otherOptions) =>
        RunToItsEnd.HostRefusal()
        ?? (clients.Count > 1 ? "--machines is for one kind of machine at a time."
            : clients[0].FolderOnly ? $"--machines boots from the lab's settings, which {clients[0].Name} does without."
            : otherOptions ? "--machines boots from the device itself; leave out --compare, --server, --loaders-from and --logs."
            : null);

    private static string? Refusal(IReadOnlyList<LabClient> clients, bool peerOnly, bool fromMirror, bool compare)
    {
        if (RunToItsEnd.HostRefusal() is { } refusal)
        {
            return refusal;
        }

        if (peerOnly && compare)
        {
            return "--compare boots from both; leave out --server.";
        }

        if (fromMirror && clients.FirstOrDefault(client => client.FolderOnly) is { } folderOnly)
        {
            return $"--loaders-from needs settings, which {folderOnly.Name} does without.";
        }

        if (peerOnly && fromMirror)
        {
            return "--loaders-from is for the device; leave out --server.";
        }

        return peerOnly && clients.FirstOrDefault(client => !client.HasPeer) is { } alone
            ? $"dnsmasq's proxy mode does not answer {alone.Name} ({alone.Title})."
            : null;
    }
}
