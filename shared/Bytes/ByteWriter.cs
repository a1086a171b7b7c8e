using System;

namespace Netboot.Bytes;

/// <summary>
/// Writes text as bytes into one buffer: scripts, log lines, HTTP heads. A fixed writer never grows and never throws: what does not
/// fit is cut off and <see cref="Overflowed"/> says so; a growing one doubles its buffer up to its limit.
/// </summary>
public sealed class ByteWriter
{
    private const int MacLength = 17;

    // Bytes of UTF-8 that one character of a string takes at the most.
    private const int LongestCharacter = 3;

    /// <summary>The hexadecimal digits, for packet paths that write them without a call.</summary>
    internal static readonly byte[] Hex = Octets.Of("0123456789abcdef");

    private readonly int _limit;

    // JsonWriter's too: it writes its signs without a call for each.
    internal byte[] _buffer;
    internal int _length;

    /// <summary>
    /// A writer into a buffer of <paramref name="size"/> bytes that grows up to <paramref name="limit"/> (the same: it is fixed).
    /// </summary>
    public ByteWriter(int size, int limit)
    {
        _buffer = new byte[size];
        _limit = limit;
    }

    /// <summary>A fixed writer into a buffer of the caller's.</summary>
    public ByteWriter(byte[] buffer)
    {
        _buffer = buffer;
        _limit = buffer.Length;
    }

    /// <summary>The buffer written to; its first <see cref="Length"/> bytes count. It changes when the writer grows.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Bytes written so far.</summary>
    public int Length => _length;

    /// <summary>Whether something did not fit and was left out.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Starts anew in the same buffer.</summary>
    public void Clear()
    {
        _length = 0;
        Overflowed = false;
    }

    /// <summary>Takes back what was written after the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length) => _length = length;

    /// <summary>Adds one byte.</summary>
    public ByteWriter Byte(int value)
    {
        // Nearly always there is room; to ask for it would take as long again.
        if (_length < _buffer.Length || Room(1))
        {
            _buffer[_length++] = (byte)value;
        }

        return this;
    }

    /// <summary>
    /// Adds a text as UTF-8, straight from where it is: a literal's characters are in the board's flash, and nothing is put on its heap.
    /// Null adds nothing; what has no room is left out.
    /// </summary>
    public ByteWriter Text(string text)
    {
        int count = text == null ? 0 : text.Length;
        if (_length + (count * LongestCharacter) <= _buffer.Length)
        {
            _length += Octets.Utf8.GetBytes(text ?? "", 0, count, _buffer, _length);
            return this;
        }

        return LongText(text, count);
    }

    // The room may be too little: in parts that fit whatever their characters are, and the rest, shorter than three such, by a copy.
    private ByteWriter LongText(string text, int count)
    {
        Room(count);
        int done = 0;
        while (done < count)
        {
            int part = (_buffer.Length - _length) / LongestCharacter;
            if (part == 0)
            {
                return Raw(Octets.Of(text.Substring(done)));
            }

            part = part < count - done ? part : count - done;
            _length += Octets.Utf8.GetBytes(text, done, part, _buffer, _length);
            done += part;
        }

        return this;
    }

    /// <summary>Adds all of <paramref name="bytes"/>.</summary>
    public ByteWriter Raw(byte[] bytes) => Raw(bytes, 0, bytes.Length);

    /// <summary>Adds a range of bytes.</summary>
    public ByteWriter Raw(byte[] bytes, int offset, int count)
    {
        if (_length + count > _buffer.Length && !Room(count))
        {
            count = _buffer.Length - _length;
        }

        Array.Copy(bytes, offset, _buffer, _length, count);
        _length += count;
        return this;
    }

    /// <summary>Adds a range of bytes that came from outside: what is not printable ASCII becomes a full stop.</summary>
    public ByteWriter Printable(byte[] bytes, int offset, int count)
    {
        if (!Room(count))
        {
            count = _buffer.Length - _length;
        }

        // Nearly always all of it can stay: copied at once, then looked through, four bytes at a time: none of them is below a blank, and
        // none DEL or above.
        byte[] buffer = _buffer;
        int at = _length;
        Array.Copy(bytes, offset, buffer, at, count);
        int end = at + count;
        while (at + 4 <= end)
        {
            int four = BitConverter.ToInt32(buffer, at);
            at += 4;
            if ((((four - 0x20202020) | (four + 0x01010101)) & unchecked((int)0x80808080)) != 0)
            {
                MakePrintable(buffer, at - 4, at);
            }
        }

        MakePrintable(buffer, at, end);
        _length = end;
        return this;
    }

    private static void MakePrintable(byte[] buffer, int at, int end)
    {
        for (; at < end; at++)
        {
            if ((uint)(buffer[at] - 0x20) > 0x5Eu)
            {
                buffer[at] = (byte)'.';
            }
        }
    }

    /// <summary>Adds a number in decimal; nothing when it does not fit.</summary>
    public ByteWriter Number(int value)
    {
        if (value < 0)
        {
            if (value == int.MinValue)
            {
                return Text("-2147483648");
            }

            Byte('-');
            value = -value;
        }

        if (value < 10)
        {
            return Byte('0' + value);
        }

        int digits = 2;
        for (int rest = value / 100; rest > 0; rest /= 10)
        {
            digits++;
        }

        if (_length + digits > _buffer.Length && !Room(digits))
        {
            return this;
        }

        byte[] buffer = _buffer;
        int at = _length + digits;
        _length = at;
        do
        {
            buffer[--at] = (byte)('0' + (value % 10));
            value /= 10;
        }
        while (value > 0);
        return this;
    }

    /// <summary>Adds a byte as two hexadecimal digits.</summary>
    public ByteWriter HexByte(int value)
    {
        Byte(Hex[(value >> 4) & 15]);
        return Byte(Hex[value & 15]);
    }

    /// <summary>
    /// Adds an Ethernet address, six bytes in hexadecimal with <paramref name="separator"/> between them; nothing when it does not fit.
    /// </summary>
    public ByteWriter Mac(byte[] bytes, int offset, char separator)
    {
        if (!Room(MacLength))
        {
            return this;
        }

        // In the packet path: room is asked for once, and nothing is called for each digit.
        byte[] buffer = _buffer;
        byte[] hex = Hex;
        int at = _length;
        _length = at + MacLength;
        for (int i = 0; i < 6; i++)
        {
            if (i > 0)
            {
                buffer[at++] = (byte)separator;
            }

            int value = bytes[offset + i];
            buffer[at++] = hex[value >> 4];
            buffer[at++] = hex[value & 15];
        }

        return this;
    }

    /// <summary>Adds an IPv4 address in dotted form.</summary>
    public ByteWriter Address(byte[] bytes, int offset)
    {
        for (int i = 0; i < 4; i++)
        {
            if (i > 0)
            {
                Byte('.');
            }

            Number(bytes[offset + i]);
        }

        return this;
    }

    /// <summary>What was written, as a text. It allocates.</summary>
    public override string ToString() => Octets.Text(_buffer, 0, _length);

    private bool Room(int count)
    {
        if (_length + count <= _buffer.Length)
        {
            return true;
        }

        if (_length + count > _limit)
        {
            Grow(_limit);
            Overflowed = true;
            return false;
        }

        int size = _buffer.Length * 2;
        while (size < _length + count)
        {
            size *= 2;
        }

        Grow(size < _limit ? size : _limit);
        return true;
    }

    private void Grow(int size)
    {
        if (size > _buffer.Length)
        {
            var larger = new byte[size];
            Array.Copy(_buffer, 0, larger, 0, _length);
            _buffer = larger;
        }
    }
}
