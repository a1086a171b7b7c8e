using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Datagrams;
using Netboot.Logging;

namespace Netboot.Syslog;

/// <summary>
/// Syslog on UDP port 514, both ways. Takes lines that machines of the served networks send into the log, within <see cref="SyslogLimit"/>;
/// sends the device's own lines to the host that the settings name, in their order and one a step, for a board needs 10 ms for each.
/// </summary>
public sealed class SyslogService : DatagramService
{
    /// <summary>RFC 5426 section 3.3.</summary>
    public const int Port = 514;

    /// <summary>Datagrams taken in one step: as many as the board's IP stack queues. A flood must not keep the pages waiting.</summary>
    private const int MostInStep = 6;

    /// <summary>A port that another program holds, on a PC, is tried again after so long.</summary>
    private const int ReopenMilliseconds = 60000;

    /// <summary>Dropped lines are told of after a while, and not more often than once a minute: that line takes room too.</summary>
    private const int FirstTellMilliseconds = 2000;

    private const int TellMilliseconds = 60000;

    private readonly ServedNetworks _served;
    private readonly IBoard _board;
    private readonly ISyslogEvents _events;
    private SyslogLimit _limit;

    // For what comes and for what goes: one thread does both in turn. The rest of a datagram that is longer is cut off (Windows refuses all
    // of it); the log keeps 112 bytes anyway. What else a datagram needs is made for each: there are few, and the heap at rest is tight.
    private readonly byte[] _buffer;
    private readonly ByteWriter _line;

    private IPEndPoint _receiver;
    private byte[] _receiverAddress;
    private byte[] _name;
    private bool _toldNowhere;
    private int _next;
    private int _untold;
    private long _tellAt;

    /// <summary>
    /// A service that takes lines of who is <paramref name="served"/> into <paramref name="log"/> and sends what else is in it;
    /// <paramref name="journal"/> knows whose address is whose. Lines are read and made in <paramref name="buffer"/>, at least
    /// <see cref="SyslogLine.Capacity"/> bytes, which others of the same thread may use between its steps.
    /// </summary>
    public SyslogService(INetwork network, ServedNetworks served, IBoard board, Log log, ISyslogEvents events, byte[] buffer)
        : base(network, log, Counter.SyslogReceived, Counter.SyslogMalformed, Counter.SyslogUnsent)
    {
        _served = served;
        _buffer = buffer;
        _board = board;
        _events = events;
        _line = new ByteWriter(_buffer);
    }

    /// <inheritdoc/>
    public override string Name => "syslog";

    // Made with the first line: on most networks none ever comes.
    private SyslogLimit Limit => _limit ?? (_limit = new SyslogLimit());

    /// <summary>
    /// Sends to this receiver from the next line on, as the device <paramref name="name"/>; with null, to nobody. What was logged before
    /// there was one is not sent.
    /// </summary>
    public void Use(byte[] text, byte[] name)
    {
        IPEndPoint receiver = null;
        if (text != null)
        {
            _receiverAddress = AddressText.Parse(text, 0, text.Length, Port, out int port);
            receiver = new IPEndPoint(new IPAddress(_receiverAddress), port);
        }

        // In one go: a step in between that saw none would pass over what is yet to be sent.
        _name = name;
        _toldNowhere = false;
        _receiver = receiver;
    }

    /// <inheritdoc/>
    public override bool Step(long now)
    {
        byte[] address = Network.Address;
        if (_receiver == null)
        {
            _next = Log.Added;
        }

        // On a PC its own syslog daemon may have the port. Nothing boots the worse for it.
        if (address == null || (Socket == null && !TryOpen(Port, Subsystem.Machine, ReopenMilliseconds, now)))
        {
            return false;
        }

        bool moved = Drain(Socket, _buffer, _buffer.Length, MostInStep, now);
        if (_untold > 0 && now >= _tellAt)
        {
            Log.Add(Subsystem.Machine, LogEvent.Note, 0, _untold.ToString()
                + " lines from machines dropped: more than the log has room for");
            _untold = 0;
            _tellAt = now + TellMilliseconds;
        }

        return Send(address, now) || moved;
    }

    /// <inheritdoc/>
    protected override void Take(Socket socket, int length, IPEndPoint endPoint, long now)
    {
        byte[] source = endPoint.Address.GetAddressBytes();
        byte[] own = Network.Address;
        if (!_served.Serves(source) || own == null || Octets.Equal(source, 0, own, 0, 4))
        {
            Counts[Counter.SyslogDropped]++;
        }
        else if (!Limit.Take(Octets.ReadInt32(source, 0), now))
        {
            Counts[Counter.SyslogDropped]++;
            if (_untold++ == 0 && _tellAt < now + FirstTellMilliseconds)
            {
                _tellAt = now + FirstTellMilliseconds;
            }
        }
        else
        {
            Keep(length, source);
        }
    }

    private void Keep(int length, byte[] source)
    {
        var message = new SyslogMessage();
        if (!message.Parse(_buffer, length))
        {
            Counts[Counter.SyslogMalformed]++;
        }
        else if (message.Length > 0)
        {
            _events.Said(source, message.Severity, _buffer, message.Offset, message.Length);
        }
    }

    private bool Send(byte[] own, long now)
    {
        IPEndPoint receiver = _receiver;
        int added = Log.Added;
        if (receiver == null || _next == added)
        {
            return false;
        }

        string nowhere = Nowhere(own);
        if (nowhere != null)
        {
            _next = added;
            if (!_toldNowhere)
            {
                _toldNowhere = true;
                Log.Add(Subsystem.Init, LogEvent.Note, 0, "The log is not sent: the address in [log] syslog is " + nowhere);
            }

            return false;
        }

        _line.Clear();
        int lost = Log.Oldest - _next;
        if (lost > 0)
        {
            Counts[Counter.SyslogUnsent] += lost;
            _next += lost;
            SyslogLine.WriteLost(_line, lost, _name, _board.UtcNow);
            Send(receiver);
            return true;
        }

        while (_next != added)
        {
            if (SyslogLine.Write(_line, Log, _next++, _name, _board.UtcNow, now))
            {
                Send(receiver);
                return true;
            }
        }

        return false;
    }

    // What the receiver is that must get nothing, or null: a line to all would be read by every machine of the subnet, which only the
    // device's mask tells.
    private string Nowhere(byte[] own)
    {
        byte[] receiver = _receiverAddress;
        if (Octets.Equal(receiver, 0, own, 0, 4))
        {
            return "this device's own";
        }

        byte[] mask = Network.SubnetMask;
        return mask != null && AddressText.SameNetwork(receiver, own, mask) && !_served.Serves(receiver)
            ? "the subnet's broadcast, or the subnet itself" : null;
    }

    private void Send(IPEndPoint receiver)
    {
        if (Send(Socket, _buffer, _line.Length, receiver))
        {
            Counts[Counter.SyslogSent]++;
        }
    }
}
