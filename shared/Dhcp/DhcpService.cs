using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Dhcp;

/// <summary>
/// Moves datagrams for <see cref="DhcpResponder"/>: proxy offers on port 67, the boot server on 4011. Both or neither: a UEFI machine that
/// was offered without option 43 goes to 4011 and fails when nobody answers there (field notes D4-2).
/// </summary>
public sealed partial class DhcpService : IService
{
    /// <summary>DHCP server port.</summary>
    public const int OfferPort = 67;

    /// <summary>PXE boot server port.</summary>
    public const int BootServerPort = 4011;

    private const int ClientPort = 68;

    /// <summary>Datagrams taken from one socket in one step: what the board's IP stack queues (6), and then some on a PC.</summary>
    private const int Drain = 16;

    /// <summary>
    /// Shortest time between two log lines about packets that were not answered: a flood must not push everything else out of the log.
    /// </summary>
    private const int ComplaintMilliseconds = 200;

    private readonly INetwork _network;
    private readonly DhcpResponder _responder;
    private readonly ServedNetworks _served;
    private readonly int _httpPort;
    private readonly Log _log;
    private readonly int[] _counts;
    private readonly IDhcpEvents _events;
    private readonly DhcpMessage _message = new DhcpMessage();
    private readonly IPEndPoint _broadcast = new IPEndPoint(new IPAddress(new byte[] { 255, 255, 255, 255 }), ClientPort);
    private EndPoint _source = new IPEndPoint(IPAddress.Any, 0);
    private bool _valid;
    private bool _answered;
    private bool _byBootServer;
    private Socket _offers;
    private Socket _bootServer;
    private byte[] _address;
    private long _lastComplaint = -ComplaintMilliseconds;

    /// <summary>
    /// A service on <paramref name="network"/> that answers as <paramref name="policy"/> decides, and nobody but <paramref name="served"/>;
    /// scripts are at <paramref name="httpPort"/>. What it hears of machines it tells <paramref name="events"/>, what it hears of servers
    /// in <paramref name="others"/>: for these it asks as <paramref name="board"/>.
    /// </summary>
    public DhcpService(
        INetwork network, ServedNetworks served, IOfferPolicy policy, int httpPort, Log log, IDhcpEvents events, OtherServers others,
        IBoard board)
    {
        _served = served;
        _others = others;
        _board = board;
        _events = events;
        _network = network;
        _httpPort = httpPort;
        _log = log;
        _counts = log.Counts;
        _responder = new DhcpResponder(policy);
    }

    /// <inheritdoc/>
    public string Name => "DHCP";

    /// <summary>Whether it has its sockets.</summary>
    public bool IsOpen => _offers != null && _bootServer != null;

    /// <summary>Requests of Raspberry Pis that were heard.</summary>
    public int RaspberryPis => _responder.Client.RaspberryPis;

    /// <inheritdoc/>
    public bool Step(long now)
    {
        byte[] address = _network.Address;
        if (address == null)
        {
            return false;
        }

        if (_offers == null || _bootServer == null)
        {
            Open(address);
        }
        else if (address != _address && !Octets.Equal(address, 0, _address, 0, 4))
        {
            UseAddress(address);
        }

        bool moved = Take(_offers, false, now);
        if (_others.IsDue(now))
        {
            Ask(now);
        }

        return Take(_bootServer, true, now) || moved;
    }

    /// <summary>
    /// Answers the datagram in <paramref name="message"/>'s buffer; gives the length of the reply in <see cref="Reply"/>, 0 for none.
    /// What <see cref="Step"/> does between receiving and sending.
    /// </summary>
    public int Answer(DhcpMessage message, int length, bool bootServer, long now)
    {
        _counts[Counter.DhcpReceived]++;
        _answered = false;
        _byBootServer = bootServer;
        string fault = message.Parse(length);
        _valid = fault == null;
        if (fault != null)
        {
            if (fault == DhcpMessage.NotRequest && !bootServer)
            {
                Hear(message, now);
                return 0;
            }

            _counts[Counter.DhcpMalformed]++;
            Complain(LogEvent.Malformed, message, bootServer, fault, now);
            return 0;
        }

        // Only relayed packets can be such questions, and those are rare: one look at the first byte of giaddr for all others.
        if (message.Buffer[24] != 0 && ServerQuestion.Is(message))
        {
            // No machine boots there: nothing for log or journal. Our own comes back where the system loops broadcasts (Linux does, lwIP
            // does not).
            _valid = false;
            bool own = message.RelayAddress == Octets.ReadInt32(_address, 0);
            int answer = own ? 0 : _responder.Answer(message, bootServer);
            return answer > 0 && IsServed(message, now) ? answer : 0;
        }

        int reply = _responder.Answer(message, bootServer);
        if (reply == 0)
        {
            if (_responder.Refusal != null)
            {
                _counts[Counter.DhcpRefused]++;
            }

            return 0;
        }

        if (_responder.Destination != ReplyDestination.Broadcast && !IsServed(message, now))
        {
            // Anybody could have sent it from anywhere: nothing for the journal, which has few places.
            _valid = false;
            _counts[Counter.DhcpRefused]++;
            return 0;
        }

        _answered = true;
        return reply;
    }

