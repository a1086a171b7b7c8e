using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Whether a text that comes in parts is whole, as far as the comment lines of a <see cref="Backup"/> say. One without them passes: it was
/// written by hand.
/// </summary>
internal sealed class BackupCheck
{
    private const int Digits = 8;

    // The beginning of a line that may be one of the two: as much as tells, and the digits.
    private readonly byte[] _head = new byte[Backup.EndLength + Digits];
    private int _headLength;
    private bool _inLine;

    // The sum of what is between the lines; null before the first.
    private TextSum _sum;
    private bool _counts;
    private bool _hasEnd;
    private bool _isSame;

    /// <summary>Takes the next part.</summary>
    internal void Feed(byte[] text, int offset, int length)
    {
        int end = offset + length;
        while (offset < end)
        {
            if (!_inLine && _headLength == 0 && text[offset] != (byte)'#')
            {
                _inLine = true;
            }

            offset = _inLine ? TakeRest(text, offset, end) : TakeHead(text, offset, end);
        }
    }

    /// <summary>Whether it is whole; if not, the error says so.</summary>
    internal bool Finish(SettingsError error)
    {
        if (_headLength > 0)
        {
            EndHead();
        }

        if (_sum == null && !_hasEnd)
        {
            return true;
        }

        if (_sum == null || !_hasEnd)
        {
            error.Clear();
            return error.Fail("the backup is incomplete: it has only one of its two '# ----' lines (begin, end)");
        }

        if (!_isSame)
        {
            error.Clear();
            error.Fail("the text differs from what the backup printed: it was damaged or edited. If you edited it, delete its '# ----' lines");
        }

        return _isSame;
    }

    private int TakeHead(byte[] text, int offset, int end)
    {
        bool ends = false;
        while (offset < end && !ends && _headLength < _head.Length)
        {
            byte value = text[offset++];
            _head[_headLength++] = value;
            ends = value == (byte)'\n';
        }

        if (ends || _headLength == _head.Length)
        {
            EndHead();
            EndLine(ends);
        }

        return offset;
    }

    // The rest of a line, or of as much as there is.
    private int TakeRest(byte[] text, int offset, int end)
    {
        int stop = Octets.IndexOf(text, offset, end - offset, (byte)'\n');
        int next = stop < 0 ? end : stop + 1;
        if (_counts)
        {
            _sum.Add(text, offset, next);
        }

        EndLine(stop >= 0);
        return next;
    }

    private void EndHead()
    {
        int length = _headLength;
        _headLength = 0;
        if (!_hasEnd && Octets.StartsWith(_head, 0, length, Backup.End))
        {
            _hasEnd = true;
            _isSame = _counts && length == _head.Length && IsSum(_sum.Finish());
            _counts = false;
        }
        else if (_counts)
        {
            _sum.Add(_head, 0, length);
        }
        else if (_sum == null && !_hasEnd && Octets.StartsWith(_head, 0, length, Backup.Begin))
        {
            _sum = new TextSum();
        }
    }

    // The sum counts from the line after the first of the two on.
    private void EndLine(bool ends)
    {
        _inLine = !ends;
        _counts |= ends && _sum != null && !_hasEnd;
    }

    private bool IsSum(int sum)
    {
        bool same = true;
        for (int i = 0; i < Digits; i++)
        {
            same = same && Octets.HexDigit(_head[Backup.EndLength + i]) == ((sum >> (28 - (i * 4))) & 15);
        }

        return same;
    }
}
