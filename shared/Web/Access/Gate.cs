using Netboot.Api;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>
/// Who may ask for what is for people: the rules of Web/README.md. A Host that is not ours is how a foreign site reaches a device behind a
/// browser (DNS rebinding); an Origin that is not ours, or no token, is a form or script of a foreign site (CSRF).
/// </summary>
internal sealed class Gate
{
    private const string CookieName = "netboot=";
    private const string CookieRest = "; Path=/; HttpOnly; SameSite=Strict";
    private const int HttpPort = 80;

    private readonly DeviceApi _device;
    private readonly int _port;

    /// <summary>The rules of <paramref name="device"/>, whose HTTP server listens on <paramref name="port"/>.</summary>
    internal Gate(DeviceApi device, int port)
    {
        _device = device;
        _port = port;
    }

    /// <summary>
    /// Whether a request came to this device by its own name or address, and from its own page if from any. False: it is refused in the
    /// response.
    /// </summary>
    internal bool Admits(HttpRequest request, HttpResponse response)
    {
        if (!IsOwnHost(request))
        {
            Misdirected(request, response);
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
            && !_device.Sessions.IsToken(session, request.Buffer, request.HeaderOffset(HttpHeader.Token),
            request.HeaderLength(HttpHeader.Token)))
        {
            JsonAnswer.Refuse(response, 403, "The token is not from this session: reload the page.");
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

        // "netboot.lan." is the same name, told whole.
        length -= length > 1 && buffer[offset + length - 1] == (byte)'.' ? 1 : 0;
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

        DeviceSettings settings = _device.Rules.Settings;
        byte[] name = settings.Name;
        if (length >= name.Length && IsSame(buffer, offset, name, 0, name.Length)
            && (length == name.Length || IsOwnSuffix(buffer, offset + name.Length, length - name.Length)))
        {
            return true;
        }

        return length > 0 && IsListed(settings.Value(SettingsKey.PageNames), buffer, offset, length);
    }

    // What routers and mDNS put behind the name of a machine. Nobody can register a name below one of these, so none is a foreign site's
    // that was rebound (RFC 6762, 8375; .internal is kept by ICANN; .lan, .home and .localdomain are in no public zone). Letters of any
    // case (RFC 9110 4.2.3).
    private static bool IsOwnSuffix(byte[] buffer, int offset, int length)
    {
        return Octets.IsIgnoreCase(buffer, offset, length, ".local") || Octets.IsIgnoreCase(buffer, offset, length, ".lan")
            || Octets.IsIgnoreCase(buffer, offset, length, ".home") || Octets.IsIgnoreCase(buffer, offset, length, ".home.arpa")
            || Octets.IsIgnoreCase(buffer, offset, length, ".internal") || Octets.IsIgnoreCase(buffer, offset, length, ".localdomain");
    }

    // Whole names, with commas or blanks between.
    private static bool IsListed(byte[] names, byte[] buffer, int offset, int length)
    {
        int start = 0;
        int end = names == null ? 0 : names.Length;
        for (int i = 0; i <= end && names != null; i++)
        {
            if (i == end || names[i] == (byte)',' || names[i] == (byte)' ')
            {
                if (i - start == length && IsSame(buffer, offset, names, start, length))
                {
                    return true;
                }

                start = i + 1;
            }
        }

        return false;
    }

    // A person is led to the address, a program is told. The name asked for is not repeated: it is a stranger's text.
    private void Misdirected(HttpRequest request, HttpResponse response)
    {
        const string Reason = "Use this device's address or its own name; no other name works.";
        byte[] address = _device.Authority;
        if (address == null || request.PathStartsWith(Octets.Of("/api/")))
        {
            JsonAnswer.Refuse(response, 421, Reason);
            return;
        }

        response.Status = 421;
        response.ContentType = HttpContentTypes.Html;
        response.Header(Octets.Of("Content-Security-Policy"), Octets.Of("default-src 'none'; frame-ancestors 'none'"));
        response.Body(new ByteWriter(128, 512)
            .Text("<!doctype html><meta name=viewport content=\"width=device-width\"><title>Netboot</title><p>").Text(Reason)
            .Text(" Its page: <a href=\"http://").Raw(address).Text("/\">http://").Raw(address)
            .Text("/</a><p>To allow another name, add it to the settings: names, in [page].\n"));
    }

    /// <summary>Whether the Origin is "http://" and what the request itself calls us, which is looked at before.</summary>
    internal static bool IsOwnOrigin(HttpRequest request)
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

        return IsSame(buffer, offset + scheme.Length, buffer, host, length - scheme.Length);
    }

    private static bool IsSame(byte[] buffer, int offset, byte[] name, int start, int length)
    {
        for (int i = 0; i < length; i++)
        {
            if (Octets.ToLower(buffer[offset + i]) != Octets.ToLower(name[start + i]))
            {
                return false;
            }
        }

        return true;
    }
}
