using Netboot.Bytes;

namespace Netboot.Dns;

/// <summary>
/// Names in DNS messages (RFC 1035 section 4.1.4), as bytes from anybody: whatever they hold, nothing is read beyond the message, and every
/// walk ends.
/// </summary>
public static class DnsName
{
    /// <summary>Length of a message's header; the first name begins behind it.</summary>
    public const int HeaderLength = 12;

    /// <summary>
    /// A byte from here on is the first of a pointer's two; the bytes between this and <see cref="LongestLabel"/> are reserved.
    /// </summary>
    public const int Pointer = 0xC0;

    private const int LongestName = 255;
    private const int LongestLabel = 63;

    /// <summary>Pointers in one name. Two are the most that a name of two labels can need.</summary>
    private const int MostPointers = 4;

    /// <summary>
    /// Where the labels end that begin at <paramref name="at"/>: the place of the zero that ends the name, or of the pointer's first byte;
    /// -1 when neither comes within <paramref name="length"/>. The pointer's second byte may lie beyond it. No pointer is followed.
    /// </summary>
    public static int EndOfLabels(byte[] buffer, int at, int length)
    {
        int last = at + LongestName < length ? at + LongestName : length;
        while (at < last)
        {
            int label = buffer[at];
            if (label == 0 || label >= Pointer)
            {
                return at;
            }

            if (label > LongestLabel)
            {
                return -1;
            }

            at += label + 1;
        }

        return -1;
    }

    /// <summary>
    /// Whether the name at <paramref name="at"/>, a place within <paramref name="length"/>, is <paramref name="name"/>: labels in lower
    /// case with their lengths, and a zero. Letters of the message may be of any case (RFC 1035 section 2.3.3). A pointer leads before all
    /// that was read of the name so far, or it is another name: one that points at itself has no end.
    /// </summary>
    public static bool Is(byte[] buffer, int at, int length, byte[] name)
    {
        int floor = at;
        int pointers = 0;
        int compared = 0;
        while (at < length)
        {
            int label = buffer[at];
            if (label >= Pointer)
            {
                int target = at + 1 < length ? Octets.ReadUInt16(buffer, at) & 0x3FFF : 0;
                if (target < HeaderLength || target >= floor || ++pointers > MostPointers)
                {
                    return false;
                }

                floor = target;
                at = target;
                continue;
            }

            if (label != name[compared] || at + label >= length)
            {
                return false;
            }

            if (label == 0)
            {
                return true;
            }

            for (int i = 1; i <= label; i++)
            {
                if (Octets.ToLower(buffer[at + i]) != name[compared + i])
                {
                    return false;
                }
            }

            at += label + 1;
            compared += label + 1;
        }

        return false;
    }
}
