using System;
using System.Net;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Tftp;

/// <content>What happened, in counters and in the log.</content>
public sealed partial class TftpServer
{
    private const string OtherSubnet = "TFTP from outside the subnet";
    private const string NoMemory = "out of memory";

    private readonly ITftpEvents _events;
    private readonly Log _log;
    private readonly byte[] _address = new byte[4];

    // The state of a transfer has changed: log it once, and end it when it is over.
    private void Report(int place, long now)
    {
        TftpTransfer transfer = _transfer;
        int[] numbers = _numbers[place];
        byte[] name = _names[place];
        TftpState state = transfer.State;
        TftpState seen = (TftpState)numbers[TftpTransfer.Seen];
        int elapsed = (int)now - numbers[TftpTransfer.Begun];
        bool started = seen >= TftpState.Sending || state == TftpState.Sending || state == TftpState.Done;
        if (started && seen < TftpState.Sending)
        {
            // Told with the first ACK: a size probe and a made-up address leave no line.
            _events.Started(AddressOf(place), name, transfer.Size);
        }

        numbers[TftpTransfer.Seen] = (int)state;
        if (state < TftpState.Done)
        {
            return;
        }

        _log.Counts[Counter.TftpRunning] -= 1;
        _nextLook = Running == 0 ? now + KeepEnded : _nextLook;
        numbers[TftpTransfer.Heard] = (int)now;
        if (state == TftpState.Done)
        {
            _log.Counts[Counter.TftpCompleted]++;
            _events.Sent(AddressOf(place), name, transfer.Size, elapsed);
        }
        else if (state == TftpState.Failed)
        {
            ReportFailure(place);
        }

        CloseSource(place);
    }

    private void ReportFailure(int place)
    {
        TftpTransfer transfer = _transfer;
        byte[] name = _names[place];
        if (transfer.ErrorCode != TftpTransfer.NoError)
        {
            SendError(transfer.ErrorCode, transfer.Reason, _clients[place]);
        }

        if (transfer.ErrorCode == TftpPackets.FileNotFound)
        {
            _log.Counts[Counter.TftpMissing]++;
            _events.Missing(AddressOf(place), name, 0, name.Length);
            return;
        }

        _log.Counts[Counter.TftpFailed]++;
        TftpFailure failure = transfer.ErrorCode != TftpTransfer.NoError ? TftpFailure.ByServer
            : transfer.IsEndedByClient ? TftpFailure.ByMachine
            : transfer.Reason == AskedAgain ? TftpFailure.Restarted : TftpFailure.Silent;
        _events.BrokenOff(AddressOf(place), name, failure, transfer.Reason);
    }

    private void CloseSource(int place)
    {
        LoaderReader reader = _readers[place];
        _readers[place] = null;
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
            _log.Add(Subsystem.Tftp, LogEvent.Fault, 0, e.Message);
        }
    }

    // For the log, which copies it.
    private byte[] AddressOf(int place)
    {
        Octets.WriteInt32(_address, 0, _numbers[place][TftpTransfer.Address]);
        return _address;
    }

    private static string ClientSays(byte[] packet, int length)
    {
        var text = new ByteWriter(length, length);
        return text.Printable(packet, TftpPackets.HeaderSize, length).ToString();
    }

    private void OutOfMemory() => _log.Add(Subsystem.Tftp, LogEvent.Fault, 0, NoMemory);

    private void Malformed(IPEndPoint from, string problem)
    {
        _log.Counts[Counter.TftpMalformed]++;
        Say(LogEvent.Malformed, from.Address.GetAddressBytes(), problem);
    }

    private void Outside(byte[] address)
    {
        _log.Counts[Counter.TftpOutside]++;
        Say(LogEvent.NotAnswered, address, OtherSubnet);
    }

    private void Say(LogEvent what, byte[] address, string text)
    {
        byte[] bytes = Octets.Of(text);
        Say(what, address, bytes, 0, bytes.Length);
    }

    // Whether there is room for a line is the log's business, and the journal hears of it in any case.
    private void Say(LogEvent what, byte[] address, byte[] text, int offset, int length)
    {
        // An address that is not IPv4 (a PC can have such) has no place in a log entry.
        int known = address.Length == 4 ? 4 : 0;
        _log.Add(Subsystem.Tftp, what, known == 0 ? null : address, 0, known, 0, 0, text, offset, length);
    }

    private void Refuse(byte[] address, IPEndPoint from, TftpRequest request)
    {
        // RFC 1350 wants line ends translated in netascii, which would spoil a loader, and "mail" is obsolete: no PXE client asks for
        // either.
        _log.Counts[Counter.TftpRefused]++;
        string reason = request.IsWrite ? ReadOnly : OctetOnly;
        Say(LogEvent.NotAnswered, address, reason);
        SendError(request.IsWrite ? TftpPackets.AccessViolation : TftpPackets.IllegalOperation, reason, from);
    }

    private void SendError(int code, string message, IPEndPoint to) =>
        _output.Send(_buffer, TftpPackets.WriteError(_buffer, code, message), to);
}
