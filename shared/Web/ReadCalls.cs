using Netboot.Bytes;
using Netboot.Device;
using Netboot.Http;

namespace Netboot.Web;

/// <summary>The calls that only read. None of them changes anything.</summary>
internal sealed class ReadCalls
{
    /// <summary>Digits of a log line's number at most.</summary>
    private const int LongestNumber = 9;

    private readonly NetbootDevice _device;

    internal ReadCalls(NetbootDevice device)
    {
        _device = device;
    }

    /// <summary>Answers a call that was admitted; <paramref name="session"/> may be none where none is needed.</summary>
    internal void Answer(PageCall call, int session, HttpRequest request, HttpResponse response, long now)
    {
        response.ContentType = HttpContentTypes.Json;
        switch (call)
        {
            case PageCall.Page:
                PageAnswer.Send(request, response);
                break;
            case PageCall.Health:
                Health(response);
                break;
            case PageCall.Metrics:
                response.ContentType = Octets.Of("text/plain; version=0.0.4; charset=utf-8");
                response.Body(new Metrics(_device, now));
                break;
            case PageCall.StatusText:
                response.ContentType = HttpContentTypes.Text;
                response.Body(StatusText.Write(_device, now));
                break;
            case PageCall.Session:
                response.Body(SessionJson.Of(_device, session, now));
                break;
            case PageCall.Status:
                response.Body(new StatusJson(_device, now));
                break;
            case PageCall.Machines:
                response.Body(new MachinesJson(_device, now));
                break;
            case PageCall.Profiles:
                response.Body(new ProfilesJson(_device.Rules.Settings));
                break;
            case PageCall.Log:
                Log(request, response, now);
                break;
            case PageCall.Settings:
            case PageCall.Backup:
                response.ContentType = HttpContentTypes.Text;
                response.Body(new SettingsPieces(_device.Rules.Settings, call == PageCall.Backup));
                break;
            default:
                JsonAnswer.Refuse(response, 404, "There is no such call.");
                break;
        }
    }

    private void Health(HttpResponse response)
    {
        string reason = _device.Unhealthy;
        response.Text(reason == null ? 200 : 503, reason ?? "ok");
    }

    private void Log(HttpRequest request, HttpResponse response, long now)
    {
        var text = new ByteWriter(32, 32);
        int after = 0;
        if (request.Query(Octets.Of("after"), text))
        {
            after = text.Length > LongestNumber ? -1 : Octets.ParseNumber(text.Buffer, 0, text.Length);
            if (after < 0)
            {
                JsonAnswer.Refuse(response, 400, "after: the number of a log line is expected.");
                return;
            }
        }

        byte[] machine = null;
        text.Clear();
        if (request.Query(Octets.Of("machine"), text))
        {
            machine = new byte[MacText.Size];
            if (!MacText.Parse(text.Buffer, 0, text.Length, machine, 0))
            {
                JsonAnswer.Refuse(response, 400, "machine: an Ethernet address is expected, such as 52:54:00:12:34:56.");
                return;
            }
        }

        response.Body(new LogJson(_device, after, machine, now));
    }
}
