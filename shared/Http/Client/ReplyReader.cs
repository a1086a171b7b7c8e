using System;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>
/// Reads the frame of an HTTP answer: its head, and where the body's bytes begin and end (RFC 9112 sections 4 to 7). Bytes in, facts out;
/// the body's own bytes go past it, straight to who wants them. Lines and the whole head are bounded; what is not needed of a head is not
/// kept.
/// </summary>
public sealed class ReplyReader
{
    /// <summary>Longest part of a line that is looked at: a Location is at most as long as a URL of the settings.</summary>
    private const int LongestLine = 320;

    /// <summary>Longest head. A server that sends more has lost its way.</summary>
    private const int LongestHead = 8192;

    /// <summary>Longest chunk: its size has at most 8 digits, and a file at most 2 GB.</summary>
    private const int ChunkDigits = 8;

    private const int StatusLine = 0;
    private const int Fields = 1;
    private const int Data = 2;
    private const int ChunkSize = 3;
    private const int ChunkEnd = 4;
    private const int Trailer = 5;
    private const int Ended = 6;

    private readonly byte[] _line = Memory.Take(LongestLine);
    private int _state;
    private int _held;
    private int _taken;
    private bool _chunked;
    private bool _toTheEnd;

    /// <summary>The status, once <see cref="HeadDone"/>.</summary>
    public int Status;

    /// <summary>What Content-Length says, or -1: none, or the answer is chunked.</summary>
    public long Length = -1;

    /// <summary>Where it redirects to, or null.</summary>
    public byte[] Location;

    /// <summary>Whether the body is coded (Content-Encoding: gzip and the like), which nobody asked for: it is not the file.</summary>
    public bool IsEncoded;

    /// <summary>Whether it says that it is a web page.</summary>
    public bool IsHtml;

    /// <summary>What is wrong with the answer.</summary>
    public FetchFault Fault;

    /// <summary>Whether the head was read whole.</summary>
    public bool HeadDone => _state >= Data;

    /// <summary>Whether the body has come to its end.</summary>
    public bool Done => _state == Ended;

    /// <summary>
    /// Bytes of the body that come next, before anything of the frame; 0 when the frame is to be read on with <see cref="Feed"/>.
    /// </summary>
    public long Due;

    /// <summary>
    /// Reads what belongs to the frame; gives how many bytes that was. It stops at the body's bytes, at its end and at a fault.
    /// </summary>
    public int Feed(byte[] buffer, int offset, int count)
    {
        int start = offset;
        int end = offset + count;
        while (offset < end && _state != Data && _state != Ended && Fault == FetchFault.None)
        {
            int lineFeed = Octets.IndexOf(buffer, offset, end - offset, (byte)'\n');
            int stop = lineFeed < 0 ? end : lineFeed + 1;
            Hold(buffer, offset, stop - offset);
            offset = stop;
            if (lineFeed >= 0 && Fault == FetchFault.None)
            {
                int length = _held > 0 && _line[_held - 1] == '\r' ? _held - 1 : _held;
                _held = 0;
                Line(length);
            }
        }

        return offset - start;
    }

    /// <summary>So many of the <see cref="Due"/> bytes were taken.</summary>
    public void Took(int count)
    {
        if (_toTheEnd)
        {
            return;
        }

        Due -= count;
        if (Due == 0)
        {
            _state = _chunked ? ChunkEnd : Ended;
        }
    }

    /// <summary>The server has closed the connection: the end of a body without a length, else a fault.</summary>
    public void Closed()
    {
        if (_toTheEnd && _state == Data)
        {
            _state = Ended;
            Due = 0;
        }
        else if (_state != Ended && Fault == FetchFault.None)
        {
            Fault = _state == StatusLine && _taken == 0 ? FetchFault.NoAnswer : FetchFault.BrokeOff;
        }
    }

    private void Hold(byte[] buffer, int offset, int count)
    {
        _taken += count;
        if (!HeadDone && _taken > LongestHead)
        {
            Fault = FetchFault.HeadTooLong;
            return;
        }

        // Without the line feed; what is longer than a line may be is passed over, whatever field it is in has no value that is used.
        int kept = buffer[offset + count - 1] == '\n' ? count - 1 : count;
        kept = kept < LongestLine - _held ? kept : LongestLine - _held;
        Array.Copy(buffer, offset, _line, _held, kept);
        _held += kept;
        if (_state == StatusLine && _held >= 5 && !Octets.StartsWith(_line, 0, _held, "HTTP/"))
        {
            Fault = FetchFault.NotHttp;
        }
    }

