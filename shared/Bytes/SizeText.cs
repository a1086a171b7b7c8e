namespace Netboot.Bytes;

/// <summary>Writes sizes for people.</summary>
public static class SizeText
{
    private const int Kilo = 1024;
    private const int Mega = 1024 * 1024;

    /// <summary>Writes <c>512 bytes</c>, <c>123 KB</c> or <c>1.2 MB</c> (of 1,024 and 1,048,576 bytes).</summary>
    public static ByteWriter Write(ByteWriter writer, int bytes)
    {
        if (bytes < Kilo)
        {
            return writer.Number(bytes).Text(bytes == 1 ? " byte" : " bytes");
        }

        if (bytes < Mega)
        {
            return writer.Number(bytes / Kilo).Text(" KB");
        }

        writer.Number(bytes / Mega);
        int tenths = bytes % Mega / (Mega / 10);
        if (tenths > 0 && tenths < 10 && bytes < 10 * Mega)
        {
            writer.Byte('.').Number(tenths);
        }

        return writer.Text(" MB");
    }
}
