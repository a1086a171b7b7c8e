namespace Netboot.Http;

/// <summary>The request methods that the server knows (RFC 9110 9.3).</summary>
public enum HttpMethod : byte
{
    /// <summary>Any other; it was answered with 405.</summary>
    Other = 0,

    /// <summary>GET.</summary>
    Get = 1,

    /// <summary>HEAD: like GET, the answer has no body. edk2 asks it first, to learn the size.</summary>
    Head = 2,

    /// <summary>POST.</summary>
    Post = 3,
}
