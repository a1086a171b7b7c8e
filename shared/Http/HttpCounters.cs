namespace Netboot.Http;

/// <summary>What the server has seen since it started.</summary>
public sealed class HttpCounters
{
    /// <summary>Connections accepted.</summary>
    public int Accepted { get; internal set; }

    /// <summary>Complete requests that went to the handler.</summary>
    public int Requests { get; internal set; }

    /// <summary>Requests that were refused without asking the handler, for what they were or for want of room.</summary>
    public int BadRequests { get; internal set; }

    /// <summary>Connections closed to make room for others.</summary>
    public int Evicted { get; internal set; }

    /// <summary>Connections whose time was up.</summary>
    public int TimedOut { get; internal set; }

    /// <summary>Exceptions survived.</summary>
    public int Faults { get; internal set; }
}
