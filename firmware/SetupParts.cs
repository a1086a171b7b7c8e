using System;
using Netboot.Device;

namespace Netboot.Firmware;

/// <summary>The set-up device and the first start, in the main loop, with the line that tells its owner how to get in.</summary>
public sealed class SetupParts : IPolled
{
    /// <summary>The line is repeated, so that whoever connects a terminal sees it within a minute.</summary>
    private const int AnnounceMilliseconds = 30000;

    private readonly SetupDevice _device;
    private readonly FirstStart _firstStart;
    private readonly BoardNetwork _lan;
    private long _announceAt;

    /// <summary>A device on its own access point; <paramref name="lan"/> is the station beside it.</summary>
    public SetupParts(SetupDevice device, FirstStart firstStart, BoardNetwork lan)
    {
        _device = device;
        _firstStart = firstStart;
        _lan = lan;
    }

    /// <inheritdoc/>
    public string Name
    {
        get { return "set-up"; }
    }

    /// <inheritdoc/>
    public void Poll(long now)
    {
        if (now >= _announceAt)
        {
            _announceAt = now + AnnounceMilliseconds;
            Console.WriteLine("[Init] " + _firstStart.Announcement);
        }

        _device.Tick(now);

        // A fixed address proves nothing here: the link flag is the access point's own.
        _firstStart.Tick(now, _lan.Address != null && _lan.IsByServer);
    }
}
