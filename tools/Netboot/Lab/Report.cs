using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Netboot.Tool.Lab;

/// <summary>The tables and reports at a run's end.</summary>
internal static class Report
{
    private const string None = "-";

    private static readonly Stage[] Columns = [Stage.Offer, Stage.Loader, Stage.Script, Stage.Kernel, Stage.Linux, Stage.Ok];

    public static string Title(Stage stage) => stage switch
    {
        Stage.PowerOn => "power on",
        Stage.Ok => "OK",
        _ => stage.ToString().ToLowerInvariant(),
    };

    public static void Boots(LabOutput output, IEnumerable<BootResult> results) => output.Table(
        ["client", "booted by", .. Columns.Select(Title), "result"],
        results.Select(result => (string[])
        [
            result.Client.Name,
            result.BootServer,
            .. Columns.Select(stage => result.Stages.TryGetValue(stage, out var time) ? Seconds(time) : None),
            result.Fault ?? "up",
        ]));

    public static void Comparisons(LabOutput output, IEnumerable<Comparison> comparisons) => output.Table(
        ["client", "runs", "device (median s)", "dnsmasq (median s)", "ratio", "bar"],
        comparisons.Select(comparison => (string[])
        [
            comparison.Client.Name,
            comparison.Runs.ToString(CultureInfo.InvariantCulture),
            comparison.Device is { } device ? Seconds(device) : "failed",
            comparison.Client.HasPeer ? comparison.Peer is { } peer ? Seconds(peer) : "failed" : "no peer",
            comparison.Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : None,
            comparison.Verdict,
        ]));

    public static void Failure(LabOutput output, BootResult result, BootTrace trace)
    {
        output.Bad($"{result.Client.Name} by {result.BootServer}: {result.Fault?.TrimEnd('.')}. Last stage reached: {Title(result.Last)}.");
        foreach (var (source, lines) in trace.Tails())
        {
            output.Note($"--- the last lines of {source}:");
            foreach (var line in lines)
            {
                output.Note(line);
            }
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
}
