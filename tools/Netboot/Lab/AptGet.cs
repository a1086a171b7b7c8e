using System;
using System.Collections.Generic;
using System.Threading;

namespace Netboot.Tool.Lab;

/// <summary>The host's apt-get, which waits for another one that is at work: the system's own, or a second run.</summary>
internal static class AptGet
{
    /// <summary>Installing QEMU over a slow line takes another apt that long.</summary>
    private static readonly TimeSpan WaitForOthers = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs it to its end. Not ended by Ctrl-C: a dpkg that is killed leaves the host's packages half configured; the caller looks for it
    /// afterwards. Throws <see cref="LabException"/> with what it wrote when it fails.
    /// </summary>
    public static void Run(IReadOnlyList<string> arguments, TimeSpan limit)
    {
        // For dpkg's own lock apt-get waits by itself; for those of the package lists and of what was downloaded it does not.
        string[] all = ["-o", $"DPkg::Lock::Timeout={WaitForOthers.TotalSeconds:0}", .. arguments];
        long end = Environment.TickCount64 + (long)WaitForOthers.TotalMilliseconds;
        while (true)
        {
            CommandResult result = HostCommand.TryRun("apt-get", all, limit, CancellationToken.None);
            if (result.ExitCode == 0)
            {
                return;
            }

            if (!IsLocked(result.Errors) || Environment.TickCount64 >= end)
            {
                throw new LabException($"`{HostCommand.Line("apt-get", all)}` ended with {result.ExitCode}: {result.Errors.Trim()}");
            }

            Thread.Sleep(Pause);
        }
    }

    /// <summary>Whether another apt-get is why this one failed.</summary>
    internal static bool IsLocked(string errors) => errors.Contains("Could not get lock", StringComparison.Ordinal);
}
