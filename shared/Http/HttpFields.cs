using System;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>
/// Reads the header lines of a request: keeps the values that a handler may ask for, behind the request line in the request's buffer,
/// and understands those that frame the message. All others it passes over.
/// </summary>
public static class HttpFields
{
    // Continues the numbers of HttpHeader: headers that are only understood, and all others.
    private const int ContentLength = 8;
    private const int TransferEncoding = 9;
    private const int IfRange = 10;
    private const int Connection = 11;
    private const int Expect = 12;
    private const int Other = -1;

    private static readonly object Colon = (byte)':';
    private static readonly object CarriageReturn = (byte)'\r';
    private static readonly object Nul = (byte)0;

    /// <summary>Takes one line without its end. It is not empty.</summary>
    public static void Line(HttpRequest request, byte[] buffer, int offset, int length)
    {
        int colon = Array.IndexOf(buffer, Colon, offset, length);
        if (colon < 0 || !IsName(buffer, offset, colon))
        {
            request.Refuse(400, "A header line must be a name, a colon and a value.");
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

        Field(request, HeaderOf(buffer, offset, colon - offset), buffer, value, end - value);
    }

    /// <summary>
    /// Takes a line that is too long for the buffer, of which only the first <paramref name="length"/> bytes are there. They tell whether
    /// it is wanted. A wanted one is refused and not ignored: a login that does not work with no reason given is worse than a refusal.
    /// </summary>
    public static void LongLine(HttpRequest request, byte[] buffer, int offset, int length)
    {
        int colon = Array.IndexOf(buffer, Colon, offset, length);
        if (colon >= 0 && !IsName(buffer, offset, colon))
        {
            request.Refuse(400, "A header line must be a name, a colon and a value.");
            return;
        }

        int header = colon < 0 ? 0 : HeaderOf(buffer, offset, colon - offset);
        if (header != Other && header != Connection)
        {
            request.Refuse(431, "A header line is too long: delete this site's cookies, or ask for less.");
        }
    }

    /// <summary>The head is complete: whether it can be answered.</summary>
    public static void Finish(HttpRequest request)
    {
        if (request.Minor > 0 && !request.Has(HttpHeader.Host))
        {
            // RFC 9112 3.2.
            request.Refuse(400, "An HTTP/1.1 request must have a Host header.");
        }
        else if (request.Method == HttpMethod.Post && request.ContentLength < 0)
        {
            request.Refuse(411, "A POST must have a Content-Length header.");
        }
        else if (request.ContentLength > HttpLimits.BodySize)
        {
            request.Refuse(413, "The body is too long: at most 16384 bytes.");
        }
    }

    /// <summary>Folded lines and a space before the colon are how requests are smuggled (RFC 9112 5.1, 5.2).</summary>
    private static bool IsName(byte[] buffer, int offset, int colon) => colon > offset && buffer[offset] > ' ' && buffer[colon - 1] > ' ';

    /// <summary>Which header a name is. The length decides first: most names end here.</summary>
    private static int HeaderOf(byte[] buffer, int name, int length)
    {
        switch (length)
        {
            case 4:
                return Octets.IsIgnoreCase(buffer, name, length, "host") ? (int)HttpHeader.Host : Other;
            case 5:
                return Octets.IsIgnoreCase(buffer, name, length, "range") ? (int)HttpHeader.Range : Other;
            case 6:
                return Octets.IsIgnoreCase(buffer, name, length, "cookie") ? (int)HttpHeader.Cookie
                    : Octets.IsIgnoreCase(buffer, name, length, "origin") ? (int)HttpHeader.Origin
                    : Octets.IsIgnoreCase(buffer, name, length, "expect") ? Expect : Other;
            case 8:
                return Octets.IsIgnoreCase(buffer, name, length, "if-range") ? IfRange : Other;
            case 10:
                return Octets.IsIgnoreCase(buffer, name, length, "connection") ? Connection : Other;
            case 12:
                return Octets.IsIgnoreCase(buffer, name, length, "content-type") ? (int)HttpHeader.ContentType : Other;
            case 13:
                return Octets.IsIgnoreCase(buffer, name, length, "if-none-match") ? (int)HttpHeader.IfNoneMatch
                    : Octets.IsIgnoreCase(buffer, name, length, "authorization") ? (int)HttpHeader.Authorization : Other;
            case 14:
                return Octets.IsIgnoreCase(buffer, name, length, "content-length") ? ContentLength : Other;
            case 15:
                return Octets.IsIgnoreCase(buffer, name, length, "x-netboot-token") ? (int)HttpHeader.Token : Other;
            case 17:
                return Octets.IsIgnoreCase(buffer, name, length, "transfer-encoding") ? TransferEncoding : Other;
            default:
                return Other;
        }
    }

    private static void Field(HttpRequest request, int header, byte[] buffer, int value, int length)
    {
        switch (header)
        {
            case Other:
                break;
            case ContentLength:
                int number = Octets.ParseNumber(buffer, value, length);
                if (number < 0 || (request.ContentLength >= 0 && request.ContentLength != number))
                {
                    request.Refuse(400, "Content-Length must be one number of at most 9 digits.");
                    break;
                }

                request.ContentLength = number;
                break;
            case TransferEncoding:
                // RFC 9112 6.3 allows a server to insist on a length; no netboot client or browser sends a coded request body.
                request.Refuse(411, "Send the body with Content-Length and without Transfer-Encoding.");
                break;
            case IfRange:
                request.Flags |= HttpRequest.IfRange;
                break;
            case Connection:
                request.Flags |= length == 5 && Octets.IsIgnoreCase(buffer, value, length, "close") ? HttpRequest.Closes : 0;
                break;
            case Expect:
                if (!Octets.IsIgnoreCase(buffer, value, length, "100-continue"))
                {
                    request.Refuse(417, "Only 'Expect: 100-continue' is supported.");
                }

                // An expectation in a 1.0 request is ignored (RFC 9110 10.1.1).
                request.Flags |= request.Minor > 0 ? HttpRequest.ExpectsContinue : 0;
                break;
            default:
                Keep(request, (HttpHeader)header, buffer, value, length);
                break;
        }
    }

    private static void Keep(HttpRequest request, HttpHeader header, byte[] buffer, int value, int length)
    {
        int kept = request.Kept;
        if (header == HttpHeader.Host && (request.Flags & HttpRequest.HostInTarget) != 0)
        {
            return;
        }

        if (request.Has(header))
        {
            request.Refuse(400, "A header that may appear only once was sent twice.");
        }
        else if (kept + length + HttpLimits.LineRoom > request.Buffer.Length)
        {
            request.Refuse(431, "The headers are too long: delete this site's cookies, or ask for less.");
        }
        else if (Array.IndexOf(buffer, Nul, value, length) >= 0 || Array.IndexOf(buffer, CarriageReturn, value, length) >= 0)
        {
            request.Refuse(400, "A header has a control character.");
        }
        else
        {
            Array.Copy(buffer, value, request.Buffer, kept, length);
            request.SetHeader(header, kept, length);
            request.Kept = kept + length;
        }
    }
}
