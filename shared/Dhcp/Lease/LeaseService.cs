using System;
using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Dhcp.Lease;

/// <summary>
/// Hands out addresses on the set-up access point: the platform has no DHCP server for it (LWIP_DHCPS is off in every ESP32 image).
/// In set-up mode it has port 67 in place of the proxy.
/// </summary>
public sealed class LeaseService : IService
{
    private const int ServerPort = 67;
    private const int ClientPort = 68;

    /// <summary>Datagrams taken in one step: what the board's IP stack queues (6), and then some on a PC.</summary>
    private const int Drain = 16;

    private readonly INetwork _network;
    private readonly ServedNetworks _served;
    private readonly Log _log;
    private readonly DhcpMessage _message = new DhcpMessage();
    private readonly LeaseResponder _responder = new LeaseResponder();
    private readonly IPEndPoint _broadcast = new IPEndPoint(new IPAddress(new byte[] { 255, 255, 255, 255 }), ClientPort);
    private readonly ByteWriter _text = new ByteWriter(new byte[Log.TextCapacity]);
    private readonly byte[] _given = new byte[4];
    private EndPoint _source = new IPEndPoint(IPAddress.Any, 0);
    private Socket _socket;

    /// <summary>A service on <paramref name="network"/>; it serves while that has an address and a mask.</summary>
    public LeaseService(INetwork network, Log log)
    {
        _network = network;
        _served = new ServedNetworks(network);
        _log = log;
    }

    /// <inheritdoc/>
    public string Name => "Lease";

    /// <summary>Datagrams received.</summary>
    public int Received { get; private set; }

    /// <summary>Packets that are no valid DHCP request.</summary>
    public int Malformed { get; private set; }

    /// <summary>Addresses confirmed.</summary>
    public int Leases { get; private set; }

    /// <summary>Answers that the network did not take: to the client like a lost packet.</summary>
    public int SendErrors { get; private set; }

    /// <inheritdoc/>
    public bool Step(long now)
    {
        byte[] address = _network.Address;
        byte[] mask = _network.SubnetMask;
        if (address == null || mask == null)
        {
            return false;
        }

        if (_socket == null)
        {
            _socket = _network.OpenDatagram(ServerPort);
            _log.Add(Subsystem.Dhcp, LogEvent.Listening, ServerPort, null);
        }

        _responder.SetAddress(address, mask);
        int taken = 0;
        while (taken < Drain && _socket.Poll(0, SelectMode.SelectRead))
        {
            taken++;
            int length = Datagram.Receive(_socket, _message.Buffer, DhcpMessage.MaximumLength, ref _source);
            Take(length, now);
        }

        return taken > 0;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_socket != null)
        {
            Socket socket = _socket;
            _socket = null;
            socket.Close();
        }
    }

    private void Take(int length, long now)
    {
        Received++;
        if (length < 0 || _message.Parse(length) != null)
        {
            Malformed++;
            return;
        }

        int reply = _responder.Answer(_message, now);
        if (reply == 0)
        {
            return;
        }

        if (_responder.ToClient && !_served.Serves(_message.ClientAddress))
        {
            return;
        }

        EndPoint destination = _responder.ToClient ? new IPEndPoint(ClientAddress(), ClientPort) : _broadcast;
        try
        {
            _socket.SendTo(_responder.Reply, 0, reply, SocketFlags.None, destination);
        }
        catch (SocketException)
        {
            // ENOMEM, ENETDOWN: the datagram is lost as any may be, and the client asks again.
            SendErrors++;
            return;
        }

        if (_responder.Given != 0 && _message.MessageType == DhcpMessageType.Request)
        {
            Leases++;
            Octets.WriteInt32(_given, 0, _responder.Given);
            _text.Clear();
            _text.Text("Address ").Address(_given, 0).Text(" for ").Mac(_message.Buffer, DhcpMessage.HardwareAddressOffset, ':');
            _log.Add(Subsystem.Dhcp, LogEvent.Note, null, 0, 0, 0, 0, _text.Buffer, 0, _text.Length);
        }
    }

    private IPAddress ClientAddress()
    {
        var bytes = new byte[4];
        Array.Copy(_message.Buffer, 12, bytes, 0, 4);
        return new IPAddress(bytes);
    }
}
