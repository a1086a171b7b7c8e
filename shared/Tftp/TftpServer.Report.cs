using System;
using System.Net;
using Netboot.Bytes;
using Netboot.Journal;

namespace Netboot.Tftp;

/// <content>What happened, in counters and in the log.</content>
public sealed partial class TftpServer
{
    // Texts are made when something went wrong: kept, they would take 70 bytes of the heap each.
    private static byte[] EndedBy => Octets.Of("the machine ended it: ");

    private static readonly byte[] Separator = Octets.Of(": ");
    private static byte[] OtherSubnet => Octets.Of("TFTP from outside the subnet");

    private readonly Log _log;

    // Lines that anybody can provoke: a full boot of a machine fits the burst, a flood does not wash the ring out.
    private readonly TokenBucket _lines = new TokenBucket(16, 1000);
    private int _pastBlocks;
    private int _pastRetransmits;

    /// <summary>Valid requests received.</summary>
    public int Requests { get; private set; }

    /// <summary>Transfers whose last block was acknowledged.</summary>
    public int Completed { get; private set; }

    /// <summary>Transfers that ended early. A client that only asked for the size is none.</summary>
    public int Failed { get; private set; }

    /// <summary>Requests not served: writes, other modes than octet, no free place.</summary>
    public int Refused { get; private set; }

    /// <summary>Requests for files that there are not.</summary>
    public int Missing { get; private set; }

    /// <summary>Requests from outside the subnet, dropped.</summary>
    public int OutsideSubnet { get; private set; }

    /// <summary>Packets that belong to no transfer.</summary>
    public int Strays { get; private set; }

    /// <summary>Packets that are no TFTP.</summary>
    public int MalformedPackets { get; private set; }

    /// <summary>DATA packets sent, those sent again included.</summary>
    public int BlocksSent
    {
        get
        {
            int sum = _pastBlocks;
            for (int i = 0; i < _made; i++)
            {
                sum += _slots[i].Running ? _slots[i].Transfer.BlocksSent : 0;
            }

            return sum;
        }
    }

    /// <summary>Packets sent again.</summary>
    public int Retransmits
    {
        get
        {
            int sum = _pastRetransmits;
            for (int i = 0; i < _made; i++)
            {
                sum += _slots[i].Running ? _slots[i].Transfer.Retransmits : 0;
            }

            return sum;
        }
    }

    // The state of a transfer has changed: log it once, and end it when it is over.
    private void Report(TftpSlot slot, long now)
    {
        TftpTransfer transfer = slot.Transfer;
        TftpState state = transfer.State;
        bool started = slot.Seen >= TftpState.Sending || state == TftpState.Sending || state == TftpState.Done;
        if (started && slot.Seen < TftpState.Sending)
        {
            // Logged with the first ACK: a size probe and a made-up address leave no line.
            _log.Add(Subsystem.Tftp, LogEvent.TransferStarted, slot.Address, 0, 4, transfer.Size, 0, slot.Name, 0, slot.NameLength);
        }

        slot.Seen = state;
        if (state < TftpState.Done)
        {
            return;
        }

        _running--;
        slot.Heard = now;
        _pastBlocks += transfer.BlocksSent;
        _pastRetransmits += transfer.Retransmits;
        if (state == TftpState.Done)
        {
            Completed++;
            _log.Add(Subsystem.Tftp, LogEvent.TransferDone, slot.Address, 0, 4, transfer.Size, (int)(now - slot.Begun), slot.Name, 0, slot.NameLength);
        }
        else if (state == TftpState.Failed)
        {
            ReportFailure(slot, started, now);
        }

        CloseSource(transfer);
    }

    private void ReportFailure(TftpSlot slot, bool started, long now)
    {
        TftpTransfer transfer = slot.Transfer;
        if (transfer.ErrorCode != TftpTransfer.NoError)
        {
            SendError(transfer.ErrorCode, transfer.Reason, slot.Client);
        }

        if (transfer.ErrorCode == TftpPackets.FileNotFound)
        {
            Missing++;
            Say(LogEvent.FileMissing, slot.Address, slot.Name, 0, slot.NameLength, now);
            return;
        }

        Failed++;
        if (started || _lines.Take(now))
        {
            var text = new ByteWriter(Log.TextCapacity, Log.TextCapacity);
            text.Raw(slot.Name, 0, slot.NameLength).Raw(Separator).Raw(transfer.Reason);
            _log.Add(Subsystem.Tftp, LogEvent.TransferFailed, slot.Address, 0, 4, (int)WhyOf(transfer), (int)(now - slot.Begun), text.Buffer, 0, text.Length);
        }
    }

    private static WhyCode WhyOf(TftpTransfer transfer)
    {
        if (transfer.ErrorCode != TftpTransfer.NoError)
        {
            return WhyCode.LoaderRefused;
        }

        byte[] reason = transfer.Reason;
        return Octets.StartsWith(reason, 0, reason.Length, EndedBy) ? WhyCode.LoaderAborted
            : Octets.Is(reason, 0, reason.Length, AskedAgain) ? WhyCode.None : WhyCode.LoaderTimeout;
    }

    private void CloseSource(TftpTransfer transfer)
    {
        try
        {
            transfer.Close();
        }
        catch (Exception e)
        {
            // The transfer is over either way; what the source says of its end is for the log.
            _log.Add(Subsystem.Tftp, LogEvent.Fault, 0, e.Message);
        }
    }

    // Clear drops transfers without a report: their packets still count.
    private void Account(TftpSlot slot)
    {
        if (slot.Running)
        {
            _pastBlocks += slot.Transfer.BlocksSent;
            _pastRetransmits += slot.Transfer.Retransmits;
        }
    }

    private byte[] ClientSays(byte[] packet, int length)
    {
        var text = new ByteWriter(EndedBy.Length + length, EndedBy.Length + length);
        text.Raw(EndedBy).Printable(packet, TftpPackets.HeaderSize, length);
        return text.Buffer;
    }

    private void Malformed(IPEndPoint from, byte[] problem, long now)
    {
        MalformedPackets++;
        if (_lines.Take(now))
        {
            Write(LogEvent.Malformed, from.Address.GetAddressBytes(), problem, 0, problem.Length);
        }
    }

    private void Outside(byte[] address, long now)
    {
        OutsideSubnet++;
        Say(LogEvent.NotAnswered, address, OtherSubnet, 0, OtherSubnet.Length, now);
    }

    private void Say(LogEvent what, byte[] address, byte[] text, int offset, int length, long now)
    {
        if (_lines.Take(now))
        {
            Write(what, address, text, offset, length);
        }
    }

    private void Write(LogEvent what, byte[] address, byte[] text, int offset, int length)
    {
        // An address that is not IPv4 (a PC can have such) has no place in a log entry.
        int known = address.Length == 4 ? 4 : 0;
        _log.Add(Subsystem.Tftp, what, known == 0 ? null : address, 0, known, 0, 0, text, offset, length);
    }
}
