using System;
using System.Globalization;
using System.IO;

namespace Netboot.Tool.Bench;

/// <summary>
/// What a process and the children that it waited for have taken of the processors, in user and system time, as the kernel counts it.
/// </summary>
internal static class ProcessorTime
{
    /// <summary>USER_HZ: the unit of /proc, the same on every Linux.</summary>
    private const int TicksPerSecond = 100;

    /// <summary>
    /// Fields 14 to 17 of /proc/PID/stat (utime, stime, cutime, cstime), counted from the field after the command name (which may hold
    /// spaces).
    /// </summary>
    private const int First = 11;

    private const int Last = 14;

    public static TimeSpan Of(int processId) => Parse(File.ReadAllText($"/proc/{processId}/stat"));

    public static TimeSpan Parse(string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        long ticks = 0;
        for (var i = First; i <= Last; i++)
        {
            ticks += long.Parse(fields[i], CultureInfo.InvariantCulture);
        }

        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }
}
