using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Bench;

/// <summary>What <c>netboot bench offers</c> was asked to do.</summary>
internal sealed record OffersRequest(int Rate, int Seconds, int Machines);

/// <summary>The same stream of DISCOVERs to the device and to dnsmasq's proxy mode, one after the other.</summary>
internal sealed class OffersRun(OffersRequest request, LabOutput output) : IsolatedRun(output)
{
    /// <summary>Both have these for the firmware in <see cref="Discovers"/>; nobody fetches them here.</summary>
    private static readonly string[] Loaders = ["undionly.kpxe", "snponly.efi", "snponly-arm64.efi"];

    private const string Token = "bench";
    private const string None = "-";

    public override bool Execute(CancellationToken cancellation)
    {
        using (new PackageCache(Output, cancellation))
        {
            // Under the cache's lock, as the lab does: of two runs that start together one removes leftovers and installs, the other waits.
            RemoveLeftovers();
            HostPackages.Ensure([], Output);
        }

        MakeFolder();
        var loaders = Directory.CreateDirectory(Path.Combine(Folder, "loaders")).FullName;
        foreach (var name in Loaders)
        {
            File.WriteAllText(Path.Combine(loaders, name), "not fetched");
        }

        var device = Measure(new VirtualDevice(), 1, loaders, cancellation);
        var peer = Measure(new DnsmasqProxy(), 2, loaders, cancellation);
        Show(device, peer);
        return device.Lost == 0;
    }

    private OfferResult Measure(IBootServer server, int number, string loaders, CancellationToken cancellation)
    {
        var count = request.Rate * request.Seconds;
        var plan = new DiscoverPlan(count, request.Machines, BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint))),
            Discovers.All);
        var offers = new OfferCount(plan);
        var mark = Ledger.Mark();
        try
        {
            var network = new BenchNetwork(Name, number);
            network.Make(Ledger, clientHasAddress: false);
            var folder = Directory.CreateDirectory(Path.Combine(Folder, server.Name)).FullName;
            var tail = new Tail();
            var process = Serve(server.Name, network.Server, server.Command(loaders, Token, folder), tail.Add);
            try
            {
                BoundPorts.WaitForUdp(process, cancellation, server.Ports);
            }
            catch (LabException e)
            {
                throw new LabException($"{e.Message}\n{tail}", e);
            }

            return Output.During(
                FormattableString.Invariant($"{server.Name}: {count} DISCOVERs of {request.Machines} machines, {request.Rate} a second"),
                () =>
                {
                    var before = ProcessorTime.Of(process.Id);
                    new OfferStream(plan, offers, request.Rate, cancellation).Run(network.Client);
                    return offers.Result(server.Name) with { Processor = ProcessorTime.Of(process.Id) - before };
                });
        }
        finally
        {
            Ledger.UndoTo(mark);
        }
    }

    private void Show(params OfferResult[] results)
    {
        Output.Table(
            ["offers by", "sent", "answered", "lost", "p50 ms", "p99 ms", "worst ms", "processor s", "sender late p99 ms", "worst ms"],
            results.Select(result => (string[])
            [
                result.Server,
                Text(result.Sent),
                Text(result.Answered),
                Text(result.Lost),
                Milliseconds(result.Latency.Median),
                Milliseconds(result.Latency.Percentile(99)),
                Milliseconds(result.Latency.Worst),
                result.Processor.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture),
                Milliseconds(result.Lateness.Percentile(99)),
                Milliseconds(result.Lateness.Worst),
            ]));
        foreach (var result in results.Where(result => result.Answered > 0))
        {
            Output.Note($"{result.Server}: the slowest answer was to DISCOVER {result.Slowest + 1} of {result.Sent}.");
        }

        foreach (var result in results.Where(result => result.Duplicates > 0 || result.Strangers > 0))
        {
            Output.Note($"{result.Server}: {result.Duplicates} offers came twice, {result.Strangers} packets were not an offer to any DISCOVER.");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan? time) => time?.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture) ?? None;
}
