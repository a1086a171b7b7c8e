using System;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>
/// One request. Everything is a range of bytes in <see cref="Buffer"/>, valid only while the handler runs: the answer is built in the
/// same buffer, and the object serves the next request. Its reader fills in fields, not properties: those would be 30 methods, each of
/// which takes 3 bytes of the board's heap and a call.
/// </summary>
public sealed class HttpRequest
{
    /// <summary>
    /// One of <see cref="Flags"/>: the target named the host, so that the Host header counts for nothing (RFC 9112 3.2.2).
    /// </summary>
    internal const int HostInTarget = 1;

    /// <summary>
    /// The range asked for depends on a version of the file (If-Range). No answer has one, so the whole is sent (RFC 9110 13.1.5).
    /// </summary>
    internal const int IfRange = 2;

    /// <summary>The client waits for "100 Continue" before it sends the body.</summary>
    internal const int ExpectsContinue = 4;

    /// <summary>The client wants the connection closed after the answer.</summary>
    internal const int Closes = 8;

    private const int Headers = 8;

    private readonly int[] _offsets = new int[Headers];
    private readonly int[] _lengths = new int[Headers];

    /// <summary>The bytes that all ranges refer to.</summary>
    public readonly byte[] Buffer = new byte[HttpLimits.BufferSize];

    /// <summary>The client's IPv4 address, 4 bytes.</summary>
    public readonly byte[] RemoteAddress = new byte[4];

    /// <summary>The method.</summary>
    public HttpMethod Method;

    /// <summary>The minor version: 0 for HTTP/1.0, 1 for HTTP/1.1.</summary>
    public int Minor = 1;

    /// <summary>Where the path begins. It is percent-decoded, starts with a slash and has no ".." segment.</summary>
    public int PathOffset;

    /// <summary>The length of the path.</summary>
    public int PathLength;

    /// <summary>Where the query begins, without its question mark. It is as it came, checked; <see cref="Query"/> reads it.</summary>
    public int QueryOffset;

    /// <summary>The length of the query, 0 when there is none.</summary>
    public int QueryLength;

    /// <summary>Content-Length, or -1 when the request has none.</summary>
    public int ContentLength = -1;

    /// <summary>
    /// What takes the body of a POST that is too long for the connection's own buffer, or null; see <see cref="IHttpHandler.Receive"/>.
    /// </summary>
    public HttpIntake Intake;

    /// <summary>The array that holds the body of a POST, or null.</summary>
    public byte[] Body;

    /// <summary>Where the body begins in <see cref="Body"/>.</summary>
    public int BodyOffset;

    /// <summary>The length of the body in <see cref="Body"/>, 0 when there is none.</summary>
    public int BodyLength;

    /// <summary>The status that its head is refused with, or 0.</summary>
    public int Status;

    /// <summary>Why its head is refused, for the client's eyes, or null.</summary>
    public string Reason;

    /// <summary>
    /// What else the head says: <see cref="HostInTarget"/> and others. One number, for each field takes 12 bytes of the board's heap.
    /// </summary>
    internal int Flags;

    /// <summary>Bytes at the start of <see cref="Buffer"/> that are in use.</summary>
    public int Kept;

    /// <summary>Whether the path is exactly these bytes.</summary>
    public bool PathIs(byte[] path) => Octets.Is(Buffer, PathOffset, PathLength, path);

    /// <summary>Whether the path begins with these bytes.</summary>
    public bool PathStartsWith(byte[] path) => Octets.StartsWith(Buffer, PathOffset, PathLength, path);

    /// <summary>
    /// Appends the decoded value of a query parameter to <paramref name="value"/>; see <see cref="PercentText.Find"/>.
    /// False when the query has none of that name, or it does not fit.
    /// </summary>
    public bool Query(byte[] lowerName, ByteWriter value) => PercentText.Find(Buffer, QueryOffset, QueryLength, lowerName, value);

    /// <summary>Appends the decoded value of a field of an <c>application/x-www-form-urlencoded</c> body, by the same rules.</summary>
    public bool Form(byte[] lowerName, ByteWriter value) =>
        BodyLength > 0 && PercentText.Find(Body, BodyOffset, BodyLength, lowerName, value);

    /// <summary>Whether the header was sent.</summary>
    public bool Has(HttpHeader header) => _offsets[(int)header] != 0;

    /// <summary>Where the value of a header begins in <see cref="Buffer"/>, 0 when it was not sent.</summary>
    public int HeaderOffset(HttpHeader header) => _offsets[(int)header];

    /// <summary>The length of a header's value, 0 when it was not sent or is empty.</summary>
    public int HeaderLength(HttpHeader header) => _lengths[(int)header];

    /// <summary>Whether a header was sent with exactly this value.</summary>
    public bool HeaderIs(HttpHeader header, byte[] value) =>
        Has(header) && Octets.Is(Buffer, _offsets[(int)header], _lengths[(int)header], value);

    /// <summary>Its head is refused before the handler sees it.</summary>
    internal void Refuse(int status, string reason)
    {
        Status = status;
        Reason = reason;
    }

    internal void SetHeader(HttpHeader header, int offset, int length)
    {
        _offsets[(int)header] = offset;
        _lengths[(int)header] = length;
    }

    internal void Start()
    {
        Array.Clear(_offsets, 0, Headers);
        Array.Clear(_lengths, 0, Headers);
        Method = HttpMethod.Other;
        Minor = 1;
        PathOffset = 0;
        PathLength = 0;
        QueryOffset = 0;
        QueryLength = 0;
        ContentLength = -1;
        Intake = null;
        Body = null;
        BodyOffset = 0;
        BodyLength = 0;
        Status = 0;
        Reason = null;
        Flags = 0;
        Kept = 0;
    }
}
