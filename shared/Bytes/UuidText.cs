namespace Netboot.Bytes;

/// <summary>Reads and writes a UUID in its text form, 16 bytes in the order in which they are written.</summary>
public static class UuidText
{
    /// <summary>Bytes of a UUID.</summary>
    public const int Size = 16;

    private const int BareLength = 32;
    private const int HyphenatedLength = 36;

    /// <summary>Reads <c>01234567-89ab-cdef-0123-456789abcdef</c> or the same without hyphens, in any case; false when it is anything else.</summary>
    public static bool Parse(byte[] text, int offset, int length, byte[] uuid, int uuidOffset)
    {
        if (length != BareLength && length != HyphenatedLength)
        {
            return false;
        }

        for (int i = 0; i < Size; i++)
        {
            if (length == HyphenatedLength && IsGroup(i))
            {
                if (text[offset] != (byte)'-')
                {
                    return false;
                }

                offset++;
            }

            int high = Octets.HexDigit(text[offset]);
            int low = Octets.HexDigit(text[offset + 1]);
            if (high < 0 || low < 0)
            {
                return false;
            }

            uuid[uuidOffset + i] = (byte)((high << 4) | low);
            offset += 2;
        }

        return true;
    }

    /// <summary>Writes the form with hyphens, in lower case.</summary>
    public static void Write(ByteWriter writer, byte[] uuid, int offset)
    {
        for (int i = 0; i < Size; i++)
        {
            if (IsGroup(i))
            {
                writer.Byte('-');
            }

            writer.HexByte(uuid[offset + i]);
        }
    }

    /// <summary>
    /// Writes a UUID as SMBIOS and DHCP's option 97 have it, its first three groups with the lowest byte first (RFC 4578 section 2.3), so that it reads as the machine's
    /// own tools show it.
    /// </summary>
    public static void WriteMixed(ByteWriter writer, byte[] uuid, int offset)
    {
        for (int i = 0; i < Size; i++)
        {
            if (IsGroup(i))
            {
                writer.Byte('-');
            }

            writer.HexByte(uuid[offset + (i < 4 ? 3 - i : i < 6 ? 9 - i : i < 8 ? 13 - i : i)]);
        }
    }

    private static bool IsGroup(int index)
    {
        return index == 4 || index == 6 || index == 8 || index == 10;
    }
}
