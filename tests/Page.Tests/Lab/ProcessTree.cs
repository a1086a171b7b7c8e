using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.Versioning;

namespace Netboot.Page.Tests.Lab;

/// <summary>A process and all that it started, by Linux's /proc (proc(5)).</summary>
[SupportedOSPlatform("linux")]
internal static class ProcessTree
{
    /// <summary>USER_HZ, which is 100 on every Linux of today.</summary>
    private const int TicksPerSecond = 100;

    // Fields of /proc/PID/stat behind the name in brackets.
    private const int Parent = 1;
    private const int UserTime = 11;
    private const int OfChildren = 14;

    /// <summary>Processor time of a process, of those that it started, and of theirs that have ended.</summary>
    public static TimeSpan ProcessorOf(int root)
    {
        var parents = new Dictionary<int, int>();
        var ticks = new Dictionary<int, long>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out int id) && Read(folder) is { } fields)
            {
                parents[id] = (int)Number(fields[Parent]);
                for (int i = UserTime; i <= OfChildren; i++)
                {
                    ticks[id] = ticks.GetValueOrDefault(id) + Number(fields[i]);
                }
            }
        }

        long sum = 0;
        foreach ((int id, long own) in ticks)
        {
            int at = id;
            while (at != root && parents.TryGetValue(at, out int parent))
            {
                at = parent;
            }

            sum += at == root ? own : 0;
        }

        return TimeSpan.FromSeconds((double)sum / TicksPerSecond);
    }

    // Null for one that has ended meanwhile.
    private static string[] Read(string folder)
    {
        try
        {
            string stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
