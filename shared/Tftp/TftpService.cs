using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Tftp;

/// <summary>
/// TFTP: moves datagrams between its sockets and <see cref="TftpServer"/>. Requests come to port 69. All that is sent leaves from a second
/// socket, on a port that nobody can guess (RFC 1350 4: the server's transfer identifier): who cannot see what it sends cannot acknowledge
/// it either, and so brings nobody more than a first answer. One socket carries all transfers, for a board has 16 in all: two in this
/// service, 67 and 4011, 80 with five connections, 514, 5353, two streams and a check of the mirror make 15. It is opened with the first
/// answer and closed a while after the last transfer: at rest it takes no memory, and the next one has another port. (What stays: who takes
/// part in the network and asks for a file himself learns the port, for as long as it lasts.)
/// </summary>
public sealed class TftpService : IService, ITftpOutput
{
    /// <summary>
    /// Datagrams taken in one step: what lwIP keeps for a socket (6) and those that come meanwhile; then the other services have their
    /// turn.
    /// </summary>
    public const int DrainLimit = 8;

    /// <summary>Wait before a port that could not be had is tried again, in milliseconds.</summary>
    public const int ReopenTime = 5000;

    /// <summary>
    /// Bytes that are received at most: one more than the longest request, so that a longer one shows; the stack cuts it off without a
    /// word.
    /// </summary>
    public const int PacketSize = TftpPackets.MaxRequest + 1;

    /// <summary>Wait before it is told once more that there is no port for data, in milliseconds.</summary>
    private const int ComplaintTime = 60000;

    /// <summary>
    /// The first of the ports that data leaves from, and how many there are: the dynamic ones of RFC 6335, in which lwIP and systems choose
    /// theirs too.
    /// </summary>
    private const int FirstPort = 49152;
    private const int Ports = 16384;

    /// <summary>Ports that are tried, when one is taken, before the answer counts as lost.</summary>
    private const int PortTries = 4;

    private readonly byte[] _packet;
    private readonly EndPoint _anybody = new IPEndPoint(IPAddress.Any, 0);
    private readonly INetwork _network;
    private readonly IRandomness _randomness;
    private readonly Log _log;
    private readonly TftpServer _server;
    private readonly TftpRequests _requests;
    private Socket _socket;
    private Socket _data;
    private bool _mustWait;
    private long _openAt;

    /// <summary>
    /// The service on <paramref name="network"/>; see <see cref="TftpServer"/> for whom it serves, what, what in advance, and who is told.
    /// It receives into <paramref name="packet"/> and puts its own packets together there: at least <see cref="TftpPackets.MaxPacket"/>
    /// bytes, which others of the same thread may use between its steps. Ports for data come out of <paramref name="randomness"/>.
    /// </summary>
    public TftpService(
        INetwork network, ServedNetworks served, IBootFiles files, IAdvance advance, ITftpEvents events, Log log, byte[] packet,
        IRandomness randomness)
    {
        _randomness = randomness;
        _packet = packet;
        _network = network;
        _log = log;
        _server = new TftpServer(served, advance, events, log, this, packet);
        _requests = new TftpRequests(_server, files);
    }

    /// <summary>Whether requests can come: the socket for data is opened when there are some.</summary>
    public bool IsOpen => _socket != null;

    /// <inheritdoc/>
    public string Name => "TFTP";

    /// <summary>The transfers, and what was counted of them.</summary>
    public TftpServer Server => _server;

    /// <summary>Packets that the network did not take; their loss is made good like any other.</summary>
    public int SendFailures { get; private set; }

    /// <inheritdoc/>
    public bool Step(long now)
    {
        if (_socket == null && !Open(now))
        {
            return false;
        }

        if (_data == null && !_server.Keeps && !_socket.Poll(0, SelectMode.SelectRead))
        {
            // At rest, a hundred times a second.
            return false;
        }

        // Those who have a transfer before those who want one.
        bool moved = _data != null && Drain(_data, now);
        moved = Drain(_socket, now) || moved;
        moved = _server.Tick(now) || moved;
        if (_data != null && !_server.Keeps)
        {
            CloseData();
        }

        return moved;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _server.Clear();
        Socket socket = _socket;
        _socket = null;
        _mustWait = false;
        try
        {
            CloseData();
        }
        finally
        {
            if (socket != null)
            {
                socket.Close();
            }
        }
    }

    /// <inheritdoc/>
    public void Send(byte[] buffer, int length, IPEndPoint to)
    {
        try
        {
            if (_data == null)
            {
                _data = OpenData();
            }

            _data.SendTo(buffer, length, SocketFlags.None, to);
        }
        catch (SocketException)
        {
            // No route, no memory in the stack, no link: a lost packet, and sent again like one. A link that is gone shows in ReceiveFrom.
            SendFailures++;
        }
    }

    private bool Drain(Socket socket, long now)
    {
        int count = 0;
        for (; count < DrainLimit && socket.Poll(0, SelectMode.SelectRead); count++)
        {
            EndPoint from = _anybody;
            int length = Datagram.Receive(socket, _packet, PacketSize, ref from);
            if (length < 0)
            {
                // Lost: an ICMP "port unreachable" of a client that is gone, or no memory for the sender's address.
                continue;
            }

            if (socket == _socket)
            {
                _requests.Receive(_packet, length, (IPEndPoint)from, now);
            }
            else
            {
                _server.Receive(_packet, length, (IPEndPoint)from, now);
            }
        }

        return count > 0;
    }

    private Socket OpenData()
    {
        var chance = new byte[2];
        for (int left = PortTries; ; left--)
        {
            _randomness.Fill(chance);
            int port = FirstPort + (((chance[0] << 8) | chance[1]) % Ports);
            try
            {
                return _network.OpenDatagram(port);
            }
            catch (SocketException e)
            {
                if (left == 1)
                {
                    // All 16 sockets are in use: told now and then (the time is free while port 69 is open), tried again with every answer.
                    if (DeviceClock.Now >= _openAt)
                    {
                        _openAt = DeviceClock.Now + ComplaintTime;
                        _log.Add(Subsystem.Tftp, LogEvent.CannotListen, port, "socket error " + e.ErrorCode.ToString());
                    }

                    throw;
                }
            }
        }
    }

    private void CloseData()
    {
        Socket data = _data;
        _data = null;
        if (data != null)
        {
            data.Close();
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
