using Netboot.Bytes;
using Netboot.Device;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>
/// Who may ask for what is for people: the rules of Web/README.md. A Host that is not ours is how a foreign site reaches a device behind a browser (DNS
/// rebinding); an Origin that is not ours, or no token, is a form or script of a foreign site (CSRF).
/// </summary>
internal sealed class Gate
{
    private const string CookieName = "netboot=";
    private const string CookieRest = "; Path=/; HttpOnly; SameSite=Strict";
    private const int HttpPort = 80;

    private readonly NetbootDevice _device;
    private readonly int _port;

    /// <summary>The rules of <paramref name="device"/>, whose HTTP server listens on <paramref name="port"/>.</summary>
    internal Gate(NetbootDevice device, int port)
    {
        _device = device;
        _port = port;
    }

    /// <summary>Whether a request came to this device by its own name or address, and from its own page if from any. False: it is refused in the response.</summary>
    internal bool Admits(HttpRequest request, HttpResponse response)
    {
        if (!IsOwnHost(request))
        {
            JsonAnswer.Refuse(response, 421, "This device is reached by its address or its own name, and by no other.");
            return false;
        }

        if (!AdmitsOrigin(request, response))
        {
            return false;
        }

        if (request.Method == HttpMethod.Post && request.HeaderLength(HttpHeader.Token) == 0)
        {
            JsonAnswer.Refuse(response, 403, "A change needs the header X-Netboot-Token.");
            return false;
        }

        return true;
    }

    /// <summary>Whether a request comes from no page at all, or from our own. False: it is refused in the response.</summary>
    internal bool AdmitsOrigin(HttpRequest request, HttpResponse response)
    {
        if (request.Has(HttpHeader.Origin) && !IsOwnOrigin(request))
        {
            JsonAnswer.Refuse(response, 403, "This request comes from another site's page.");
            return false;
        }

        return true;
    }

    /// <summary>The session that a request belongs to, or <see cref="Sessions.None"/>.</summary>
    internal int SessionOf(HttpRequest request, long now)
    {
        byte[] buffer = request.Buffer;
        byte[] name = Octets.Of(CookieName);
        int offset = request.HeaderOffset(HttpHeader.Cookie);
        int end = offset + request.HeaderLength(HttpHeader.Cookie);
        while (offset < end)
        {
            // cookie-pairs with "; " between them (RFC 6265 4.2.1).
            int stop = Octets.IndexOf(buffer, offset, end - offset, (byte)';');
            stop = stop < 0 ? end : stop;
            if (Octets.StartsWith(buffer, offset, stop - offset, name))
            {
                int session = _device.Sessions.Find(buffer, offset + name.Length, stop - offset - name.Length, now);
                if (session != Sessions.None)
                {
                    return session;
                }
            }

            offset = stop + 1;
            while (offset < end && buffer[offset] == ' ')
            {
                offset++;
            }
        }

        return Sessions.None;
    }

    /// <summary>Whether a request has a session and, for a POST, its token. False: it is refused in the response.</summary>
    internal bool HasSession(HttpRequest request, HttpResponse response, int session)
    {
        if (session == Sessions.None)
        {
            JsonAnswer.Refuse(response, 401, "Log in first.");
            return false;
        }

        if (request.Method == HttpMethod.Post
            && !_device.Sessions.IsToken(session, request.Buffer, request.HeaderOffset(HttpHeader.Token), request.HeaderLength(HttpHeader.Token)))
        {
            JsonAnswer.Refuse(response, 403, "The token is not this session's: load the page anew.");
            return false;
        }

        return true;
    }

    /// <summary>Adds the cookie of a session to a response; with <see cref="Sessions.None"/> the browser's is taken away.</summary>
    internal static void SetCookie(HttpResponse response, Sessions sessions, int session)
    {
        var cookie = new ByteWriter(96, 96);
        cookie.Text(CookieName);
        if (session != Sessions.None)
        {
            sessions.WriteIdentifier(session, cookie);
        }

        cookie.Text(CookieRest).Text(session == Sessions.None ? "; Max-Age=0" : "");
        response.Header(Octets.Of("Set-Cookie"), cookie.Buffer, 0, cookie.Length);
    }

    /// <summary>Whether it was asked for by this device's own name or address.</summary>
    internal bool IsOwnHost(HttpRequest request)
    {
        byte[] buffer = request.Buffer;
        int offset = request.HeaderOffset(HttpHeader.Host);
        int length = request.HeaderLength(HttpHeader.Host);
        byte[] address = _device.Authority;
        if (address != null && Octets.Is(buffer, offset, length, address))
        {
            return true;
        }

        int colon = Octets.IndexOf(buffer, offset, length, (byte)':');
        int port = colon < 0 ? HttpPort : Octets.ParseNumber(buffer, colon + 1, offset + length - colon - 1);
        length = colon < 0 ? length : colon - offset;
        if (port != _port)
        {
            return false;
        }

        if (address != null)
        {
            int end = Octets.IndexOf(address, 0, address.Length, (byte)':');
            end = end < 0 ? address.Length : end;
            if (length == end && Octets.Equal(buffer, offset, address, 0, end))
            {
                return true;
            }
        }

        // The name, or the name and ".local" (RFC 6762). Letters of any case (RFC 9110 4.2.3).
        byte[] name = _device.Rules.Settings.Name;
        if (length < name.Length || !IsSame(buffer, offset, name))
        {
            return false;
        }

        return length == name.Length || Octets.IsIgnoreCase(buffer, offset + name.Length, length - name.Length, Octets.Of(".local"));
    }

    // "http://" and what the request itself calls us, which was looked at before.
    private static bool IsOwnOrigin(HttpRequest request)
    {
        byte[] buffer = request.Buffer;
        byte[] scheme = Octets.Of("http://");
        int offset = request.HeaderOffset(HttpHeader.Origin);
        int length = request.HeaderLength(HttpHeader.Origin);
        int host = request.HeaderOffset(HttpHeader.Host);
        if (!Octets.StartsWith(buffer, offset, length, scheme) || length - scheme.Length != request.HeaderLength(HttpHeader.Host))
        {
            return false;
        }

        for (int i = 0; i < length - scheme.Length; i++)
        {
            if (Octets.ToLower(buffer[offset + scheme.Length + i]) != Octets.ToLower(buffer[host + i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSame(byte[] buffer, int offset, byte[] name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (Octets.ToLower(buffer[offset + i]) != Octets.ToLower(name[i]))
            {
                return false;
            }
        }

        return true;
    }
}
