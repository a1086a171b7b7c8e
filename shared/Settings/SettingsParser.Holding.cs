using System;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <content>A line that is cut between two parts of the text.</content>
internal sealed partial class SettingsParser
{
    // The longest line with its CR and a byte order mark, and some more: what is longer is refused, unless it is a comment.
    private const int HeldSize = SettingsLimits.Line + 8;

    private byte[] _held;
    private int _heldLength;

    // Bytes of the line that were not kept: what is too long is only counted.
    private int _dropped;

    private bool IsHolding => _heldLength > 0 || _dropped > 0;

    // Keeps a part of a line.
    private void Hold(byte[] text, int offset, int count)
    {
        _held = _held ?? Memory.Take(HeldSize);
        while (count > 0)
        {
            int room = HeldSize - _heldLength;
            int part = count < room ? count : room;
            Array.Copy(text, offset, _held, _heldLength, part);
            _heldLength += part;
            offset += part;
            count -= part;
            if (count > 0 && SkipHeldBlanks() < _heldLength)
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

    // The rest of a line that is kept, or a part of it.
    private bool HoldOn(byte[] text, int offset, int end)
    {
        int lineEnd = Octets.IndexOf(text, offset, end - offset, (byte)'\n');
        int stop = lineEnd < 0 ? end : lineEnd;
        Hold(text, offset, stop - offset);
        bool good = lineEnd < 0 || EndHolding();
        _next = lineEnd < 0 ? end : lineEnd + 1;
        return good;
    }

    private bool EndHolding()
    {
        bool good = ReadLine(_held, 0, _heldLength, true);
        _heldLength = 0;
        _dropped = 0;
        return good;
    }

    private int SkipHeldBlanks()
    {
        int first = 0;
        while (first < _heldLength && IsBlank(_held[first]))
        {
            first++;
        }

        return first;
    }
}
