using System;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>
/// Reads the header lines of a request: keeps the values that a handler may ask for, behind the request line in the request's buffer,
/// and understands those that frame the message. All others it passes over.
/// </summary>
public sealed class HttpFields
{
    private static readonly object Colon = (byte)':';
    private static readonly object CarriageReturn = (byte)'\r';
    private static readonly object Nul = (byte)0;

    private readonly HttpRequest _request;

    /// <summary>A reader that fills in <paramref name="request"/>.</summary>
    public HttpFields(HttpRequest request)
    {
        _request = request;
    }

    /// <summary>The status that the request is refused with, or 0.</summary>
    public int Status { get; private set; }

    /// <summary>Why it is refused, for the client's eyes.</summary>
    public string Reason { get; private set; }

    /// <summary>Bytes at the start of the request's buffer that are in use.</summary>
    public int Kept { get; private set; }

    /// <summary>Starts a new head, with a request line of <paramref name="kept"/> bytes at the start of the buffer.</summary>
    public void Start(int kept)
    {
        Kept = kept;
        Status = 0;
        Reason = null;
    }

    /// <summary>Takes one line without its end. It is not empty.</summary>
    public void Line(byte[] buffer, int offset, int length)
    {
        int colon = Array.IndexOf(buffer, Colon, offset, length);
        if (colon < 0 || !IsName(buffer, offset, colon))
        {
            Refuse(400, "A header line must be a name, a colon and a value.");
            return;
        }

        int end = offset + length;
        int value = colon + 1;
        while (value < end && buffer[value] <= ' ')
        {
            value++;
        }

        while (end > value && buffer[end - 1] <= ' ')
        {
            end--;
        }

        Field(buffer, offset, colon - offset, value, end - value);
    }

    /// <summary>
    /// Takes a line that is too long for the buffer, of which only the first <paramref name="length"/> bytes are there. They tell whether
    /// it is wanted. A wanted one is refused and not ignored: a login that does not work with no reason given is worse than a refusal.
    /// </summary>
    public void LongLine(byte[] buffer, int offset, int length)
    {
        int colon = Array.IndexOf(buffer, Colon, offset, length);
        if (colon >= 0 && !IsName(buffer, offset, colon))
        {
            Refuse(400, "A header line must be a name, a colon and a value.");
        }
        else if (colon < 0 || IsWanted(buffer, offset, colon - offset))
        {
            Refuse(431, "A header line is too long: delete this site's cookies, or ask for less.");
        }
    }

    /// <summary>Folded lines and a space before the colon are how requests are smuggled (RFC 9112 5.1, 5.2).</summary>
    private static bool IsName(byte[] buffer, int offset, int colon) => colon > offset && buffer[offset] > ' ' && buffer[colon - 1] > ' ';

    private static bool IsWanted(byte[] buffer, int offset, int length)
    {
        return WantedHeader(buffer, offset, length) >= 0 || Octets.IsIgnoreCase(buffer, offset, length, "content-length")
            || Octets.IsIgnoreCase(buffer, offset, length, "transfer-encoding") || Octets.IsIgnoreCase(buffer, offset, length, "expect")
            || Octets.IsIgnoreCase(buffer, offset, length, "if-range");
    }

    /// <summary>Which kept header a name is, or -1. The length decides first: most names end here.</summary>
    private static int WantedHeader(byte[] buffer, int name, int length)
    {
        switch (length)
        {
            case 4:
                return Octets.IsIgnoreCase(buffer, name, length, "host") ? (int)HttpHeader.Host : -1;
            case 5:
                return Octets.IsIgnoreCase(buffer, name, length, "range") ? (int)HttpHeader.Range : -1;
            case 6:
                if (Octets.IsIgnoreCase(buffer, name, length, "cookie"))
                {
                    return (int)HttpHeader.Cookie;
                }

                return Octets.IsIgnoreCase(buffer, name, length, "origin") ? (int)HttpHeader.Origin : -1;
            case 12:
                return Octets.IsIgnoreCase(buffer, name, length, "content-type") ? (int)HttpHeader.ContentType : -1;
            case 13:
                if (Octets.IsIgnoreCase(buffer, name, length, "if-none-match"))
                {
                    return (int)HttpHeader.IfNoneMatch;
                }

                return Octets.IsIgnoreCase(buffer, name, length, "authorization") ? (int)HttpHeader.Authorization : -1;
            case 15:
                return Octets.IsIgnoreCase(buffer, name, length, "x-netboot-token") ? (int)HttpHeader.Token : -1;
            default:
                return -1;
        }
    }

