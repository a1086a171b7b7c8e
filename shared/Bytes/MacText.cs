namespace Netboot.Bytes;

/// <summary>
/// Reads Ethernet addresses as people write them: <c>52:54:00:12:34:56</c>, <c>52-54-00-12-34-56</c> or <c>525400123456</c>, in any case.
/// </summary>
public static class MacText
{
    /// <summary>Bytes of an Ethernet address.</summary>
    public const int Size = 6;

    private const int BareLength = 12;
    private const int SeparatedLength = 17;

    /// <summary>
    /// Reads one address into <paramref name="mac"/> from <paramref name="macOffset"/>; false when the range is anything else.
    /// </summary>
    public static bool Parse(byte[] text, int offset, int length, byte[] mac, int macOffset)
    {
        int step = 2;
        if (length == SeparatedLength)
        {
            step = 3;
            byte separator = text[offset + 2];
            if (separator != (byte)':' && separator != (byte)'-')
            {
                return false;
            }

            for (int i = 2; i < SeparatedLength; i += 3)
            {
                if (text[offset + i] != separator)
                {
                    return false;
                }
            }
        }
        else if (length != BareLength)
        {
            return false;
        }

        for (int i = 0; i < Size; i++)
        {
            int high = Octets.HexDigit(text[offset]);
            int low = Octets.HexDigit(text[offset + 1]);
            if (high < 0 || low < 0)
            {
                return false;
            }

            mac[macOffset + i] = (byte)((high << 4) | low);
            offset += step;
        }

        return true;
    }

    /// <summary>
    /// Reads what addresses begin with, one to five whole octets and a star (<c>52:54:00:*</c>, <c>52-54-00-*</c> or <c>525400*</c>), into
    /// <paramref name="mac"/>. Gives how many octets there are, 0 when the range is anything else.
    /// </summary>
    public static int ParsePrefix(byte[] text, int offset, int length, byte[] mac)
    {
        if (length <= 2 || text[offset + length - 1] != (byte)'*')
        {
            return 0;
        }

        byte separator = text[offset + 2];
        bool separated = separator == (byte)':' || separator == (byte)'-';
        int step = separated ? 3 : 2;
        int octets = (length - 1) / step;
        if (octets >= Size || octets * step != length - 1)
        {
            return 0;
        }

        for (int i = 0; i < octets; i++)
        {
            int high = Octets.HexDigit(text[offset]);
            int low = Octets.HexDigit(text[offset + 1]);
            if (high < 0 || low < 0 || (separated && text[offset + 2] != separator))
            {
                return 0;
            }

            mac[i] = (byte)((high << 4) | low);
            offset += step;
        }

        return octets;
    }
}
