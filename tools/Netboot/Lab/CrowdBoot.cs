using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace Netboot.Tool.Lab;

/// <summary>
/// What somebody does on the network while the machines of a crowd boot: from when the device serves until the last machine is up.
/// </summary>
internal interface ICrowdVisitor
{
    /// <summary>
    /// Runs until <paramref name="machinesUp"/> is cancelled, and may go on a little afterwards: the servers still run. What it throws is
    /// the crowd's failure. <paramref name="ready"/> is completed once it is working, and only then are the machines switched on.
    /// </summary>
    Task Visit(LabNetwork network, TaskCompletionSource ready, CancellationToken machinesUp);
}

/// <summary>Several machines of one kind on one network, switched on together.</summary>
internal sealed partial class CrowdBoot
{
    /// <summary>Eight machines share the host's processors, so each is slow; a crowd that is not up by then hangs.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(300);

    private readonly IsolatedRun _run;
    private readonly LabClient _client;
    private readonly BootFiles _files;
    private readonly IBootServer _bootServer;
    private readonly int _number;
    private readonly LabMachine[] _machines;
    private readonly LabNetwork _network;
    private readonly object _lock = new();
    private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _offered = new(StringComparer.Ordinal);

    public CrowdBoot(IsolatedRun run, LabClient client, BootFiles files, IBootServer bootServer, int machines, int number)
    {
        _run = run;
        _client = client;
        _files = files;
        _bootServer = bootServer;
        _number = number;
        _network = new LabNetwork(run.Name, number);
        _machines = [.. Enumerable.Range(1, machines)
            .Select(i => new LabMachine(run, client, files, new BootTrace(run.Output, $"{client.Name}-{i}")))];
    }

    /// <summary>All machines up at once; <paramref name="visitor"/> may be null.</summary>
    public CrowdResult Boot(ICrowdVisitor? visitor, CancellationToken cancellation)
    {
        var mark = _run.Ledger.Mark();
        try
        {
            return Attempt(visitor, cancellation);
        }
        finally
        {
            _run.Ledger.UndoTo(mark);
        }
    }

    private CrowdResult Attempt(ICrowdVisitor? visitor, CancellationToken cancellation)
    {
        var folder = _run.Ledger.Make(
            "folder of the crowd",
            () => Directory.CreateDirectory(Path.Combine(_run.Folder, $"crowd-{_number}")),
            made => made.Delete(recursive: true)).FullName;
        _network.Make(_run.Ledger, _machines.Length);
        var servers = LabServers.Start(_run, _network, _files, _bootServer, _machines, folder, TakeServerLine, cancellation);
        using var up = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var visit = visitor == null ? Task.CompletedTask : Task.Run(() => visitor.Visit(_network, ready, up.Token), CancellationToken.None);
        if (visitor != null)
        {
            // A visitor that fails before it is working ends the wait too, and its failure is reported below.
            Task.WhenAny(ready.Task, visit).Wait(cancellation);
        }

        var boots = _machines.Select((machine, i) => Up(machine, i, folder, servers, visit, visitor != null, cancellation)).ToArray();
        var results = Task.WhenAll(boots).GetAwaiter().GetResult();
        up.Cancel();
        visit.GetAwaiter().GetResult();
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new CrowdResult(results, _machines.Sum(m => _asked.GetValueOrDefault(m.Mac)),
                _machines.Sum(m => _offered.GetValueOrDefault(m.Mac)));
        }
    }

    private async Task<BootResult> Up(
        LabMachine machine, int index, string folder, LabServers servers, Task visit, bool visited, CancellationToken cancellation)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, $"machine-{index}")).FullName;
        var process = machine.PowerOn(_network, LabNetwork.Tap(index), own);
        var ended = Task.WhenAll(process.Exited, process.Drained);
        var limit = Task.Delay(Limit, cancellation);
        List<Task> first = [machine.Said, ended, limit, servers.AnyExited];
        if (visited)
        {
            first.Add(visit);
        }

        var done = await Task.WhenAny(first).ConfigureAwait(false);
        if (done != machine.Said)
        {
            machine.TakeUnfinished();
        }

        var fault = done == limit ? $"not up after {Limit.TotalSeconds:0} s"
            : done == visit && visited ? "the visitor left before the machines were up"
            : done == machine.Said || done == ended ? machine.Fault(process)
            : servers.Ending;
        return new BootResult(_client, _bootServer.Name, fault, machine.Trace.Stages, machine.Trace.Last);
    }

    /// <summary>The router's own log says how often each machine asked, the device's how often it offered.</summary>
    private void TakeServerLine(string source, string line)
    {
        var mac = Mac().Match(line).Value;
        if (Array.Find(_machines, machine => machine.Mac == mac) is not { } machine)
        {
            return;
        }

        var stage = source == _bootServer.Name ? _bootServer.StageOf(line) : null;
        machine.Trace.Take(source, line, stage, tell: false);
        lock (_lock)
        {
            if (source == LabServers.RouterSource && line.Contains("DHCPDISCOVER(", StringComparison.Ordinal))
            {
                _asked[mac] = _asked.GetValueOrDefault(mac) + 1;
            }
            else if (stage == Stage.Offer)
            {
                _offered[mac] = _offered.GetValueOrDefault(mac) + 1;
            }
        }
    }

    [GeneratedRegex("([0-9a-f]{2}:){5}[0-9a-f]{2}")]
    private static partial Regex Mac();
}
