using System;

namespace Netboot.Bytes;

/// <summary>
/// Takes a generated text and keeps only a part of it, in a buffer of the caller's: what is before the part is passed over, what is after
/// it is left out. So a script of any length needs no memory of its own: whoever sends it has it written once for each part. Texts are
/// ASCII: a literal's characters are copied straight from the board's flash, from any place in it.
/// </summary>
public sealed class PartWriter
{
    private byte[] _buffer;
    private int _at;
    private int _end;
    private int _skip;

    /// <summary>Keeps nothing: what is written then is only counted.</summary>
    public void Count()
    {
        _skip = int.MaxValue;
        _at = 0;
        _end = 0;
    }

    /// <summary>Bytes written since <see cref="Count"/>.</summary>
    public int Counted => int.MaxValue - _skip;

    /// <summary>
    /// Keeps <paramref name="count"/> bytes from <paramref name="position"/> on, at <paramref name="offset"/> of <paramref name="buffer"/>.
    /// </summary>
    public void Keep(int position, byte[] buffer, int offset, int count)
    {
        _buffer = buffer;
        _at = offset;
        _end = offset + count;
        _skip = position;
    }

    /// <summary>Where the next byte that is kept would go; then whether there is room for any.</summary>
    public int At => _at;

    /// <summary>Adds an ASCII text.</summary>
    public PartWriter Text(string text)
    {
        int count = text.Length;
        int skip = _skip;
        if (skip >= count)
        {
            _skip = skip - count;
            return this;
        }

        int part = count - skip;
        int room = _end - _at;
        if (part > room)
        {
            part = room;
        }

        _skip = 0;
        if (part > 0)
        {
            Octets.Utf8.GetBytes(text, skip, part, _buffer, _at);
            _at += part;
        }

        return this;
    }

    /// <summary>Adds all of <paramref name="bytes"/>.</summary>
    public PartWriter Raw(byte[] bytes) => Raw(bytes, 0, bytes.Length);

    /// <summary>Adds a range of bytes.</summary>
    public PartWriter Raw(byte[] bytes, int offset, int count)
    {
        int skip = _skip;
        if (skip >= count)
        {
            _skip = skip - count;
            return this;
        }

        int part = count - skip;
        int room = _end - _at;
        if (part > room)
        {
            part = room;
        }

        _skip = 0;
        if (part > 0)
        {
            Array.Copy(bytes, offset + skip, _buffer, _at, part);
            _at += part;
        }

        return this;
    }

    /// <summary>Adds one byte.</summary>
    public PartWriter Byte(int value)
    {
        if (_skip > 0)
        {
            _skip--;
        }
        else if (_at < _end)
        {
            _buffer[_at++] = (byte)value;
        }

        return this;
    }
}