    private void Field(byte[] buffer, int name, int nameLength, int value, int length)
    {
        int header = WantedHeader(buffer, name, nameLength);
        if (header >= 0)
        {
            Keep((HttpHeader)header, buffer, value, length);
        }
        else if (nameLength == 14 && Octets.IsIgnoreCase(buffer, name, nameLength, "content-length"))
        {
            Length(buffer, value, length);
        }
        else if (nameLength == 17 && Octets.IsIgnoreCase(buffer, name, nameLength, "transfer-encoding"))
        {
            // RFC 9112 6.3 allows to insist on a length; no netboot client or browser sends a coded request body.
            Refuse(411, "Send the body with Content-Length and without Transfer-Encoding.");
        }
        else if (nameLength == 8 && Octets.IsIgnoreCase(buffer, name, nameLength, "if-range"))
        {
            _request.Flags |= HttpRequest.IfRange;
        }
        else if (nameLength == 10 && length == 5 && Octets.IsIgnoreCase(buffer, name, nameLength, "connection"))
        {
            _request.Flags |= Octets.IsIgnoreCase(buffer, value, length, "close") ? HttpRequest.Closes : 0;
        }
        else if (nameLength == 6 && Octets.IsIgnoreCase(buffer, name, nameLength, "expect"))
        {
            if (!Octets.IsIgnoreCase(buffer, value, length, "100-continue"))
            {
                Refuse(417, "Only 'Expect: 100-continue' is supported.");
            }

            // An expectation in a 1.0 request is ignored (RFC 9110 10.1.1).
            _request.Flags |= _request.Minor > 0 ? HttpRequest.ExpectsContinue : 0;
        }
    }

    private void Keep(HttpHeader header, byte[] buffer, int value, int length)
    {
        if (header == HttpHeader.Host && (_request.Flags & HttpRequest.HostInTarget) != 0)
        {
            return;
        }

        if (_request.Has(header))
        {
            Refuse(400, "A header that may appear only once was sent twice.");
        }
        else if (Kept + length + HttpLimits.LineRoom > _request.Buffer.Length)
        {
            Refuse(431, "The headers are too long: delete this site's cookies, or ask for less.");
        }
        else if (Array.IndexOf(buffer, Nul, value, length) >= 0 || Array.IndexOf(buffer, CarriageReturn, value, length) >= 0)
        {
            Refuse(400, "A header has a control character.");
        }
        else
        {
            Array.Copy(buffer, value, _request.Buffer, Kept, length);
            _request.SetHeader(header, Kept, length);
            Kept += length;
        }
    }

    private void Length(byte[] buffer, int value, int length)
    {
        int number = Octets.ParseNumber(buffer, value, length);
        if (number < 0 || (_request.ContentLength >= 0 && _request.ContentLength != number))
        {
            Refuse(400, "Content-Length must be one number of at most 9 digits.");
            return;
        }

        _request.ContentLength = number;
    }

    /// <summary>The head is complete: says whether it can be answered, by <see cref="Status"/>.</summary>
    public void Finish()
    {
        if (_request.Minor > 0 && !_request.Has(HttpHeader.Host))
        {
            // RFC 9112 3.2.
            Refuse(400, "An HTTP/1.1 request must have a Host header.");
        }
        else if (_request.Method == HttpMethod.Post && _request.ContentLength < 0)
        {
            Refuse(411, "A POST must have a Content-Length header.");
        }
        else if (_request.ContentLength > HttpLimits.BodySize)
        {
            Refuse(413, "The body is too long: at most 16384 bytes.");
        }
    }

    private void Refuse(int status, string reason)
    {
        Status = status;
        Reason = reason;
    }
}
