namespace Netboot.Bytes;

/// <summary>Reads IPv4 addresses as people and the platform write them: four decimal numbers, nothing else.</summary>
public static class AddressText
{
    /// <summary>First byte of the addresses that are no host's: groups (RFC 5771), reserved ones, the broadcast address.</summary>
    public const int FirstGroup = 224;

    /// <summary>Characters of the longest address with its prefix.</summary>
    public const int LongestNetwork = LongestText + 3;

    /// <summary>The subnet of an address that says none.</summary>
    private const int UsualPrefix = 24;

    /// <summary>The widest private network (RFC 1918) has 8 bits; more than 30 leave no two hosts.</summary>
    private const int LeastPrefix = 8;
    private const int MostPrefix = 30;

    private const int LongestText = 15;
    private const int HighestPort = 65535;
    private const int Parts = 4;

    /// <summary>The four bytes of <paramref name="text"/>, or null when it is anything else. It allocates.</summary>
    public static byte[] Parse(string text)
    {
        byte[] bytes = text == null ? null : Octets.Of(text);
        if (bytes == null || bytes.Length > LongestText)
        {
            return null;
        }

        var address = new byte[Parts];
        int at = 0;
        for (int i = 0; i < Parts; i++)
        {
            int stop = Octets.IndexOf(bytes, at, bytes.Length - at, (byte)'.');
            if ((stop < 0) != (i == Parts - 1))
            {
                return null;
            }

            int end = stop < 0 ? bytes.Length : stop;
            int number = end - at > 3 ? -1 : Octets.ParseNumber(bytes, at, end - at);
            if (number < 0 || number > 255)
            {
                return null;
            }

            address[i] = (byte)number;
            at = end + 1;
        }

        return address;
    }

    /// <summary>
    /// The four bytes of an address with or without <c>:port</c>, or null when the range is anything else. <paramref name="port"/> gets the
    /// port, 1 to 65535, or <paramref name="usualPort"/> when there is none. It allocates.
    /// </summary>
    public static byte[] Parse(byte[] text, int offset, int length, int usualPort, out int port)
    {
        int colon = Octets.IndexOf(text, offset, length, (byte)':');
        int end = colon < 0 ? offset + length : colon;
        port = colon < 0 ? usualPort : Octets.ParseNumber(text, colon + 1, offset + length - colon - 1);
        return port < 1 || port > HighestPort ? null : Parse(Octets.Text(text, offset, end - offset));
    }

    /// <summary>
    /// The four bytes of a host's address with or without <c>/prefix</c>, or null when the range is anything else. <paramref name="mask"/>
    /// gets the mask of its subnet: of 24 bits when there is no prefix. It allocates.
    /// </summary>
    public static byte[] ParseNetwork(byte[] text, int offset, int length, out int mask)
    {
        int slash = Octets.IndexOf(text, offset, length, (byte)'/');
        int end = slash < 0 ? offset + length : slash;
        int prefix = slash < 0 ? UsualPrefix : Octets.ParseNumber(text, slash + 1, offset + length - slash - 1);
        mask = 0;
        if (prefix < LeastPrefix || prefix > MostPrefix)
        {
            return null;
        }

        mask = -1 << (32 - prefix);
        byte[] address = Parse(Octets.Text(text, offset, end - offset));
        var bits = new byte[Parts];
        Octets.WriteInt32(bits, 0, mask);
        return address != null && IsHost(address, bits) ? address : null;
    }

    /// <summary>Where the word ends that begins at <paramref name="at"/>: the next blank or comma, or <paramref name="end"/>.</summary>
    public static int EndOfWord(byte[] text, int at, int end)
    {
        while (at < end && text[at] != (byte)' ' && text[at] != (byte)',')
        {
            at++;
        }

        return at;
    }

    /// <summary>Whether four bytes are a subnet mask: ones, then zeros, and room for hosts between the two ends.</summary>
    public static bool IsMask(byte[] mask)
    {
        int bits = Octets.ReadInt32(mask, 0);
        int hosts = ~bits;
        return bits != 0 && hosts != 0 && hosts != 1 && (hosts & (hosts + 1)) == 0;
    }

    /// <summary>
    /// Whether an address can be a host's in the network of <paramref name="mask"/>: not of a class that is no host's, nor the network
    /// itself or its broadcast.
    /// </summary>
    public static bool IsHost(byte[] address, byte[] mask)
    {
        int hosts = ~Octets.ReadInt32(mask, 0);
        int host = Octets.ReadInt32(address, 0) & hosts;
        return address[0] != 0 && address[0] != 127 && address[0] < FirstGroup && host != 0 && host != hosts;
    }

    /// <summary>
    /// Whether an address is a host's in the network of another one and its mask, all as numbers: not the network itself nor its broadcast.
    /// Of which class it is does not matter: no network of a group or of everybody is one's own.
    /// </summary>
    public static bool IsInNetwork(int address, int network, int mask)
    {
        int hosts = ~mask;
        int host = address & hosts;

        // A mask of 31 bits has two hosts and neither network nor broadcast (RFC 3021), one of 32 has the device alone; one of none is no
        // subnet.
        return ((address ^ network) & mask) == 0 && mask != 0 && ((host != 0 && host != hosts) || (hosts & ~1) == 0);
    }

    /// <summary>Whether two addresses are in one network.</summary>
    public static bool SameNetwork(byte[] a, byte[] b, byte[] mask) =>
        ((Octets.ReadInt32(a, 0) ^ Octets.ReadInt32(b, 0)) & Octets.ReadInt32(mask, 0)) == 0;
}
