using System;
using System.Text;

namespace Netboot.Bytes;

/// <summary>
/// Writes JSON (RFC 8259) and places its commas. It goes on in another buffer where it was, so an answer may be written in pieces. What
/// comes from the network stays text whatever it holds.
/// </summary>
public sealed class JsonWriter
{
    private const int SignBits = unchecked((int)0x80808080);

    private readonly Encoding _utf8 = Octets.Utf8;
    private ByteWriter _writer;

    // A value stands before: what comes next needs a comma.
    private bool _due;

    /// <summary>A writer that is told by <see cref="In"/> where to write.</summary>
    public JsonWriter()
    {
    }

    /// <summary>Writes into <paramref name="writer"/>.</summary>
    public JsonWriter(ByteWriter writer)
    {
        _writer = writer;
    }

    /// <summary>What it writes into.</summary>
    public ByteWriter Bytes => _writer;

    /// <summary>Goes on in <paramref name="writer"/>.</summary>
    public JsonWriter In(ByteWriter writer)
    {
        _writer = writer;
        return this;
    }

    /// <summary>Begins an object or an array: <c>{</c> or <c>[</c>.</summary>
    public JsonWriter Begin(char bracket)
    {
        Sign(bracket);
        _due = false;
        return this;
    }

    /// <summary>Ends it: <c>}</c> or <c>]</c>.</summary>
    public JsonWriter End(char bracket)
    {
        ByteWriter writer = _writer;
        byte[] buffer = writer._buffer;
        int at = writer._length;
        if (at < buffer.Length)
        {
            buffer[at] = (byte)bracket;
            writer._length = at + 1;
        }
        else
        {
            writer.Byte(bracket);
        }

        _due = true;
        return this;
    }

    /// <summary>Begins a member of an object; its value comes next. A name is one of ours: ASCII that needs no escape.</summary>
    public JsonWriter Name(string name)
    {
        ByteWriter writer = _writer;
        byte[] buffer = writer._buffer;
        int at = writer._length;
        int count = name.Length;
        if (at + count + 4 > buffer.Length)
        {
            Sign('"');
            writer.Text(name).Text("\":");
        }
        else
        {
            if (_due)
            {
                buffer[at++] = (byte)',';
            }

            buffer[at++] = (byte)'"';
            at += _utf8.GetBytes(name, 0, count, buffer, at);
            buffer[at] = (byte)'"';
            buffer[at + 1] = (byte)':';
            writer._length = at + 2;
        }

        _due = false;
        return this;
    }

    /// <summary>A number.</summary>
    public JsonWriter Value(int number)
    {
        if (number >= 0 && number < 10)
        {
            Sign('0' + number);
        }
        else if (_due)
        {
            _writer.Byte(',').Number(number);
        }
        else
        {
            _writer.Number(number);
        }

        _due = true;
        return this;
    }

    /// <summary>A number of milliseconds: what is more than 24 days is 24 days.</summary>
    public JsonWriter Time(long milliseconds) => Value(milliseconds > int.MaxValue ? int.MaxValue : (int)milliseconds);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public JsonWriter Value(bool value) => Literal(value ? "true" : "false");

    /// <summary><c>null</c>.</summary>
    public JsonWriter Null() => Literal("null");

    /// <summary>A text in quotes, or <c>null</c>.</summary>
    public JsonWriter Value(string text)
    {
        if (text == null)
        {
            return Null();
        }

        ByteWriter writer = BeginText();
        int start = writer.Length;
        writer.Text(text);
        return EndText(start, false);
    }

    /// <summary>A text in quotes, or <c>null</c>.</summary>
    public JsonWriter Value(byte[] text)
    {
        if (text == null)
        {
            return Null();
        }

        ByteWriter writer = BeginText();
        int start = writer.Length;
        writer.Raw(text);
        return EndText(start, false);
    }

    /// <summary>
    /// A text in quotes of which it is known that all bytes are printable ASCII (see <see cref="ByteWriter.Printable"/>), such as a log
    /// line.
    /// </summary>
    public JsonWriter Printable(ByteWriter text)
    {
        ByteWriter writer = BeginText();
        int start = writer.Length;
        writer.Raw(text.Buffer, 0, text.Length);
        return EndText(start, true);
    }

    /// <summary>A word in quotes that is one of ours and needs no escape.</summary>
    public JsonWriter Word(string word)
    {
        BeginText().Text(word);
        return EndText();
    }

    /// <summary>An Ethernet address in quotes, with colons.</summary>
    public JsonWriter Mac(byte[] bytes, int offset)
    {
        BeginText().Mac(bytes, offset, ':');
        return EndText();
    }

    /// <summary>An IPv4 address in quotes, in dotted form.</summary>
    public JsonWriter Address(byte[] bytes, int offset)
    {
        BeginText().Address(bytes, offset);
        return EndText();
    }

    /// <summary>Begins a text of which it is known that it needs no escape; it is written into what this gives.</summary>
    public ByteWriter BeginText()
    {
        Sign('"');
        return _writer;
    }

    /// <summary>Ends it.</summary>
    public JsonWriter EndText() => End('"');

    private JsonWriter Literal(string value)
    {
        Comma();
        _writer.Text(value);
        _due = true;
        return this;
    }

    private void Comma()
    {
        if (_due)
        {
            _writer.Byte(',');
        }
    }

    // The comma that is due, and a sign.
    private void Sign(int sign)
    {
        ByteWriter writer = _writer;
        byte[] buffer = writer._buffer;
        int at = writer._length;
        if (at + 2 > buffer.Length)
        {
            Comma();
            writer.Byte(sign);
            return;
        }

        if (_due)
        {
            buffer[at++] = (byte)',';
        }

        buffer[at] = (byte)sign;
        writer._length = at + 1;
    }

    // Ends a text whose bytes from start on may need escapes: nearly always none does.
    private JsonWriter EndText(int start, bool printable)
    {
        byte[] buffer = _writer.Buffer;
        int count = _writer.Length - start;
        if (Has(buffer, start, count, '"') || Has(buffer, start, count, '\\') || Has(buffer, start, count, '<')
            || !(printable || IsPrintable(buffer, start, count)))
        {
            var text = new byte[count];
            Array.Copy(buffer, start, text, 0, count);
            _writer.Truncate(start);
            Escape(text);
        }

        return End('"');
    }

    // This search is native on a board.
    private static bool Has(byte[] bytes, int offset, int count, char value) => Array.IndexOf(bytes, (byte)value, offset, count) >= 0;

    // Looked at four bytes at a time: none of them is below a blank, and none DEL or above.
    private static bool IsPrintable(byte[] bytes, int at, int count)
    {
        int end = at + count;
        for (; at + 4 <= end; at += 4)
        {
            int four = BitConverter.ToInt32(bytes, at);
            if ((((four - 0x20202020) | (four + 0x01010101)) & SignBits) != 0)
            {
                return false;
            }
        }

        for (; at < end; at++)
        {
            if ((uint)(bytes[at] - 0x20) > 0x5Eu)
            {
                return false;
            }
        }

        return true;
    }

    // Bytes that are not printable ASCII, and the sign that begins a tag in HTML, are written as \u00xx.
    private void Escape(byte[] text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            byte value = text[i];
            if (value == (byte)'"' || value == (byte)'\\')
            {
                _writer.Byte('\\').Byte(value);
            }
            else if (value == (byte)'<' || (uint)(value - 0x20) > 0x5Eu)
            {
                _writer.Text("\\u00").HexByte(value);
            }
            else
            {
                _writer.Byte(value);
            }
        }
    }
}
