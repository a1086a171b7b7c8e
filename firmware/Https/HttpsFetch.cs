using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Netboot.Http;

namespace Netboot.Firmware;

/// <summary>
/// One https:// URL, by HttpWebRequest: its response stream is the only way the library has that does not read the whole body into memory
/// first (HttpClient's ReadAsStream does). The library does not follow redirects, so that is done here.
/// </summary>
public sealed class HttpsFetch : Fetch
{
    /// <summary>The error for every name that the board could not look up (facts 15.3).</summary>
    private const int NoSuchName = 10022;

    private readonly HttpsFetches _owner;
    private readonly object _lock = new object();
    private HttpWebRequest _request;
    private WebResponse _response;
    private Stream _stream;
    private bool _closed;

    /// <summary>A fetch for one URL.</summary>
    internal HttpsFetch(HttpsFetches owner)
    {
        _owner = owner;
    }

    /// <inheritdoc/>
    public override bool Open(string url)
    {
        try
        {
            string authority = _owner.Authority();
            if (authority == null)
            {
                Fault = FetchFault.NoAuthority;
                return false;
            }

            for (int redirects = 0; Ask(url, authority); redirects++)
            {
                if (!IsRedirect(Status))
                {
                    Describe();
                    return true;
                }

                string next = Next(url, ((HttpWebResponse)_response).GetResponseHeader("Location"));
                End();
                if (next == null)
                {
                    Fault = FetchFault.BadRedirect;
                    return false;
                }

                Redirected(HttpTarget.AuthorityOf(url), next);
                url = next;
                if (redirects == MostRedirects)
                {
                    Fault = FetchFault.TooManyRedirects;
                    return false;
                }
            }

            return false;
        }
        catch (Exception e)
        {
            Fail(e, FetchFault.Tls);
            return false;
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count, int milliseconds)
    {
        try
        {
            _stream.ReadTimeout = milliseconds;
            int got = _stream.Read(buffer, offset, count);
            return got < 0 ? 0 : got;
        }
        catch (Exception e)
        {
            Fail(e, FetchFault.BrokeOff);
            return -1;
        }
    }

    /// <inheritdoc/>
    public override void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }

        End();
    }

    // One request and the head of its answer; false if the fetch was closed meanwhile.
    private bool Ask(string url, string authority)
    {
        var request = (HttpWebRequest)WebRequest.Create(url);
        request.KeepAlive = false;
        request.Timeout = AnswerMilliseconds;
        request.ReadWriteTimeout = AnswerMilliseconds;
        request.SslProtocols = SslProtocols.Tls12;
        request.SslVerification = SslVerification.CertificateRequired;
        request.HttpsAuthentCert = new X509Certificate(authority);
        lock (_lock)
        {
            _request = _closed ? null : request;
        }

        if (_request == null)
        {
            Fault = FetchFault.Stopped;
            return false;
        }

        var response = (HttpWebResponse)request.GetResponse();
        _response = response;
        Status = (int)response.StatusCode;
        return true;
    }

    private void Describe()
    {
        var response = (HttpWebResponse)_response;
        _stream = response.GetResponseStream();
        Length = response.ContentLength;
        string coding = response.ContentEncoding;
        IsEncoded = coding != null && coding != "" && coding != "identity";
        IsHtml = response.ContentType != null && response.ContentType.ToLower().StartsWith("text/html");
    }

    // An https:// URL, or a path of the same host. What was asked for securely is not fetched over http.
    private static string Next(string url, string location)
    {
        if (location == null || location == "")
        {
            return null;
        }

        return location.StartsWith("/")
            ? "https://" + HttpTarget.AuthorityOf(url) + location : location.ToLower().StartsWith("https://") ? location : null;
    }

    private void End()
    {
        HttpWebRequest request;
        WebResponse response;
        lock (_lock)
        {
            request = _request;
            response = _response;
            _request = null;
            _response = null;
        }

        try
        {
            if (response != null)
            {
                response.Close();
            }

            if (request != null)
            {
                request.Dispose();
            }
        }
        catch (Exception e)
        {
            // A connection that is already dead may refuse to be closed; it is given up all the same.
            Fail(e, FetchFault.Stopped);
        }
    }

    // The library wraps what the socket said.
    private void Fail(Exception e, FetchFault otherwise)
    {
        Fault = _closed ? FetchFault.Stopped : e is OutOfMemoryException ? FetchFault.OutOfMemory : otherwise;
        for (Exception inner = e; inner != null && !_closed; inner = inner.InnerException)
        {
            var socket = inner as SocketException;
            if (socket != null)
            {
                ErrorCode = socket.ErrorCode;
                Fault = otherwise != FetchFault.Tls ? otherwise : ErrorCode == NoSuchName ? FetchFault.UnknownName : FetchFault.Unreachable;
            }
        }
    }
}
