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
}
