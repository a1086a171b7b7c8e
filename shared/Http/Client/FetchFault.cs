namespace Netboot.Http;

/// <summary>Why something could not be fetched.</summary>
public enum FetchFault : byte
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The address is none that can be fetched from.</summary>
    BadUrl,

    /// <summary>It begins with https://, and this image fetches over http only.</summary>
    Https,

    /// <summary>It begins with https://, and the storage holds no certificate of an authority to check the server's against.</summary>
    NoAuthority,

    /// <summary>
    /// No secure connection: the server's certificate is not the authority's, or has expired, or its TLS is none that the board speaks.
    /// </summary>
    Tls,

    /// <summary>The host's name has no address: there is no such name, or no name server answers.</summary>
    UnknownName,

    /// <summary>No connection; the socket error says more.</summary>
    Unreachable,

    /// <summary>Connected, and no answer came in time, or the connection was closed without one.</summary>
    NoAnswer,

    /// <summary>What answered does not speak HTTP.</summary>
    NotHttp,

    /// <summary>The head of the answer has no end.</summary>
    HeadTooLong,

    /// <summary>A Content-Length that is no number, or two that differ.</summary>
    BadLength,

    /// <summary>A chunked body whose chunks are none.</summary>
    BadChunk,

    /// <summary>The connection ended in the middle of the body.</summary>
    BrokeOff,

    /// <summary>Nothing came for too long in the middle of the body.</summary>
    Stalled,

    /// <summary>One redirection more than is followed.</summary>
    TooManyRedirects,

    /// <summary>A redirection without an address that can be followed.</summary>
    BadRedirect,

    /// <summary>An answer without the file: its status says why.</summary>
    Status,

    /// <summary>The body is coded (gzip …), which nobody asked for: it is not the file.</summary>
    Encoded,

    /// <summary>A web page in place of the file.</summary>
    Page,

    /// <summary>A file of no bytes.</summary>
    Empty,

    /// <summary>The answer does not say how long the file is, and a loader is to be streamed from it.</summary>
    NoLength,

    /// <summary>More than 2 GB, and a loader is to be streamed from it.</summary>
    TooLarge,

    /// <summary>No memory for it.</summary>
    OutOfMemory,

    /// <summary>Given up by the device itself.</summary>
    Stopped,
}
