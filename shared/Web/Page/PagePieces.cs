using System;
using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Web;

/// <summary>
/// The config page as it is sent: gzip, in pieces that the build packed into the code as text (<c>PageContent</c>). A piece is on the heap
/// only while it is copied into the connection's buffer.
/// </summary>
public sealed class PagePieces : HttpPieces
{
    /// <summary>The bytes of all pieces together.</summary>
    public const int Length = PageContent.Length;

    /// <summary>The page's entity tag, with its quotes: another page has another one.</summary>
    public const string ETag = PageContent.ETag;

    /// <summary>The only thing that the page may run or be styled by, from its own origin or elsewhere: what is in it.</summary>
    public const string SecurityPolicy =
        "default-src 'none'; style-src '" + PageContent.StyleHash + "'; script-src '" + PageContent.ScriptHash
        + "'; connect-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>
    /// Answers with the page, or with 304 when the browser has this one. It holds no data: whoever loads it still has to log in. It is
    /// always gzip, which every browser takes: to unpack it the board has no room.
    /// </summary>
    internal static void Send(HttpRequest request, HttpResponse response)
    {
        // Asked again each time and hardly ever sent again: a new firmware has a new tag.
        response.NoStore = false;
        response.Header(Octets.Of("Cache-Control"), Octets.Of("no-cache"));
        byte[] tag = Octets.Of(ETag);
        response.Header(Octets.Of("ETag"), tag);
        if (request.HeaderIs(HttpHeader.IfNoneMatch, tag))
        {
            response.Status = 304;
            return;
        }

        response.ContentType = HttpContentTypes.Html;
        response.Header(Octets.Of("Content-Encoding"), Octets.Of("gzip"));
        response.Header(Octets.Of("Content-Security-Policy"), Octets.Of(SecurityPolicy));
        response.Header(Octets.Of("X-Frame-Options"), Octets.Of("DENY"));
        response.Header(Octets.Of("Referrer-Policy"), Octets.Of("no-referrer"));
        response.Body(new PagePieces());
    }

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        if (index >= PageContent.Pieces)
        {
            return false;
        }

        writer.Raw(Convert.FromBase64String(PageContent.Piece(index)));
        return true;
    }
}
