using System;
using System.Text;

namespace Netboot.Bytes;

/// <summary>
/// Reads, writes and compares bytes in network order. Text is handled as bytes too: on the device a string is NUL-terminated UTF-8,
/// its indexer walks from the start and its length is counted each time.
/// </summary>
public static class Octets
{
    private static Encoding _utf8;

    /// <summary>Big-endian 16 bits at <paramref name="offset"/>.</summary>
    public static int ReadUInt16(byte[] buffer, int offset) => (buffer[offset] << 8) | buffer[offset + 1];

    /// <summary>
    /// Big-endian 32 bits at <paramref name="offset"/>, as a signed number (addresses are compared, not calculated with).
    /// </summary>
    public static int ReadInt32(byte[] buffer, int offset) =>
        (buffer[offset] << 24) | (buffer[offset + 1] << 16) | (buffer[offset + 2] << 8) | buffer[offset + 3];

    /// <summary>Writes the low 16 bits of <paramref name="value"/> big-endian.</summary>
    public static void WriteUInt16(byte[] buffer, int offset, int value)
    {
        buffer[offset] = (byte)(value >> 8);
        buffer[offset + 1] = (byte)value;
    }

    /// <summary>Writes 32 bits big-endian.</summary>
    public static void WriteInt32(byte[] buffer, int offset, int value)
    {
        buffer[offset] = (byte)(value >> 24);
        buffer[offset + 1] = (byte)(value >> 16);
        buffer[offset + 2] = (byte)(value >> 8);
        buffer[offset + 3] = (byte)value;
    }

    /// <summary>Whether <paramref name="count"/> bytes are the same. Both ranges must lie inside their arrays.</summary>
    public static bool Equal(byte[] a, int aOffset, byte[] b, int bOffset, int count)
    {
        // Eight at a time by a call into the platform: a loop over bytes costs a board 36 microseconds for each.
        while (count >= 8)
        {
            if (BitConverter.ToInt64(a, aOffset) != BitConverter.ToInt64(b, bOffset))
            {
                return false;
            }

            aOffset += 8;
            bOffset += 8;
            count -= 8;
        }

        if (count >= 4)
        {
            if (BitConverter.ToInt32(a, aOffset) != BitConverter.ToInt32(b, bOffset))
            {
                return false;
            }

            aOffset += 4;
            bOffset += 4;
            count -= 4;
        }

        while (count > 0)
        {
            count--;
            if (a[aOffset + count] != b[bOffset + count])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a range holds exactly the bytes of <paramref name="text"/>.</summary>
    public static bool Is(byte[] buffer, int offset, int length, byte[] text) =>
        length == text.Length && Equal(buffer, offset, text, 0, length);

    /// <summary>
    /// Whether a range holds exactly these ASCII characters. For words outside of packet paths: a literal stays in the board's flash, where
    /// an array of its bytes would be on the heap for ever. The platform walks a string for each character, so it is for short words.
    /// </summary>
    public static bool Is(byte[] buffer, int offset, int length, string word) =>
        length == word.Length && StartsWith(buffer, offset, length, word);

    /// <summary>Whether a range starts with these ASCII characters; see <see cref="Is(byte[],int,int,string)"/>.</summary>
    public static bool StartsWith(byte[] buffer, int offset, int length, string word)
    {
        if (length < word.Length)
        {
            return false;
        }

        foreach (char character in word)
        {
            if (buffer[offset++] != character)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Like <see cref="Is(byte[],int,int,string)"/>, with letters of any case. <paramref name="lowerWord"/> must be lower case.
    /// </summary>
    public static bool IsIgnoreCase(byte[] buffer, int offset, int length, string lowerWord)
    {
        if (length != lowerWord.Length)
        {
            return false;
        }

        foreach (char character in lowerWord)
        {
            if (ToLower(buffer[offset++]) != character)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a range starts with the bytes of <paramref name="text"/>.</summary>
    public static bool StartsWith(byte[] buffer, int offset, int length, byte[] text) =>
        length >= text.Length && Equal(buffer, offset, text, 0, text.Length);

    /// <summary>
    /// Like <see cref="Is(byte[],int,int,byte[])"/>, with ASCII letters of any case. <paramref name="lowerText"/> must be lower case.
    /// </summary>
    public static bool IsIgnoreCase(byte[] buffer, int offset, int length, byte[] lowerText)
    {
        if (length != lowerText.Length)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (ToLower(buffer[offset + i]) != lowerText[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An ASCII capital made small; any other byte as it is.</summary>
    public static byte ToLower(byte value) => value >= (byte)'A' && value <= (byte)'Z' ? (byte)(value + 32) : value;

    /// <summary>The first place of <paramref name="value"/> in the range, or -1.</summary>
    public static int IndexOf(byte[] buffer, int offset, int length, byte value)
    {
        int end = offset + length;
        for (int i = offset; i < end; i++)
        {
            if (buffer[i] == value)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The value of a hexadecimal digit of either case, or -1.</summary>
    public static int HexDigit(byte value)
    {
        if (value >= (byte)'0' && value <= (byte)'9')
        {
            return value - '0';
        }

        int lower = value | 32;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /// <summary>A decimal number of 1 to 9 digits, or -1 when the range holds anything else.</summary>
    public static int ParseNumber(byte[] buffer, int offset, int length)
    {
        if (length < 1 || length > 9)
        {
            return -1;
        }

        int number = 0;
        for (int i = 0; i < length; i++)
        {
            int digit = buffer[offset + i] - '0';
            if (digit < 0 || digit > 9)
            {
                return -1;
            }

            number = (number * 10) + digit;
        }

        return number;
    }

    /// <summary>A number of 1 to 8 hexadecimal digits, or 0 when the range holds anything else.</summary>
    public static int ParseHex(byte[] buffer, int offset, int length)
    {
        int number = 0;
        for (int i = 0; i < length; i++)
        {
            int digit = length > 8 ? -1 : HexDigit(buffer[offset + i]);
            if (digit < 0)
            {
                return 0;
            }

            number = (number << 4) | digit;
        }

        return number;
    }

    /// <summary>The UTF-8 bytes of <paramref name="text"/>. For start-up and settings, not for packet paths: it allocates.</summary>
    public static byte[] Of(string text) => Utf8.GetBytes(text);

    /// <summary>The text of a range of UTF-8 bytes. It allocates.</summary>
    public static string Text(byte[] buffer, int offset, int length) => length == 0 ? "" : Utf8.GetString(buffer, offset, length);

    // The platform makes a new one each time it is asked. Not a static initialiser: those of other classes call Of, and on the board they
    // may run first.
    internal static Encoding Utf8
    {
        get
        {
            if (_utf8 == null)
            {
                _utf8 = Encoding.UTF8;
            }

            return _utf8;
        }
    }
}