    /// <summary>Tells of the request that <see cref="Answer"/> saw last. After the answer left, so that nobody waits for it.</summary>
    public void Note(DhcpMessage message, long now)
    {
        if (_answered || _valid)
        {
            DhcpResponder responder = _responder;
            _events.Heard(message, responder, _answered, _byBootServer, now);
            if (!_answered && responder.Refusal != null)
            {
                Complain(LogEvent.NotAnswered, message, _byBootServer, responder.Refusal, now);
            }
        }
    }

    /// <summary>
    /// What it receives into. Free between its steps: others of the same thread may use it, for it is half a percent of the board's heap.
    /// </summary>
    public byte[] Incoming => _message.Buffer;

    /// <summary>The last reply's bytes.</summary>
    public byte[] Reply => _responder.Reply;

    /// <summary>Sets the device's address as <see cref="Step"/> does when the network has one.</summary>
    public void UseAddress(byte[] address)
    {
        _address = address;
        _responder.SetAddress(address, _httpPort);
    }

    private void Complain(LogEvent what, DhcpMessage message, bool bootServer, string reason, long now)
    {
        if (now - _lastComplaint < ComplaintMilliseconds)
        {
            return;
        }

        _lastComplaint = now;

        // At most five a second, so it need not stay on the heap.
        var complaint = new ByteWriter(Log.TextCapacity, 2 * Log.TextCapacity);
        complaint.Text(reason);
        if (what == LogEvent.NotAnswered)
        {
            // What it said, so that nobody has to guess: a wrong text here cost Pixiecore's users years (netboot#132).
            if (_responder.Decision.Loader != null)
            {
                complaint.Text(", ").Raw(_responder.Decision.Loader);
            }

            complaint.Text(", architecture ").Number(_responder.Client.Architecture).Text(", class ");
            complaint.Printable(message.Buffer, message.OffsetOf(DhcpOption.VendorClass), message.LengthOf(DhcpOption.VendorClass));
        }

        bool named = message.Length >= DhcpMessage.HardwareAddressOffset + 6;
        _log.Add(
            bootServer ? Subsystem.Pxe : Subsystem.Dhcp, what, named ? message.Buffer : null, DhcpMessage.HardwareAddressOffset, 6, 0, 0,
            complaint.Buffer, 0, complaint.Length);
    }

    // Whether the answer stays where the device may answer. 255.255.255.255 never leaves the own subnet.
    private bool IsServed(DhcpMessage message, long now)
    {
        switch (_responder.Destination)
        {
            case ReplyDestination.Source:
                byte[] source = ((IPEndPoint)_source).Address.GetAddressBytes();
                return _served.Serves(source) || Octets.ReadInt32(source, 0) == 0;
            case ReplyDestination.Client:
                return _served.Serves(message.ClientAddress);
            case ReplyDestination.Relay:
                int relay = message.RelayAddress;
                if (_served.IsRelay(relay))
                {
                    return true;
                }

                if (_served.Heard(relay, now))
                {
                    var text = new ByteWriter(Log.TextCapacity, Log.TextCapacity);
                    text.Text("Relay agent ").Address(message.Buffer, 24)
                        .Text(" is not allowed, so its machines get no answer: see [dhcp] relays");
                    _log.Add(Subsystem.Dhcp, LogEvent.Note, null, 0, 0, 0, 0, text.Buffer, 0, text.Length);
                }

                return false;
            default:
                return true;
        }
    }
}
