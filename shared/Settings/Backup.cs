using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// The settings as text to be copied off a terminal: between two comment lines, the second with the CRC of what is between. A UART drops
/// bytes silently when a paste comes too fast; the CRC finds that out.
/// </summary>
public static class Backup
{
    // As texts they are in the flash; as arrays they would be on the heap for ever.
    internal const string Begin = "# ---- begin of backup";
    internal const string End = "# ---- end of backup, CRC-32 ";
    internal const int EndLength = 29;

    private const string Rest = " ----\n";

    /// <summary>Writes the line before the settings.</summary>
    public static void WriteBegin(DeviceSettings settings, ByteWriter writer) =>
        writer.Text(Begin).Text(" of ").Raw(settings.Name).Text(Rest);

    /// <summary>Writes the line after them, with the CRC-32 of what is between.</summary>
    public static void WriteEnd(int crc, ByteWriter writer)
    {
        writer.Text(End);
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            writer.HexByte((crc >> shift) & 0xFF);
        }

        writer.Text(Rest);
    }
}
