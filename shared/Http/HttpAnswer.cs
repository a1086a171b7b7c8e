using System;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>
/// The sending half of a connection: settles what is sent, writes the head, hands the bytes to the peer in chunks. A script leaves with
/// its head in one segment.
/// </summary>
public sealed class HttpAnswer
{
    /// <summary>A chunk's size in four digits and a line end before it; a line end and the last chunk behind it.</summary>
    internal const int ChunkHead = 6;
    internal const int ChunkTail = 7;

    private const string LineEnd = "\r\n";

    private readonly byte[] _buffer;
    private readonly ByteWriter _head;

    // What is being sent: the buffer, or the handler's own bytes; and its part that is still to go.
    private byte[] _chunk;
    private int _at;
    private int _chunkEnd;

    // The body: where it comes from, the next byte to take, the one after the last.
    private LoaderReader _reader;
    private HttpPieces _pieces;
    private bool _chunks;
    private byte[] _bytes;
    private int _bytesOffset;
    private int _position;
    private int _end;
    private int _total;

    /// <summary>An answer that is put together in <paramref name="buffer"/>.</summary>
    public HttpAnswer(byte[] buffer)
    {
        _buffer = buffer;
        _head = new ByteWriter(buffer);
    }

    /// <summary>
    /// Settles the status and the part that is sent; the request must still stand in its buffer. False: the length of the file is not
    /// known yet, ask again. A file that never comes becomes a 404 or a 502 here.
    /// </summary>
    public bool Settle(HttpRequest request, HttpResponse response)
    {
        LoaderReader reader = response.Reader;
        if (reader != null)
        {
            int length = reader.Length;
            if (reader.Missing)
            {
                response.Text(404, "There is no such file.");
                reader = null;
            }
            else if (length == LoaderReader.NotYet)
            {
                return false;
            }
            else if (length < 0)
            {
                response.Text(502, reader.Failure == null ? "The file is not available." : reader.Failure);
                reader = null;
            }
            else
            {
                _total = length;
            }
        }

        if (reader == null)
        {
            _total = response.BytesLength;
        }

        _reader = reader;
        _pieces = response.Pieces;
        _chunks = request.Minor > 0;
        _bytes = response.Bytes;
        _bytesOffset = response.BytesOffset;
        _position = 0;
        _end = _total;
        if (request.Method == HttpMethod.Get && request.Has(HttpHeader.Range) && response.Status == 200
            && (request.Flags & HttpRequest.IfRange) == 0
            && (reader == null ? _pieces == null : response.Seekable))
        {
            Part(request, response);
        }

        return true;
    }

    /// <summary>
    /// Writes the head, and as much of the body as fits behind it. From here on the request is gone. <paramref name="stays"/>: the
    /// connection stays open for another request.
    /// </summary>
    public void Compose(HttpMethod method, HttpResponse response, bool stays)
    {
        int status = response.Status;
        bool bodiless = status == 204 || status == 304;
        _head.Clear();
        if (status == 200)
        {
            _head.Text("HTTP/1.1 200 OK\r\n");
        }
        else
        {
            _head.Text("HTTP/1.1 ").Number(status).Byte(' ').Text(HttpStatus.Reason(status)).Text(LineEnd);
        }

        // edk2 fails on a body that ends with the connection, and shim of 2025 looks at the first header line only, for exactly this name
        // (shim#770). Two statuses have neither a body nor its length (RFC 9110 8.6, 15.4.5).
        if (!bodiless && _pieces == null)
        {
            _head.Text("Content-Length: ").Number(_end - _position).Text(LineEnd);
        }

        _head.Text(stays ? "X-Content-Type-Options: nosniff\r\n" : "Connection: close\r\nX-Content-Type-Options: nosniff\r\n");
        if (response.NoStore)
        {
            _head.Text("Cache-Control: no-store\r\n");
        }

        if (!bodiless)
        {
            _head.Text("Content-Type: ").Text(response.ContentType).Text(LineEnd);
            if (_pieces != null && _chunks)
            {
                // Only people's answers: no firmware asks for one. HTTP/1.0 has no chunks; there the end of the connection is the end.
                _head.Text("Transfer-Encoding: chunked\r\n");
            }

            if (status == 206)
            {
                _head.Text("Content-Range: bytes ").Number(_position).Byte('-').Number(_end - 1).Byte('/').Number(_total).Text(LineEnd);
            }
            else if (status == 416)
            {
                _head.Text("Content-Range: bytes */").Number(_total).Text(LineEnd);
            }
            else if (response.Seekable && _reader != null)
            {
                _head.Text("Accept-Ranges: bytes\r\n");
            }
        }

        ByteWriter extra = response.Extra;
        if (extra != null)
        {
            _head.Raw(extra.Buffer, 0, extra.Length);
        }

        _head.Text(LineEnd);
        _chunk = _buffer;
        _at = 0;
        _chunkEnd = _head.Length;
        if (bodiless || method == HttpMethod.Head)
        {
            // Nothing is read or released: a stream is still at its start for the GET that follows.
            _position = _end;
            _reader = null;
            _pieces = null;
        }
        else if (_pieces != null)
        {
            // The next piece is number 0; there is one more at least.
            _position = 0;
            _end = 1;
        }
        else if (_reader == null)
        {
            int count = HttpLimits.ChunkSize - _chunkEnd;
            count = count < _end - _position ? count : _end - _position;
            if (count > 0)
            {
                Array.Copy(_bytes, _bytesOffset + _position, _buffer, _chunkEnd, count);
                _chunkEnd += count;
                _position += count;
            }
        }
        else if (_position < _end && _chunkEnd < HttpLimits.ChunkSize)
        {
            // A source that is not ready or fails shows itself again in the next read.
            Read(_chunkEnd);
        }
    }

