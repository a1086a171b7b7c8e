using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Netboot.Tool.Lab;

/// <summary>One boot of one machine by one boot server, on a network of its own.</summary>
internal sealed class MachineBoot
{
    /// <summary>Ten times what the slowest client needs on an idle machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    private readonly LabRun _run;
    private readonly LabClient _client;
    private readonly IBootServer _bootServer;
    private readonly int _number;
    private readonly LabNetwork _network;
    private readonly LabMachine _machine;

    public MachineBoot(LabRun run, LabClient client, IBootServer bootServer, int number)
    {
        _run = run;
        _client = client;
        _bootServer = bootServer;
        _number = number;
        _network = new LabNetwork(run.Name, number);
        _machine = new LabMachine(run, client, run.Files, new BootTrace(run.Output, $"{client.Name}/{bootServer.Name}"));
    }

    public BootTrace Trace => _machine.Trace;

    public BootResult Boot(CancellationToken cancellation)
    {
        var mark = _run.Ledger.Mark();
        try
        {
            var fault = Attempt(cancellation);
            return new BootResult(_client, _bootServer.Name, fault, Trace.Stages, Trace.Last);
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
        _network.Make(_run.Ledger, machines: 1);
        try
        {
            var servers = LabServers.Start(_run, _network, _run.Files, _bootServer, [_machine], folder, TakeServerLine, cancellation);
            return Watch(_machine.PowerOn(_network, LabNetwork.Tap(0), folder), servers, cancellation);
        }
        catch (LabException e)
        {
            // A server that does not come up is this boot's failure, and its own last lines say why.
            return e.Message;
        }
    }

    /// <summary>Waits until the machine said OK, or ended, or a server ended, or the limit passed.</summary>
    private string? Watch(LiveProcess machine, LabServers servers, CancellationToken cancellation)
    {
        var limit = Task.Delay(Limit, cancellation);
        var machineEnded = Task.WhenAll(machine.Exited, machine.Drained);
        var ended = Task.WhenAny(_machine.Said, machineEnded, limit, servers.AnyExited).GetAwaiter().GetResult();
        cancellation.ThrowIfCancellationRequested();
        if (ended != _machine.Said)
        {
            _machine.TakeUnfinished();
        }

        return ended == limit ? $"not up after {Limit.TotalSeconds:0} s"
            : ended == _machine.Said || ended == machineEnded ? _machine.Fault(machine)
            : servers.Ending;
    }

    private void TakeServerLine(string source, string line)
    {
        switch (source)
        {
            case LabServers.RouterSource:
                Trace.Take(source, line, null, tell: false);
                break;
            case LabServers.MirrorSource:
                Trace.Take(source, line, Milestones.OfMirror(line), tell: true);
                break;
            default:
                Trace.Take(source, line, _bootServer.StageOf(line), _bootServer.Tells(line));
                break;
        }
    }
}
