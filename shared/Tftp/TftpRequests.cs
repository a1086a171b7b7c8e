using System;
using System.Net;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Tftp;

/// <summary>
/// What comes to port 69: a request is read, judged, given the file that it names and a place in the table. The answer leaves from
/// elsewhere (<see cref="TftpServer"/>).
/// </summary>
public sealed class TftpRequests
{
    // What a log entry keeps of a name (Log.TextCapacity), with a little room for the reason.
    private const int NameCapacity = 48;

    private readonly TftpServer _server;
    private readonly TftpTable _table;
    private readonly TftpReport _report;
    private readonly IBootFiles _files;
    private readonly TftpRequest _request = new TftpRequest();

    /// <summary>Requests for <paramref name="files"/>, which <paramref name="server"/> sends.</summary>
    public TftpRequests(TftpServer server, IBootFiles files)
    {
        _server = server;
        _table = server.Table;
        _report = server.Report;
        _files = files;
    }

    /// <summary>
    /// Deals with one datagram that came to port 69, and sends what follows from it. <paramref name="packet"/> may be used again
    /// afterwards, <paramref name="from"/> is kept while a transfer lasts. Only requests count: an ACK that comes here was sent by somebody
    /// who did not see what it is for.
    /// </summary>
    public void Receive(byte[] packet, int length, IPEndPoint from, long now)
    {
        int opcode = length < 2 || packet[0] != 0 ? 0 : packet[1];
        if (opcode == TftpPackets.ReadRequest || opcode == TftpPackets.WriteRequest)
        {
            Request(packet, length, from, now);
        }
        else if (opcode < TftpPackets.Data || opcode > TftpPackets.OptionAck)
        {
            _report.Malformed(from, TftpServer.UnknownOpcode);
        }
        else
        {
            _report.Count(Counter.TftpStrays);
        }
    }

    // A request: read, judged, and given a place.
    private void Request(byte[] packet, int length, IPEndPoint from, long now)
    {
        TftpRequest request = _request;
        string problem = request.Parse(packet, length);
        if (problem != null)
        {
            _report.Malformed(from, problem);
            return;
        }

        _report.Count(Counter.TftpRequests);
        TftpTransfer transfer = _table.Find(from);
        if (transfer != null && transfer.Numbers[TftpTerms.Fingerprint] == request.Fingerprint && IsDuplicate(transfer, length, now))
        {
            return;
        }

        byte[] address = from.Address.GetAddressBytes();
        if (!_server.Served.Serves(address))
        {
            _report.NotServed(Counter.TftpOutside, address, "TFTP from outside the subnet");
            return;
        }

        _server.Keep(now);
        if (request.IsWrite || !request.IsOctet)
        {
            // RFC 1350 wants line ends translated in netascii, which would spoil a loader, and "mail" is obsolete: no PXE client asks for
            // either.
            string reason = request.IsWrite ? "read-only server" : "only octet (binary) mode";
            _report.NotServed(Counter.TftpRefused, address, reason);
            _server.SendError(request.IsWrite ? TftpPackets.AccessViolation : TftpPackets.IllegalOperation, reason, from);
            return;
        }

        try
        {
            // Another request from the endpoint of a transfer: ROMs use one fixed port for all their files, and a size probe is not always
            // ended by an ERROR.
            bool again = transfer != null && transfer.IsRunning;
            transfer = again ? transfer : _table.Choose(transfer, Octets.ReadInt32(address, 0), now);
            if (transfer == null)
            {
                // No ERROR: the machine's own retry finds a place when another transfer has ended.
                _report.Count(Counter.TftpRefused);
                return;
            }

            if (transfer.IsRunning)
            {
                _server.GiveWay(transfer, again ? TftpServer.AskedAgain : TftpServer.GaveWay, now);
            }

            Admit(transfer, from, address, packet, length, now);
        }
        catch (OutOfMemoryException e)
        {
            // The same: silence, and the machine asks again.
            _report.Count(Counter.TftpRefused);
            _report.Fault(e);
        }
    }

    private bool IsDuplicate(TftpTransfer transfer, int length, long now)
    {
        int[] numbers = transfer.Numbers;
        switch ((TftpState)numbers[TftpTerms.Seen])
        {
            case TftpState.Opening:
                numbers[TftpTerms.Heard] = (int)now;
                return true;
            case TftpState.Answering:
                numbers[TftpTerms.Heard] = (int)now;
                if (transfer.SinceSent(now) >= TftpLimits.RepeatTime
                    && (_request.HasOptions || MayAnswerWithBlock(numbers[TftpTerms.Address], length)))
                {
                    transfer.RequestAgain();
                    _server.Pump(transfer, TftpServer.NoAck, now);
                }

                return true;
            case TftpState.Sending:
            case TftpState.Done:
                return (int)now - numbers[TftpTerms.Begun] < TftpLimits.DuplicateTime;
            default:
                return false;
        }
    }

    // Whether a request of so many bytes without options may be answered.
    private bool MayAnswerWithBlock(int address, int length) => _table.HasAnswered(address) || _server.Budget.Pays(address, length);

    // Finds the file, and begins to send it.
    private void Admit(TftpTransfer transfer, IPEndPoint from, byte[] address, byte[] packet, int length, long now)
    {
        TftpRequest request = _request;
        var name = new byte[request.NameLength < NameCapacity ? request.NameLength : NameCapacity];
        Array.Copy(packet, request.NameOffset, name, 0, name.Length);
        LoaderReader reader;
        try
        {
            reader = _files.Open(packet, request.NameOffset, request.NameLength);
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception e)
        {
            // Storage that cannot be read is told to the machine at once, and costs the others nothing.
            _report.Fault(e);
            _report.Count(Counter.TftpFailed);
            _server.SendError(TftpPackets.SeeMessage, TftpServer.CannotRead, from);
            return;
        }

        if (reader == null)
        {
            _report.Missing(address, packet, request.NameOffset, request.NameLength);
            _server.SendError(TftpPackets.FileNotFound, "file not found", from);
            return;
        }

        int[] numbers = transfer.Numbers;
        int source = Octets.ReadInt32(address, 0);
        bool once = !request.HasOptions && !_table.HasAnswered(source);
        if (once && !_server.Budget.Pays(source, length))
        {
            // Whoever it is goes on asking, and gets it when that is enough.
            _report.Count(Counter.TftpRefused);
            numbers[TftpTerms.Port] = TftpTerms.NoPort;
            transfer.Reader = reader;
            _server.CloseSource(transfer);
            return;
        }

        numbers[TftpTerms.Port] = from.Port;
        numbers[TftpTerms.Address] = source;
        transfer.Client = from;
        transfer.Name = name;
        transfer.Open(reader, request, once, now);
        _server.Begin(transfer, now);
    }
}
