using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Datagrams;
using Netboot.Logging;

namespace Netboot.Dhcp.Lease;

/// <summary>
/// Hands out addresses on the set-up access point: the platform has no DHCP server for it (LWIP_DHCPS is off in every ESP32 image).
/// In set-up mode it has port 67 in place of the proxy.
/// </summary>
public sealed class LeaseService : DatagramService
{
    private const int ClientPort = 68;

    /// <summary>Datagrams taken in one step: what the board's IP stack queues (6), and then some on a PC.</summary>
    private const int MostInStep = 16;

    private readonly ServedNetworks _served;
    private readonly DhcpMessage _message = new DhcpMessage();
    private readonly DhcpAnswer _answer = new DhcpAnswer();
    private readonly LeaseResponder _responder = new LeaseResponder();
    private readonly IPEndPoint _broadcast = new IPEndPoint(new IPAddress(new byte[] { 255, 255, 255, 255 }), ClientPort);
    private readonly ByteWriter _text = new ByteWriter(new byte[Log.TextCapacity]);

    /// <summary>A service on <paramref name="network"/>; it serves while that has an address and a mask.</summary>
    public LeaseService(INetwork network, Log log)
        : base(network, log, Counter.Unshown, Counter.Unshown, Counter.SetupUnsent)
    {
        _served = new ServedNetworks(network);
    }

    /// <inheritdoc/>
    public override string Name => "Lease";

    /// <summary>Addresses confirmed.</summary>
    public int Leases { get; private set; }

    /// <inheritdoc/>
    public override bool Step(long now)
    {
        byte[] address = Network.Address;
        byte[] mask = Network.SubnetMask;
        if (address == null || mask == null)
        {
            return false;
        }

        if (Socket == null)
        {
            Open(DhcpService.OfferPort, Subsystem.Dhcp);
        }

        _responder.SetAddress(address, mask);
        return Drain(Socket, _message.Buffer, DhcpMessage.MaximumLength, MostInStep, now);
    }

    /// <inheritdoc/>
    protected override void Take(Socket socket, int length, IPEndPoint source, long now)
    {
        DhcpMessage message = _message;
        if (message.Parse(length) != null)
        {
            return;
        }

        DhcpAnswer answer = _answer;
        _responder.Answer(message, now, answer);
        bool toClient = answer.Destination == ReplyDestination.Client;
        if (answer.Length == 0 || (toClient && !_served.Serves(message.ClientAddress)))
        {
            return;
        }

        EndPoint destination = toClient ? message.EndAt(DhcpMessage.ClientOffset, ClientPort) : _broadcast;
        byte[] reply = answer.Reply;
        bool gives = Octets.ReadInt32(reply, DhcpWriter.YiaddrOffset) != 0 && message.MessageType == DhcpMessageType.Request;
        if (Send(socket, reply, answer.Length, destination) && gives)
        {
            Leases++;
            _text.Clear();
            _text.Text("Address ").Address(reply, DhcpWriter.YiaddrOffset).Text(" for ")
                .Mac(message.Buffer, DhcpMessage.HardwareAddressOffset, ':');
            Log.Add(Subsystem.Dhcp, LogEvent.Note, null, 0, 0, 0, 0, _text.Buffer, 0, _text.Length);
        }
    }
}
