using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace Netboot.Tool.Lab;

/// <summary>What one run of the lab is asked to do.</summary>
internal sealed record LabRequest(IReadOnlyList<LabClient> Clients, bool Compare, int Runs, bool PeerOnly, bool LoadersFromMirror,
    string? Logs);

/// <summary>One run of the lab: prepares, boots each client, reports.</summary>
internal sealed class LabRun(LabRequest request, LabOutput output) : IsolatedRun(output)
{
    private readonly List<BootResult> _results = [];
    private BootFiles? _files;
    private int _boots;

    public BootFiles Files => _files ?? throw new InvalidOperationException("The boot files have not been prepared yet.");

    /// <summary>Boots what was asked for; returns whether every machine came up and every bar was met.</summary>
    public override bool Execute(CancellationToken cancellation)
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
                Boot(client, request.PeerOnly ? new DnsmasqProxy() : Device(client), cancellation);
            }
        }

        Report.Boots(Output, _results);
        if (comparisons.Count > 0)
        {
            Report.Comparisons(Output, comparisons);
        }

        return _results.TrueForAll(result => result.Succeeded) && comparisons.TrueForAll(comparison => comparison.Met);
    }

    private VirtualDevice Device(LabClient client) =>
        new(request.LoadersFromMirror || client.LoadersFromMirror)
        {
            Folder = client.IsoOnly ? Files.Served?.Iso
                : client.Published ? Files.Served?.Published
                : client.FolderOnly ? Files.Served?.Result
                : null,
        };

    private void Prepare(CancellationToken cancellation)
    {
        // The cache's lock comes first: of two runs that start together, one removes leftovers and installs packages, the other waits.
        using var cache = new PackageCache(Output, cancellation);
        RemoveLeftovers();
        HostPackages.Ensure(request.Clients.SelectMany(client => client.Packages), Output);
        cancellation.ThrowIfCancellationRequested();
        MakeFolder();
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

            device.Add(Boot(client, Device(client), cancellation));
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
        var result = Output.During($"{client.Name} ({client.Title}), booted by {server.Name}", () => boot.Boot(cancellation));
        _results.Add(result);
        if (result.Succeeded)
        {
            Output.Good($"{client.Name} by {server.Name}: the machine is up after {result.Time!.Value.TotalSeconds:0.00} s.");
        }
        else
        {
            Report.Failure(Output, result, boot.Trace);
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
