using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Web;

/// <summary>The answer to <c>GET /</c>: the page. It holds no data; whoever loads it still has to log in.</summary>
internal static class PageAnswer
{
    /// <summary>
    /// Answers with the page, or with 304 when the browser has this one. It is always gzip, which every browser takes: to unpack it the
    /// board has no room.
    /// </summary>
    internal static void Send(HttpRequest request, HttpResponse response)
    {
        // Asked again each time and hardly ever sent again: a new firmware has a new tag.
        response.NoStore = false;
        response.Header(Octets.Of("Cache-Control"), Octets.Of("no-cache"));
        byte[] tag = Octets.Of(PagePieces.ETag);
        response.Header(Octets.Of("ETag"), tag);
        if (request.HeaderIs(HttpHeader.IfNoneMatch, tag))
        {
            response.Status = 304;
            return;
        }

        response.ContentType = HttpContentTypes.Html;
        response.Header(Octets.Of("Content-Encoding"), Octets.Of("gzip"));
        response.Header(Octets.Of("Content-Security-Policy"), Octets.Of(PagePieces.SecurityPolicy));
        response.Header(Octets.Of("X-Frame-Options"), Octets.Of("DENY"));
        response.Header(Octets.Of("Referrer-Policy"), Octets.Of("no-referrer"));
        response.Body(new PagePieces());
    }
}
