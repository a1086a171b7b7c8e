using System;
using System.Net;
using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>
/// A view of one DHCP message in a buffer: where its options are, nothing copied. Split options (RFC 3396) are joined behind the packet in
/// the same buffer, and <c>file</c> and <c>sname</c> are read when option 52 says so, so that every option is one range of
/// <see cref="Buffer"/>. One object serves all packets. Nothing is read past the received length.
/// </summary>
public sealed class DhcpMessage
{
    /// <summary>
    /// Longest datagram read: requests of real machines have 300 to 550 bytes, a relay adds up to 255. What is longer is cut off and
    /// refused.
    /// </summary>
    public const int MaximumLength = 1024;

    /// <summary>What <see cref="Parse"/> gives for a server's reply (op 2) that has no other fault: its options can be read.</summary>
    public const string NotRequest = "not a request";

    /// <summary>Where the client's hardware address (6 bytes) is.</summary>
    public const int HardwareAddressOffset = 28;

    /// <summary>Where the client's own address (ciaddr) is.</summary>
    public const int ClientOffset = 12;

    /// <summary>Where the relay agent's address (giaddr) is.</summary>
    public const int RelayOffset = 24;

    /// <summary>Bytes of an option, in the packet or joined, before its data.</summary>
    internal const int OptionHeader = 2;

    /// <summary>Room behind the packet for joined options: one of two full pieces. More is refused.</summary>
    private const int JoinRoom = 512;

    /// <summary>Fixed part and the magic cookie (RFC 2131 section 2).</summary>
    private const int HeaderLength = 240;

    private const int SnameOffset = 44;
    private const int FileOffset = 108;
    private const int CookieOffset = 236;

    // 0x63825363, as the little-endian processors of boards and PCs read it.
    private const int Cookie = 0x63538263;
    private const int BootRequest = 1;
    private const int BootReply = 2;

    // Hardware type 1 and an address of 6 bytes, read in the same way.
    private const int EthernetClient = 0x0601;
    private const int OverloadFile = 1;
    private const int OverloadSname = 2;
    private const int Codes = 256;

    /// <summary>
    /// The packet as received, then joined options. A service receives into its first <see cref="MaximumLength"/> bytes. A field, as all
    /// that the packet path asks for again and again: a property is a call there.
    /// </summary>
    public readonly byte[] Buffer = new byte[MaximumLength + JoinRoom];

    /// <summary>
    /// By code: where an option begins in the buffer, 0 when it is not there. In the packet that is its code, then its length; behind the
    /// packet, where split ones are joined, two bytes of length. So its data begins two bytes on in either case; its length is
    /// <see cref="LengthAt"/>, or without a call, where more than 255 bytes make no sense, the byte before the data.
    /// </summary>
    internal readonly ushort[] Places = new ushort[Codes];

    private int _joinedEnd;

    /// <summary>Bytes of the packet.</summary>
    public int Length;

    /// <summary>Value of option 53, or 0.</summary>
    public int MessageType;

    /// <summary>The client's own address, 0 when it has none.</summary>
    public int ClientAddress => Octets.ReadInt32(Buffer, ClientOffset);

    /// <summary>The relay's address, 0 when the packet was not relayed.</summary>
    public int RelayAddress => Octets.ReadInt32(Buffer, RelayOffset);

    /// <summary>A port of the host whose address is in the header at <paramref name="offset"/>. It allocates.</summary>
    public IPEndPoint EndAt(int offset, int port)
    {
        var address = new byte[4];
        Array.Copy(Buffer, offset, address, 0, 4);
        return new IPEndPoint(new IPAddress(address), port);
    }

    /// <summary>
    /// Length of an option's data, 0 when absent or empty. Only of the codes that the device needs are split ones joined.
    /// </summary>
    public int LengthOf(int code)
    {
        int place = Places[code];
        return place == 0 ? 0 : LengthAt(place);
    }

    /// <summary>Where an option's data begins in <see cref="Buffer"/>; meaningless when its length is 0.</summary>
    public int OffsetOf(int code) => Places[code] + OptionHeader;

    /// <summary>Length of the data of the option that begins there.</summary>
    internal int LengthAt(int place) => place < Length ? Buffer[place + 1] : (Buffer[place] << 8) | Buffer[place + 1];

