using Netboot.Bytes;

namespace Netboot.Web;

/// <summary>Text that came from outside, in a page.</summary>
public static class HtmlText
{
    /// <summary>
    /// Appends UTF-8 text so that it is nothing but text, also in an attribute between quotation marks. Control characters become spaces.
    /// </summary>
    public static ByteWriter Write(ByteWriter writer, byte[] text, int offset, int length)
    {
        for (int i = offset; i < offset + length; i++)
        {
            byte value = text[i];
            switch (value)
            {
                case (byte)'&':
                    writer.Text("&amp;");
                    break;
                case (byte)'<':
                    writer.Text("&lt;");
                    break;
                case (byte)'>':
                    writer.Text("&gt;");
                    break;
                case (byte)'"':
                    writer.Text("&quot;");
                    break;
                case (byte)'\'':
                    writer.Text("&#39;");
                    break;
                default:
                    writer.Byte(value < ' ' || value == 0x7F ? ' ' : value);
                    break;
            }
        }

        return writer;
    }
}
