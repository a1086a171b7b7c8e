using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace Netboot.Tool.Lab;

/// <summary>One boot of one machine by one boot server, on a network of its own.</summary>
internal sealed class MachineBoot
{
    /// <summary>Ten times what the slowest client needs on an idle machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    private const int MirrorPort = 80;
    private const int DhcpServerPort = 67;
    private const string ConsoleSource = "machine";
    private const string MirrorSource = "mirror";
    private const string RouterSource = "router";

    private readonly LabRun _run;
    private readonly LabClient _client;
    private readonly IBootServer _bootServer;
    private readonly int _number;
    private readonly BootTrace _trace;
    private readonly SerialLines _console;
    private readonly LabNetwork _network;
    private readonly MachineReport _report = new();
    /// <summary>The machine's last word: OK (null), or the line with which it gave up.</summary>
    private readonly TaskCompletionSource<string?> _said = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _mac = RandomMac();

    public MachineBoot(LabRun run, LabClient client, IBootServer bootServer, int number)
    {
        _run = run;
        _client = client;
        _bootServer = bootServer;
        _number = number;
        _trace = new BootTrace(run.Output, $"{client.Name}/{bootServer.Name}");
        _console = new SerialLines(TakeConsoleLine);
        _network = new LabNetwork(run.Name, number);
    }

    public BootTrace Trace => _trace;

    public BootResult Boot(CancellationToken cancellation)
    {
        var mark = _run.Ledger.Mark();
        try
        {
            var fault = Attempt(cancellation);
            return new BootResult(_client, _bootServer.Name, fault, _trace.Stages, _trace.Last);
        }
        finally
        {
            _run.Ledger.UndoTo(mark);
        }
    }

    private string? Attempt(CancellationToken cancellation)
    {
        var folder = _run.Ledger.Make(
            "folder of the boot",
            () => Directory.CreateDirectory(Path.Combine(_run.Folder, $"boot-{_number}")),
            made => made.Delete(recursive: true)).FullName;
        _network.Make(_run.Ledger);
        var router = _run.Serve(RouterSource, _network.Router, RouterCommand(folder), line => _trace.Take(RouterSource, line, null, tell: false));
        var mirror = _run.Serve(
            MirrorSource,
            _network.Mirror,
            SelfCommand.With("mirror", _run.Files.Mirror, "--listen", $"{LabNetwork.MirrorAddress}:{MirrorPort}"),
            line => _trace.Take(MirrorSource, line, Milestones.OfMirror(line), tell: true));
        var server = _run.Serve(
            _bootServer.Name,
            _network.Device,
            _bootServer.Command(_run.Files.Loaders, _run.Files.Token, folder),
            line => _trace.Take(_bootServer.Name, line, _bootServer.StageOf(line), _bootServer.Tells(line)));
        try
        {
            BoundPorts.WaitForUdp(router, cancellation, DhcpServerPort);
            BoundPorts.WaitForTcp(mirror, cancellation, MirrorPort);
            BoundPorts.WaitForUdp(server, cancellation, _bootServer.Ports);
        }
        catch (LabException e)
        {
            // A server that does not come up is this boot's failure, and its own last lines say why.
            return e.Message;
        }

        var machine = PowerOn(folder);
        return Watch(machine, [router, mirror, server], cancellation);
    }

    private LiveProcess PowerOn(string folder)
    {
        var command = new MachineFirmware(folder, _run.Files.PlainFirmware, _mac, Guid.NewGuid().ToString()).CommandLine(_client);
        _trace.PowerOn();
        return _run.Ledger.Make(
            $"machine {_client.Name}",
            () => _run.Started(LiveProcess.StartConsole(
                $"The machine ({command[0]})",
                "ip",
                LabNetwork.In(_network.Machine, command),
                bytes => _console.Feed(bytes.Span),
                line => _trace.Take(ConsoleSource, "QEMU: " + line, null, tell: true))),
            process => process.End());
    }

    /// <summary>Waits until the machine said OK, or ended, or a server ended, or the limit passed.</summary>
    private string? Watch(LiveProcess machine, LiveProcess[] servers, CancellationToken cancellation)
    {
        var limit = Task.Delay(Limit, cancellation);
        var machineEnded = Task.WhenAll(machine.Exited, machine.Drained);
        var ended = Task.WhenAny([_said.Task, machineEnded, limit, .. Array.ConvertAll(servers, server => server.Exited)])
            .GetAwaiter().GetResult();
        cancellation.ThrowIfCancellationRequested();
        if (ended != _said.Task && _console.Unfinished is { Length: > 0 } unfinished)
        {
            _trace.Take(ConsoleSource, unfinished, null, tell: false);
        }

        if (ended == limit)
        {
            return $"not up after {Limit.TotalSeconds:0} s";
        }

        if (ended == _said.Task || ended == machineEnded)
        {
            var fault = _report.Fault(_client.CommandLine(_run.Files.Token), _mac);
            return _report.SaidOk ? fault
                : ended == machineEnded ? $"{fault}: {machine.Ending}"
                : $"{fault}: {_said.Task.Result}";
        }

        return Array.Find(servers, server => server.Exited == ended)!.Ending;
    }

    private void TakeConsoleLine(string line)
    {
        _report.Take(line);
        _trace.Take(ConsoleSource, line, Milestones.OfConsole(line), Milestones.TellsOnConsole(line));
        if (_report.SaidOk)
        {
            _said.TrySetResult(null);
        }
        else if (Milestones.IsDeadEnd(line))
        {
            _said.TrySetResult(line);
        }
    }

    /// <summary>A home router: addresses and nothing of PXE. It advertises IPv6, or iPXE would wait for that after each DHCP.</summary>
    private static IReadOnlyList<string> RouterCommand(string folder) =>
    [
        "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--user=root", "--pid-file=", "--log-facility=-", "--log-dhcp",
        "--port=0", $"--interface={LabNetwork.Interface}", "--bind-interfaces", "--dhcp-authoritative", "--no-ping",
        $"--dhcp-leasefile={Path.Combine(folder, "router.leases")}", "--dhcp-range=10.77.0.100,10.77.0.199,255.255.255.0,1h",
        $"--dhcp-option=option:router,{LabNetwork.RouterAddress}", "--enable-ra", "--dhcp-range=fd77::,ra-only,64",
    ];

    /// <summary>QEMU's own prefix, and the rest at random: the machine proves that it is this one.</summary>
    private static string RandomMac()
    {
        var bytes = RandomNumberGenerator.GetBytes(3);
        return $"52:54:00:{bytes[0]:x2}:{bytes[1]:x2}:{bytes[2]:x2}";
    }
}
