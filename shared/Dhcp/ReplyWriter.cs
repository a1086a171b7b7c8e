using System;
using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>
/// Writes a proxy's reply into one buffer that serves all packets. A proxy's reply gives no address (yiaddr 0: that is how clients know a
/// proxy), copies what names the exchange, and ends with the boot file, NUL-terminated: EDK2 puts a NUL behind option 67 in place and old
/// ROMs read on to the 0xFF (field notes D4-4, D4-5). Only what a relay added comes after it, because the relay wants it last and takes it
/// off again (RFC 3046). What is the same in all replies stands in the buffer from the start; each changes the rest with a few copies.
/// </summary>
public sealed class ReplyWriter
{
    /// <summary>Bytes of <c>file</c> in the header; a longer name, or URL, stands in option 67 only.</summary>
    public const int FileCapacity = 128;

    /// <summary>Longest boot file: what one option holds, with its NUL.</summary>
    public const int MaximumBootfile = 254;

    /// <summary>
    /// RFC 2131 section 2: what every client must take, headers of IP and UDP included, when it names no size in option 57.
    /// </summary>
    private const int DefaultMaximum = 576;

    /// <summary>IP and UDP headers, which option 57 counts in.</summary>
    private const int IpAndUdp = 28;

    /// <summary>BOOTP's length: relays and some servers' networks drop anything shorter.</summary>
    private const int Minimum = 300;

    /// <summary>What every client takes (576 with headers) is all that is ever needed.</summary>
    private const int Capacity = 576;

    private const int XidOffset = 4;
    private const int FlagsOffset = 10;
    private const int CiaddrOffset = 12;
    private const int SiaddrOffset = 20;
    private const int GiaddrOffset = 24;
    private const int FileOffset = 108;
    private const int CookieOffset = 236;
    private const int Cookie = 0x63825363;
    private const int BootReply = 2;
    private const int Ethernet = 1;
    private const int EthernetAddressLength = 6;

    // Header, then options 53 and 54, which every reply begins with.
    private const int MessageTypeOffset = 242;
    private const int ServerIdentifierOffset = 243;
    private const int OptionsOffset = 249;

    private readonly byte[] _buffer = new byte[Capacity];

    /// <summary>A writer; <see cref="SetAddress"/> comes before the first reply.</summary>
    public ReplyWriter()
    {
        // hops, secs, yiaddr and sname stay 0.
        byte[] buffer = _buffer;
        buffer[0] = BootReply;
        buffer[1] = Ethernet;
        buffer[2] = EthernetAddressLength;
        Octets.WriteInt32(buffer, CookieOffset, Cookie);
        buffer[MessageTypeOffset - 2] = DhcpOption.MessageType;
        buffer[MessageTypeOffset - 1] = 1;
        buffer[ServerIdentifierOffset] = DhcpOption.ServerIdentifier;
        buffer[ServerIdentifierOffset + 1] = 4;
    }

    /// <summary>The reply's bytes.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Sets the device's own address (4 bytes), which every reply names as server and next server.</summary>
    public void SetAddress(byte[] address)
    {
        Array.Copy(address, 0, _buffer, SiaddrOffset, 4);
        Array.Copy(address, 0, _buffer, ServerIdentifierOffset + 2, 4);
    }

