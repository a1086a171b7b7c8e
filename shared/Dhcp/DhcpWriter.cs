using System;
using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>
/// Writes the device's DHCP messages into one buffer: the proxy's replies, those of the set-up network's server, and with
/// <see cref="Option"/> its own question. What is the same in all of them stands in the buffer from the start; each message changes the
/// rest with a few copies.
/// </summary>
public sealed class DhcpWriter
{
    /// <summary>Bytes of <c>file</c> in the header; a longer name, or URL, stands in option 67 only.</summary>
    public const int FileCapacity = 128;

    /// <summary>Longest boot file: what one option holds, with its NUL.</summary>
    public const int MaximumBootfile = 254;

    /// <summary>Where the address that a reply gives (yiaddr) is.</summary>
    public const int YiaddrOffset = 16;

    /// <summary>op of a client's message.</summary>
    internal const int BootRequest = 1;

    private const int BootReply = 2;

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
    private const int SiaddrOffset = 20;
    private const int FileOffset = 108;
    private const int CookieOffset = 236;
    private const int Cookie = 0x63825363;
    private const int Ethernet = 1;
    private const int EthernetAddressLength = 6;

    // Header, then option 53, which every message begins with, and 54, which every reply has next.
    private const int MessageTypeOffset = 242;
    private const int ServerIdentifierOffset = 243;
    private const int OptionsOffset = 249;

    private readonly byte[] _buffer;
    private int _at;

    /// <summary>A writer of replies; <see cref="SetAddress"/> comes before the first one.</summary>
    public DhcpWriter()
        : this(BootReply, Capacity)
    {
        _buffer[ServerIdentifierOffset] = DhcpOption.ServerIdentifier;
        _buffer[ServerIdentifierOffset + 1] = 4;
    }

    /// <summary>A writer of messages with this op, in a buffer of this size; <see cref="Option"/> goes on behind option 53.</summary>
    internal DhcpWriter(int op, int capacity)
    {
        // hops, secs, yiaddr and sname stay 0.
        var buffer = new byte[capacity];
        buffer[0] = (byte)op;
        buffer[1] = Ethernet;
        buffer[2] = EthernetAddressLength;
        Octets.WriteInt32(buffer, CookieOffset, Cookie);
        buffer[MessageTypeOffset - 2] = DhcpOption.MessageType;
        buffer[MessageTypeOffset - 1] = 1;
        buffer[MessageTypeOffset] = DhcpMessageType.Discover;
        _buffer = buffer;
        _at = MessageTypeOffset + 1;
    }

    /// <summary>The message's bytes.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Sets the device's own address (4 bytes), which every reply names as server and next server.</summary>
    public void SetAddress(byte[] address)
    {
        Array.Copy(address, 0, _buffer, SiaddrOffset, 4);
        Array.Copy(address, 0, _buffer, ServerIdentifierOffset + 2, 4);
    }

    /// <summary>
    /// Writes a proxy's reply to <paramref name="request"/>; gives its length, or 0 when it would be longer than the client takes. It gives
    /// no address (yiaddr 0: that is how clients know a proxy), and ends with the boot file, NUL-terminated: EDK2 puts a NUL behind option
    /// 67 in place and old ROMs read on to the 0xFF (field notes D4-4, D4-5). Only what a relay added comes after it, because the relay
    /// wants it last and takes it off again (RFC 3046). Options 60 (<paramref name="vendorClass"/>, null for the request's own) and 43
    /// (<paramref name="pxe"/>, null for none) are whole, with code and length.
    /// </summary>
    public int Write(DhcpMessage request, int messageType, byte[] vendorClass, byte[] pxe, byte[] bootfile, int bootfileLength)
    {
        byte[] buffer = _buffer;
        ushort[] places = request.Places;
        bool fileHolds = bootfileLength < FileCapacity;
        int identifierPlace = places[DhcpOption.ClientIdentifier];
        int machinePlace = places[DhcpOption.MachineIdentifier];
        int relayPlace = places[DhcpOption.RelayAgent];
        int classSize = vendorClass != null ? vendorClass.Length
            : places[DhcpOption.VendorClass] == 0 ? 0 : SizeOf(request, places[DhcpOption.VendorClass]);
        int identifier = identifierPlace == 0 ? 0 : SizeOf(request, identifierPlace);
        int machine = machinePlace == 0 ? 0 : SizeOf(request, machinePlace);
        int relay = relayPlace == 0 ? 0 : SizeOf(request, relayPlace);
        int bootfileOption = 2 + bootfileLength + 1;
        int needed = OptionsOffset + classSize + identifier + machine + (pxe == null ? 0 : pxe.Length) + bootfileOption + relay + 1;
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

        Begin(request, messageType);
        Array.Clear(buffer, FileOffset, FileCapacity);
        if (fileHolds)
        {
            Array.Copy(bootfile, 0, buffer, FileOffset, bootfileLength);
        }

        int at = OptionsOffset + classSize;
        if (vendorClass != null)
        {
            Array.Copy(vendorClass, 0, buffer, OptionsOffset, classSize);
        }
        else if (classSize != 0)
        {
            Echo(request, places[DhcpOption.VendorClass], DhcpOption.VendorClass, classSize, OptionsOffset);
        }

        if (identifier != 0)
        {
            at = Echo(request, identifierPlace, DhcpOption.ClientIdentifier, identifier, at);
        }

        if (machine != 0)
        {
            at = Echo(request, machinePlace, DhcpOption.MachineIdentifier, machine, at);
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
            at = Echo(request, relayPlace, DhcpOption.RelayAgent, relay, at);
        }

        return End(at);
    }

