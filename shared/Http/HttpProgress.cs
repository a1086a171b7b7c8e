namespace Netboot.Http;

/// <summary>How far sending an answer came.</summary>
public enum HttpProgress : byte
{
    /// <summary>Something was sent, and there is more.</summary>
    Sent = 0,

    /// <summary>The client takes nothing now.</summary>
    PeerBusy = 1,

    /// <summary>The file's source has nothing now.</summary>
    SourceBusy = 2,

    /// <summary>All of it was sent.</summary>
    Done = 3,

    /// <summary>The rest will never be sent: the client is gone, or the source failed midway.</summary>
    Broken = 4,
}
