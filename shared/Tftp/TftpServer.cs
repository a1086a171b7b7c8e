using System;
using System.Net;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Tftp;

/// <summary>
/// All of TFTP but the socket: datagrams and times in, datagrams out. It finds the transfer that a packet belongs to, admits new ones into
/// a table of fixed size, and lets each transfer say what is due.
/// </summary>
public sealed partial class TftpServer
{
    /// <summary>
    /// Transfers at once. Each holds some 200 bytes and, when it streams, the mirror's window; the rest wait in their own retry.
    /// </summary>
    public const int MaxTransfers = 8;

    /// <summary>Transfers at once of one address: a machine needs one, a restarted one leaves one behind.</summary>
    public const int MaxTransfersPerAddress = 4;

    /// <summary>
    /// A request just like the one that began a transfer is a duplicate when it comes this soon, and the machine asking again when later.
    /// </summary>
    public const int DuplicateTime = 1000;

    /// <summary>
    /// A transfer whose client has been silent for this long does not keep the loop awake: a wake-up costs 10 ms at most.
    /// </summary>
    public const int AwakeTime = 1000;

    /// <summary>
    /// Time between two looks at all transfers, in milliseconds. A look at eight costs as much as two blocks; the waits are 100 ms and
    /// more.
    /// </summary>
    public const int LookInterval = 5;

    /// <summary>
    /// Time until the next look when there was no memory to read with, in milliseconds: others give some back, and the attempt itself costs
    /// time.
    /// </summary>
    public const int MemoryPause = 100;

    /// <summary>
    /// What is kept of the last transfers goes after this, in milliseconds: late duplicates of their clients' packets have come by then.
    /// </summary>
    public const int KeepEnded = 15000;

    private const int NoAck = -1;

    private readonly ServedNetworks _served;
    private readonly IBootFiles _files;
    private readonly IAdvance _advance;
    private readonly ITftpOutput _output;
    private readonly TftpRequest _request = new TftpRequest();
    private readonly TftpTransfer _transfer;
    private readonly byte[] _buffer;

    private bool _awake;
    private bool _keeps;
    private long _nextLook;

    /// <summary>
    /// A table that serves <paramref name="files"/> to those whom <paramref name="served"/> names; <paramref name="advance"/> says when a
    /// stranger gets a block before it has answered. What becomes of transfers is told <paramref name="events"/>. Packets are put together
    /// in <paramref name="buffer"/>, at least <see cref="TftpPackets.MaxPacket"/> bytes: it may be the one that they are received into.
    /// </summary>
    public TftpServer(ServedNetworks served, IBootFiles files, IAdvance advance, ITftpEvents events, Log log, ITftpOutput output,
        byte[] buffer)
    {
        _served = served;
        _files = files;
        _advance = advance;
        _events = events;
        _log = log;
        _transfer = new TftpTransfer(log.Counts);
        _output = output;
        _buffer = buffer;
    }

    /// <summary>Transfers under way.</summary>
    public int Running => _log.Counts[Counter.TftpRunning];

    /// <summary>
    /// Whether anything is kept of a client: its transfer, or that it had one a moment ago. Until then the port that answers leave from has
    /// to stay.
    /// </summary>
    public bool Keeps => _keeps;

    /// <summary>
    /// Deals with one datagram that came to port 69, and sends what follows from it. <paramref name="packet"/> may be used again
    /// afterwards, <paramref name="from"/> is kept while a transfer lasts. Only requests count: an ACK that comes here was sent by somebody
    /// who did not see what it is for.
    /// </summary>
    public void ReceiveRequest(byte[] packet, int length, IPEndPoint from, long now)
    {
        int opcode = length < 2 || packet[0] != 0 ? 0 : packet[1];
        if (opcode == TftpPackets.ReadRequest || opcode == TftpPackets.WriteRequest)
        {
            Request(packet, length, from, now);
        }
        else if (opcode < TftpPackets.Data || opcode > TftpPackets.OptionAck)
        {
            Malformed(from, UnknownOpcode);
        }
        else
        {
            _log.Counts[Counter.TftpStrays]++;
        }
    }

