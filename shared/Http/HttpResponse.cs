using System;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>
/// What a handler answers: status, type, header lines, and a body that is a range of bytes or a file that is read while it is sent.
/// The server adds Content-Length, Connection: close (not to HEAD), Cache-Control: no-store and X-Content-Type-Options: nosniff. There is
/// no Date: a server without a clock must not send one (RFC 9110 6.6.1).
/// </summary>
public sealed class HttpResponse
{
    // Bytes a first header line gets. Most answers have none, so no slot keeps a buffer for them.
    private const int FirstExtra = 128;
    private const string LineEnd = "\r\n";

    /// <summary>The status; 200 when nothing is set.</summary>
    public int Status = 200;

    /// <summary>The media type: one of <see cref="HttpContentTypes"/>, whose first is there when nothing is set.</summary>
    public string ContentType = HttpContentTypes.Text;

    /// <summary>Whether <c>Cache-Control: no-store</c> goes out. A handler that adds its own Cache-Control line sets it to false.</summary>
    public bool NoStore = true;

    /// <summary>Whether the request is left out of the log: a page that is open asks every few seconds.</summary>
    public bool Quiet;

    /// <summary>The bytes of the body, or null.</summary>
    internal byte[] Bytes;

    /// <summary>Where the body begins in <see cref="Bytes"/>.</summary>
    internal int BytesOffset;

    /// <summary>The length of the body in <see cref="Bytes"/>.</summary>
    internal int BytesLength;

    /// <summary>The file that is the body, or null.</summary>
    internal LoaderReader Reader;

    /// <summary>What makes the body piece by piece, or null.</summary>
    internal HttpPieces Pieces;

    /// <summary>
    /// What finds out the answer when that takes a while, or null; the server does other things meanwhile. See <see cref="HttpWork"/>.
    /// </summary>
    public HttpWork Work;

    /// <summary>Whether <see cref="Reader"/> can begin anywhere, so that a Range is answered with a part.</summary>
    internal bool Seekable;

    /// <summary>Whether the server itself refused the request; the body is why.</summary>
    internal bool Refused;

    // The header lines that were added, each with CRLF; null without one.
    private ByteWriter _extra;

    /// <summary>
    /// Adds a header line. Throws <see cref="ArgumentException"/> for a line end in name or value, and when there is no more room for it.
    /// </summary>
    public void Header(byte[] name, byte[] value) => Header(name, value, 0, value.Length);

    /// <summary>Adds a header line whose value is a range of bytes. Throws as the other does.</summary>
    public void Header(byte[] name, byte[] value, int offset, int length)
    {
        if (HasLineEnd(name, 0, name.Length) || HasLineEnd(value, offset, length))
        {
            // What would follow the line end would be a header, or a body, of somebody else's making.
            throw new ArgumentException("A header line cannot hold a line end.");
        }

        if (_extra == null)
        {
            _extra = new ByteWriter(FirstExtra, HttpLimits.ExtraHeaders);
        }

        if (_extra.Length + name.Length + length + 4 > HttpLimits.ExtraHeaders)
        {
            throw new ArgumentException("There is no room for another header line.");
        }

        _extra.Raw(name).Byte(':').Byte(' ').Raw(value, offset, length).Byte('\r').Byte('\n');
    }

    /// <summary>
    /// The body is a range of bytes. The array must stay as it is until it is sent: make a new one for each answer, or use one that never
    /// changes.
    /// </summary>
    public void Body(byte[] bytes, int offset, int length)
    {
        CloseReader();
        Pieces = null;
        Bytes = bytes;
        BytesOffset = offset;
        BytesLength = length;
    }

    /// <summary>
    /// The body is what was written, by the same rule: a writer for each answer. A writer that overflowed throws
    /// <see cref="ArgumentException"/>: half a script must never look like a whole one.
    /// </summary>
    public void Body(ByteWriter writer)
    {
        if (writer.Overflowed)
        {
            throw new ArgumentException("The answer is too long for its buffer.");
        }

        Body(writer.Buffer, 0, writer.Length);
    }

    /// <summary>
    /// The body is a file. The server waits for its length without holding up others, answers 404 or 502 when it never comes, and closes
    /// the reader in every case. <paramref name="seekable"/>: it can be read from any place, as a file in flash can; a stream from the
    /// mirror cannot (dropping megabytes to reach a place helps nobody), and a request for a part of it gets the whole, which RFC 9110 14.2
    /// allows.
    /// </summary>
    public void Body(LoaderReader reader, bool seekable)
    {
        if (Reader != reader)
        {
            CloseReader();
        }

        Bytes = null;
        BytesLength = 0;
        Reader = reader;
        Seekable = seekable;
    }