    /// <summary>
    /// Writes a reply to <paramref name="request"/>; gives its length, or 0 when it would be longer than the client takes. Options 60
    /// (<paramref name="vendorClass"/>) and 43 (<paramref name="pxe"/>, null for none) are whole, with code and length.
    /// </summary>
    public int Write(DhcpMessage request, int messageType, byte[] vendorClass, byte[] pxe, byte[] bootfile, int bootfileLength)
    {
        byte[] buffer = _buffer;
        byte[] source = request.Buffer;
        bool fileHolds = bootfileLength < FileCapacity;
        ushort[] places = request.Places;
        int identifier = places[DhcpOption.ClientIdentifier] == 0 ? 0 : Size(request, DhcpOption.ClientIdentifier);
        int machine = places[DhcpOption.MachineIdentifier] == 0 ? 0 : Size(request, DhcpOption.MachineIdentifier);
        int relay = places[DhcpOption.RelayAgent] == 0 ? 0 : Size(request, DhcpOption.RelayAgent);
        int bootfileOption = 2 + bootfileLength + 1;
        int needed = OptionsOffset + vendorClass.Length + identifier + machine + (pxe == null ? 0 : pxe.Length) + bootfileOption + relay
            + 1;
        if (needed > DefaultMaximum - IpAndUdp)
        {
            // Too long for the client: first the name goes that the header holds as well, then the echo that the fewest clients miss.
            int maximum = MaximumLength(request);
            if (needed > maximum && fileHolds)
            {
                needed -= bootfileOption;
                bootfileOption = 0;
            }

            if (needed > maximum)
            {
                needed -= identifier;
                identifier = 0;
            }

            if (needed > maximum)
            {
                return 0;
            }
        }

        buffer[MessageTypeOffset] = (byte)messageType;
        Array.Copy(source, XidOffset, buffer, XidOffset, 4);
        Array.Copy(source, FlagsOffset, buffer, FlagsOffset, 2);
        if (messageType == DhcpMessageType.Offer)
        {
            Array.Clear(buffer, CiaddrOffset, 4); // RFC 2131 table 3: 0 in an offer
        }
        else
        {
            Array.Copy(source, CiaddrOffset, buffer, CiaddrOffset, 4);
        }

        Array.Copy(source, GiaddrOffset, buffer, GiaddrOffset, 4 + 16); // giaddr, chaddr
        Array.Clear(buffer, FileOffset, FileCapacity);
        if (fileHolds)
        {
            Array.Copy(bootfile, 0, buffer, FileOffset, bootfileLength);
        }

        int at = OptionsOffset + vendorClass.Length;
        Array.Copy(vendorClass, 0, buffer, OptionsOffset, vendorClass.Length);
        if (identifier != 0)
        {
            at = Echo(request, DhcpOption.ClientIdentifier, identifier, at);
        }

        if (machine != 0)
        {
            at = Echo(request, DhcpOption.MachineIdentifier, machine, at);
        }

        if (pxe != null)
        {
            Array.Copy(pxe, 0, buffer, at, pxe.Length);
            at += pxe.Length;
        }

        if (bootfileOption != 0)
        {
            buffer[at] = DhcpOption.BootFile;
            buffer[at + 1] = (byte)(bootfileLength + 1);
            Array.Copy(bootfile, 0, buffer, at + 2, bootfileLength);
            at += bootfileOption;
            buffer[at - 1] = 0;
        }

        if (relay != 0)
        {
            at = Echo(request, DhcpOption.RelayAgent, relay, at);
        }

        buffer[at++] = DhcpOption.End;
        if (at < Minimum)
        {
            Array.Clear(buffer, at, Minimum - at);
            at = Minimum;
        }

        return at;
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

    /// <summary>Bytes that an option of the request takes in the reply, with a header for each 255 (RFC 3396).</summary>
    private static int Size(DhcpMessage request, int code)
    {
        int length = request.LengthAt(request.Places[code]);
        return length == 0 ? 0 : length <= 255 ? length + 2 : length + (2 * ((length + 254) / 255));
    }

    /// <summary>
    /// Copies an option of the request, of which <paramref name="size"/> bytes are to be in the reply; gives where the reply goes on.
    /// </summary>
    private int Echo(DhcpMessage request, int code, int size, int at)
    {
        int place = request.Places[code];
        byte[] source = request.Buffer;
        if (place < request.Length)
        {
            // In one piece, code and length before it.
            Array.Copy(source, place, _buffer, at, size);
            return at + size;
        }

        int left = request.LengthAt(place);
        int offset = place + DhcpMessage.OptionHeader;
        while (left > 0)
        {
            int part = left > 255 ? 255 : left;
            _buffer[at] = (byte)code;
            _buffer[at + 1] = (byte)part;
            Array.Copy(source, offset, _buffer, at + 2, part);
            at += 2 + part;
            offset += part;
            left -= part;
        }

        return at;
    }
}
