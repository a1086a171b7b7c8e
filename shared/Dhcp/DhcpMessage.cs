using System;
using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>
/// A view of one DHCP message in a buffer: where its options are, nothing copied. Split options (RFC 3396) are joined behind the packet in the
/// same buffer, and <c>file</c> and <c>sname</c> are read when option 52 says so, so that every option is one range of <see cref="Buffer"/>.
/// One object serves all packets. Nothing is read past the received length.
/// </summary>
public sealed class DhcpMessage
{
    /// <summary>
    /// Longest datagram read: requests of real machines have 300 to 550 bytes, a relay adds up to 255. What is longer is cut off and refused.
    /// </summary>
    public const int MaximumLength = 1024;

    /// <summary>What <see cref="Parse"/> gives for a server's reply (op 2) that has no other fault: its options can be read.</summary>
    public const string NotRequest = "not a request";

    /// <summary>Room behind the packet for joined options: one of two full pieces. More is refused.</summary>
    private const int JoinRoom = 512;

    /// <summary>Fixed part and the magic cookie (RFC 2131 section 2).</summary>
    private const int HeaderLength = 240;

    private const int SnameOffset = 44;
    private const int FileOffset = 108;
    private const int CookieOffset = 236;
    private const int Cookie = 0x63825363;
    private const int BootRequest = 1;
    private const int BootReply = 2;
    private const int Ethernet = 1;
    private const int EthernetAddressLength = 6;
    private const int OverloadFile = 1;
    private const int OverloadSname = 2;

    /// <summary>Options kept, and the place of each in the tables; other codes share place 0, which is never read.</summary>
    private static readonly int[] Kept =
    {
        DhcpOption.VendorSpecific, DhcpOption.Overload, DhcpOption.MessageType, DhcpOption.ServerIdentifier, DhcpOption.MaximumSize,
        DhcpOption.VendorClass, DhcpOption.ClientIdentifier, DhcpOption.UserClass, DhcpOption.RelayAgent, DhcpOption.Architecture,
        DhcpOption.MachineIdentifier, DhcpOption.Ipxe, DhcpOption.RequestedAddress, DhcpOption.BootServerName, DhcpOption.BootFile,
    };

    private static readonly byte[] Places = PlacesOfKept();

    // 0 in a length means absent: an option of length 0 says nothing that the device needs.
    private readonly int[] _offsets = new int[Kept.Length + 1];
    private readonly int[] _lengths = new int[Kept.Length + 1];
    private int _joinedEnd;

    /// <summary>The packet as received, then joined options. A service receives into its first <see cref="MaximumLength"/> bytes.</summary>
    public byte[] Buffer { get; } = new byte[MaximumLength + JoinRoom];

    /// <summary>Bytes of the packet.</summary>
    public int Length { get; private set; }

    /// <summary>Where the client's hardware address (6 bytes) is.</summary>
    public int HardwareAddressOffset
    {
        get { return 28; }
    }

    /// <summary>Value of option 53, or 0.</summary>
    public int MessageType
    {
        get
        {
            int place = Places[DhcpOption.MessageType];
            return _lengths[place] == 1 ? Buffer[_offsets[place]] : 0;
        }
    }

    /// <summary>The client's own address, 0 when it has none.</summary>
    public int ClientAddress
    {
        get { return Octets.ReadInt32(Buffer, 12); }
    }

    /// <summary>The relay's address, 0 when the packet was not relayed.</summary>
    public int RelayAddress
    {
        get { return Octets.ReadInt32(Buffer, 24); }
    }

    /// <summary>Length of an option's data, 0 when absent or empty. Only the codes that the device needs are kept.</summary>
    public int LengthOf(int code)
    {
        return _lengths[Places[code]];
    }

    /// <summary>Where an option's data begins in <see cref="Buffer"/>; meaningless when its length is 0.</summary>
    public int OffsetOf(int code)
    {
        return _offsets[Places[code]];
    }

    /// <summary>
    /// Reads the packet in the first <paramref name="length"/> bytes of <see cref="Buffer"/>. Gives null when it is a request from an Ethernet
    /// client, else what is wrong with it, for the log (<see cref="NotRequest"/> for a sound reply). A missing END is tolerated, as are options after it being ignored.
    /// </summary>
    public string Parse(int length)
    {
        Length = length;
        Array.Clear(_lengths, 0, _lengths.Length);
        _joinedEnd = length;
        if (length < HeaderLength)
        {
            return "shorter than a DHCP message";
        }

        int op = Buffer[0];
        if (op != BootRequest && op != BootReply)
        {
            return "neither a request nor a reply";
        }

        if (Buffer[1] != Ethernet || Buffer[2] != EthernetAddressLength)
        {
            return "not an Ethernet client";
        }

        if (Octets.ReadInt32(Buffer, CookieOffset) != Cookie)
        {
            return "no DHCP cookie";
        }

        string fault = Walk(HeaderLength, length);
        int overloadPlace = Places[DhcpOption.Overload];
        if (fault == null && _lengths[overloadPlace] == 1)
        {
            // RFC 2132 section 9.3; read in the order of RFC 3396 section 5. An overload inside an overload is not followed.
            int overload = Buffer[_offsets[overloadPlace]];
            if ((overload & OverloadFile) != 0)
            {
                fault = Walk(FileOffset, CookieOffset);
            }

            if (fault == null && (overload & OverloadSname) != 0)
            {
                fault = Walk(SnameOffset, FileOffset);
            }
        }

        if (fault == null && MessageType == 0)
        {
            return "no message type";
        }

        return fault == null && op == BootReply ? NotRequest : fault;
    }

    private static byte[] PlacesOfKept()
    {
        var places = new byte[256];
        for (int i = 0; i < Kept.Length; i++)
        {
            places[Kept[i]] = (byte)(i + 1);
        }

        return places;
    }

    private string Walk(int offset, int end)
    {
        byte[] buffer = Buffer;
        byte[] places = Places;
        while (offset < end)
        {
            int code = buffer[offset++];
            if (code == DhcpOption.End)
            {
                return null;
            }

            if (code == DhcpOption.Pad)
            {
                continue;
            }

            if (offset >= end)
            {
                return "an option without a length";
            }

            int length = buffer[offset++];
            if (length > end - offset)
            {
                return "an option runs past the end";
            }

            int place = places[code];
            if (place != 0 && length != 0)
            {
                if (_lengths[place] == 0)
                {
                    _offsets[place] = offset;
                    _lengths[place] = length;
                }
                else if (!Join(place, offset, length))
                {
                    return "split options too long";
                }
            }

            offset += length;
        }

        return null;
    }

    private bool Join(int place, int offset, int length)
    {
        int first = _lengths[place];
        bool last = _offsets[place] >= Length && _offsets[place] + first == _joinedEnd;
        int needed = last ? length : first + length;
        if (_joinedEnd + needed > Buffer.Length)
        {
            return false;
        }

        if (!last)
        {
            Array.Copy(Buffer, _offsets[place], Buffer, _joinedEnd, first);
            _offsets[place] = _joinedEnd;
            _joinedEnd += first;
        }

        Array.Copy(Buffer, offset, Buffer, _joinedEnd, length);
        _joinedEnd += length;
        _lengths[place] = first + length;
        return true;
    }
}
