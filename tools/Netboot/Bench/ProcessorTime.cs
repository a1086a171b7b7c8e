using System;
using System.Diagnostics;

namespace Netboot.Tool.Bench;

/// <summary>What a process has taken of the processors, in user and system time, as the kernel counts it (in steps of 10 ms).</summary>
internal static class ProcessorTime
{
    public static TimeSpan Of(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.TotalProcessorTime;
    }
}
