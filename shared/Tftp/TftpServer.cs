using System;
using System.Net;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Tftp;

/// <summary>
/// Transfers that are under way: datagrams and times in, datagrams out. It finds the transfer that a packet belongs to, lets each transfer
/// say what is due, and tells what became of it. <see cref="TftpRequests"/> begins them.
/// </summary>
public sealed class TftpServer
{
    /// <summary>Why a transfer ended whose machine asked for a file again from the same port.</summary>
    internal const string AskedAgain = "the machine started over";

    internal const string GaveWay = "silent or too slow, replaced by another";
    internal const string CannotRead = "the file cannot be read";
    internal const string UnknownOpcode = "not a TFTP opcode";
    internal const int NoAck = -1;

    /// <summary>Whom it serves.</summary>
    internal readonly ServedNetworks Served;

    /// <summary>The transfers.</summary>
    internal readonly TftpTable Table;

    /// <summary>What strangers may get.</summary>
    internal readonly TftpBudget Budget;

    /// <summary>Who is told.</summary>
    internal readonly TftpReport Report;

    private readonly int[] _counts;
    private readonly ITftpOutput _output;
    private readonly byte[] _buffer;

    // One ERROR 5 in half a second after a burst of four: enough for a person with a client, too little to be a weapon or an echo.
    private readonly TokenBucket _strays = new TokenBucket(4, 500);

    private bool _awake;
    private bool _keeps;
    private long _nextLook;

    /// <summary>
    /// A server for those whom <paramref name="served"/> names; <paramref name="advance"/> says when a stranger gets a block before it has
    /// answered. What becomes of transfers is told <paramref name="events"/>. Packets are put together in <paramref name="buffer"/>, at
    /// least <see cref="TftpPackets.MaxPacket"/> bytes: it may be the one that they are received into.
    /// </summary>
    public TftpServer(ServedNetworks served, IAdvance advance, ITftpEvents events, Log log, ITftpOutput output, byte[] buffer)
    {
        Served = served;
        Table = new TftpTable(log.Counts);
        Budget = new TftpBudget(advance);
        Report = new TftpReport(events, log);
        _counts = log.Counts;
        _output = output;
        _buffer = buffer;
    }

    /// <summary>Transfers under way.</summary>
    public int Running => _counts[Counter.TftpRunning];

    /// <summary>
    /// Whether anything is kept of a client: its transfer, or that it had one a moment ago. Until then the port that answers leave from has
    /// to stay.
    /// </summary>
    public bool Keeps => _keeps;

