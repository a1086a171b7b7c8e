using System;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>The parts of an http:// URL (RFC 3986), and the request for it.</summary>
public sealed class HttpTarget
{
    /// <summary>Longest URL, as in the settings with the mirror's before it.</summary>
    public const int LongestUrl = 320;

    private const string Scheme = "http://";
    private const int UsualPort = 80;

    private byte[] _url;
    private int _host;
    private int _hostEnd;
    private int _authorityEnd;
    private int _end;

    /// <summary>The URL as it was given.</summary>
    public byte[] Url => _url;

    /// <summary>The port.</summary>
    public int Port { get; private set; }

    /// <summary>The host: an IPv4 address or a name.</summary>
    public string Host => Octets.Text(_url, _host, _hostEnd - _host);

    /// <summary>Host and port of a URL with any scheme, for people; all of the text where it has none.</summary>
    public static string AuthorityOf(string url)
    {
        int scheme = url.IndexOf("://");
        string rest = scheme < 0 ? url : url.Substring(scheme + 3);
        int end = rest.IndexOf('/');
        return scheme < 0 || end < 0 ? rest : rest.Substring(0, end);
    }

    /// <summary>The host alone of what <see cref="AuthorityOf"/> gives.</summary>
    public static string HostOf(string authority)
    {
        int colon = authority.IndexOf(':');
        return colon < 0 ? authority : authority.Substring(0, colon);
    }

    /// <summary>Takes a URL apart; what is wrong with it, or None.</summary>
    public FetchFault Set(byte[] url)
    {
        _url = url;
        if (url.Length >= 8 && Octets.IsIgnoreCase(url, 0, 8, "https://"))
        {
            return FetchFault.Https;
        }

        if (url.Length <= Scheme.Length || url.Length > LongestUrl || !Octets.IsIgnoreCase(url, 0, Scheme.Length, Scheme))
        {
            return FetchFault.BadUrl;
        }

        _host = Scheme.Length;
        _authorityEnd = _host;
        while (_authorityEnd < url.Length && url[_authorityEnd] != '/' && url[_authorityEnd] != '?' && url[_authorityEnd] != '#')
        {
            _authorityEnd++;
        }

        int fragment = Octets.IndexOf(url, _authorityEnd, url.Length - _authorityEnd, (byte)'#');
        _end = fragment < 0 ? url.Length : fragment;
        int colon = Octets.IndexOf(url, _host, _authorityEnd - _host, (byte)':');
        _hostEnd = colon < 0 ? _authorityEnd : colon;
        Port = colon < 0 || colon + 1 == _authorityEnd ? UsualPort : Octets.ParseNumber(url, colon + 1, _authorityEnd - colon - 1);
        return _hostEnd > _host && Port > 0 && Port <= 65535 && IsClean() ? FetchFault.None : FetchFault.BadUrl;
    }

    /// <summary>
    /// Goes on to where an answer redirects to: an absolute URL, one without the scheme (//host/…), or a path of the same host (RFC 3986
    /// section 5.2, without its dots, which the server resolves as well). What is wrong with it, or None.
    /// </summary>
    public FetchFault Follow(byte[] location)
    {
        if (location == null || location.Length == 0)
        {
            return FetchFault.BadRedirect;
        }

        var next = new ByteWriter(64, LongestUrl);
        int colon = Octets.IndexOf(location, 0, location.Length, (byte)':');
        int slash = Octets.IndexOf(location, 0, location.Length, (byte)'/');
        if (colon < 0 || (slash >= 0 && slash < colon))
        {
            if (Octets.StartsWith(location, 0, location.Length, "//"))
            {
                next.Text("http:");
            }
            else if (location[0] == '/')
            {
                next.Raw(_url, 0, _authorityEnd);
            }
            else
            {
                WriteFolder(next);
            }
        }

        next.Raw(location);
        if (next.Overflowed)
        {
            return FetchFault.BadRedirect;
        }

        var url = new byte[next.Length];
        Array.Copy(next.Buffer, 0, url, 0, url.Length);
        FetchFault fault = Set(url);
        return fault == FetchFault.BadUrl ? FetchFault.BadRedirect : fault;
    }

    /// <summary>Writes the request for it.</summary>
    public void WriteRequest(ByteWriter writer)
    {
        writer.Text("GET ");
        if (_end == _authorityEnd || _url[_authorityEnd] != '/')
        {
            writer.Byte('/');
        }

        writer.Raw(_url, _authorityEnd, _end - _authorityEnd).Text(" HTTP/1.1\r\nHost: ").Raw(_url, _host, _authorityEnd - _host);

        // One request for each connection: of sixteen sockets none is kept for later. Coded bodies are not the file.
        writer.Text("\r\nUser-Agent: netboot\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n");
    }

    // Up to the last slash of the path.
    private void WriteFolder(ByteWriter writer)
    {
        int end = _authorityEnd;
        for (int i = _authorityEnd; i < _end && _url[i] != '?'; i++)
        {
            end = _url[i] == '/' ? i : end;
        }

        writer.Raw(_url, 0, end).Byte('/');
    }

    // Nothing that would end the request's line, and no name before the host: nobody's password belongs into a URL of a mirror.
    private bool IsClean()
    {
        for (int i = 0; i < _end; i++)
        {
            if (_url[i] <= ' ' || _url[i] >= 0x7F || (_url[i] == '@' && i < _authorityEnd))
            {
                return false;
            }
        }

        return true;
    }
}
