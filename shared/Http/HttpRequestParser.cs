using System;

namespace Netboot.Http;

/// <summary>
/// Reads the head of a request: bytes in, state out. It goes line by line, so a line that is not wanted never takes room, whatever its
/// length; line ends are found by the runtime's own search, so such a line costs some 60 IL instructions and not 20 for each byte.
/// </summary>
public sealed class HttpRequestParser
{
    private static readonly object LineFeed = (byte)'\n';

    private const int RequestLine = 0;
    private const int HeaderLines = 1;
    private const int Ended = 2;

    private readonly HttpRequest _request;
    private readonly HttpFields _fields;
    private int _state;
    private int _taken;
    private int _held;
    private bool _skipping;

    /// <summary>A parser that fills in <paramref name="request"/>.</summary>
    public HttpRequestParser(HttpRequest request)
    {
        _request = request;
        _fields = new HttpFields(request);
    }

    /// <summary>Whether the head is complete or refused; nothing more is taken then.</summary>
    public bool Done => _state == Ended;

    /// <summary>The status that the request is refused with, or 0.</summary>
    public int Status { get; private set; }

    /// <summary>Why it is refused, for the client's eyes.</summary>
    public string Reason { get; private set; }

    /// <summary>Bytes at the start of the request's buffer that are in use.</summary>
    public int Kept => _fields.Kept;

    /// <summary>Whether nothing has come yet.</summary>
    public bool Untouched => _taken == 0;

    /// <summary>Starts a new request.</summary>
    public void Start()
    {
        _request.Start();
        _state = RequestLine;
        _taken = 0;
        _held = 0;
        _skipping = false;
        Status = 0;
        Reason = null;
        _fields.Start(0);
    }

    /// <summary>Takes bytes of the head and gives how many; the others belong to the body.</summary>
    public int Feed(byte[] buffer, int offset, int count)
    {
        int start = offset;
        int end = offset + count;
        if (_taken == 0 && count > 0
            && (buffer[offset] > 'z' || (buffer[offset] < 'A' && buffer[offset] != '\r' && buffer[offset] != '\n')))
        {
            // A browser that tries https first (0x16) learns at once that it must not.
            Refuse(400, "This is not HTTP. TLS is not supported: use http:// instead of https://.");
        }

        while (offset < end && _state != Ended)
        {
            int lineFeed = Array.IndexOf(buffer, LineFeed, offset, end - offset);
            int stop = lineFeed < 0 ? end : lineFeed + 1;
            _taken += stop - offset;
            if (_taken > HttpLimits.HeadSize)
            {
                Refuse(431, "The request's headers are too long.");
            }
            else if (lineFeed < 0)
            {
                Hold(buffer, offset, end - offset);
            }
            else
            {
                LineEnds(buffer, offset, lineFeed - offset);
            }

            offset = stop;
        }

        return offset - start;
    }

    private void LineEnds(byte[] buffer, int offset, int length)
    {
        if (_held > 0)
        {
            Hold(buffer, offset, length);
            buffer = _request.Buffer;
            offset = Kept;
            length = _held;
            _held = 0;
        }

        if (_skipping)
        {
            _skipping = false;
        }
        else if (_state != Ended)
        {
            Line(buffer, offset, length);
        }
    }

    /// <summary>Keeps the part of a line that has come, behind what is kept already.</summary>
    private void Hold(byte[] buffer, int offset, int length)
    {
        if (_skipping)
        {
            return;
        }

        if (Kept + _held + length <= _request.Buffer.Length)
        {
            Array.Copy(buffer, offset, _request.Buffer, Kept + _held, length);
            _held += length;
            return;
        }

        if (_state == RequestLine)
        {
            Refuse(414, "The request line is too long.");
            return;
        }

        // With LineRoom bytes free a header's name is seen whole.
        int room = _request.Buffer.Length - Kept - _held;
        Array.Copy(buffer, offset, _request.Buffer, Kept + _held, room);
        _fields.LongLine(_request.Buffer, Kept, _held + room);
        if (_fields.Status != 0)
        {
            Refuse(_fields.Status, _fields.Reason);
        }

        _held = 0;
        _skipping = true;
    }

    private void Line(byte[] buffer, int offset, int length)
    {
        if (length > 0 && buffer[offset + length - 1] == '\r')
        {
            length--;
        }

        if (length == 0)
        {
            // Empty lines before a request are passed over (RFC 9112 2.2).
            if (_state == HeaderLines)
            {
                _state = Ended;
                _fields.Finish();
                Status = _fields.Status;
                Reason = _fields.Reason;
            }
        }
        else if (_state == HeaderLines)
        {
            _fields.Line(buffer, offset, length);
            if (_fields.Status != 0)
            {
                Refuse(_fields.Status, _fields.Reason);
            }
        }
        else if (length > _request.Buffer.Length)
        {
            Refuse(414, "The request line is too long.");
        }
        else
        {
            Array.Copy(buffer, offset, _request.Buffer, 0, length);
            string reason = HttpRequestLine.Parse(_request, length, out int status);
            if (reason != null)
            {
                Refuse(status, reason);
                return;
            }

            _fields.Start(length);
            _state = HeaderLines;
        }
    }

    private void Refuse(int status, string reason)
    {
        _state = Ended;
        Status = status;
        Reason = reason;
    }
}
