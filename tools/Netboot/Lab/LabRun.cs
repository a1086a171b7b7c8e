using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace Netboot.Tool.Lab;

/// <summary>What one run of the lab is asked to do.</summary>
internal sealed record LabRequest(IReadOnlyList<LabClient> Clients, bool Compare, int Runs, bool PeerOnly, string? Logs);

/// <summary>One run of the lab: prepares, boots each client, reports, and leaves nothing behind.</summary>
internal sealed class LabRun(LabRequest request, LabOutput output)
{
    private readonly ConcurrentBag<LiveProcess> _processes = [];
    private readonly List<BootResult> _results = [];
    private BootFiles? _files;
    private int _boots;

    public RunName Name { get; } = RunName.Own();

    public LabOutput Output => output;

    public Ledger Ledger { get; } = new();

    public string Folder => Path.Combine(Leftovers.TemporaryFolder, Name.ToString());

    public BootFiles Files => _files ?? throw new InvalidOperationException("The boot files are not prepared yet.");

    /// <summary>Enters a process, for the proof at the end that it is gone.</summary>
    public LiveProcess Started(LiveProcess process)
    {
        _processes.Add(process);
        return process;
    }

    /// <summary>Boots what was asked for; answers whether every machine came up and every bar was met.</summary>
    public bool Execute(CancellationToken cancellation)
    {
        Prepare(cancellation);
        var comparisons = new List<Comparison>();
        foreach (var client in request.Clients)
        {
            if (request.Compare)
            {
                comparisons.Add(Compare(client, cancellation));
            }
            else
            {
                Boot(client, request.PeerOnly ? new DnsmasqProxy() : new VirtualDevice(), cancellation);
            }
        }

        Report.Boots(output, _results);
        if (comparisons.Count > 0)
        {
            Report.Comparisons(output, comparisons);
        }

        return _results.TrueForAll(result => result.Succeeded) && comparisons.TrueForAll(comparison => comparison.Met);
    }

    /// <summary>Undoes everything the run made and proves it; answers whether nothing is left. Can be called more than once.</summary>
    public bool CleanUp()
    {
        var failures = Ledger.Close();
        var left = Leftovers.Of(Name, _processes.Select(process => process.Id));
        foreach (var failure in failures)
        {
            output.Bad($"Could not be undone: {failure}");
        }

        foreach (var thing in left)
        {
            output.Bad($"Left behind: {thing}");
        }

        if (failures.Count == 0 && left.Count == 0)
        {
            output.Note("Cleaned up: no namespace, link, process or temporary file of this run is left.");
        }

        return failures.Count == 0 && left.Count == 0;
    }

    private void Prepare(CancellationToken cancellation)
    {
        // The cache's lock comes first: of two runs that start together, one removes leftovers and installs packages, the other waits.
        using var cache = new PackageCache(output, cancellation);
        foreach (var thing in Leftovers.Remove())
        {
            output.Note($"Removed what a killed run had left: {thing}.");
        }

        HostPackages.Ensure(request.Clients, output);
        cancellation.ThrowIfCancellationRequested();
        Ledger.Make("temporary folder", () => Directory.CreateDirectory(Folder), folder => folder.Delete(recursive: true));
        _files = BootFiles.Prepare(Folder, request.Clients, cache, cancellation);
    }

    private Comparison Compare(LabClient client, CancellationToken cancellation)
    {
        var device = new List<BootResult>();
        var peer = new List<BootResult>();
        for (var i = 0; i < request.Runs; i++)
        {
            // The order alternates, so that whatever drifts in the host (caches, other load) falls on both alike.
            var peerFirst = i % 2 == 1;
            if (client.HasPeer && peerFirst)
            {
                peer.Add(Boot(client, new DnsmasqProxy(), cancellation));
            }

            device.Add(Boot(client, new VirtualDevice(), cancellation));
            if (client.HasPeer && !peerFirst)
            {
                peer.Add(Boot(client, new DnsmasqProxy(), cancellation));
            }
        }

        return Comparison.Of(client, request.Runs, device, peer);
    }

    private BootResult Boot(LabClient client, IBootServer server, CancellationToken cancellation)
    {
        var boot = new MachineBoot(this, client, server, ++_boots);
        var result = output.During($"{client.Name} ({client.Title}), booted by {server.Name}", () => boot.Boot(cancellation));
        _results.Add(result);
        if (result.Succeeded)
        {
            output.Good($"{client.Name} by {server.Name}: the machine is up after {result.Time!.Value.TotalSeconds:0.00} s.");
        }
        else
        {
            Report.Failure(output, result, boot.Trace);
        }

        WriteLogs(client, server, boot.Trace);
        return result;
    }

    private void WriteLogs(LabClient client, IBootServer server, BootTrace trace)
    {
        if (request.Logs is null)
        {
            return;
        }

        Directory.CreateDirectory(request.Logs);
        foreach (var (source, lines) in trace.Lines())
        {
            File.WriteAllLines(Path.Combine(request.Logs, $"{_boots:00}-{client.Name}-{server.Name}-{source}.log"), lines);
        }
    }
}
