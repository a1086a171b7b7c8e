using System;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>
/// The sending half of a connection: settles what is sent, puts the head before it, hands the bytes to the peer in chunks. A script leaves
/// with its head in one segment.
/// </summary>
public sealed class HttpAnswer
{
    /// <summary>A chunk's size in four digits and a line end before it; a line end and the last chunk behind it.</summary>
    internal const int ChunkHead = 6;
    internal const int ChunkTail = 7;

    private readonly HttpRequest _request;
    private readonly HttpResponse _response;

    // The request's buffer: what is sent is put together where it stood.
    private readonly byte[] _buffer;
    private readonly ByteWriter _writer;

    // What is being sent: the buffer, or the handler's own bytes; and its part that is still to go.
    private byte[] _chunk;
    private int _at;
    private int _chunkEnd;

    // The body: the next byte (or piece) to take, the one after the last, and how many the whole has.
    private int _position;
    private int _end;
    private int _total;

    /// <summary>The answer to <paramref name="request"/>, which <paramref name="response"/> says.</summary>
    public HttpAnswer(HttpRequest request, HttpResponse response)
    {
        _request = request;
        _response = response;
        _buffer = request.Buffer;
        _writer = new ByteWriter(_buffer);
    }

    // HTTP/1.0 has no chunks; its body ends with the connection.
    private bool Chunks => _request.Minor > 0;

    /// <summary>
    /// Settles the status and the part that is sent; the request must still stand in its buffer. False: the length of the file is not
    /// known yet, ask again. A file that never comes becomes a 404 or a 502 here.
    /// </summary>
    public bool Settle()
    {
        HttpResponse response = _response;
        LoaderReader reader = response.Reader;
        int total = 0;
        if (reader != null)
        {
            total = reader.Length;
            if (reader.Missing)
            {
                response.Text(404, "There is no such file.");
            }
            else if (total == LoaderReader.NotYet)
            {
                return false;
            }
            else if (total < 0)
            {
                response.Text(502, reader.Failure == null ? "The file is not available." : reader.Failure);
            }
        }

        if (response.Reader == null)
        {
            total = response.BytesLength;
        }

        _position = 0;
        _end = total;
        _total = total;
        HttpRequest request = _request;
        if (request.Method == HttpMethod.Get && request.Has(HttpHeader.Range) && response.Status == 200
            && (request.Flags & HttpRequest.IfRange) == 0
            && (response.Reader == null ? response.Pieces == null : response.Seekable))
        {
            response.Status = HttpRange.Parse(
                _buffer, request.HeaderOffset(HttpHeader.Range), request.HeaderLength(HttpHeader.Range), total, out _position, out _end);
            if (response.Status == 416)
            {
                // The length in Content-Range is the file's, the body is empty.
                response.CloseReader();
                _position = 0;
                _end = 0;
            }
        }

        return true;
    }

    /// <summary>
    /// Writes the head, and as much of the body as fits behind it. From here on the request is gone. <paramref name="stays"/>: the
    /// connection stays open for another request.
    /// </summary>
    public void Compose(bool stays)
    {
        HttpResponse response = _response;
        _writer.Clear();
        response.WriteHead(_writer, _position, _end, _total, Chunks, stays);
        _chunk = _buffer;
        _at = 0;
        _chunkEnd = _writer.Length;
        if (!response.HasBody || _request.Method == HttpMethod.Head)
        {
            // Nothing is read or released: a stream is still at its start for the GET that follows.
            response.CloseReader();
            _position = _end;
        }
        else if (response.Pieces != null)
        {
            // The next piece is number 0; there is one more at least.
            _position = 0;
            _end = 1;
        }
        else if (response.Reader == null)
        {
            int count = HttpLimits.ChunkSize - _chunkEnd;
            count = count < _end - _position ? count : _end - _position;
            if (count > 0)
            {
                Array.Copy(response.Bytes, response.BytesOffset + _position, _buffer, _chunkEnd, count);
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
            if (_at == _chunkEnd && _response.Reader != null)
            {
                // TCP keeps a copy until it is acknowledged, so the source can let go.
                _response.Reader.Release(_position);
            }
        }

        return _at == _chunkEnd && _position == _end ? HttpProgress.Done : HttpProgress.Sent;
    }

    /// <summary>Lets go of the body, so that the connection's place does not keep it alive.</summary>
    public void Forget() => _chunk = _buffer;

    /// <summary>Gets the next chunk: its length, 0 at an end that came too early, or what <see cref="LoaderReader.Read"/> says.</summary>
    private int Fill()
    {
        if (_response.Reader != null)
        {
            // The chunk is the buffer since the head was in it.
            _at = 0;
            _chunkEnd = 0;
            return Read(0);
        }

        if (_response.Pieces != null)
        {
            return FillPieces();
        }

        int count = _end - _position;
        count = count < HttpLimits.ChunkSize ? count : HttpLimits.ChunkSize;
        _chunk = _response.Bytes;
        _at = _response.BytesOffset + _position;
        _chunkEnd = _at + count;
        _position += count;
        return count;
    }

    // As many pieces as have room for one more, with the chunk's own lines around them.
    private int FillPieces()
    {
        HttpPieces pieces = _response.Pieces;
        bool chunks = Chunks;
        int start = chunks ? ChunkHead : 0;
        int number = _position;
        bool more = true;
        _writer.Clear();
        while (_writer.Length < start)
        {
            _writer.Byte('0');
        }

        while (more && _writer.Length - start <= HttpPieces.PieceSize - pieces.Largest)
        {
            more = pieces.Write(number, _writer);
            number += more ? 1 : 0;
        }

        if (_writer.Overflowed)
        {
            return LoaderReader.Failed;
        }

        int length = _writer.Length - start;
        _position = number;
        _end = more ? number + 1 : number;
        if (chunks)
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
                _writer.Text("\r\n");
            }
            else
            {
                _writer.Clear();
            }

            if (!more)
            {
                _writer.Text("0\r\n\r\n");
            }
        }

        _chunk = _buffer;
        _at = 0;
        _chunkEnd = _writer.Length;

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
        int got = _response.Reader.Read(_position, _buffer, offset, count < room ? count : room);
        if (got > 0)
        {
            _chunkEnd = offset + got;
            _position += got;
        }

        return got;
    }
}
