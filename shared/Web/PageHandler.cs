using Netboot.Api;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>Answers people and programs: looks the call up, lets nobody in who may not, and hands on to who reads or changes.</summary>
internal sealed class PageHandler
{
    private readonly DeviceApi _device;
    private readonly Gate _gate;
    private readonly PageRoutes _routes = new PageRoutes();
    private readonly ReadCalls _reads;
    private readonly ChangeCalls _changes;

    /// <summary>A handler for <paramref name="device"/>, whose HTTP server listens on <paramref name="port"/>.</summary>
    internal PageHandler(DeviceApi device, int port)
    {
        _device = device;
        _gate = new Gate(device, port);
        _reads = new ReadCalls(device);
        _changes = new ChangeCalls(device);
    }

    /// <summary>Who may ask for what.</summary>
    internal Gate Gate => _gate;

    /// <summary>Answers a request.</summary>
    internal void Handle(HttpRequest request, HttpResponse response, long now)
    {
        PageCall call = Judge(request, response, now, out int session);
        if (call == PageCall.None)
        {
            return;
        }

        if (call < PageCall.LogIn)
        {
            _reads.Answer(call, session, request, response, now);
        }
        else
        {
            _changes.Answer(call, session, request, response, now);
        }
    }

    /// <summary>
    /// Whether a body is taken, of which only the head is there; if not, the response says why. Nobody takes one from who may not send it.
    /// </summary>
    internal bool Receive(HttpRequest request, HttpResponse response, bool isLong, long now)
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
        _routes.Find(request);
        if (!_routes.IsKnown)
        {
            // Most likely a machine's file that does not exist: any Host, and a line in the log.
            response.Text(404, "No such file.");
            return PageCall.None;
        }

        response.Quiet = true;
        response.Header(Octets.Of("Cross-Origin-Resource-Policy"), Octets.Of("same-origin"));
        PageCall call = _routes.Call;

        // A watcher knows the device by a name of its own, and learns nothing but "ok".
        if (call != PageCall.Health && !_gate.Admits(request, response))
        {
            return PageCall.None;
        }

        if (call == PageCall.None)
        {
            response.Header(Octets.Of("Allow"), Octets.Of(_routes.TakesPost ? "POST" : "GET, HEAD"));
            JsonAnswer.Refuse(response, 405, "This address needs another method.");
            return PageCall.None;
        }

        session = _gate.SessionOf(request, now);
        bool needsSession = _routes.NeedsSession || (call == PageCall.Metrics && !IsOpen(SettingsKey.PageMetrics));
        return needsSession && !_gate.HasSession(request, response, session) ? PageCall.None : call;
    }

    private bool IsOpen(SettingsKey key)
    {
        byte[] value = _device.Rules.Settings.Value(key);
        return value != null && Octets.Is(value, 0, value.Length, Octets.Of("open"));
    }
}
