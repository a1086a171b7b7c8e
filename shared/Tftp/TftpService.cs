using System.Net;
using System.Net.Sockets;
using Netboot.Board;
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
public sealed partial class TftpService : IService, ITftpOutput
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

    private readonly byte[] _packet;
    private readonly EndPoint _anybody = new IPEndPoint(IPAddress.Any, 0);
    private readonly INetwork _network;
    private readonly IRandomness _randomness;
    private readonly Log _log;
    private readonly TftpServer _server;
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
        _server = new TftpServer(served, files, advance, events, log, this, packet);
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
}
