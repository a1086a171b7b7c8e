using System.IO.Hashing;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// The settings as text to be copied off a terminal: between two comment lines, the second with the CRC of what is between. A UART drops bytes
/// silently when a paste comes too fast; the CRC finds that out.
/// </summary>
public static class Backup
{
    private const int CrcDigits = 8;

    // As texts they are in the flash; as arrays they would be on the heap for ever.
    private const string Begin = "# ---- begin of backup";
    private const string End = "# ---- end of backup, CRC-32 ";
    private const string Rest = " ----\n";

    /// <summary>Writes the settings without secrets.</summary>
    public static void Write(DeviceSettings settings, ByteWriter writer)
    {
        WriteBegin(settings, writer);
        int start = writer.Length;
        SettingsText.WriteWithoutSecrets(settings, writer);
        WriteEnd(Crc(writer.Buffer, start, writer.Length), writer);
    }

    /// <summary>Writes the line before the settings.</summary>
    public static void WriteBegin(DeviceSettings settings, ByteWriter writer)
    {
        writer.Text(Begin).Text(" of ").Raw(settings.Name).Text(Rest);
    }

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

    /// <summary>Whether a text is whole, as far as its comment lines say. One without them passes: it was written by hand.</summary>
    public static bool Check(byte[] text, int offset, int length, SettingsError error)
    {
        error.Clear();
        length += offset;
        int begin = FindLine(text, offset, length, Octets.Of(Begin));
        byte[] last = Octets.Of(End);
        int end = FindLine(text, offset, length, last);
        if (begin < 0 && end < 0)
        {
            return true;
        }

        if (begin < 0 || end < begin)
        {
            return error.Fail("the text has only one of the two lines of a backup (begin, end): a part is missing");
        }

        int start = Octets.IndexOf(text, begin, length - begin, (byte)'\n') + 1;
        int digits = end + last.Length;
        bool same = length - digits >= CrcDigits;
        int crc = same ? Crc(text, start, end) : 0;
        for (int i = 0; i < CrcDigits && same; i++)
        {
            same = Octets.HexDigit(text[digits + i]) == ((crc >> (28 - (i * 4))) & 15);
        }

        return same || error.Fail("the text is not the one that the backup printed: it was damaged on the way, or changed. If you changed it, leave out its lines '# ----'");
    }

    private static int FindLine(byte[] text, int position, int length, byte[] start)
    {
        while (position < length)
        {
            if (Octets.StartsWith(text, position, length - position, start))
            {
                return position;
            }

            int end = Octets.IndexOf(text, position, length - position, (byte)'\n');
            position = end < 0 ? length : end + 1;
        }

        return -1;
    }

    /// <summary>Adds a range to the CRC of what is between the lines.</summary>
    public static void Append(Crc32 crc, byte[] text, int start, int end)
    {
        SettingsSlot.Append(crc, text, start, end);
    }

    private static int Crc(byte[] text, int start, int end)
    {
        var crc = new Crc32();
        SettingsSlot.Append(crc, text, start, end);
        return (int)crc.GetCurrentHashAsUInt32();
    }
}
