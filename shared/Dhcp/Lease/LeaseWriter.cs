using System;
using Netboot.Bytes;

namespace Netboot.Dhcp.Lease;

/// <summary>
/// Writes the replies of the access point's DHCP server into one buffer: address, mask, lease, and itself as router and name server.
/// No option 114 (RFC 8910): what it names must be an https API (RFC 8908), which a device without a certificate cannot be; phones find the
/// page by their probes, see <see cref="Netboot.Dns.NameService"/>.
/// </summary>
public sealed class LeaseWriter
{
    /// <summary>How long an address is given for. Longer than the access point is open, so that nobody has to renew.</summary>
    public const int LeaseSeconds = 1200;

    /// <summary>BOOTP's length; some clients drop anything shorter.</summary>
    private const int Minimum = 300;

    /// <summary>RFC 2131 section 2: what every client must take (576), less the headers of IP and UDP.</summary>
    private const int Capacity = 548;

    private const int HeaderLength = 240;
    private const int YiaddrOffset = 16;
    private const int SiaddrOffset = 20;
    private const int CookieOffset = 236;
    private const int Cookie = 0x63825363;
    private const int BootReply = 2;

    private readonly byte[] _buffer = new byte[Capacity];
    private readonly byte[] _self = new byte[4];
    private readonly byte[] _mask = new byte[4];
    private int _length;

    /// <summary>The reply's bytes.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Sets the server's own address and mask, 4 bytes each.</summary>
    public void SetAddress(byte[] address, byte[] mask)
    {
        Array.Copy(address, 0, _self, 0, 4);
        Array.Copy(mask, 0, _mask, 0, 4);
    }

    /// <summary>
    /// Writes an OFFER or ACK that gives <paramref name="address"/>; 0 gives none and no lease (the answer to an INFORM). Gives its length.
    /// </summary>
    public int Give(DhcpMessage request, int messageType, int address)
    {
        Begin(request, messageType);
        if (messageType == DhcpMessageType.Ack)
        {
            Array.Copy(request.Buffer, 12, _buffer, 12, 4); // ciaddr (RFC 2131 table 3)
        }

        Octets.WriteInt32(_buffer, YiaddrOffset, address);
        Array.Copy(_self, 0, _buffer, SiaddrOffset, 4);
        if (address != 0)
        {
            _buffer[_length++] = DhcpOption.LeaseTime;
            _buffer[_length++] = 4;
            Octets.WriteInt32(_buffer, _length, LeaseSeconds);
            _length += 4;
        }

        Option(DhcpOption.SubnetMask, _mask, 0, 4);
        Option(DhcpOption.Router, _self, 0, 4);
        Option(DhcpOption.NameServers, _self, 0, 4);
        return End(request);
    }

    /// <summary>Writes a NAK, with the reason for the client's log; gives its length.</summary>
    public int Refuse(DhcpMessage request, byte[] reason)
    {
        Begin(request, DhcpMessageType.Nak);
        Option(DhcpOption.Message, reason, 0, reason.Length);
        return End(request);
    }

    private void Begin(DhcpMessage request, int messageType)
    {
        byte[] source = request.Buffer;
        Array.Clear(_buffer, 0, HeaderLength);
        _buffer[0] = BootReply;
        _buffer[1] = source[1];
        _buffer[2] = source[2];
        Array.Copy(source, 4, _buffer, 4, 4); // xid
        Array.Copy(source, 10, _buffer, 10, 2); // flags
        Array.Copy(source, 28, _buffer, 28, 16); // chaddr
        Octets.WriteInt32(_buffer, CookieOffset, Cookie);
        _length = HeaderLength;
        _buffer[_length++] = DhcpOption.MessageType;
        _buffer[_length++] = 1;
        _buffer[_length++] = (byte)messageType;
        Option(DhcpOption.ServerIdentifier, _self, 0, 4);
    }

    private int End(DhcpMessage request)
    {
        // The echo of RFC 6842, last, for it is the one option whose length the client chose; too long a one is left out.
        int identifier = request.LengthOf(DhcpOption.ClientIdentifier);
        if (identifier > 0 && identifier <= 255 && _length + identifier + 3 <= Capacity)
        {
            Option(DhcpOption.ClientIdentifier, request.Buffer, request.OffsetOf(DhcpOption.ClientIdentifier), identifier);
        }

        _buffer[_length++] = DhcpOption.End;
        if (_length < Minimum)
        {
            Array.Clear(_buffer, _length, Minimum - _length);
            _length = Minimum;
        }

        return _length;
    }

    private void Option(int code, byte[] data, int offset, int length)
    {
        _buffer[_length++] = (byte)code;
        _buffer[_length++] = (byte)length;
        Array.Copy(data, offset, _buffer, _length, length);
        _length += length;
    }
}