    /// <summary>The body is made while it is sent, and goes out chunked.</summary>
    public void Body(HttpPieces pieces)
    {
        CloseReader();
        Bytes = null;
        BytesLength = 0;
        Pieces = pieces;
    }

    /// <summary>The answer is a status with a line of text that says why. Header lines that were added stay.</summary>
    public void Text(int status, string text)
    {
        Status = status;
        ContentType = HttpContentTypes.Text;
        byte[] line = Octets.Of(text + "\n");
        Body(line, 0, line.Length);
    }

    /// <summary>
    /// The answer to a request that no handler sees, with the header line that its status demands (RFC 9110 15.5.6, 15.6.4).
    /// </summary>
    internal void Refuse(int status, string reason)
    {
        Text(status, reason);
        Refused = true;
        if (status == 405)
        {
            Header(Octets.Of("Allow"), Octets.Of("GET, HEAD, POST"));
        }
        else if (status == 503)
        {
            Header(Octets.Of("Retry-After"), Octets.Of("1"));
        }
    }

    /// <summary>Takes back everything, as after a handler that failed.</summary>
    internal void Start()
    {
        CloseReader();
        Pieces = null;
        Work = null;
        Status = 200;
        ContentType = HttpContentTypes.Text;
        NoStore = true;
        Quiet = false;
        Refused = false;
        Bytes = null;
        BytesOffset = 0;
        BytesLength = 0;
        _extra = null;
    }

    /// <summary>Closes the reader, once.</summary>
    internal void CloseReader()
    {
        LoaderReader reader = Reader;
        if (reader != null)
        {
            Reader = null;
            reader.Close();
        }
    }

    /// <summary>Whether a body belongs to its status; two have neither one nor its length (RFC 9110 8.6, 15.4.5).</summary>
    internal bool HasBody => Status != 204 && Status != 304;

    /// <summary>
    /// Writes the status line and the header lines of an answer with the body's bytes from <paramref name="first"/> up to
    /// <paramref name="end"/>, of <paramref name="total"/>. <paramref name="chunks"/>: pieces are sent chunked; <paramref name="stays"/>:
    /// the connection stays open for another request.
    /// </summary>
    internal void WriteHead(ByteWriter head, int first, int end, int total, bool chunks, bool stays)
    {
        if (Status == 200)
        {
            head.Text("HTTP/1.1 200 OK\r\n");
        }
        else
        {
            head.Text("HTTP/1.1 ").Number(Status).Byte(' ').Text(HttpStatus.Reason(Status)).Text(LineEnd);
        }

        // edk2 fails on a body that ends with the connection, and shim of 2025 looks at the first header line only, for exactly this name
        // (shim#770).
        if (HasBody && Pieces == null)
        {
            head.Text("Content-Length: ").Number(end - first).Text(LineEnd);
        }

        head.Text(stays ? "X-Content-Type-Options: nosniff\r\n" : "Connection: close\r\nX-Content-Type-Options: nosniff\r\n");
        if (NoStore)
        {
            head.Text("Cache-Control: no-store\r\n");
        }

        if (HasBody)
        {
            head.Text("Content-Type: ").Text(ContentType).Text(LineEnd);
            if (Pieces != null && chunks)
            {
                // Only people's answers: no firmware asks for one.
                head.Text("Transfer-Encoding: chunked\r\n");
            }

            if (Status == 206)
            {
                head.Text("Content-Range: bytes ").Number(first).Byte('-').Number(end - 1).Byte('/').Number(total).Text(LineEnd);
            }
            else if (Status == 416)
            {
                head.Text("Content-Range: bytes */").Number(total).Text(LineEnd);
            }
            else if (Seekable && Reader != null)
            {
                head.Text("Accept-Ranges: bytes\r\n");
            }
        }

        if (_extra != null)
        {
            head.Raw(_extra.Buffer, 0, _extra.Length);
        }

        head.Text(LineEnd);
    }

    private static bool HasLineEnd(byte[] bytes, int offset, int length) =>
        Array.IndexOf(bytes, (object)(byte)'\r', offset, length) >= 0 || Array.IndexOf(bytes, (object)(byte)'\n', offset, length) >= 0;
}
