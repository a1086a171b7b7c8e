using System;
using Netboot.Logging;

namespace Netboot.Firmware;

/// <summary>
/// The time. The platform starts SNTP by itself whenever it gets an address (targetHAL_Network.cpp, initialize_sntp), with its built-in
/// pool servers, and asks again every hour. The managed Sntp class is left alone: its setter hands lwIP a pointer into the managed heap,
/// which the next compaction moves, and its getters are static methods that read a "this"
/// (nf_networking_sntp_nanoFramework_Networking_Sntp.cpp). So another server cannot be set safely. Nothing in netbooting needs the time; it
/// dates log lines.
/// </summary>
public sealed class Clock : IPolled
{
    /// <summary>The platform starts in 1970 (or 2000); a time before this year was not set by anybody.</summary>
    private const int FirstYear = 2024;

    private readonly Log _log;
    private bool _known;

    /// <summary>A clock that logs when the time is known.</summary>
    public Clock(Log log)
    {
        _log = log;
    }

    /// <inheritdoc/>
    public string Name
    {
        get { return "clock"; }
    }

    /// <summary>The time, or <see cref="DateTime.MinValue"/> while it is not known.</summary>
    public static DateTime UtcNow
    {
        get
        {
            DateTime now = DateTime.UtcNow;
            return now.Year < FirstYear ? DateTime.MinValue : now;
        }
    }

    /// <inheritdoc/>
    public void Poll(long now)
    {
        if (!_known && UtcNow != DateTime.MinValue)
        {
            _known = true;
            _log.Add(Subsystem.Init, LogEvent.Note, 0, "It is " + UtcNow.ToString("yyyy-MM-dd HH:mm:ss") + " UTC");
        }
    }
}