    /// <summary>
    /// Reads the packet in the first <paramref name="length"/> bytes of <see cref="Buffer"/>. Gives null when it is a request from an
    /// Ethernet client, else what is wrong with it, for the log (<see cref="NotRequest"/> for a sound reply). A missing END is tolerated,
    /// as are options after it being ignored.
    /// </summary>
    public string Parse(int length)
    {
        byte[] buffer = Buffer;
        ushort[] places = Places;
        Array.Clear(places, 0, Codes);

        // Never asked for: so set, they are looked at only where an option comes again.
        places[DhcpOption.Pad] = 1;
        places[DhcpOption.End] = 1;
        Length = length;
        _joinedEnd = length;
        MessageType = 0;
        if (length < HeaderLength)
        {
            return "shorter than a DHCP message";
        }

        int op = buffer[0];
        if (op != BootRequest && op != BootReply)
        {
            return "neither a request nor a reply";
        }

        if (BitConverter.ToInt16(buffer, 1) != EthernetClient)
        {
            return "not an Ethernet client";
        }

        if (BitConverter.ToInt32(buffer, CookieOffset) != Cookie)
        {
            return "no DHCP cookie";
        }

        string fault = Walk(HeaderLength, length);
        if (fault == null && places[DhcpOption.Overload] != 0)
        {
            fault = WalkOverload();
        }

        if (fault != null)
        {
            return fault;
        }

        int place = places[DhcpOption.MessageType];
        int type = place != 0 && buffer[place + 1] == 1 ? buffer[place + OptionHeader] : 0;
        MessageType = type;
        return type == 0 ? "no message type" : op == BootReply ? NotRequest : null;
    }

    // RFC 2132 section 9.3; read in the order of RFC 3396 section 5. An overload inside an overload is not followed.
    private string WalkOverload()
    {
        if (LengthOf(DhcpOption.Overload) != 1)
        {
            return null;
        }

        int overload = Buffer[OffsetOf(DhcpOption.Overload)];
        string fault = (overload & OverloadFile) != 0 ? Walk(FileOffset, CookieOffset) : null;
        return fault == null && (overload & OverloadSname) != 0 ? Walk(SnameOffset, FileOffset) : fault;
    }

    // Some ten options a packet: the dearest loop of an offer. Where the last one ends is looked at behind the loop; that its length byte
    // may lie behind the end does no harm, there is room in the buffer.
    private string Walk(int offset, int end)
    {
        byte[] buffer = Buffer;
        ushort[] places = Places;
        int start = offset;
        while (offset < end)
        {
            int code = buffer[offset];
            if (places[code] != 0)
            {
                if (code == DhcpOption.Pad)
                {
                    offset++;
                    continue;
                }

                if (code == DhcpOption.End)
                {
                    return null;
                }

                if (offset + OptionHeader + buffer[offset + 1] <= end && !Again(code, offset))
                {
                    return "split options too long";
                }
            }
            else
            {
                places[code] = (ushort)offset;
            }

            offset += OptionHeader + buffer[offset + 1];
        }

        return offset == end ? null : FaultOf(start, end);
    }

    // What is wrong with options of which the last one runs past the end.
    private string FaultOf(int offset, int end)
    {
        int last = offset;
        while (offset < end)
        {
            last = offset;
            offset += Buffer[offset] == DhcpOption.Pad ? 1 : OptionHeader + Buffer[offset + 1];
        }

        return last + 1 == end ? "an option without a length" : "an option runs past the end";
    }

    // A further piece of an option (RFC 3396). An empty one says nothing, and of codes that the device does not need the first stays.
    private bool Again(int code, int offset)
    {
        int length = Buffer[offset + 1];
        int first = LengthOf(code);
        if (length == 0 || !IsKept(code))
        {
            return true;
        }

        if (first == 0)
        {
            Places[code] = (ushort)offset;
            return true;
        }

        int place = Places[code];
        bool last = place >= Length && place + OptionHeader + first == _joinedEnd;
        int needed = last ? length : OptionHeader + first + length;
        if (_joinedEnd + needed > Buffer.Length)
        {
            return false;
        }

        if (!last)
        {
            Array.Copy(Buffer, place + OptionHeader, Buffer, _joinedEnd + OptionHeader, first);
            place = _joinedEnd;
            Places[code] = (ushort)place;
            _joinedEnd += OptionHeader + first;
        }

        Array.Copy(Buffer, offset + OptionHeader, Buffer, _joinedEnd, length);
        _joinedEnd += length;
        Octets.WriteUInt16(Buffer, place, first + length);
        return true;
    }

    private static bool IsKept(int code)
    {
        switch (code)
        {
            case DhcpOption.VendorSpecific:
            case DhcpOption.RequestedAddress:
            case DhcpOption.Overload:
            case DhcpOption.MessageType:
            case DhcpOption.ServerIdentifier:
            case DhcpOption.MaximumSize:
            case DhcpOption.VendorClass:
            case DhcpOption.ClientIdentifier:
            case DhcpOption.BootServerName:
            case DhcpOption.BootFile:
            case DhcpOption.UserClass:
            case DhcpOption.RelayAgent:
            case DhcpOption.Architecture:
            case DhcpOption.MachineIdentifier:
            case DhcpOption.Ipxe:
                return true;
            default:
                return false;
        }
    }
}
