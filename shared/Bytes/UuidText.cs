namespace Netboot.Bytes;

/// <summary>Reads and writes a UUID in its text form, 16 bytes in the order in which they are written.</summary>
public static class UuidText
{
    /// <summary>Bytes of a UUID.</summary>
    public const int Size = 16;

    private const int BareLength = 32;
    private const int HyphenatedLength = 36;

    /// <summary>
    /// Reads <c>01234567-89ab-cdef-0123-456789abcdef</c> or the same without hyphens, in any case; false when it is anything else.
    /// </summary>
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
    /// Writes a UUID as SMBIOS and DHCP's option 97 have it, its first three groups with the lowest byte first (RFC 4578 section 2.3), so
    /// that it reads as the machine's own tools show it.
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

    private static bool IsGroup(int index) => index == 4 || index == 6 || index == 8 || index == 10;

    /// <summary>
    /// Whether 16 bytes, in either byte order, are what many boards have in place of a UUID of their own: one byte again and again, or what
    /// firmware ships with (collected from the deny lists of FOG, systemd, Rockstor and nvme-cli). The last eight bytes tell; they are the
    /// same in both byte orders.
    /// </summary>
    public static bool IsShared(byte[] uuid, int offset)
    {
        int same = 1;
        while (same < Size && uuid[offset + same] == uuid[offset])
        {
            same++;
        }

        int first = Octets.ReadInt32(uuid, offset + 8);
        switch (Octets.ReadInt32(uuid, offset + 12))
        {
            // AMI: 03000200-0400-0500-0006-000700080009.
            case 0x00080009: return first == 0x00060007;

            // AMI and others: 12345678-1234-5678-90AB-CDDEEFAABBCC.
            case unchecked((int)0xEFAABBCC): return first == unchecked((int)0x90ABCDDE);

            // FFFFFFFF, FFFFFF00 and others before -FFFF-FFFF-FFFF-FFFFFFFFFFFF.
            case -1: return first == -1;

            // Dell without a service tag: 4C4C4544-0000-2010-8020-80C04F202020.
            case 0x4F202020: return first == unchecked((int)0x802080C0);

            // Counted up or down: 00010203-…, 01020304-…, 07090201-0103-0301-0807-060504030201.
            case 0x0C0D0E0F: return first == 0x08090A0B;
            case 0x0D0E0F10: return first == 0x090A0B0C;
            case 0x04030201: return first == 0x08070605;

            // 11111111-2222-3333-4444-555555555555, DEADBEEF-DEAD-BEEF-DEAD-BEEFDEADBEEF.
            case 0x55555555: return first == 0x44445555 || same == Size;
            case unchecked((int)0xDEADBEEF): return first == unchecked((int)0xDEADBEEF);

            // 8E275844-178F-44A8-ACEB-A7D7E5178C63, DC698397-FA54-4CF2-82C8-B1B5307A6A7F, 890E2D14-CACD-45D1-AE66-BC80E8BFEB0F.
            case unchecked((int)0xE5178C63): return first == unchecked((int)0xACEBA7D7);
            case 0x307A6A7F: return first == unchecked((int)0x82C8B1B5);
            case unchecked((int)0xE8BFEB0F): return first == unchecked((int)0xAE66BC80);
            default: return same == Size;
        }
    }
}
