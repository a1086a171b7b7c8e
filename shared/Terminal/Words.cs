using Netboot.Bytes;

namespace Netboot.Terminal;

/// <summary>
/// Takes a command line apart, word by word. A word in double quotes may hold blanks. What is left after some words can be had as it
/// stands.
/// </summary>
public sealed class Words
{
    private readonly byte[] _line;
    private readonly int _end;
    private int _position;

    /// <summary>Over the first <paramref name="length"/> bytes of a line.</summary>
    public Words(byte[] line, int length)
    {
        _line = line;
        _end = length;
        while (_end > 0 && _line[_end - 1] == (byte)' ')
        {
            _end--;
        }

        Skip();
    }

    /// <summary>Whether there is nothing left.</summary>
    public bool AtEnd => _position == _end;

    /// <summary>The next word without its quotes, or null when there is none.</summary>
    public string Next()
    {
        if (AtEnd)
        {
            return null;
        }

        int start = _position;
        int end;
        if (_line[start] == (byte)'"')
        {
            start++;
            end = Octets.IndexOf(_line, start, _end - start, (byte)'"');
            end = end < 0 ? _end : end;
            _position = end < _end ? end + 1 : end;
        }
        else
        {
            end = Octets.IndexOf(_line, start, _end - start, (byte)' ');
            end = end < 0 ? _end : end;
            _position = end;
        }

        Skip();
        return Octets.Text(_line, start, end - start);
    }

    /// <summary>All that is left, as it was typed: a value may hold blanks and quotes. <c>""</c> alone is an empty value.</summary>
    public string Rest()
    {
        int start = _position;
        _position = _end;
        bool empty = _end - start == 2 && _line[start] == (byte)'"' && _line[start + 1] == (byte)'"';
        return empty ? "" : Octets.Text(_line, start, _end - start);
    }

    /// <summary>
    /// Takes <c>SECTION.KEY</c>: <c>mirror.url</c>, <c>profile.menu.script</c> or <c>"profile menu".script</c>. False when the next word is
    /// nothing of the kind. The key is what follows the last full stop, for a profile's name may hold some.
    /// </summary>
    public bool NextKey(out string section, out string key)
    {
        section = null;
        key = null;
        int start = _position;
        int end = start;
        bool quoted = start < _end && _line[start] == (byte)'"';
        if (quoted)
        {
            start++;
            int close = Octets.IndexOf(_line, start, _end - start, (byte)'"');
            if (close < 0 || close + 1 == _end || _line[close + 1] != (byte)'.')
            {
                return false;
            }

            section = Octets.Text(_line, start, close - start);
            start = close + 2;
        }

        end = Octets.IndexOf(_line, start, _end - start, (byte)' ');
        end = end < 0 ? _end : end;
        if (!quoted)
        {
            int stop = end - 1;
            while (stop > start && _line[stop] != (byte)'.')
            {
                stop--;
            }

            if (stop <= start)
            {
                return false;
            }

            section = Section(start, stop);
            start = stop + 1;
        }

        key = Octets.Text(_line, start, end - start);
        _position = end;
        Skip();
        return key != "";
    }

    // profile.menu is [profile menu].
    private string Section(int start, int end)
    {
        int stop = Octets.IndexOf(_line, start, end - start, (byte)'.');
        return stop < 0
            ? Octets.Text(_line, start, end - start)
            : Octets.Text(_line, start, stop - start) + " " + Octets.Text(_line, stop + 1, end - stop - 1);
    }

    private void Skip()
    {
        while (_position < _end && _line[_position] == (byte)' ')
        {
            _position++;
        }
    }
}
