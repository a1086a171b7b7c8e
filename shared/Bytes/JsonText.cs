namespace Netboot.Bytes;

/// <summary>
/// Writes JSON (RFC 8259) into a <see cref="ByteWriter"/>. What comes from the network is written so that it stays text whatever it holds.
/// </summary>
public static class JsonText
{
    private const int Delete = 0x7F;

    /// <summary>
    /// Writes a string in quotes. Bytes that are not printable ASCII, and the sign that begins a tag in HTML, are written as <c>\u00xx</c>.
    /// </summary>
    public static ByteWriter String(ByteWriter writer, byte[] bytes, int offset, int count)
    {
        writer.Byte('"');
        int end = offset + count;
        int start = offset;
        for (int i = offset; i < end; i++)
        {
            byte value = bytes[i];
            if ((uint)(value - 0x20) < Delete - 0x20 && value != (byte)'"' && value != (byte)'\\' && value != (byte)'<')
            {
                continue;
            }

            // What stood before it needs no escape and goes out at once.
            writer.Raw(bytes, start, i - start);
            start = i + 1;
            if (value == (byte)'"' || value == (byte)'\\')
            {
                writer.Byte('\\').Byte(value);
            }
            else
            {
                writer.Text("\\u00").HexByte(value);
            }
        }

        return writer.Raw(bytes, start, end - start).Byte('"');
    }

    /// <summary>
    /// Writes a string in quotes of which it is known that all bytes are printable ASCII (see <see cref="ByteWriter.Printable"/>), such as
    /// a log line: the search for the few that need an escape is native on a board.
    /// </summary>
    public static ByteWriter Printable(ByteWriter writer, byte[] bytes, int offset, int count)
    {
        bool plain = !Has(bytes, offset, count, '"') && !Has(bytes, offset, count, '\\') && !Has(bytes, offset, count, '<');
        return plain ? writer.Byte('"').Raw(bytes, offset, count).Byte('"') : String(writer, bytes, offset, count);
    }

    private static bool Has(byte[] bytes, int offset, int count, char value) =>
        System.Array.IndexOf(bytes, (byte)value, offset, count) >= 0;

    /// <summary>Writes a string in quotes, or <c>null</c>.</summary>
    public static ByteWriter String(ByteWriter writer, string text)
    {
        if (text == null)
        {
            return writer.Text("null");
        }

        byte[] bytes = Octets.Of(text);
        return String(writer, bytes, 0, bytes.Length);
    }

    /// <summary>Writes a string in quotes, or <c>null</c>.</summary>
    public static ByteWriter String(ByteWriter writer, byte[] bytes) =>
        bytes == null ? writer.Text("null") : String(writer, bytes, 0, bytes.Length);
}