    /// <summary>
    /// Writes an OFFER or ACK that gives <paramref name="address"/> for <paramref name="seconds"/>; address 0 gives none and no lease (the
    /// answer to an INFORM). The device is router and name server of the network of <paramref name="mask"/>. No option 114 (RFC 8910): what
    /// it names must be an https API (RFC 8908), which a device without a certificate cannot be; phones find the page by their probes, see
    /// <c>Dns/NameService</c>. Gives the reply's length.
    /// </summary>
    public int Give(DhcpMessage request, int messageType, int address, int seconds, byte[] mask)
    {
        byte[] buffer = _buffer;
        Begin(request, messageType);
        Octets.WriteInt32(buffer, YiaddrOffset, address);
        Array.Copy(buffer, ServerIdentifierOffset + 2, buffer, SiaddrOffset, 4);
        _at = OptionsOffset;
        if (address != 0)
        {
            buffer[_at] = DhcpOption.LeaseTime;
            buffer[_at + 1] = 4;
            Octets.WriteInt32(buffer, _at + 2, seconds);
            _at += 6;
        }

        Option(DhcpOption.SubnetMask, mask, 0, 4);
        Option(DhcpOption.Router, buffer, SiaddrOffset, 4);
        Option(DhcpOption.NameServers, buffer, SiaddrOffset, 4);
        return EndWithIdentifier(request);
    }

    /// <summary>Writes a NAK, with the reason for the client's log; gives its length.</summary>
    public int Refuse(DhcpMessage request, byte[] reason)
    {
        Begin(request, DhcpMessageType.Nak);
        Array.Clear(_buffer, YiaddrOffset, 8); // yiaddr, siaddr
        _at = OptionsOffset;
        Option(DhcpOption.Message, reason, 0, reason.Length);
        return EndWithIdentifier(request);
    }

    /// <summary>Appends an option of up to 255 bytes.</summary>
    internal void Option(int code, byte[] data, int offset, int length)
    {
        _buffer[_at] = (byte)code;
        _buffer[_at + 1] = (byte)length;
        Array.Copy(data, offset, _buffer, _at + 2, length);
        _at += 2 + length;
    }

    /// <summary>Ends a message behind its last <see cref="Option"/>; gives its length.</summary>
    internal int End() => End(_at);

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

    /// <summary>Bytes that an option of the request takes in the reply, with a header for each 255 (RFC 3396); 0 when empty.</summary>
    private static int SizeOf(DhcpMessage request, int place)
    {
        int length = request.Buffer[place + 1];
        if (place < request.Length)
        {
            return length == 0 ? 0 : length + 2;
        }

        length = request.LengthAt(place);
        return length + (2 * ((length + 254) / 255));
    }

    // What names the exchange, copied.
    private void Begin(DhcpMessage request, int messageType)
    {
        byte[] buffer = _buffer;
        byte[] source = request.Buffer;
        buffer[MessageTypeOffset] = (byte)messageType;
        Array.Copy(source, XidOffset, buffer, XidOffset, 4);
        Array.Copy(source, FlagsOffset, buffer, FlagsOffset, 2);
        if (messageType == DhcpMessageType.Ack)
        {
            Array.Copy(source, DhcpMessage.ClientOffset, buffer, DhcpMessage.ClientOffset, 4);
        }
        else
        {
            Array.Clear(buffer, DhcpMessage.ClientOffset, 4); // RFC 2131 table 3
        }

        Array.Copy(source, DhcpMessage.RelayOffset, buffer, DhcpMessage.RelayOffset, 4 + 16); // giaddr, chaddr
    }

    /// <summary>
    /// Copies the option of the request at <paramref name="place"/>, of which <paramref name="size"/> bytes are to be in the reply; gives
    /// where the reply goes on.
    /// </summary>
    private int Echo(DhcpMessage request, int place, int code, int size, int at)
    {
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

    // The echo of RFC 6842, last, for it is the one option whose length the client chose; too long a one is left out.
    private int EndWithIdentifier(DhcpMessage request)
    {
        int identifier = request.LengthOf(DhcpOption.ClientIdentifier);
        if (identifier > 0 && identifier <= 255 && _at + identifier + 3 <= DefaultMaximum - IpAndUdp)
        {
            Option(DhcpOption.ClientIdentifier, request.Buffer, request.OffsetOf(DhcpOption.ClientIdentifier), identifier);
        }

        return End(_at);
    }

    private int End(int at)
    {
        _buffer[at++] = DhcpOption.End;
        if (at < Minimum)
        {
            Array.Clear(_buffer, at, Minimum - at);
            at = Minimum;
        }

        return at;
    }
}
