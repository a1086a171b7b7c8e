using Netboot.Api;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>
/// Answers everything: what machines ask for, and what people do. It lets nobody in who may not, and hands on to who reads or changes.
/// Which is which, and who may ask, says Web/README.md.
/// </summary>
public sealed class SiteHandler : IHttpHandler
{
    private readonly DeviceApi _device;
    private readonly Gate _gate;
    private readonly ReadCalls _reads;
    private readonly ChangeCalls _changes;

    /// <summary>A handler for <paramref name="device"/>'s own HTTP server, which listens on <paramref name="port"/>.</summary>
    public SiteHandler(DeviceApi device, int port)
    {
        _device = device;
        _gate = new Gate(device, port);
        _reads = new ReadCalls(device);
        _changes = new ChangeCalls(device);
    }

    /// <inheritdoc/>
    public void Handle(HttpRequest request, HttpResponse response, long now)
    {
        // Machines first: they wait, and their paths are the fewer.
        if (request.Method != HttpMethod.Post && BootHandler.Handle(_device, _gate, request, response))
        {
            return;
        }

        PageCall call = Judge(request, response, now, out int session);
        if (call >= PageCall.LogIn)
        {
            _changes.Answer(call, session, request, response, now);
        }
        else if (call != PageCall.None)
        {
            _reads.Answer(call, session, request, response, now);
        }
    }

    /// <inheritdoc/>
    public bool Receive(HttpRequest request, HttpResponse response, bool isLong, long now)
    {
        PageCall call = Judge(request, response, now, out int _);
        if (call == PageCall.None || !isLong)
        {
            return call != PageCall.None;
        }

        request.Intake = _changes.Receive(call, request.ContentLength, response);
        return request.Intake != null;
    }

    // The call that is asked for, by somebody who may; or none, and the response says why.
    private PageCall Judge(HttpRequest request, HttpResponse response, long now, out int session)
    {
        session = Sessions.None;
        bool post = request.Method == HttpMethod.Post;
        PageCall call = PageRoutes.Find(request, post);
        if (call == PageCall.None && PageRoutes.Find(request, !post) == PageCall.None)
        {
            // Most likely a machine's file that does not exist: any Host, and a line in the log.
            response.Text(404, "No such file.");
            return PageCall.None;
        }

        response.Quiet = true;
        response.Header(Octets.Of("Cross-Origin-Resource-Policy"), Octets.Of("same-origin"));

        // A watcher knows the device by a name of its own, and learns nothing but "ok".
        if (call != PageCall.Health && !_gate.Admits(request, response))
        {
            return PageCall.None;
        }

        if (call == PageCall.None)
        {
            response.Header(Octets.Of("Allow"), Octets.Of(post ? "GET, HEAD" : "POST"));
            JsonAnswer.Refuse(response, 405, "This address needs another method.");
            return PageCall.None;
        }

        session = _gate.SessionOf(request, now);
        bool needsSession = PageRoutes.NeedsSession(call) || (call == PageCall.Metrics && !AreMetricsOpen());
        return needsSession && !_gate.HasSession(request, response, session) ? PageCall.None : call;
    }

    private bool AreMetricsOpen()
    {
        byte[] value = _device.Rules.Settings.Value(SettingsKey.PageMetrics);
        return value != null && Octets.Is(value, 0, value.Length, Octets.Of("open"));
    }
}
