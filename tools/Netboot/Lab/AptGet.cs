using System;
using System.Collections.Generic;
using System.Threading;

namespace Netboot.Tool.Lab;

/// <summary>The host's apt-get, which waits for another one that is running: the system's own, or a second run's.</summary>
internal static class AptGet
{
    /// <summary>As long as another apt takes to install QEMU over a slow line.</summary>
    private static readonly TimeSpan WaitForOthers = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs it to its end. Ctrl-C does not end it: a killed dpkg leaves the host's packages half configured; the caller checks for Ctrl-C
    /// afterwards. Throws <see cref="LabException"/> with its output if it fails.
    /// </summary>
    public static void Run(IReadOnlyList<string> arguments, TimeSpan limit)
    {
        // apt-get waits for dpkg's own lock by itself, but not for the locks of the package lists and of downloads.
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

    /// <summary>Whether this one failed because of another apt-get.</summary>
    internal static bool IsLocked(string errors) => errors.Contains("Could not get lock", StringComparison.Ordinal);
}
