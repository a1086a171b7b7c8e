using Netboot.Bytes;

namespace Netboot.Board;

/// <summary>
/// Whom the device answers by datagrams: hosts of its own subnet, and beyond it only those behind the relay agents that the settings name.
/// Anybody can put any address into a datagram; what goes nowhere else cannot be turned against the Internet. One object serves all
/// services. Addresses are four bytes in one number, the first one highest.
/// </summary>
public sealed class ServedNetworks
{
    /// <summary>
    /// Relays that are remembered because they were heard and are not allowed: more VLANs than a home has that are being set up at once.
    /// </summary>
    public const int HeardCapacity = 4;

    /// <summary>A stranger can send packets of ever new relays: after the first lines there is one in so many seconds.</summary>
    private const int LineSeconds = 150;
    private const int FirstLines = HeardCapacity * 2;

    // Of each relay that was heard: its address, how often (up to a limit), when last, in seconds.
    private const int Fields = 3;
    private const int TimesField = 1;
    private const int HeardField = 2;
    private const int MostTimes = 1000;

    // Behind the relays: how many lines there were, and from when on there may be another one, in seconds.
    private const int Lines = HeardCapacity * Fields;
    private const int NextLine = Lines + 1;
    private const int TableSize = NextLine + 1;

    private readonly INetwork _network;

    // Of each relay of the settings: its address, its mask. Null when there is none.
    private int[] _relays;

    // Made with the first one: on most networks none ever comes. It is the lock as well.
    private int[] _heard;

    /// <summary>The own subnet of <paramref name="network"/>, and no relay.</summary>
    public ServedNetworks(INetwork network)
    {
        _network = network;
    }

    /// <summary>Allows these relays and no others: <c>[dhcp] relays</c> as it was accepted, or null.</summary>
    public void Use(byte[] relays)
    {
        int[] table = null;
        int count = 0;
        int length = relays == null ? 0 : relays.Length;
        for (int at = 0; at < length; at = AddressText.EndOfWord(relays, at, length) + 1)
        {
            count++;
        }

        if (count > 0)
        {
            table = new int[count * 2];
            count = 0;
            for (int at = 0; at < length; count += 2)
            {
                int end = AddressText.EndOfWord(relays, at, length);
                byte[] address = AddressText.ParseNetwork(relays, at, end - at, out int mask);
                table[count] = Octets.ReadInt32(address, 0);
                table[count + 1] = mask;
                at = end + 1;
            }
        }

        _relays = table;
    }

    /// <summary>
    /// Whether an address is a host's of the own subnet, or of the subnet of an allowed relay's machines: neither a broadcast nor a group,
    /// nor the network.
    /// </summary>
    public bool Serves(int address)
    {
        if (IsOwn(address))
        {
            return true;
        }

        int[] relays = _relays;
        for (int i = 0; relays != null && i < relays.Length; i += 2)
        {
            if (AddressText.IsInNetwork(address, relays[i], relays[i + 1]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The same for four bytes; false for anything else, such as an IPv6 address.</summary>
    public bool Serves(byte[] address) => address.Length == 4 && Serves(Octets.ReadInt32(address, 0));

    /// <summary>Whether answers may go to a relay agent: one that the settings name, or a host of the own subnet.</summary>
    public bool IsRelay(int address) => IsNamed(address) || IsOwn(address);

    /// <summary>
    /// A relay that is not allowed was heard at <paramref name="now"/> on the device's clock. Gives whether that is worth a line, because
    /// it is new.
    /// </summary>
    public bool Heard(int relay, long now)
    {
        int[] heard = _heard ?? (_heard = new int[TableSize]);
        int seconds = (int)(now / 1000);
        lock (heard)
        {
            // One that comes again and again is a relay; of those that were heard once, the one that was silent longest gives way to a new
            // one.
            int at = 0;
            for (int i = Fields; i < Lines && heard[at] != relay; i += Fields)
            {
                bool fewer = heard[i + TimesField] < heard[at + TimesField];
                bool older = heard[i + TimesField] == heard[at + TimesField] && heard[i + HeardField] < heard[at + HeardField];
                at = heard[i] == relay || fewer || older ? i : at;
            }

            bool known = heard[at] == relay;
            heard[at] = relay;
            heard[at + TimesField] = !known ? 1 : heard[at + TimesField] < MostTimes ? heard[at + TimesField] + 1 : MostTimes;
            heard[at + HeardField] = seconds;
            if (known || (heard[Lines] >= FirstLines && seconds - heard[NextLine] < 0))
            {
                return false;
            }

            heard[Lines]++;
            heard[NextLine] = seconds + LineSeconds;
            return true;
        }
    }

    /// <summary>
    /// Copies a relay that was heard and is not allowed: its address to <paramref name="address"/> (4 bytes), and when it was heard last on
    /// the device's clock. <paramref name="index"/> begins with 0 and is moved to behind it. False: there are no more.
    /// </summary>
    public bool ReadHeard(ref int index, byte[] address, out long heard)
    {
        int[] table = _heard;
        heard = 0;
        while (table != null && index < HeardCapacity)
        {
            lock (table)
            {
                int at = index++ * Fields;
                if (table[at + TimesField] != 0 && !IsRelay(table[at]))
                {
                    Octets.WriteInt32(address, 0, table[at]);
                    heard = table[at + HeardField] * 1000L;
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsNamed(int address)
    {
        int[] relays = _relays;
        for (int i = 0; relays != null && i < relays.Length; i += 2)
        {
            if (relays[i] == address)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOwn(int address)
    {
        byte[] own = _network.Address;
        byte[] mask = _network.SubnetMask;
        return own != null && mask != null && AddressText.IsInNetwork(address, Octets.ReadInt32(own, 0), Octets.ReadInt32(mask, 0));
    }
}
