using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Logging;

namespace Netboot.Dns;

/// <summary>Moves datagrams for <see cref="NameAnswer"/> on port 53, in set-up mode only.</summary>
public sealed class NameService : IService
{
    private const int Port = 53;

    /// <summary>Datagrams taken in one step: what the board's IP stack queues (6), and then some on a PC.</summary>
    private const int Drain = 16;

    private readonly INetwork _network;
    private readonly ServedNetworks _served;
    private readonly Log _log;
    private readonly byte[] _buffer = new byte[NameAnswer.MaximumLength];
    private EndPoint _source = new IPEndPoint(IPAddress.Any, 0);
    private Socket _socket;

    /// <summary>A service on <paramref name="network"/>; every name is that network's own address.</summary>
    public NameService(INetwork network, Log log)
    {
        _network = network;
        _served = new ServedNetworks(network);
        _log = log;
    }

    /// <inheritdoc/>
    public string Name => "DNS";

    /// <summary>Questions answered.</summary>
    public int Answered { get; private set; }

    /// <summary>Datagrams that were no question.</summary>
    public int Malformed { get; private set; }

    /// <summary>Answers that the network did not take.</summary>
    public int SendErrors { get; private set; }

    /// <inheritdoc/>
    public bool Step(long now)
    {
        byte[] address = _network.Address;
        if (address == null)
        {
            return false;
        }

        if (_socket == null)
        {
            _socket = _network.OpenDatagram(Port);
            _log.Add(Subsystem.Init, LogEvent.Listening, Port, null);
        }

        int taken = 0;
        while (taken < Drain && _socket.Poll(0, SelectMode.SelectRead))
        {
            taken++;
            int length = Datagram.Receive(_socket, _buffer, NameAnswer.MaximumLength, ref _source);
            Take(length, address);
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

    private void Take(int length, byte[] address)
    {
        int answer = length < 0 || !_served.Serves(((IPEndPoint)_source).Address.GetAddressBytes())
            ? 0 : NameAnswer.Answer(_buffer, length, address);
        if (answer == 0)
        {
            Malformed++;
            return;
        }

        try
        {
            _socket.SendTo(_buffer, 0, answer, SocketFlags.None, _source);
            Answered++;
        }
        catch (SocketException)
        {
            // Lost as any datagram may be; the client asks again.
            SendErrors++;
        }
    }
}
