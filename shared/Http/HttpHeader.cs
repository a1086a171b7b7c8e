namespace Netboot.Http;

/// <summary>The request headers that are kept for the handler. All others are read past.</summary>
public enum HttpHeader : byte
{
    /// <summary>Host, or the authority of a target in absolute form (RFC 9112 3.2.2).</summary>
    Host = 0,

    /// <summary>Origin.</summary>
    Origin = 1,

    /// <summary>Cookie.</summary>
    Cookie = 2,

    /// <summary>Content-Type.</summary>
    ContentType = 3,

    /// <summary>If-None-Match.</summary>
    IfNoneMatch = 4,

    /// <summary>Authorization.</summary>
    Authorization = 5,

    /// <summary>X-Netboot-Token: the token that every change must carry.</summary>
    Token = 6,

    /// <summary>Range. The server itself answers it.</summary>
    Range = 7,
}
