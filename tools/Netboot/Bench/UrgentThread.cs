using System.Runtime.InteropServices;

namespace Netboot.Tool.Bench;

/// <summary>
/// Puts a thread of the measuring client before others, so that on a busy machine the server is measured, not the wait of its client.
/// </summary>
internal static class UrgentThread
{
    /// <summary>PRIO_PROCESS, which on Linux is a single thread; thread 0 is the caller.</summary>
    private const int Thread = 0;

    private const int ThisOne = 0;

    /// <summary>Nice value; the lowest is -20.</summary>
    private const int Nice = -15;

    /// <summary>
    /// Returns whether the kernel allowed it. Where it does not (a container without CAP_SYS_NICE), the sender's lateness in the table
    /// shows what that costs.
    /// </summary>
    public static bool Become() => SetPriority(Thread, ThisOne, Nice) == 0;

    [DllImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static extern int SetPriority(int kind, int thread, int nice);
}
