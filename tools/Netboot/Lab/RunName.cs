using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO;

namespace Netboot.Tool.Lab;

/// <summary>
/// The name that everything of one run begins with: <c>nblab-PID-START</c>. START is the owner's start time as the kernel counts it, so a
/// later process with the same pid is not mistaken for the owner.
/// </summary>
internal readonly record struct RunName(int ProcessId, ulong StartTime)
{
    public const string Prefix = "nblab-";

    /// <summary>Field 22 of /proc/PID/stat, counted from the field after the command name (which may hold spaces).</summary>
    private const int StartTimeAfterName = 19;

    public static RunName Own()
    {
        var id = Environment.ProcessId;
        return new RunName(id, StartTimeOf(id) ?? throw new LabException("/proc/self/stat cannot be read."));
    }

    /// <summary>The run that a namespace or folder belongs to, when its name is one of the lab's.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out RunName? run)
    {
        run = null;
        var parts = name.Split('-');
        if (parts.Length < 3 || parts[0] + "-" != Prefix
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !ulong.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var start))
        {
            return false;
        }

        run = new RunName(id, start);
        return true;
    }

    public bool OwnerLives() => StartTimeOf(ProcessId) == StartTime;

    public bool Owns(string name) => TryParse(name, out var run) && run == this;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{ProcessId}-{StartTime}");

    /// <summary>The start time in the text of /proc/PID/stat.</summary>
    public static ulong? ParseStartTime(string stat)
    {
        var afterName = stat.LastIndexOf(')');
        if (afterName < 0)
        {
            return null;
        }

        var fields = stat[(afterName + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StartTimeAfterName
            && ulong.TryParse(fields[StartTimeAfterName], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? start
            : null;
    }

    private static ulong? StartTimeOf(int processId)
    {
        try
        {
            return ParseStartTime(File.ReadAllText($"/proc/{processId}/stat"));
        }
        catch (IOException)
        {
            // No such process (or it ended between open and read): that answers it.
            return null;
        }
    }
}
