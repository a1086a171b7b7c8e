using Netboot.Bytes;

namespace Netboot.Dhcp.Lease;

/// <summary>
/// Decides what the access point's DHCP server answers (RFC 2131 section 4.3). Bytes and times in, bytes out. It is the only server of its
/// network, so it speaks with authority: it refuses what it would not give, and knows nothing of earlier leases after a restart.
/// </summary>
public sealed class LeaseResponder
{
    /// <summary>The pool begins so far behind the server's own address: 192.168.4.10 for 192.168.4.1.</summary>
    private const int PoolDistance = 9;

    private readonly byte[] _notYours = Octets.Of("this address is not yours here");

    private readonly LeaseWriter _writer = new LeaseWriter();
    private LeaseTable _table;
    private int _self;
    private int _mask;

    /// <summary>The last reply's bytes.</summary>
    public byte[] Reply => _writer.Buffer;

    /// <summary>
    /// Whether the last reply goes to the client's own address and not to everybody (RFC 2131 section 4.1; a NAK is always broadcast).
    /// </summary>
    public bool ToClient { get; private set; }

    /// <summary>The address that the last reply gave, 0 when it gave none.</summary>
    public int Given { get; private set; }

    /// <summary>
    /// Serves as <paramref name="address"/> in the network of <paramref name="mask"/>, 4 bytes each. Leases are kept when nothing changed.
    /// </summary>
    public void SetAddress(byte[] address, byte[] mask)
    {
        int self = Octets.ReadInt32(address, 0);
        int bits = Octets.ReadInt32(mask, 0);
        if (_table != null && self == _self && bits == _mask)
        {
            return;
        }

        _self = self;
        _mask = bits;
        _table = new LeaseTable(self + PoolDistance);
        _writer.SetAddress(address, mask);
    }

    /// <summary>
    /// Answers a parsed request; gives the reply's length, 0 for none. A relayed request has no business on an access point.
    /// </summary>
    public int Answer(DhcpMessage request, long now)
    {
        ToClient = false;
        Given = 0;
        if (request.RelayAddress != 0
            || (request.LengthOf(DhcpOption.ServerIdentifier) != 0 && Option(request, DhcpOption.ServerIdentifier) != _self))
        {
            if (request.MessageType == DhcpMessageType.Request)
            {
                // It chose another server: what was offered is free again.
                _table.Forget(request.Buffer, DhcpMessage.HardwareAddressOffset);
            }

            return 0;
        }

        switch (request.MessageType)
        {
            case DhcpMessageType.Discover:
                return Offer(request, now);
            case DhcpMessageType.Request:
                return Confirm(request, now);
            case DhcpMessageType.Decline:
                Decline(request, now);
                return 0;
            case DhcpMessageType.Release:
                _table.Forget(request.Buffer, DhcpMessage.HardwareAddressOffset);
                return 0;
            case DhcpMessageType.Inform:
                ToClient = request.ClientAddress != 0;
                return _writer.Give(request, DhcpMessageType.Ack, 0);
            default:
                return 0;
        }
    }

    private static int Option(DhcpMessage request, int code) =>
        request.LengthOf(code) == 4 ? Octets.ReadInt32(request.Buffer, request.OffsetOf(code)) : 0;

    private int Offer(DhcpMessage request, long now)
    {
        int wished = _table.PlaceOf(Option(request, DhcpOption.RequestedAddress));
        int place = _table.Choose(request.Buffer, DhcpMessage.HardwareAddressOffset, wished, now);
        if (place == LeaseTable.None)
        {
            return 0;
        }

        // A client that has its lease and looks for servers again keeps it: an offer that nobody takes must not cut it short.
        bool has = _table.IsOf(place, request.Buffer, DhcpMessage.HardwareAddressOffset) && _table.StateOf(place, now) == LeaseState.Leased;
        if (!has)
        {
            _table.Use(place, LeaseState.Offered, request.Buffer, DhcpMessage.HardwareAddressOffset, now + LeaseTable.OfferMilliseconds);
        }

        Given = _table.AddressOf(place);
        return _writer.Give(request, DhcpMessageType.Offer, Given);
    }

    private int Confirm(DhcpMessage request, long now)
    {
        // Selecting and rebooting clients name the address in option 50, renewing ones in ciaddr (RFC 2131 section 4.3.2).
        int wanted = Option(request, DhcpOption.RequestedAddress);
        bool renews = wanted == 0 && request.ClientAddress != 0;
        if (renews)
        {
            wanted = request.ClientAddress;
        }

        int place = _table.PlaceOf(wanted);
        bool grant = place != LeaseTable.None
            && (_table.IsOf(place, request.Buffer, DhcpMessage.HardwareAddressOffset) || _table.StateOf(place, now) == LeaseState.Free);
        if (!grant)
        {
            return _writer.Refuse(request, _notYours);
        }

        _table.Use(place, LeaseState.Leased, request.Buffer, DhcpMessage.HardwareAddressOffset, now + (LeaseWriter.LeaseSeconds * 1000L));
        Given = wanted;
        ToClient = renews;
        return _writer.Give(request, DhcpMessageType.Ack, wanted);
    }

    private void Decline(DhcpMessage request, long now)
    {
        int place = _table.PlaceOf(Option(request, DhcpOption.RequestedAddress));
        if (place != LeaseTable.None && _table.IsOf(place, request.Buffer, DhcpMessage.HardwareAddressOffset))
        {
            _table.Decline(place, now);
        }
    }
}
