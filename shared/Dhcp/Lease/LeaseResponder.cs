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

    private readonly DhcpWriter _writer = new DhcpWriter();
    private LeaseTable _table;
    private int _self;
    private byte[] _mask;

    /// <summary>
    /// Serves as <paramref name="address"/> in the network of <paramref name="mask"/>, 4 bytes each. Leases are kept when nothing changed.
    /// </summary>
    public void SetAddress(byte[] address, byte[] mask)
    {
        int self = Octets.ReadInt32(address, 0);
        if (_table != null && self == _self && Octets.Equal(mask, 0, _mask, 0, 4))
        {
            return;
        }

        _self = self;
        _mask = mask;
        _table = new LeaseTable(self + PoolDistance);
        _writer.SetAddress(address);
    }

    /// <summary>
    /// Answers a parsed request; <paramref name="answer"/> has the reply, its length (0 for none) and where it goes: to the client's own
    /// address or to everybody (RFC 2131 section 4.1; a NAK is always broadcast). A relayed request has no business on an access point.
    /// </summary>
    public void Answer(DhcpMessage request, long now, DhcpAnswer answer)
    {
        answer.Reply = _writer.Buffer;
        answer.Destination = ReplyDestination.Broadcast;
        answer.Length = 0;
        if (request.RelayAddress != 0
            || (request.LengthOf(DhcpOption.ServerIdentifier) != 0 && Option(request, DhcpOption.ServerIdentifier) != _self))
        {
            if (request.MessageType == DhcpMessageType.Request)
            {
                // It chose another server: what was offered is free again.
                _table.Forget(request.Buffer, DhcpMessage.HardwareAddressOffset);
            }

            return;
        }

        switch (request.MessageType)
        {
            case DhcpMessageType.Discover:
                answer.Length = Offer(request, now);
                break;
            case DhcpMessageType.Request:
                answer.Length = Confirm(request, now, answer);
                break;
            case DhcpMessageType.Decline:
                Decline(request, now);
                break;
            case DhcpMessageType.Release:
                _table.Forget(request.Buffer, DhcpMessage.HardwareAddressOffset);
                break;
            case DhcpMessageType.Inform:
                answer.Destination = request.ClientAddress != 0 ? ReplyDestination.Client : ReplyDestination.Broadcast;
                answer.Length = Give(request, DhcpMessageType.Ack, 0);
                break;
            default:
                break;
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

        return Give(request, DhcpMessageType.Offer, _table.AddressOf(place));
    }

    private int Confirm(DhcpMessage request, long now, DhcpAnswer answer)
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

        _table.Use(place, LeaseState.Leased, request.Buffer, DhcpMessage.HardwareAddressOffset, now + (LeaseTable.LeaseSeconds * 1000L));
        answer.Destination = renews ? ReplyDestination.Client : ReplyDestination.Broadcast;
        return Give(request, DhcpMessageType.Ack, wanted);
    }

    private int Give(DhcpMessage request, int messageType, int address) =>
        _writer.Give(request, messageType, address, LeaseTable.LeaseSeconds, _mask);

    private void Decline(DhcpMessage request, long now)
    {
        int place = _table.PlaceOf(Option(request, DhcpOption.RequestedAddress));
        if (place != LeaseTable.None && _table.IsOf(place, request.Buffer, DhcpMessage.HardwareAddressOffset))
        {
            _table.Decline(place, now);
        }
    }
}
