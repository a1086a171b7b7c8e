using System;
using Netboot.Api;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Logging;

namespace Netboot.Web;

/// <summary>The calls that only read. None of them changes anything.</summary>
internal sealed class ReadCalls
{
    /// <summary>Digits of a number at most: milliseconds of 24 days, after which the clock's 31 bits begin anew.</summary>
    private const int LongestNumber = 10;

    private readonly DeviceApi _device;

    internal ReadCalls(DeviceApi device)
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
                PagePieces.Send(request, response);
                break;
            case PageCall.Health:
                Health(response);
                break;
            case PageCall.Metrics:
                response.ContentType = HttpContentTypes.Metrics;
                response.Body(new Metrics(_device, now));
                break;
            case PageCall.StatusText:
                response.ContentType = HttpContentTypes.Text;
                response.Body(new StatusText(_device, now));
                break;
            case PageCall.Session:
                JsonAnswer.Send(response, 200, SessionJson.Of(_device, session, now));
                break;
            case PageCall.Status:
                response.Body(new StatusJson(_device, now));
                break;
            case PageCall.Machines:
                Machines(request, response, now);
                break;
            case PageCall.Profiles:
                response.Body(new ProfilesJson(_device.Rules.Settings));
                break;
            case PageCall.Log:
                Log(request, response, now);
                break;
            case PageCall.Mirror:
                JsonWriter json = JsonAnswer.New();
                _device.MirrorCheck.Write(json);
                JsonAnswer.Send(response, 200, json);
                break;
            case PageCall.MirrorList:
                List(response);
                break;
            case PageCall.Settings:
            case PageCall.Backup:
                response.ContentType = HttpContentTypes.Text;
                response.Body(new SettingsPieces(_device.Rules.Settings, call == PageCall.Backup));
                break;
            default:
                throw new InvalidOperationException("no such call");
        }
    }

    private void Health(HttpResponse response)
    {
        string reason = _device.Unhealthy;
        response.Text(reason == null ? 200 : 503, reason ?? "ok");
    }

    // As text, for nobody here looks at it: whether it is JSON only the mirror knows.
    private void List(HttpResponse response)
    {
        MirrorList list = MirrorList.Open(_device);
        if (list == null)
        {
            JsonAnswer.Refuse(response, 409, "No mirror is set, so there is nothing to look at. Set its URL first.");
            return;
        }

        response.ContentType = HttpContentTypes.Text;
        response.Body(list, false);
    }

    private void Machines(HttpRequest request, HttpResponse response, long now)
    {
        int from = Number(request, response, "from");
        int since = from < 0 ? from : Number(request, response, "since");
        if (since >= 0)
        {
            response.Body(new MachinesJson(_device, from, since, now));
        }
    }

    // A number among the parameters, 0 when it is not there; -1, and the refusal, when it is none.
    private static int Number(HttpRequest request, HttpResponse response, string name)
    {
        var text = new ByteWriter(LongestNumber, LongestNumber);
        bool there = request.Query(Octets.Of(name), text);
        if (!there && !text.Overflowed)
        {
            return 0;
        }

        int number = there ? ParseInt(text.Buffer, text.Length) : -1;
        if (number < 0)
        {
            JsonAnswer.Refuse(response, 400, name + ": expected a number.");
        }

        return number;
    }

    private static int ParseInt(byte[] buffer, int length)
    {
        long number = length == 0 ? -1 : 0;
        for (int i = 0; i < length && number >= 0; i++)
        {
            int digit = buffer[i] - '0';
            number = digit < 0 || digit > 9 ? -1 : (number * 10) + digit;
        }

        return number > int.MaxValue ? -1 : (int)number;
    }

    private void Log(HttpRequest request, HttpResponse response, long now)
    {
        int after = Number(request, response, "after");
        if (after < 0)
        {
            return;
        }

        byte[] machine = null;
        var text = new ByteWriter(32, 32);
        if (request.Query(Octets.Of("machine"), text))
        {
            machine = new byte[MacText.Size];
            if (!MacText.Parse(text.Buffer, 0, text.Length, machine, 0))
            {
                JsonAnswer.Refuse(response, 400, "machine: expected an Ethernet address such as 52:54:00:12:34:56.");
                return;
            }
        }

        response.Body(new LogJson(_device, after, machine, now));
    }
}
