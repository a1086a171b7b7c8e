using System;

namespace Netboot.Http;

/// <summary>
/// Reads the head of a request: bytes in, state out. It goes line by line, so a line that is not wanted never takes room, whatever its
/// length; line ends are found by the runtime's own search, so such a line costs some 60 IL instructions and not 20 for each byte.
/// </summary>
public sealed class HttpRequestParser
{
    private static readonly object LineFeed = (byte)'\n';

    private readonly HttpRequest _request;

    // Whether the request line has been read; whether the empty line has.
    private bool _inFields;
    private bool _complete;

    // Bytes of the head so far; of these the part of a line behind what is kept; whether the rest of that line is passed over.
    private int _taken;
    private int _held;
    private bool _skipping;

    /// <summary>A parser that fills in <paramref name="request"/>.</summary>
    public HttpRequestParser(HttpRequest request)
    {
        _request = request;
    }

    /// <summary>Whether the head is complete or refused (<see cref="HttpRequest.Status"/>); nothing more is taken then.</summary>
    public bool Done => _complete || _request.Status != 0;

    /// <summary>Whether nothing has come yet.</summary>
    public bool Untouched => _taken == 0;

    /// <summary>Starts a new request.</summary>
    public void Start()
    {
        _request.Start();
        _inFields = false;
        _complete = false;
        _taken = 0;
        _held = 0;
        _skipping = false;
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
            _request.Refuse(400, "This is not HTTP. TLS is not supported: use http:// instead of https://.");
        }

        while (offset < end && !Done)
        {
            int lineFeed = Array.IndexOf(buffer, LineFeed, offset, end - offset);
            int stop = lineFeed < 0 ? end : lineFeed + 1;
            _taken += stop - offset;
            if (_taken > HttpLimits.HeadSize)
            {
                _request.Refuse(431, "The request's headers are too long.");
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
            offset = _request.Kept;
            length = _held;
            _held = 0;
        }

        if (_skipping)
        {
            _skipping = false;
        }
        else if (_request.Status == 0)
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

        byte[] kept = _request.Buffer;
        int room = kept.Length - _request.Kept - _held;
        if (length > room && !_inFields)
        {
            _request.Refuse(414, "The request line is too long.");
            return;
        }

        Array.Copy(buffer, offset, kept, _request.Kept + _held, length < room ? length : room);
        if (length <= room)
        {
            _held += length;
            return;
        }

        // With LineRoom bytes free a header's name is seen whole.
        HttpFields.LongLine(_request, kept, _request.Kept, _held + room);
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
            if (_inFields)
            {
                _complete = true;
                HttpFields.Finish(_request);
            }
        }
        else if (_inFields)
        {
            HttpFields.Line(_request, buffer, offset, length);
        }
        else if (length > _request.Buffer.Length)
        {
            _request.Refuse(414, "The request line is too long.");
        }
        else
        {
            Array.Copy(buffer, offset, _request.Buffer, 0, length);
            HttpRequestLine.Parse(_request, length);
            _request.Kept = length;
            _inFields = true;
        }
    }
}
