using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Netboot.Tool.Bench;

/// <summary>Sleeps until moments of the monotonic clock, to some 0.1 ms: Thread.Sleep counts whole milliseconds and adds them up.</summary>
internal static class Pacer
{
    /// <summary>The clock that Stopwatch reads on Linux.</summary>
    private const int MonotonicClock = 1;

    private const int AbsoluteTime = 1;
    private const int Interrupted = 4;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>
    /// Returns at <paramref name="moment"/>, a time of <see cref="Stopwatch.GetTimestamp"/>, or at once when it has passed.
    /// </summary>
    public static void WaitUntil(long moment)
    {
        // Stopwatch counts nanoseconds on Linux, as timespec does; should it ever not, this says so.
        Debug.Assert(Stopwatch.Frequency == NanosecondsPerSecond, "Stopwatch counts nanoseconds");
        var time = new Timespec { Seconds = (nint)(moment / NanosecondsPerSecond), Nanoseconds = (nint)(moment % NanosecondsPerSecond) };
        int error;
        while ((error = Sleep(MonotonicClock, AbsoluteTime, in time, IntPtr.Zero)) != 0)
        {
            if (error != Interrupted)
            {
                throw new Win32Exception(error);
            }
        }
    }

    [DllImport("libc", EntryPoint = "clock_nanosleep")]
    private static extern int Sleep(int clock, int flags, in Timespec time, IntPtr remaining);

    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
