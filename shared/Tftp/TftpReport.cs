using System;
using System.Net;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Tftp;

/// <summary>What happened, for the one who hears of it, in counters and in the log.</summary>
internal sealed class TftpReport
{
    private readonly ITftpEvents _events;
    private readonly Log _log;
    private readonly byte[] _address = new byte[4];

    internal TftpReport(ITftpEvents events, Log log)
    {
        _events = events;
        _log = log;
    }

    /// <summary>Counts one more.</summary>
    internal void Count(int counter) => _log.Counts[counter]++;

    /// <summary>Told with the first ACK: a size probe and a made-up address leave no line.</summary>
    internal void Started(TftpTransfer transfer) => _events.Started(AddressOf(transfer), transfer.Name, transfer.Size);

    /// <summary>The last block was acknowledged.</summary>
    internal void Sent(TftpTransfer transfer, long now)
    {
        Count(Counter.TftpCompleted);
        _events.Sent(AddressOf(transfer), transfer.Name, transfer.Size, (int)now - transfer.Numbers[TftpTerms.Begun]);
    }

    /// <summary>A transfer failed.</summary>
    internal void Failed(TftpTransfer transfer)
    {
        byte[] address = AddressOf(transfer);
        byte[] name = transfer.Name;
        if (transfer.ErrorCode == TftpPackets.FileNotFound)
        {
            Missing(address, name, 0, name.Length);
            return;
        }

        Count(Counter.TftpFailed);
        TftpFailure failure = transfer.ErrorCode != TftpTransfer.NoError ? TftpFailure.ByServer
            : (transfer.Numbers[TftpTerms.Flags] & TftpTerms.EndedByIt) != 0 ? TftpFailure.ByMachine
            : transfer.Reason == TftpServer.AskedAgain ? TftpFailure.Restarted : TftpFailure.Silent;
        _events.BrokenOff(address, name, failure, transfer.Reason);
    }

    /// <summary>A file that does not exist was asked for.</summary>
    internal void Missing(byte[] address, byte[] name, int offset, int length)
    {
        Count(Counter.TftpMissing);
        _events.Missing(address, name, offset, length);
    }

    /// <summary>A packet is no TFTP.</summary>
    internal void Malformed(IPEndPoint from, string problem)
    {
        Count(Counter.TftpMalformed);
        Say(LogEvent.Malformed, from.Address.GetAddressBytes(), problem);
    }

    /// <summary>A request is not served, for this reason.</summary>
    internal void NotServed(int counter, byte[] address, string reason)
    {
        Count(counter);
        Say(LogEvent.NotAnswered, address, reason);
    }

    /// <summary>An exception was survived.</summary>
    internal void Fault(Exception e) =>
        _log.Add(Subsystem.Tftp, LogEvent.Fault, 0, FaultText.Of(e));

    // Whether there is room for a line is the log's business, and the journal hears of it in any case.
    private void Say(LogEvent what, byte[] address, string text)
    {
        // An address that is not IPv4 (a PC can have such) has no place in a log entry.
        byte[] bytes = Octets.Of(text);
        bool known = address.Length == 4;
        _log.Add(Subsystem.Tftp, what, known ? address : null, 0, known ? 4 : 0, 0, 0, bytes, 0, bytes.Length);
    }

    // For the log, which copies it.
    private byte[] AddressOf(TftpTransfer transfer)
    {
        Octets.WriteInt32(_address, 0, transfer.Numbers[TftpTerms.Address]);
        return _address;
    }
}
