using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace Netboot.Tool.Lab;

/// <summary>One boot of one machine by one boot server, on a network of its own.</summary>
internal sealed class MachineBoot(LabRun run, LabClient client, IBootServer bootServer, int number)
{
    /// <summary>Ten times what the slowest client needs on an idle machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    private const int MirrorPort = 80;
    private const int DhcpServerPort = 67;
    private const string ConsoleSource = "machine";
    private const string MirrorSource = "mirror";
    private const string RouterSource = "router";

    private readonly BootTrace _trace = new(run.Output, $"{client.Name}/{bootServer.Name}");
    private readonly MachineReport _report = new();
    private readonly TaskCompletionSource _said = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LabNetwork _network = new(run.Name, number);
    private readonly string _mac = RandomMac();

    public BootTrace Trace => _trace;

    public BootResult Boot(CancellationToken cancellation)
    {
        var mark = run.Ledger.Mark();
        try
        {
            var fault = Attempt(cancellation);
            return new BootResult(client, bootServer.Name, fault, _trace.Stages, _trace.Last);
        }
        finally
        {
            run.Ledger.UndoTo(mark);
        }
    }

    private string? Attempt(CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(run.Folder, $"boot-{number}")).FullName;
        _network.Make(run.Ledger);
        var router = Serve(RouterSource, _network.Router, RouterCommand(), (line) => _trace.Take(RouterSource, line, null, tell: false));
        var mirror = Serve(
            MirrorSource,
            _network.Mirror,
            SelfCommand.With("mirror", run.Files.Mirror, "--listen", $"{LabNetwork.MirrorAddress}:{MirrorPort}"),
            line => _trace.Take(MirrorSource, line, Milestones.OfMirror(line), tell: true));
        var server = Serve(
            bootServer.Name,
            _network.Device,
            bootServer.Command(run.Files, folder),
            line => _trace.Take(bootServer.Name, line, bootServer.StageOf(line), bootServer.Tells(line)));
        try
        {
            BoundPorts.WaitForUdp(router, cancellation, DhcpServerPort);
            BoundPorts.WaitForTcp(mirror, cancellation, MirrorPort);
            BoundPorts.WaitForUdp(server, cancellation, bootServer.Ports);
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
        var command = new MachineFirmware(folder, _mac, Guid.NewGuid().ToString()).CommandLine(client);
        var lines = new SerialLines(TakeConsoleLine);
        _trace.PowerOn();
        return run.Ledger.Make(
            $"machine {client.Name}",
            () => run.Started(LiveProcess.StartConsole(
                $"The machine ({command[0]})",
                "ip",
                LabNetwork.In(_network.Machine, command),
                bytes => lines.Feed(bytes.Span),
                line => _trace.Take(ConsoleSource, "QEMU: " + line, null, tell: true))),
            process => process.End());
    }

    private LiveProcess Serve(string name, string place, IReadOnlyList<string> command, Action<string> onLine) =>
        run.Ledger.Make(
            name,
            () => run.Started(LiveProcess.Start($"The {name}", "ip", LabNetwork.In(place, command), onLine)),
            process => process.End());

    /// <summary>Waits until the machine said OK, or ended, or a server ended, or the limit passed.</summary>
    private string? Watch(LiveProcess machine, LiveProcess[] servers, CancellationToken cancellation)
    {
        var limit = Task.Delay(Limit, cancellation);
        var machineEnded = Task.WhenAll(machine.Exited, machine.Drained);
        var ended = Task.WhenAny([_said.Task, machineEnded, limit, .. Array.ConvertAll(servers, server => server.Exited)])
            .GetAwaiter().GetResult();
        cancellation.ThrowIfCancellationRequested();
        if (ended == limit)
        {
            return $"not up after {Limit.TotalSeconds:0} s";
        }

        if (ended == _said.Task || ended == machineEnded)
        {
            var fault = _report.Fault(client.CommandLine(run.Files.Token), _mac);
            return ended == machineEnded && !_report.SaidOk ? $"{fault}: {machine.Ending}" : fault;
        }

        return Array.Find(servers, server => server.Exited == ended)!.Ending;
    }

    private void TakeConsoleLine(string line)
    {
        _report.Take(line);
        _trace.Take(ConsoleSource, line, Milestones.OfConsole(line), Milestones.TellsOnConsole(line));
        if (_report.SaidOk || Milestones.IsPanic(line))
        {
            _said.TrySetResult();
        }
    }

    /// <summary>A home router: addresses and nothing of PXE. It advertises IPv6, or iPXE would wait for that after each DHCP.</summary>
    private static IReadOnlyList<string> RouterCommand() =>
    [
        "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--user=root", "--pid-file=", "--log-facility=-", "--log-dhcp",
        "--port=0", $"--interface={LabNetwork.Interface}", "--bind-interfaces", "--dhcp-authoritative", "--no-ping",
        "--dhcp-leasefile=/dev/null", "--dhcp-range=10.77.0.100,10.77.0.199,255.255.255.0,1h",
        $"--dhcp-option=option:router,{LabNetwork.RouterAddress}", "--enable-ra", "--dhcp-range=fd77::,ra-only,64",
    ];

    /// <summary>QEMU's own prefix, and the rest at random: the machine proves that it is this one.</summary>
    private static string RandomMac()
    {
        var bytes = RandomNumberGenerator.GetBytes(3);
        return $"52:54:00:{bytes[0]:x2}:{bytes[1]:x2}:{bytes[2]:x2}";
    }
}
