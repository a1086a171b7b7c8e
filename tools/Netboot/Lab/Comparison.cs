using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Netboot.Tool.Lab;

/// <summary>The same client booted by the device and by dnsmasq's proxy mode: medians, their ratio, and whether it meets the bar.</summary>
internal sealed record Comparison(LabClient Client, int Runs, TimeSpan? Device, TimeSpan? Peer)
{
    /// <summary>The device may take this many times the peer's time from power-on to a booted machine.</summary>
    public const double Bar = 1.1;

    public double? Ratio => Device is { } device && Peer is { } peer ? device / peer : null;

    public bool Met => Device is not null && (!Client.HasPeer || Ratio <= Bar);

    public string Verdict =>
        !Client.HasPeer ? Met ? "no peer" : "failed"
        : Ratio is null ? "failed"
        : (Met ? "met, at most " : "slower than ") + Bar.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>A side with a failed boot has no median: a failed boot must not look like a fast one.</summary>
    public static Comparison Of(LabClient client, int runs, IReadOnlyList<BootResult> device, IReadOnlyList<BootResult> peer) =>
        new(client, runs, Median(device), Median(peer));

    private static TimeSpan? Median(IReadOnlyList<BootResult> results)
    {
        if (results.Count == 0 || results.Any(result => result.Time is null))
        {
            return null;
        }

        var times = results.Select(result => result.Time!.Value).Order().ToArray();
        var middle = times.Length / 2;
        return times.Length % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
    }
}
