using System;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Takes a text in parts of any length and hands on its lines, one by one, without comments and blanks at their ends. Only a line that is
/// cut between two parts is kept.
/// </summary>
internal abstract class TextLines
{
    // The longest line with its CR and a byte order mark, and some more: what is longer is refused, unless it is a comment.
    private const int HeldSize = SettingsLimits.Line + 8;
    private const int UsualSize = 120;

    private readonly SettingsError _error;
    private byte[] _held;
    private int _heldLength;

    // Bytes of the line that were not kept: what is too long is only counted.
    private int _dropped;

    protected TextLines(SettingsError error)
    {
        _error = error;
        _error.Clear();
        _error.Line = 1;
    }

    /// <summary>The number of the line, from 1.</summary>
    protected int Line { get; private set; }

    /// <summary>
    /// A line that is not empty, in <paramref name="text"/>: where it begins and ends, where its first equals sign is (or -1), and whether
    /// there are tabs in it. False: it is refused, and the error says why.
    /// </summary>
    protected abstract bool Take(byte[] text, int first, int end, int equals, bool tabs);

    /// <summary>Takes the next part of the text. False: a line was refused, and the rest is not read.</summary>
    protected bool FeedLines(byte[] text, int offset, int length)
    {
        int end = offset + length;
        while (offset < end && offset >= 0)
        {
            offset = _heldLength > 0 || _dropped > 0 ? HoldOn(text, offset, end) : ReadLine(text, offset, end, false);
        }

        return offset >= 0;
    }

    /// <summary>The text has come to its end, which may be one of a line without a line end.</summary>
    protected bool EndLines() => (_heldLength == 0 && _dropped == 0) || EndHolding();

    /// <summary>Where what is not blank begins from a place on.</summary>
    internal static int SkipBlanks(byte[] text, int position, int end)
    {
        while (position < end && IsBlank(text[position]))
        {
            position++;
        }

        return position;
    }

    /// <summary>Where what is not blank ends.</summary>
    internal static int TrimEnd(byte[] text, int start, int end)
    {
        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return end;
    }

    /// <summary>Whether it is a blank or a tab.</summary>
    protected static bool IsBlank(byte value) => value == (byte)' ' || value == (byte)'\t';

    // One pass over a line finds its end, its equals sign, its comment and its first byte that is no printable ASCII. One without an end is
    // kept until its rest comes, unless it is the last. Gives where the next line begins, or -1.
    private int ReadLine(byte[] text, int start, int last, bool isLast)
    {
        int equals = -1;
        int comment = -1;
        int odd = -1;
        bool tabs = false;
        int whole = start;
        if (Line == 0 && last - start >= 3 && text[start] == 0xEF && text[start + 1] == 0xBB && text[start + 2] == 0xBF)
        {
            // The mark that Windows puts before UTF-8.
            start += 3;
        }

        int i = start;
        for (; i < last; i++)
        {
            byte value = text[i];
            if (value > (byte)'#' && value < 0x7F)
            {
                if (value == (byte)'=' && equals < 0)
                {
                    equals = i;
                }

                continue;
            }

            if (value == (byte)'\n')
            {
                break;
            }

            if (value == (byte)'#')
            {
                comment = comment < 0 && i > start && IsBlank(text[i - 1]) ? i : comment;
            }
            else if ((value < 0x20 && value != (byte)'\t') || value >= 0x7F)
            {
                odd = odd < 0 ? i : odd;
            }
            else if (value == (byte)'\t')
            {
                tabs = true;
            }
        }

        if (i == last && !isLast)
        {
            Hold(text, whole, last - whole);
            return last;
        }

        Line++;
        int end = i > start && text[i - 1] == (byte)'\r' ? i - 1 : i;
        int first = SkipBlanks(text, start, end);
        if (first == end || text[first] == (byte)'#' || text[first] == (byte)';')
        {
            return i + 1;
        }

        int length = end - start + _dropped;
        end = comment >= 0 && comment < end ? comment : end;
        bool good = (length <= SettingsLimits.Line && (odd < 0 || odd >= end)) || Refuse(length, odd - start + 1);
        good = good && Take(text, first, TrimEnd(text, first, end), equals < end ? equals : -1, tabs);
        return good ? i + 1 : -1;
    }

    private bool Refuse(int length, int column)
    {
        if (length > SettingsLimits.Line)
        {
            return _error.Fail("the line is ", length, " bytes long; at most ", SettingsLimits.Line);
        }

        _error.Column = column;
        return _error.Fail("only printable ASCII characters are allowed outside comments");
    }

    // Keeps a part of a line.
    private void Hold(byte[] text, int offset, int count)
    {
        while (count > 0)
        {
            int room = HeldSize - _heldLength;
            int part = count < room ? count : room;
            MakeRoom(_heldLength + part);
            Array.Copy(text, offset, _held, _heldLength, part);
            _heldLength += part;
            offset += part;
            count -= part;
            if (count > 0 && SkipBlanks(_held, 0, _heldLength) < _heldLength)
            {
                // Its beginning says whether it is a comment; of the rest only the length is told, without its CR.
                _dropped += count - (text[offset + count - 1] == (byte)'\r' ? 1 : 0);
                return;
            }

            if (count > 0)
            {
                // Nothing but blanks so far: what it is comes later.
                _dropped += _heldLength;
                _heldLength = 0;
            }
        }
    }

    // Most lines are short.
    private void MakeRoom(int size)
    {
        if (_held != null && size <= _held.Length)
        {
            return;
        }

        int twice = _held == null ? UsualSize : _held.Length * 2;
        twice = twice < size ? size : twice;
        byte[] held = Memory.Take(twice < HeldSize ? twice : HeldSize);
        if (_held != null)
        {
            Array.Copy(_held, 0, held, 0, _heldLength);
        }

        _held = held;
    }

    // The rest of a line that is kept, or a part of it.
    private int HoldOn(byte[] text, int offset, int end)
    {
        int lineEnd = Octets.IndexOf(text, offset, end - offset, (byte)'\n');
        int stop = lineEnd < 0 ? end : lineEnd;
        Hold(text, offset, stop - offset);
        return lineEnd < 0 ? end : EndHolding() ? lineEnd + 1 : -1;
    }

    private bool EndHolding()
    {
        bool good = ReadLine(_held, 0, _heldLength, true) >= 0;
        _heldLength = 0;
        _dropped = 0;
        return good;
    }
}
