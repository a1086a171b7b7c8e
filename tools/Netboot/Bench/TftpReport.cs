using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Bench;

/// <summary>What one client took for one file from each server, in the servers' order.</summary>
internal sealed record TftpResult(string File, int Size, string Client, IReadOnlyList<Distribution> Times)
{
    private const double Million = 1_000_000;

    /// <summary>MB/s by the median; the client's start and end are in the time.</summary>
    public double Speed(int server) => Megabytes / Times[server].Median!.Value.TotalSeconds;

    public double Megabytes => Size / Million;
}

/// <summary>The tables of <c>netboot bench tftp</c>.</summary>
internal static class TftpReport
{
    /// <summary>Below this a file says nothing of speed, only of how long a client takes to start and end.</summary>
    private const int SmallestForSpeed = 1000;

    public static void Speeds(LabOutput output, int runs, IReadOnlyList<string> servers, IReadOnlyList<TftpResult> results)
    {
        output.Table(
            ["TFTP, median of " + runs.ToString(CultureInfo.InvariantCulture), "client", .. servers],
            results.Select(result => (string[])[result.File, result.Client, .. servers.Select((_, i) => Value(result, i))]));
        output.Note("The client's own start and end are in every time: the row of 1 byte is mostly that.");
    }

    public static void Processor(LabOutput output, double megabytes, IReadOnlyList<(string Name, TimeSpan Taken)> servers) => output.Table(
        ["server", "sent MB", "processor s", "processor ms for 1 MB"],
        servers.Select(server => (string[])
        [
            server.Name,
            Text(megabytes, "0"),
            Text(server.Taken.TotalSeconds, "0.00"),
            Text(server.Taken.TotalMilliseconds / megabytes, "0.0"),
        ]));

    private static string Value(TftpResult result, int server) => result.Size < SmallestForSpeed
        ? Text(result.Times[server].Median!.Value.TotalMilliseconds, "0.0") + " ms"
        : Text(result.Speed(server), "0.0") + " MB/s";

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
