using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Datagrams;
using Netboot.Logging;

namespace Netboot.Dhcp;

/// <summary>
/// Proxy offers on port 67, the boot server on 4011. Both or neither: a UEFI machine that was offered without option 43 goes to 4011 and
/// fails when nobody answers there (field notes D4-2). A packet's way is <see cref="Take"/>: it is received, read and answered
/// (<see cref="Answer"/>; what the answer says is decided in <see cref="DhcpResponder"/>), sent, and told of.
/// </summary>
public sealed partial class DhcpService : DatagramService
{
    /// <summary>DHCP server port.</summary>
    public const int OfferPort = 67;

    /// <summary>PXE boot server port.</summary>
    public const int BootServerPort = 4011;

    private const int ClientPort = 68;

    /// <summary>Datagrams taken from one socket in one step: what the board's IP stack queues (6), and then some on a PC.</summary>
    private const int MostInStep = 16;

    /// <summary>
    /// Shortest time between two log lines about packets that were not answered: a flood must not push everything else out of the log.
    /// </summary>
    private const int ComplaintMilliseconds = 200;

    private readonly DhcpResponder _responder;
    private readonly ServedNetworks _served;
    private readonly int _httpPort;
    private readonly IDhcpEvents _events;
    private readonly DhcpMessage _message = new DhcpMessage();
    private readonly DhcpAnswer _answer = new DhcpAnswer();
    private readonly IPEndPoint _broadcast = new IPEndPoint(new IPAddress(new byte[] { 255, 255, 255, 255 }), ClientPort);
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
        : base(network, log, Counter.DhcpReceived, Counter.DhcpMalformed, Counter.DhcpUnsent)
    {
        _served = served;
        _others = others;
        _board = board;
        _events = events;
        _httpPort = httpPort;
        _responder = new DhcpResponder(policy);
    }

    /// <inheritdoc/>
    public override string Name => "DHCP";

    /// <summary>Requests of Raspberry Pis that were heard.</summary>
    public int RaspberryPis { get; private set; }

    /// <summary>
    /// What it receives into. Free between its steps: others of the same thread may use it, for it is half a percent of the board's heap.
    /// </summary>
    public byte[] Incoming => _message.Buffer;

    /// <inheritdoc/>
    public override bool Step(long now)
    {
        byte[] address = Network.Address;
        if (address == null)
        {
            return false;
        }

        if (Socket == null)
        {
            Open(address);
        }
        else if (address != _address && !Octets.Equal(address, 0, _address, 0, 4))
        {
            UseAddress(address);
        }

        bool moved = Drain(Socket, _message.Buffer, DhcpMessage.MaximumLength, MostInStep, now);
        if (_others.IsDue(now))
        {
            Ask(now);
        }

        return Drain(Second, _message.Buffer, DhcpMessage.MaximumLength, MostInStep, now) || moved;
    }

    /// <summary>Sets the device's address as <see cref="Step"/> does when the network has one.</summary>
    public void UseAddress(byte[] address)
    {
        _address = address;
        _responder.SetAddress(address, _httpPort);
    }

    /// <inheritdoc/>
    protected override void Take(Socket socket, int length, IPEndPoint source, long now)
    {
        DhcpMessage message = _message;
        DhcpAnswer answer = _answer;
        bool bootServer = socket == Second;
        Answer(message, length, bootServer, source, now, answer);
        if (answer.Length > 0 && Send(socket, answer.Reply, answer.Length, EndOf(message, answer.Destination, source)))
        {
            if (bootServer)
            {
                Counts[Counter.DhcpAnswers]++;
            }
            else
            {
                Counts[Counter.DhcpOffers]++;
            }
        }

        // After the answer left, so that nobody waits for it.
        if (answer.IsTold)
        {
            Tell(message, bootServer, now, answer);
        }
    }

    /// <summary>
    /// Reads the datagram in <paramref name="message"/>'s buffer, decides what it gets and writes that: <paramref name="answer"/>'s length
    /// is 0 for silence, and it says whether to <see cref="Tell"/> of the request.
    /// </summary>
    public void Answer(DhcpMessage message, int length, bool bootServer, IPEndPoint source, long now, DhcpAnswer answer)
    {
        string fault = message.Parse(length);
        if (fault != null)
        {
            answer.Length = 0;
            answer.IsTold = false;
            if (fault == DhcpMessage.NotRequest && !bootServer)
            {
                Hear(message, source, now);
                return;
            }

            Counts[Counter.DhcpMalformed]++;
            Complain(LogEvent.Malformed, message, bootServer, fault, now, answer);
            return;
        }

        // Only relayed packets can be such questions, and those are rare: one look at the first byte of giaddr for all others.
        if (message.Buffer[DhcpMessage.RelayOffset] != 0 && ServerQuestion.Is(message))
        {
            AnswerQuestion(message, bootServer, source, now, answer);
            return;
        }

        _responder.Answer(message, bootServer, answer);
        answer.IsTold = true;
        if (answer.Length > 0 && answer.Destination != ReplyDestination.Broadcast && !IsServed(message, answer.Destination, source, now))
        {
            // Anybody could have sent it from anywhere: nothing for the journal, which has few places.
            answer.Length = 0;
            answer.IsTold = false;
            Counts[Counter.DhcpRefused]++;
        }
    }

