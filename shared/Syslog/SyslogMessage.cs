using System;
using Netboot.Bytes;

namespace Netboot.Syslog;

/// <summary>
/// Reads a datagram that a syslog sender made: RFC 5424, RFC 3164 as rsyslog and BusyBox write it, or iPXE's <c>&lt;6&gt;ipxe: text</c>,
/// which has neither time nor, as a rule, a host. It takes what it does not know as text, as RFC 3164 section 4.3.3 says. One object for
/// all datagrams.
/// </summary>
public sealed class SyslogMessage
{
    /// <summary>RFC 3164 section 4.3.3: what has no priority counts as a user's notice.</summary>
    private const int UsualSeverity = 5;

    private const int HighestPriority = 191;

    // "Nov 24 21:00:00 ": RFC 3164 section 4.1.2; the day of a single digit has a blank before it.
    private const int TimeLength = 16;

    private byte[] _bytes;
    private int _at;
    private int _end;

    /// <summary>0 (emergency) to 7 (debug).</summary>
    public int Severity { get; private set; }

    /// <summary>Where the text begins: <c>tag: message</c>, without priority, time and host.</summary>
    public int Offset { get; private set; }

    /// <summary>
    /// Bytes of text; 0 for an empty line, of which iPXE sends many. There can be any bytes in it, but neither blanks nor control bytes at
    /// its ends.
    /// </summary>
    public int Length { get; private set; }

    /// <summary>
    /// Reads the first <paramref name="length"/> bytes. False when there is nothing in them but a header. RFC 5424 has other fields between
    /// tag and message: there the tag is moved, within those bytes, to stand before its message.
    /// </summary>
    public bool Parse(byte[] bytes, int length)
    {
        _bytes = bytes;
        _at = 0;
        _end = length;
        Trim();
        ReadPriority();
        if (!ReadStructured())
        {
            bool timed = SkipTime();
            SkipHost(timed);
        }

        Trim();
        bool said = _at < _end;
        if (said && bytes[_end - 1] == (byte)':' && Octets.IndexOf(bytes, _at, _end - _at, (byte)' ') < 0)
        {
            // Only a tag.
            _end = _at;
        }

        Offset = _at;
        Length = _end - _at;
        return said;
    }

    private void ReadPriority()
    {
        Severity = UsualSeverity;
        int close = _at < _end && _bytes[_at] == (byte)'<' ? Octets.IndexOf(_bytes, _at, _end - _at < 5 ? _end - _at : 5, (byte)'>') : -1;
        int priority = close < 0 ? -1 : Octets.ParseNumber(_bytes, _at + 1, close - _at - 1);
        if (priority >= 0 && priority <= HighestPriority)
        {
            Severity = priority & 7;
            _at = close + 1;
        }
    }

    // RFC 5424 section 6: VERSION SP TIMESTAMP SP HOSTNAME SP APP-NAME SP PROCID SP MSGID SP STRUCTURED-DATA [SP MSG].
    private bool ReadStructured()
    {
        int start = _at;
        if (!IsVersion())
        {
            return false;
        }

        SkipWord();
        SkipWord();
        SkipWord();
        int tag = _at;
        SkipWord();
        int tagLength = _at - tag - 1;
        SkipWord();
        SkipWord();
        if (_at >= _end || !SkipData())
        {
            // No such line after all, or one that was cut: better all of it than nothing.
            _at = start;
            return true;
        }

        Trim();
        if (_end - _at >= 3 && _bytes[_at] == 0xEF && _bytes[_at + 1] == 0xBB && _bytes[_at + 2] == 0xBF)
        {
            _at += 3;
        }

        if (_at < _end && tagLength > 0 && (tagLength > 1 || _bytes[tag] != (byte)'-'))
        {
            // Between both stood four blanks and the data at the least: there is room for two bytes.
            int moved = _at - tagLength - 2;
            Array.Copy(_bytes, tag, _bytes, moved, tagLength);
            _bytes[_at - 2] = (byte)':';
            _bytes[_at - 1] = (byte)' ';
            _at = moved;
        }

        return true;
    }

    // "1 " and then "-" or a year: a text of RFC 3164 may begin with a number too.
    private bool IsVersion()
    {
        if (_end - _at < 4 || _bytes[_at] != (byte)'1' || _bytes[_at + 1] != (byte)' ')
        {
            return false;
        }

        return (_bytes[_at + 2] == (byte)'-' && _bytes[_at + 3] == (byte)' ') || IsYear(_at + 2);
    }

    private bool IsYear(int at) => _end - at > 4 && Octets.ParseNumber(_bytes, at, 4) > 0 && _bytes[at + 4] == (byte)'-';

    /// <summary>To behind the next blank, or to the end.</summary>
    private void SkipWord()
    {
        int blank = Octets.IndexOf(_bytes, _at, _end - _at, (byte)' ');
        _at = blank < 0 ? _end : blank + 1;
    }

    // "-", or elements in brackets whose values in quotes may hold \] and the like (RFC 5424 section 6.3).
    private bool SkipData()
    {
        if (_bytes[_at] == (byte)'-')
        {
            _at++;
            return _at >= _end || _bytes[_at] == (byte)' ';
        }

        bool quoted = false;
        while (_at < _end && _bytes[_at] == (byte)'[')
        {
            for (; _at < _end && (quoted || _bytes[_at] != (byte)']'); _at++)
            {
                if (_bytes[_at] == (byte)'"')
                {
                    quoted = !quoted;
                }
                else if (_bytes[_at] == (byte)'\\' && quoted)
                {
                    _at++;
                }
            }

            if (_at >= _end)
            {
                return false;
            }

            _at++;
        }

        return _at >= _end || _bytes[_at] == (byte)' ';
    }

    // As RFC 3164 writes it, or as rsyslog's forward format does: 2026-11-24T21:00:00.123456+00:00.
    private bool SkipTime()
    {
        if (IsYear(_at))
        {
            SkipWord();
            return true;
        }

        if (_end - _at < TimeLength || _bytes[_at + 3] != (byte)' ' || _bytes[_at + 6] != (byte)' ' || _bytes[_at + 9] != (byte)':'
            || _bytes[_at + 12] != (byte)':' || _bytes[_at + 15] != (byte)' ')
        {
            return false;
        }

        _at += TimeLength;
        return true;
    }

    // After a time comes a host, unless BusyBox sends what programs gave it: they name none. iPXE puts its own before "ipxe:" when DHCP
    // gave it one.
    private void SkipHost(bool timed)
    {
        int blank = Octets.IndexOf(_bytes, _at, _end - _at, (byte)' ');
        if (blank <= _at || _bytes[blank - 1] == (byte)':')
        {
            return;
        }

        if (timed || Octets.StartsWith(_bytes, blank + 1, _end - blank - 1, "ipxe:"))
        {
            _at = blank + 1;
        }
    }

    // Ends of lines, blanks, NULs.
    private void Trim()
    {
        while (_at < _end && (_bytes[_at] <= 0x20 || _bytes[_at] == 0x7F))
        {
            _at++;
        }

        while (_end > _at && (_bytes[_end - 1] <= 0x20 || _bytes[_end - 1] == 0x7F))
        {
            _end--;
        }
    }
}
