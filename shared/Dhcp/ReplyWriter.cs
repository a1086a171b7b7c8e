using System;
using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>
/// Writes a proxy's reply into one buffer that serves all packets. A proxy's reply gives no address (yiaddr 0: that is how clients know a proxy),
/// copies what names the exchange, and ends with the boot file, NUL-terminated: EDK2 puts a NUL behind option 67 in place and old ROMs read
/// on to the 0xFF (field notes D4-4, D4-5). Only what a relay added comes after it, because the relay wants it last and takes it off again (RFC 3046).
/// </summary>
public sealed class ReplyWriter
{
    /// <summary>Bytes of <c>file</c> in the header; a longer name, or URL, stands in option 67 only.</summary>
    public const int FileCapacity = 128;

    /// <summary>Longest boot file: what one option holds, with its NUL.</summary>
    public const int MaximumBootfile = 254;

    /// <summary>RFC 2131 section 2: what every client must take, headers of IP and UDP included, when it names no size in option 57.</summary>
    private const int DefaultMaximum = 576;

    /// <summary>IP and UDP headers, which option 57 counts in.</summary>
    private const int IpAndUdp = 28;

    /// <summary>BOOTP's length: relays and some servers' networks drop anything shorter.</summary>
    private const int Minimum = 300;

    /// <summary>What every client takes (576 with headers) is all that is ever needed.</summary>
    private const int Capacity = 576;
    private const int HeaderLength = 240;
    private const int FileOffset = 108;
    private const int SiaddrOffset = 20;
    private const int CookieOffset = 236;
    private const int Cookie = 0x63825363;
    private const int BootReply = 2;

    private readonly byte[] _buffer = new byte[Capacity];
    private int _length;

    /// <summary>The reply's bytes.</summary>
    public byte[] Buffer
    {
        get { return _buffer; }
    }

    /// <summary>
    /// Writes a reply to <paramref name="request"/>; gives its length, or 0 when it would be longer than the client takes.
    /// <paramref name="address"/> is the device's own (4 bytes), <paramref name="pxe"/> option 43 or null (<paramref name="pxeLength"/> bytes of it).
    /// </summary>
    public int Write(
        DhcpMessage request, int messageType, byte[] address, byte[] vendorClass, byte[] pxe, int pxeOffset, int pxeLength, byte[] bootfile, int bootfileLength)
    {
        byte[] source = request.Buffer;
        bool fileHolds = bootfileLength < FileCapacity;
        int maximum = MaximumLength(request);
        int identifierLength = request.LengthOf(DhcpOption.ClientIdentifier);
        int bootfileOption = 2 + bootfileLength + 1;
        int needed = HeaderLength + 3 + 6 + 2 + vendorClass.Length + Size(identifierLength) + Size(request.LengthOf(DhcpOption.MachineIdentifier))
            + Size(pxeLength) + bootfileOption + Size(request.LengthOf(DhcpOption.RelayAgent)) + 1;

        // Too long for the client: first the name goes that the header holds as well, then the echo that the fewest clients miss.
        if (needed > maximum && fileHolds)
        {
            needed -= bootfileOption;
            bootfileOption = 0;
        }

        if (needed > maximum)
        {
            needed -= Size(identifierLength);
            identifierLength = 0;
        }

        if (needed > maximum)
        {
            return 0;
        }

        // op, then htype, hlen; hops, secs, siaddr, sname and file stay 0 unless set below; yiaddr always.
        Array.Clear(_buffer, 0, HeaderLength);
        _buffer[0] = BootReply;
        _buffer[1] = source[1];
        _buffer[2] = source[2];
        Array.Copy(source, 4, _buffer, 4, 4); // xid
        Array.Copy(source, 10, _buffer, 10, 2); // flags
        if (messageType != DhcpMessageType.Offer)
        {
            Array.Copy(source, 12, _buffer, 12, 4); // ciaddr (RFC 2131 table 3: 0 in an offer)
        }

        Array.Copy(address, 0, _buffer, SiaddrOffset, 4);
        Array.Copy(source, 24, _buffer, 24, 4 + 16); // giaddr, chaddr
        if (fileHolds)
        {
            Array.Copy(bootfile, 0, _buffer, FileOffset, bootfileLength);
        }

        Octets.WriteInt32(_buffer, CookieOffset, Cookie);
        _length = HeaderLength;
        _buffer[_length++] = DhcpOption.MessageType;
        _buffer[_length++] = 1;
        _buffer[_length++] = (byte)messageType;
        Option(DhcpOption.ServerIdentifier, address, 0, 4);
        Option(DhcpOption.VendorClass, vendorClass, 0, vendorClass.Length);
        Option(DhcpOption.ClientIdentifier, source, request.OffsetOf(DhcpOption.ClientIdentifier), identifierLength);
        Echo(request, DhcpOption.MachineIdentifier);
        if (pxe != null)
        {
            Option(DhcpOption.VendorSpecific, pxe, pxeOffset, pxeLength);
        }

        if (bootfileOption != 0)
        {
            _buffer[_length++] = DhcpOption.BootFile;
            _buffer[_length++] = (byte)(bootfileLength + 1);
            Array.Copy(bootfile, 0, _buffer, _length, bootfileLength);
            _length += bootfileLength;
            _buffer[_length++] = 0;
        }

        Echo(request, DhcpOption.RelayAgent);
        _buffer[_length++] = DhcpOption.End;
        if (_length < Minimum)
        {
            Array.Clear(_buffer, _length, Minimum - _length);
            _length = Minimum;
        }

        return _length;
    }

    private static int MaximumLength(DhcpMessage request)
    {
        int maximum = DefaultMaximum;
        if (request.LengthOf(DhcpOption.MaximumSize) == 2)
        {
            int asked = Octets.ReadUInt16(request.Buffer, request.OffsetOf(DhcpOption.MaximumSize));

            // Less than 576 is not allowed (RFC 2132 section 9.10); more than one frame or our buffer is not used.
            maximum = asked < DefaultMaximum ? DefaultMaximum : asked;
        }

        maximum -= IpAndUdp;
        return maximum > Capacity ? Capacity : maximum;
    }

    /// <summary>Bytes that data takes as options, with a header for each 255 (RFC 3396).</summary>
    private static int Size(int length)
    {
        return length == 0 ? 0 : length + (2 * ((length + 254) / 255));
    }

    private void Echo(DhcpMessage request, int code)
    {
        Option(code, request.Buffer, request.OffsetOf(code), request.LengthOf(code));
    }

    private void Option(int code, byte[] data, int offset, int length)
    {
        while (length > 0)
        {
            int part = length > 255 ? 255 : length;
            _buffer[_length++] = (byte)code;
            _buffer[_length++] = (byte)part;
            Array.Copy(data, offset, _buffer, _length, part);
            _length += part;
            offset += part;
            length -= part;
        }
    }
}
