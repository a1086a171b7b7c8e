using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Bench;

/// <summary>
/// The same files, fetched by the same clients from each server. All servers run at once, each on a network of its own, and take turns
/// fetch by fetch, so that whatever drifts in the host falls on all alike.
/// </summary>
internal sealed class TftpRun(int runs, LabOutput output) : IsolatedRun(output)
{
    /// <summary>tftpd-hpa's library; the packages of the clients are named with them.</summary>
    private const string HpaLibrary = "libwrap0";

    /// <summary>
    /// The files have names of loaders, because the device serves nothing else: one byte (what the client itself takes), iPXE for x64, and
    /// a large one.
    /// </summary>
    private static readonly (string Name, string Title, int Size)[] Files =
    [
        ("undionly.kpxe", "1 byte", 1),
        ("snponly.efi", "0.3 MB", 300_000),
        ("snponly-arm64.efi", "16 MB", 16_000_000),
    ];

    public override bool Execute(CancellationToken cancellation)
    {
        string hpa;
        using (var cache = new PackageCache(Output, cancellation))
        {
            RemoveLeftovers();
            HostPackages.Ensure([.. TftpClient.Packages, HpaLibrary], Output);
            hpa = cache.TftpServer(cancellation);
        }

        MakeFolder();
        var served = Directory.CreateDirectory(Path.Combine(Folder, "loaders")).FullName;
        foreach (var (name, _, size) in Files)
        {
            File.WriteAllBytes(Path.Combine(served, name), RandomNumberGenerator.GetBytes(size));
        }

        var servers = TftpServerProgram.All(hpa).Select((program, i) => Start(program, i + 1, served, cancellation)).ToArray();
        var results = new List<TftpResult>();
        foreach (var (name, title, size) in Files)
        {
            foreach (var client in TftpClient.All)
            {
                results.Add(Output.During(
                    $"{title}, {client.Title}", () => Measure(client, name, title, size, served, servers, cancellation)));
            }
        }

        TftpReport.Speeds(Output, runs, [.. servers.Select(server => server.Name)], results);
        var megabytes = results.Sum(result => result.Megabytes) * (runs + 1);
        TftpReport.Processor(
            Output,
            megabytes,
            [.. servers.Where(server => server.CountsProcessor)
            .Select(server => (server.Name, ProcessorTime.Of(server.ProcessId) - server.AtStart))]);
        return true;
    }

    private RunningServer Start(TftpServerProgram program, int number, string served, CancellationToken cancellation)
    {
        var network = new BenchNetwork(Name, number);
        network.Make(Ledger, clientHasAddress: true);
        var folder = Directory.CreateDirectory(Path.Combine(Folder, program.Name)).FullName;
        var tail = new Tail();
        var process = Serve(program.Name, network.Server, program.Command(served, folder), tail.Add);
        try
        {
            BoundPorts.WaitForUdp(process, cancellation, program.Ports);
        }
        catch (LabException e)
        {
            throw new LabException($"{e.Message}\n{tail}", e);
        }

        return new RunningServer(program.Name, program.CountsProcessor, network.Client, process.Id, ProcessorTime.Of(process.Id), tail);
    }

    private TftpResult Measure(
        TftpClient client, string name, string title, int size, string served, RunningServer[] servers, CancellationToken cancellation)
    {
        var expected = File.ReadAllBytes(Path.Combine(served, name));
        var times = servers.Select(_ => new List<TimeSpan>()).ToArray();
        // The first round is not counted: code is compiled and files are read from the disk then.
        for (var round = 0; round <= runs; round++)
        {
            for (var i = 0; i < servers.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                // Another server begins each round.
                var turn = (i + round) % servers.Length;
                var time = Fetch(client, servers[turn], name, expected);
                if (round > 0)
                {
                    times[turn].Add(time);
                }
            }
        }

        return new TftpResult(title, size, client.Title, [.. times.Select(all => new Distribution(all))]);
    }

    private TimeSpan Fetch(TftpClient client, RunningServer server, string name, byte[] expected)
    {
        var file = Path.Combine(Folder, "fetched");
        File.Delete(file);
        try
        {
            var time = client.Fetch(server.ClientNamespace, name, file);
            return File.ReadAllBytes(file).AsSpan().SequenceEqual(expected) ? time
                : throw new LabException($"The bytes of {name} are not the ones that were served.");
        }
        catch (LabException e)
        {
            throw new LabException($"{server.Name}, {client.Title}: {e.Message}\n{server.Tail}", e);
        }
    }

    private sealed record RunningServer(
        string Name, bool CountsProcessor, string ClientNamespace, int ProcessId, TimeSpan AtStart, Tail Tail);
}