    /// <summary>Deals with one datagram that came to the port that data leaves from, and sends what follows from it.</summary>
    public void Receive(byte[] packet, int length, IPEndPoint from, long now)
    {
        int opcode = length < 2 || packet[0] != 0 ? 0 : packet[1];
        if (opcode < TftpPackets.ReadRequest || opcode > TftpPackets.OptionAck
            || (opcode == TftpPackets.Ack && length < TftpPackets.HeaderSize))
        {
            Report.Malformed(from, UnknownOpcode);
            return;
        }

        TftpTransfer transfer = Table.Find(from);
        if (opcode == TftpPackets.Error)
        {
            Ended(transfer, packet, length, now);
        }
        else if (transfer == null)
        {
            Stray(from, now);
        }
        else if (opcode == TftpPackets.Ack)
        {
            transfer.Numbers[TftpTerms.Heard] = (int)now;
            Pump(transfer, (packet[2] << 8) | packet[3], now);
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

        _nextLook = now + TftpLimits.LookInterval;
        bool awake = false;
        for (int i = 0; i < Table.Made; i++)
        {
            TftpTransfer transfer = Table.Places[i];
            if (transfer.IsRunning)
            {
                Pump(transfer, NoAck, now);
                int[] numbers = transfer.Numbers;
                awake = awake || (int)now - numbers[TftpTerms.Heard] < TftpLimits.AwakeTime
                    || (numbers[TftpTerms.Flags] & TftpTerms.Waiting) != 0;
            }
        }

        _awake = awake;
        return awake;
    }

    /// <summary>Forgets every transfer.</summary>
    public void Clear()
    {
        for (int i = 0; i < Table.Made; i++)
        {
            CloseSource(Table.Places[i]);
        }

        Forget();
    }

    /// <summary>Something of a client is kept for a while.</summary>
    internal void Keep(long now)
    {
        _keeps = true;
        _nextLook = Running == 0 ? now + TftpLimits.KeepEnded : _nextLook;
    }

    /// <summary>A transfer was opened: its first answer, as soon as there is one.</summary>
    internal void Begin(TftpTransfer transfer, long now)
    {
        _counts[Counter.TftpRunning]++;
        _awake = true;
        _nextLook = now;
        Pump(transfer, NoAck, now);
    }

    private void Forget()
    {
        Table.Forget();
        Budget.Forget();
        _counts[Counter.TftpRunning] = 0;
        _nextLook = 0;
        _keeps = false;
    }

    /// <summary>Ends a transfer for another, for this reason.</summary>
    internal void GiveWay(TftpTransfer transfer, string reason, long now)
    {
        if (transfer.State < TftpState.Sending)
        {
            // Nobody was ever heard there: no failure, and no line of the log.
            transfer.EndedByClient(reason);
        }
        else
        {
            transfer.Fail(TftpTransfer.NoError, reason);
        }

        Pump(transfer, NoAck, now);
    }

    /// <summary>Takes in an ACK, if there is one, and sends what is due.</summary>
    internal void Pump(TftpTransfer transfer, int ack, long now)
    {
        int[] numbers = transfer.Numbers;
        try
        {
            if (ack != NoAck)
            {
                transfer.Acknowledge(ack, now);
            }

            int length;
            while ((length = transfer.Next(_buffer, now)) > 0)
            {
                _output.Send(_buffer, length, transfer.Client);
            }

            if ((numbers[TftpTerms.Flags] & TftpTerms.Waiting) != 0)
            {
                // The mirror may deliver at any moment.
                _nextLook = now;
            }
        }
        catch (OutOfMemoryException e)
        {
            // The file is there, the room to read it is not: as if the packet were lost. The others go on, and this one when there is room
            // again.
            transfer.Wait(now);
            _nextLook = now + TftpLimits.MemoryPause;
            Report.Fault(e);
        }
        catch (Exception e)
        {
            // A source that throws (the board's storage may) ends its own transfer, not the other seven.
            transfer.Fail(TftpPackets.SeeMessage, CannotRead);
            Report.Fault(e);
        }

        if (numbers[TftpTerms.Stage] != numbers[TftpTerms.Seen])
        {
            Tell(transfer, now);
        }
    }

    // The state of a transfer has changed: it is told once, and the transfer ended when it is over.
    private void Tell(TftpTransfer transfer, long now)
    {
        int[] numbers = transfer.Numbers;
        TftpState state = transfer.State;
        bool unheard = numbers[TftpTerms.Seen] < (int)TftpState.Sending;
        if (unheard && (state == TftpState.Sending || state == TftpState.Done))
        {
            Report.Started(transfer);
        }

        numbers[TftpTerms.Seen] = (int)state;

        if (state < TftpState.Done)
        {
            return;
        }

        _counts[Counter.TftpRunning]--;
        _nextLook = Running == 0 ? now + TftpLimits.KeepEnded : _nextLook;
        numbers[TftpTerms.Heard] = (int)now;
        if (state == TftpState.Done)
        {
            Report.Sent(transfer, now);
        }
        else if (state == TftpState.Failed)
        {
            if (transfer.ErrorCode != TftpTransfer.NoError)
            {
                SendError(transfer.ErrorCode, transfer.Reason, transfer.Client);
            }

            Report.Failed(transfer);
        }

        CloseSource(transfer);
    }

    // An ERROR is never answered, so that two servers cannot keep each other busy.
    private void Ended(TftpTransfer transfer, byte[] packet, int length, long now)
    {
        if (transfer != null && transfer.IsRunning && length >= TftpPackets.HeaderSize)
        {
            int end = Octets.IndexOf(packet, TftpPackets.HeaderSize, length - TftpPackets.HeaderSize, 0);
            length = (end < 0 ? length : end) - TftpPackets.HeaderSize;
            transfer.EndedByClient(new ByteWriter(length, length).Printable(packet, TftpPackets.HeaderSize, length).ToString());
            Pump(transfer, NoAck, now);
        }
    }

    // A packet of no transfer (RFC 1350 4): ERROR 5 goes back to where it came from; no transfer is disturbed.
    private void Stray(IPEndPoint from, long now)
    {
        _counts[Counter.TftpStrays]++;
        if (_strays.Take(now) && Served.Serves(from.Address.GetAddressBytes()))
        {
            SendError(TftpPackets.UnknownTransfer, "unknown transfer id", from);
        }
    }

    /// <summary>Lets go of a transfer's file.</summary>
    internal void CloseSource(TftpTransfer transfer)
    {
        LoaderReader reader = transfer.Reader;
        transfer.Reader = null;
        try
        {
            if (reader != null)
            {
                reader.Close();
            }
        }
        catch (Exception e)
        {
            // The transfer is over either way, and a source that cannot even be closed must not keep the others open; what it says is for
            // the log.
            Report.Fault(e);
        }
    }

    /// <summary>Sends an ERROR packet.</summary>
    internal void SendError(int code, string message, IPEndPoint to) =>
        _output.Send(_buffer, TftpPackets.WriteError(_buffer, code, message), to);
}
