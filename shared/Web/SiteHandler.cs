using Netboot.Api;
using Netboot.Http;

namespace Netboot.Web;

/// <summary>Answers everything: what machines ask for, and what people do. Which is which, and who may ask, says Web/README.md.</summary>
public sealed class SiteHandler : IHttpHandler
{
    private readonly DeviceApi _device;
    private readonly PageHandler _page;

    /// <summary>A handler for <paramref name="device"/>'s own HTTP server, which listens on <paramref name="port"/>.</summary>
    public SiteHandler(DeviceApi device, int port)
    {
        _device = device;
        _page = new PageHandler(device, port);
    }

    /// <inheritdoc/>
    public void Handle(HttpRequest request, HttpResponse response, long now)
    {
        // Machines first: they wait, and their paths are the fewer.
        if (request.Method == HttpMethod.Post || !BootHandler.Handle(_device, _page.Gate, request, response))
        {
            _page.Handle(request, response, now);
        }
    }

    /// <inheritdoc/>
    public bool Receive(HttpRequest request, HttpResponse response, bool isLong, long now) => _page.Receive(request, response, isLong, now);
}