    /// <summary>
    /// Sends up to <see cref="HttpLimits.ChunksPerStep"/> chunks; <paramref name="taken"/> is how many bytes the client took.
    /// </summary>
    public HttpProgress Pump(IHttpPeer peer, out int taken)
    {
        taken = 0;
        bool sent = false;
        for (int i = 0; i < HttpLimits.ChunksPerStep; i++)
        {
            if (_at == _chunkEnd)
            {
                if (_position == _end)
                {
                    return HttpProgress.Done;
                }

                int got = Fill();
                if (got <= 0)
                {
                    // A short file (0) is as broken as a failed one: the length was promised.
                    return got != LoaderReader.NotYet ? HttpProgress.Broken : sent ? HttpProgress.Sent : HttpProgress.SourceBusy;
                }
            }

            int count = peer.Send(_chunk, _at, _chunkEnd - _at);
            if (count <= 0)
            {
                return count < 0 ? HttpProgress.Broken : sent ? HttpProgress.Sent : HttpProgress.PeerBusy;
            }

            sent = true;
            taken += count;
            _at += count;
            if (_at == _chunkEnd && _reader != null)
            {
                // TCP keeps a copy until it is acknowledged, so the source can let go.
                _reader.Release(_position);
            }
        }

        return _at == _chunkEnd && _position == _end ? HttpProgress.Done : HttpProgress.Sent;
    }

    /// <summary>Lets go of the body, so that the slot does not keep it alive.</summary>
    public void Forget()
    {
        _reader = null;
        _pieces = null;
        _bytes = null;
        _chunk = null;
    }

    private void Part(HttpRequest request, HttpResponse response)
    {
        HttpRangeKind kind = HttpRange.Parse(
            request.Buffer, request.HeaderOffset(HttpHeader.Range), request.HeaderLength(HttpHeader.Range), _total, out int first,
            out int end);
        if (kind == HttpRangeKind.Part)
        {
            response.Status = 206;
            _position = first;
            _end = end;
        }
        else if (kind == HttpRangeKind.OutOfRange)
        {
            // The length in Content-Range is the file's, the body is empty.
            response.CloseReader();
            response.Status = 416;
            _reader = null;
            _end = 0;
        }
    }

    /// <summary>Gets the next chunk: its length, 0 at an end that came too early, or what <see cref="LoaderReader.Read"/> says.</summary>
    private int Fill()
    {
        if (_pieces != null)
        {
            return FillPieces();
        }

        if (_reader != null)
        {
            _chunk = _buffer;
            _at = 0;
            _chunkEnd = 0;
            return Read(0);
        }

        int count = _end - _position;
        count = count < HttpLimits.ChunkSize ? count : HttpLimits.ChunkSize;
        _chunk = _bytes;
        _at = _bytesOffset + _position;
        _chunkEnd = _at + count;
        _position += count;
        return count;
    }

    // As many pieces as have room for one more, with the chunk's own lines around them.
    private int FillPieces()
    {
        int start = _chunks ? ChunkHead : 0;
        int number = _position;
        bool more = true;
        _head.Clear();
        while (_head.Length < start)
        {
            _head.Byte('0');
        }

        while (more && _head.Length - start <= HttpPieces.PieceSize - _pieces.Largest)
        {
            more = _pieces.Write(number, _head);
            number += more ? 1 : 0;
        }

        if (_head.Overflowed)
        {
            return LoaderReader.Failed;
        }

        int length = _head.Length - start;
        _position = number;
        _end = more ? number + 1 : number;
        if (_chunks)
        {
            if (length > 0)
            {
                // Four digits: leading zeros are allowed in a chunk's size (RFC 9112 7.1).
                _buffer[0] = Hex(length >> 12);
                _buffer[1] = Hex(length >> 8);
                _buffer[2] = Hex(length >> 4);
                _buffer[3] = Hex(length);
                _buffer[4] = (byte)'\r';
                _buffer[5] = (byte)'\n';
                _head.Text(LineEnd);
            }
            else
            {
                _head.Clear();
            }

            if (!more)
            {
                _head.Text("0\r\n\r\n");
            }
        }

        _chunk = _buffer;
        _at = 0;
        _chunkEnd = _head.Length;

        // HTTP/1.0 and nothing left: the empty chunk is the end.
        return _chunkEnd > 0 || !more ? 1 : LoaderReader.NotYet;
    }

    private static byte Hex(int value)
    {
        value &= 15;
        return (byte)(value < 10 ? '0' + value : 'a' + value - 10);
    }

    private int Read(int offset)
    {
        int count = _end - _position;
        int room = HttpLimits.ChunkSize - offset;
        int got = _reader.Read(_position, _buffer, offset, count < room ? count : room);
        if (got > 0)
        {
            _chunkEnd = offset + got;
            _position += got;
        }

        return got;
    }
}