    /// <summary>Tells of a request that <see cref="Answer"/> marked as worth telling.</summary>
    public void Tell(DhcpMessage message, bool bootServer, long now, DhcpAnswer answer)
    {
        if (answer.Client.Kind == ClientKind.RaspberryPi)
        {
            RaspberryPis++;
        }

        if (answer.Refusal == Refusal.None)
        {
            _events.Heard(message, answer, bootServer, now);
            return;
        }

        Counts[Counter.DhcpRefused]++;
        _events.Heard(message, answer, bootServer, now);
        Complain(LogEvent.NotAnswered, message, bootServer, TextOf(answer.Refusal), now, answer);
    }

    private static string TextOf(Refusal refusal)
    {
        switch (refusal)
        {
            case Refusal.ByRule:
                return "its profile is 'ignore'";
            case Refusal.ByApi:
                return "the API of its profile said less than a minute ago that it is not to boot";
            case Refusal.NotLetIn:
                return "it is not let in yet";
            case Refusal.NoLoader:
                return "no loader for its architecture";
            case Refusal.NoLoaderFile:
                return "loader neither on the board nor on a mirror";
            default:
                return "the answer is too long for it";
        }
    }

    private void Open(byte[] address)
    {
        UseAddress(address);
        _others.AskSoon();
        Second = OpenSocket(BootServerPort);
        Open(OfferPort, Subsystem.Dhcp);
        Log.Add(Subsystem.Pxe, LogEvent.Listening, BootServerPort, null);
    }

    private EndPoint EndOf(DhcpMessage message, ReplyDestination destination, IPEndPoint source)
    {
        switch (destination)
        {
            case ReplyDestination.Source:
                // A client that has no address yet cannot be reached by its source.
                return source.Address.Equals(IPAddress.Any) ? _broadcast : source;
            case ReplyDestination.Relay:
                return message.EndAt(DhcpMessage.RelayOffset, OfferPort);
            case ReplyDestination.Client:
                return message.EndAt(DhcpMessage.ClientOffset, ClientPort);
            default:
                return _broadcast;
        }
    }

    // Whether the answer stays where the device may answer. 255.255.255.255 never leaves the own subnet.
    private bool IsServed(DhcpMessage message, ReplyDestination destination, IPEndPoint source, long now)
    {
        if (destination == ReplyDestination.Source)
        {
            byte[] address = source.Address.GetAddressBytes();
            return _served.Serves(address) || Octets.ReadInt32(address, 0) == 0;
        }

        if (destination == ReplyDestination.Client)
        {
            return _served.Serves(message.ClientAddress);
        }

        int relay = message.RelayAddress;
        if (_served.IsRelay(relay))
        {
            return true;
        }

        if (_served.Heard(relay, now))
        {
            var text = new ByteWriter(Log.TextCapacity, Log.TextCapacity);
            text.Text("Relay agent ").Address(message.Buffer, DhcpMessage.RelayOffset)
                .Text(" is not allowed, so its machines get no answer: see [dhcp] relays");
            Log.Add(Subsystem.Dhcp, LogEvent.Note, null, 0, 0, 0, 0, text.Buffer, 0, text.Length);
        }

        return false;
    }

    private void Complain(LogEvent what, DhcpMessage message, bool bootServer, string reason, long now, DhcpAnswer answer)
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
            if (answer.Loader != null)
            {
                complaint.Text(", ").Raw(answer.Loader);
            }

            complaint.Text(", architecture ").Number(answer.Client.Architecture).Text(", class ");
            complaint.Printable(message.Buffer, message.OffsetOf(DhcpOption.VendorClass), message.LengthOf(DhcpOption.VendorClass));
        }

        bool named = message.Length >= DhcpMessage.HardwareAddressOffset + 6;
        Log.Add(
            bootServer ? Subsystem.Pxe : Subsystem.Dhcp, what, named ? message.Buffer : null, DhcpMessage.HardwareAddressOffset, 6, 0, 0,
            complaint.Buffer, 0, complaint.Length);
    }
}
