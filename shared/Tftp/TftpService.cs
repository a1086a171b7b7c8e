using System.Net;
using System.Net.Sockets;
using Netboot.Boot;
using Netboot.Device;
using Netboot.Journal;

namespace Netboot.Tftp;

/// <summary>TFTP on port 69: moves datagrams between the socket and <see cref="TftpServer"/>.</summary>
public sealed class TftpService : IService, ITftpOutput
{
    /// <summary>Datagrams taken in one step: what lwIP keeps for a socket (6) and those that come meanwhile; then the other services have their turn.</summary>
    public const int DrainLimit = 8;

    /// <summary>Wait before a port that could not be had is tried again, in milliseconds.</summary>
    public const int ReopenTime = 5000;

    /// <summary>Bytes that are received at most: one more than the longest request, so that a longer one shows; the stack cuts it off without a word.</summary>
    public const int PacketSize = TftpPackets.MaxRequest + 1;

    private readonly byte[] _packet;
    private readonly EndPoint _anybody = new IPEndPoint(IPAddress.Any, 0);
    private readonly INetwork _network;
    private readonly Log _log;
    private readonly TftpServer _server;
    private Socket _socket;
    private bool _mustWait;
    private long _openAt;

    /// <summary>
    /// The service on <paramref name="network"/> for <paramref name="files"/>; see <see cref="TftpServer"/> for <paramref name="anySubnet"/>. It receives into
    /// <paramref name="packet"/> and puts its own packets together there: at least <see cref="TftpPackets.MaxPacket"/> bytes, which others of the same
    /// thread may use between its steps.
    /// </summary>
    public TftpService(INetwork network, IBootFiles files, Log log, bool anySubnet, byte[] packet)
    {
        _packet = packet;
        _network = network;
        _log = log;
        _server = new TftpServer(network, files, log, anySubnet, this, packet);
    }

    /// <summary>Whether it has its socket.</summary>
    public bool IsOpen
    {
        get { return _socket != null; }
    }

    /// <inheritdoc/>
    public string Name
    {
        get { return "TFTP"; }
    }

    /// <summary>Whom it answers; null for the board's subnet alone.</summary>
    public ServedNetworks Served
    {
        get { return _server.Served; }
        set { _server.Served = value; }
    }

    /// <summary>Valid requests received.</summary>
    public int Requests
    {
        get { return _server.Requests; }
    }

    /// <summary>Transfers whose last block was acknowledged.</summary>
    public int Completed
    {
        get { return _server.Completed; }
    }

    /// <summary>Transfers that ended early. A client that only asked for the size is none.</summary>
    public int Failed
    {
        get { return _server.Failed; }
    }

    /// <summary>Requests not served: writes, other modes than octet, no free place.</summary>
    public int Refused
    {
        get { return _server.Refused; }
    }

    /// <summary>Requests for files that there are not.</summary>
    public int Missing
    {
        get { return _server.Missing; }
    }

    /// <summary>Requests from outside the subnet, dropped.</summary>
    public int OutsideSubnet
    {
        get { return _server.OutsideSubnet; }
    }

    /// <summary>Packets that belong to no transfer.</summary>
    public int Strays
    {
        get { return _server.Strays; }
    }

    /// <summary>Packets that are no TFTP.</summary>
    public int Malformed
    {
        get { return _server.MalformedPackets; }
    }

    /// <summary>DATA packets sent, those sent again included.</summary>
    public int BlocksSent
    {
        get { return _server.BlocksSent; }
    }

    /// <summary>Packets sent again.</summary>
    public int Retransmits
    {
        get { return _server.Retransmits; }
    }

    /// <summary>Packets that the network did not take; their loss is made good like any other.</summary>
    public int SendFailures { get; private set; }

    /// <summary>Transfers under way.</summary>
    public int Running
    {
        get { return _server.Running; }
    }

    /// <inheritdoc/>
    public bool Step(long now)
    {
        if (_socket == null && !Open(now))
        {
            return false;
        }

        bool moved = false;
        for (int i = 0; i < DrainLimit && _socket.Poll(0, SelectMode.SelectRead); i++)
        {
            moved = true;
            EndPoint from = _anybody;
            int length = Datagram.Receive(_socket, _packet, PacketSize, ref from);
            if (length < 0)
            {
                // Lost: an ICMP "port unreachable" of a client that is gone, or no memory for the sender's address.
                continue;
            }

            _server.Receive(_packet, length, (IPEndPoint)from, now);
        }

        return _server.Tick(now) || moved;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _server.Clear();
        Socket socket = _socket;
        _socket = null;
        _mustWait = false;
        if (socket != null)
        {
            socket.Close();
        }
    }

    /// <inheritdoc/>
    public void Send(byte[] buffer, int length, IPEndPoint to)
    {
        try
        {
            _socket.SendTo(buffer, length, SocketFlags.None, to);
        }
        catch (SocketException)
        {
            // No route, no memory in the stack, no link: a lost packet, and sent again like one. A link that is gone shows in ReceiveFrom.
            SendFailures++;
        }
    }

    private bool Open(long now)
    {
        if (_network.Address == null || (_mustWait && now < _openAt))
        {
            return false;
        }

        try
        {
            _socket = _network.OpenDatagram(TftpPackets.Port);
        }
        catch (SocketException e)
        {
            // Told once, and tried again for good: whoever holds the port may let go of it.
            _openAt = now + ReopenTime;
            if (!_mustWait)
            {
                _log.Add(Subsystem.Tftp, LogEvent.CannotListen, TftpPackets.Port, "socket error " + e.ErrorCode.ToString());
            }

            _mustWait = true;
            return false;
        }

        _mustWait = false;
        _log.Add(Subsystem.Tftp, LogEvent.Listening, TftpPackets.Port, null);
        return true;
    }
}
