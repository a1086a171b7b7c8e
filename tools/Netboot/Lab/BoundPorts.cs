using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;

namespace Netboot.Tool.Lab;

/// <summary>Waits until a server has its sockets: the same test for every server, whatever it prints.</summary>
internal static class BoundPorts
{
    /// <summary>A .NET program on a busy two-core machine needs a few seconds to start.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private const string ListenState = "0A";

    public static void WaitForUdp(LiveProcess process, CancellationToken cancellation, params int[] ports) =>
        Wait(process, "udp", text =>
        ports.All(port => LocalPorts(text, state: null).Contains(port)), $"UDP {string.Join(", ", ports)}", cancellation);

    public static void WaitForTcp(LiveProcess process, CancellationToken cancellation, int port) =>
        Wait(process, "tcp", text => LocalPorts(text, ListenState).Contains(port), $"TCP {port}", cancellation);

    /// <summary>The local ports in the text of /proc/PID/net/udp or tcp.</summary>
    public static IEnumerable<int> LocalPorts(string table, string? state)
    {
        foreach (var line in table.Split('\n').Skip(1))
        {
            // sl, local address:port, remote address:port, state, …
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 3 && (state is null || fields[3] == state))
            {
                yield return int.Parse(fields[1].AsSpan(fields[1].IndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            }
        }
    }

    private static void Wait(LiveProcess process, string table, Predicate<string> bound, string what, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!process.HasExited && TimeProvider.System.GetElapsedTime(started) < StartLimit)
        {
            if (Tables(process.Id, table).Exists(bound))
            {
                return;
            }

            if (cancellation.WaitHandle.WaitOne(Interval))
            {
                throw new OperationCanceledException(cancellation);
            }
        }

        throw new LabException(process.HasExited
            ? $"{process.Ending} before it was listening on {what}"
            : $"{process.Name} is not listening on {what} after {StartLimit.TotalSeconds:0} s");
    }

    private static List<string> Tables(int processId, string table)
    {
        var texts = new List<string>();
        // A dual-stack socket is only in the table for IPv6.
        foreach (var name in new[] { table, table + "6" })
        {
            try
            {
                texts.Add(File.ReadAllText($"/proc/{processId}/net/{name}"));
            }
            catch (IOException)
            {
                // The process has just ended (the caller's loop sees that), or the host has no IPv6.
            }
        }

        return texts;
    }
}