    /// <summary>Deals with one datagram that came to the port that data leaves from, and sends what follows from it.</summary>
    public void Receive(byte[] packet, int length, IPEndPoint from, long now)
    {
        if (length >= TftpPackets.HeaderSize && packet[1] == TftpPackets.Ack && packet[0] == 0)
        {
            int place = Find(from);
            if (place < 0)
            {
                Stray(from, now);
                return;
            }

            _numbers[place][TftpTransfer.Heard] = (int)now;
            Pump(place, (packet[2] << 8) | packet[3], now);
            return;
        }

        int opcode = length < 2 || packet[0] != 0 ? 0 : packet[1];
        switch (opcode)
        {
            case TftpPackets.Error:
                Ended(packet, length, from, now);
                break;
            case TftpPackets.ReadRequest:
            case TftpPackets.WriteRequest:
            case TftpPackets.Data:
            case TftpPackets.OptionAck:
                if (Find(from) < 0)
                {
                    Stray(from, now);
                }

                break;
            default:
                Malformed(from, UnknownOpcode);
                break;
        }
    }

    /// <summary>
    /// Sends what the time has made due: repetitions, and blocks that their source was late with. Gives true while the loop had better
    /// stay awake.
    /// </summary>
    public bool Tick(long now)
    {
        if (Running == 0)
        {
            if (_keeps && now >= _nextLook)
            {
                Forget();
            }

            return false;
        }

        if (now < _nextLook)
        {
            return _awake;
        }

        _nextLook = now + LookInterval;
        bool awake = false;
        for (int i = 0; i < _made; i++)
        {
            int[] numbers = _numbers[i];
            if (IsRunning(numbers))
            {
                Pump(i, NoAck, now);
                awake = awake || (int)now - numbers[TftpTransfer.Heard] < AwakeTime
                    || (numbers[TftpTransfer.Flags] & TftpTransfer.Waiting) != 0;
            }
        }

        _awake = awake;
        return awake;
    }

    /// <summary>Forgets every transfer.</summary>
    public void Clear()
    {
        for (int i = 0; i < _made; i++)
        {
            CloseSource(i);
        }

        Forget();
    }

    // Takes in an ACK, if there is one, and sends what is due.
    private void Pump(int place, int ack, long now)
    {
        TftpTransfer transfer = _transfer;
        int[] numbers = _numbers[place];
        transfer.Use(numbers, _readers[place]);
        try
        {
            if (ack != NoAck)
            {
                transfer.Acknowledge(ack, now);
            }

            int length;
            while ((length = transfer.Next(_buffer, now)) > 0)
            {
                _output.Send(_buffer, length, _clients[place]);
            }

            if ((numbers[TftpTransfer.Flags] & TftpTransfer.Waiting) != 0)
            {
                // The mirror may deliver at any moment.
                _nextLook = now;
            }
        }
        catch (OutOfMemoryException)
        {
            // The file is there, the room to read it is not: as if the packet were lost. The others go on, and this one when there is room
            // again.
            transfer.Wait(now);
            _nextLook = now + MemoryPause;
            OutOfMemory();
        }
        catch (Exception e)
        {
            // A source that throws (the board's storage may) ends its own transfer, not the other seven.
            transfer.Fail(TftpPackets.SeeMessage, CannotRead);
            _log.Add(Subsystem.Tftp, LogEvent.Fault, 0, e.Message);
        }

        if (numbers[TftpTransfer.Stage] != numbers[TftpTransfer.Seen])
        {
            Report(place, now);
        }
    }

    private void Ended(byte[] packet, int length, IPEndPoint from, long now)
    {
        // An ERROR is never answered, so that two servers cannot keep each other busy.
        int place = length < TftpPackets.HeaderSize ? Nowhere : Find(from);
        if (place >= 0 && IsRunning(place))
        {
            int text = length - TftpPackets.HeaderSize;
            int end = Octets.IndexOf(packet, TftpPackets.HeaderSize, text, 0);
            text = end < 0 ? text : end - TftpPackets.HeaderSize;
            _transfer.Use(_numbers[place], _readers[place]);
            _transfer.EndedByClient(ClientSays(packet, text));
            Pump(place, NoAck, now);
        }
    }
}
