namespace Netboot.Bytes;

/// <summary>Reads IPv4 addresses as people write them: <c>192.168.1.5</c>.</summary>
public static class AddressText
{
    /// <summary>Bytes of an address.</summary>
    public const int Size = 4;

    /// <summary>Reads one address into <paramref name="address"/>; false when the range is anything else.</summary>
    public static bool Parse(byte[] text, int offset, int length, byte[] address, int addressOffset)
    {
        int end = offset + length;
        for (int i = 0; i < Size; i++)
        {
            int stop = i < Size - 1 ? Octets.IndexOf(text, offset, end - offset, (byte)'.') : end;
            int number = stop < 0 || stop - offset > 3 ? -1 : Octets.ParseNumber(text, offset, stop - offset);
            if (number < 0 || number > 255)
            {
                return false;
            }

            address[addressOffset + i] = (byte)number;
            offset = stop + 1;
        }

        return true;
    }

    /// <summary>Whether an address is a subnet mask: ones, then zeros, and not all of one kind.</summary>
    public static bool IsMask(byte[] address)
    {
        int mask = Octets.ReadInt32(address, 0);
        int zeros = ~mask;
        return mask != 0 && zeros != 0 && (zeros & (zeros + 1)) == 0;
    }
}