    private void Line(int length)
    {
        switch (_state)
        {
            case StatusLine:
                TakeStatus(length);
                break;
            case Fields:
                if (length == 0)
                {
                    EndHead();
                }
                else
                {
                    TakeField(length);
                }

                break;
            case ChunkSize:
                TakeChunkSize(length);
                break;
            case ChunkEnd:
                _state = ChunkSize;
                Fault = length == 0 ? Fault : FetchFault.BadChunk;
                break;
            default:
                // Fields after the last chunk say nothing that is needed; an empty line ends them.
                _state = length == 0 ? Ended : Trailer;
                break;
        }
    }

    // "HTTP/1.1 200 OK"; the reason may be missing.
    private void TakeStatus(int length)
    {
        int space = Octets.IndexOf(_line, 0, length, (byte)' ');
        Status = space < 0 || length < space + 4 ? -1 : Octets.ParseNumber(_line, space + 1, 3);
        if (Status < 100 || !Octets.StartsWith(_line, 0, length, "HTTP/1."))
        {
            Fault = FetchFault.NotHttp;
            return;
        }

        _state = Fields;
    }

    private void TakeField(int length)
    {
        int colon = Octets.IndexOf(_line, 0, length, (byte)':');
        if (colon <= 0)
        {
            Fault = FetchFault.NotHttp;
            return;
        }

        int value = colon + 1;
        while (value < length && _line[value] <= ' ')
        {
            value++;
        }

        while (length > value && _line[length - 1] <= ' ')
        {
            length--;
        }

        int size = length - value;
        if (Octets.IsIgnoreCase(_line, 0, colon, "content-length"))
        {
            TakeLength(value, size);
        }
        else if (Octets.IsIgnoreCase(_line, 0, colon, "transfer-encoding"))
        {
            _chunked = Octets.IsIgnoreCase(_line, value, size, "chunked");
            IsEncoded |= !_chunked;
        }
        else if (Octets.IsIgnoreCase(_line, 0, colon, "content-encoding"))
        {
            IsEncoded |= !Octets.IsIgnoreCase(_line, value, size, "identity");
        }
        else if (Octets.IsIgnoreCase(_line, 0, colon, "content-type"))
        {
            IsHtml = size >= 9 && Octets.IsIgnoreCase(_line, value, 9, "text/html");
        }
        else if (Octets.IsIgnoreCase(_line, 0, colon, "location") && length < LongestLine)
        {
            Location = Memory.Take(size);
            Array.Copy(_line, value, Location, 0, size);
        }
    }

    private void TakeLength(int offset, int length)
    {
        long number = length == 0 || length > 18 ? -1 : 0;
        for (int i = offset; i < offset + length && number >= 0; i++)
        {
            int digit = _line[i] - '0';
            number = digit < 0 || digit > 9 ? -1 : (number * 10) + digit;
        }

        // Two that differ are how answers are smuggled (RFC 9112 section 6.3).
        if (number < 0 || (Length >= 0 && Length != number))
        {
            Fault = FetchFault.BadLength;
        }

        Length = number;
    }

    private void EndHead()
    {
        if (Status < 200)
        {
            // 100, 103: the answer itself comes after it.
            _state = StatusLine;
            return;
        }

        if (_chunked)
        {
            // It overrides a Content-Length (RFC 9112 section 6.3).
            Length = -1;
            _state = ChunkSize;
        }
        else if (Status == 204 || Status == 304 || Length == 0)
        {
            _state = Ended;
        }
        else
        {
            _state = Data;
            _toTheEnd = Length < 0;
            Due = _toTheEnd ? long.MaxValue : Length;
        }
    }

    // Hexadecimal, with extensions after a semicolon that nobody uses.
    private void TakeChunkSize(int length)
    {
        int end = Octets.IndexOf(_line, 0, length, (byte)';');
        end = end < 0 ? length : end;
        while (end > 0 && _line[end - 1] == ' ')
        {
            end--;
        }

        int size = end > 0 && end <= ChunkDigits ? 0 : -1;
        for (int i = 0; i < end && size >= 0; i++)
        {
            int digit = Octets.HexDigit(_line[i]);
            size = digit < 0 || size > int.MaxValue >> 4 ? -1 : (size << 4) | digit;
        }

        if (size < 0)
        {
            Fault = FetchFault.BadChunk;
        }
        else if (size == 0)
        {
            _state = Trailer;
        }
        else
        {
            _state = Data;
            Due = size;
        }
    }
}
