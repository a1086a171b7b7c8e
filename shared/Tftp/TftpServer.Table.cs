using System;
using System.Net;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Tftp;

/// <content>Who gets a place in the table, and what strangers get.</content>
public sealed partial class TftpServer
{
    /// <summary>
    /// A transfer that was never acknowledged gives way this long after its answer: its address may be made up. Firmware on a LAN
    /// acknowledges within a few milliseconds; eight places and this time are more than 200 requests a second.
    /// </summary>
    public const int PatienceUnheard = 30;

    /// <summary>A transfer whose file is not there yet gives way after this: firmware asks again after 4 s.</summary>
    public const int PatienceOpening = 2000;

    /// <summary>A running transfer gives way after this much silence of its client: edk2 repeats itself every 4 s.</summary>
    public const int PatienceSilent = 5000;

    /// <summary>A transfer that waits for the mirror gives way after this; clients keep silent meanwhile.</summary>
    public const int PatienceWaiting = 15000;

    private const string CannotRead = "the file cannot be read";
    private const string NotFound = "file not found";
    private const string ReadOnly = "read-only server";
    private const string OctetOnly = "only octet (binary) mode";
    private const string NoSuchTransfer = "unknown transfer id";
    private const string UnknownOpcode = "not a TFTP opcode";
    private const string GaveWay = "silent or too slow, replaced by another";
    private const string AskedAgain = "the machine started over";

    // One ERROR 5 in half a second after a burst of four: enough for a person with a client, too little to be a weapon or an echo.
    private readonly TokenBucket _strays = new TokenBucket(4, 500);

    private void Request(byte[] packet, int length, IPEndPoint from, long now)
    {
        TftpRequest request = _request;
        if (!request.Parse(packet, length))
        {
            Malformed(from, request.Problem);
            return;
        }

        _log.Counts[Counter.TftpRequests]++;
        int place = Find(from);
        if (place >= 0 && _numbers[place][TftpTransfer.Fingerprint] == request.Fingerprint && IsDuplicate(place, length, now))
        {
            return;
        }

        byte[] address = from.Address.GetAddressBytes();
        if (!_served.Serves(address))
        {
            Outside(address);
            return;
        }

        _keeps = true;
        _nextLook = Running == 0 ? now + KeepEnded : _nextLook;
        if (request.IsWrite || !request.IsOctet)
        {
            Refuse(address, from, request);
            return;
        }

        try
        {
            // Another request from the endpoint of a transfer: ROMs use one fixed port for all their files, and a size probe is not always
            // ended by an ERROR.
            place = place >= 0 && IsRunning(place) ? GiveWay(place, AskedAgain, now) : Room(place, Octets.ReadInt32(address, 0), now);
            if (place < 0)
            {
                // No ERROR: the machine's own retry finds a place when another transfer has ended.
                _log.Counts[Counter.TftpRefused]++;
                return;
            }

            Admit(place, from, address, packet, length, now);
        }
        catch (OutOfMemoryException)
        {
            // The same: silence, and the machine asks again.
            _log.Counts[Counter.TftpRefused]++;
            OutOfMemory();
        }
    }

    private bool IsDuplicate(int place, int length, long now)
    {
        int[] numbers = _numbers[place];
        switch ((TftpState)numbers[TftpTransfer.Seen])
        {
            case TftpState.Opening:
                numbers[TftpTransfer.Heard] = (int)now;
                return true;
            case TftpState.Answering:
                numbers[TftpTransfer.Heard] = (int)now;
                _transfer.Use(numbers, _readers[place]);
                if (_transfer.SinceSent(now) >= TftpTransfer.RepeatTime
                    && (_request.HasOptions || MayAnswerWithBlock(numbers[TftpTransfer.Address], length)))
                {
                    _transfer.RequestAgain();
                    Pump(place, NoAck, now);
                }

                return true;
            case TftpState.Sending:
            case TftpState.Done:
                return (int)now - numbers[TftpTransfer.Begun] < DuplicateTime;
            default:
                return false;
        }
    }

    private void Admit(int place, IPEndPoint from, byte[] address, byte[] packet, int length, long now)
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
            _log.Add(Subsystem.Tftp, LogEvent.Fault, 0, e.Message);
            _log.Counts[Counter.TftpFailed]++;
            SendError(TftpPackets.SeeMessage, CannotRead, from);
            return;
        }

        if (reader == null)
        {
            _log.Counts[Counter.TftpMissing]++;
            _events.Missing(address, packet, request.NameOffset, request.NameLength);
            SendError(TftpPackets.FileNotFound, NotFound, from);
            return;
        }

        int source = Octets.ReadInt32(address, 0);
        bool once = !request.HasOptions && !HasAnswered(source);
        if (once && !MayAnswerWithBlock(source, length))
        {
            // Whoever it is goes on asking, and gets it when that is enough.
            _log.Counts[Counter.TftpRefused]++;
            _numbers[place][TftpTransfer.Port] = NoPort;
            _readers[place] = reader;
            CloseSource(place);
            return;
        }

        int[] numbers = _numbers[place];
        numbers[TftpTransfer.Port] = from.Port;
        numbers[TftpTransfer.Address] = source;
        numbers[TftpTransfer.Fingerprint] = request.Fingerprint;
        numbers[TftpTransfer.Begun] = (int)now;
        numbers[TftpTransfer.Heard] = (int)now;
        numbers[TftpTransfer.Seen] = (int)TftpState.Opening;
        _clients[place] = from;
        _names[place] = name;
        _readers[place] = reader;
        _transfer.Use(numbers, reader);
        _transfer.Open(request, once, now);
        _recent = place;
        _log.Counts[Counter.TftpRunning]++;
        _awake = true;
        _nextLook = now;
        Pump(place, NoAck, now);
    }

    // A free place, or one whose transfer has given way; none when there is none for this address. "ended" is the place of the client's
    // former transfer, if it has one: the same endpoint must not be in the table twice.
    private int Room(int ended, int address, long now)
    {
        if (ended >= 0)
        {
            _numbers[ended][TftpTransfer.Port] = NoPort;
        }

        int free = Nowhere;
        int stalled = Nowhere;
        int ownStalled = Nowhere;
        int ownUnheard = Nowhere;
        int own = 0;
        for (int i = 0; i < _made; i++)
        {
            int[] numbers = _numbers[i];
            if (!IsRunning(i))
            {
                // Best one that nobody has, then the one that ended first: its client's late packets have had the most time.
                bool nobodys = numbers[TftpTransfer.Port] == NoPort;
                if (free < 0 || (_numbers[free][TftpTransfer.Port] != NoPort && (nobodys || IsBefore(i, free))))
                {
                    free = i;
                }

                continue;
            }

            bool mine = numbers[TftpTransfer.Address] == address;
            if (mine)
            {
                own++;
                if (numbers[TftpTransfer.Seen] < (int)TftpState.Sending && (ownUnheard < 0 || IsBefore(i, ownUnheard)))
                {
                    ownUnheard = i;
                }
            }

            if (MayGiveWay(i, now))
            {
                if (stalled < 0 || IsBefore(i, stalled))
                {
                    stalled = i;
                }

                if (mine && (ownStalled < 0 || IsBefore(i, ownStalled)))
                {
                    ownStalled = i;
                }
            }
        }

        if (own >= MaxTransfersPerAddress)
        {
            return ownStalled < 0 ? Nowhere : GiveWay(ownStalled, GaveWay, now);
        }

        if ((free < 0 || _numbers[free][TftpTransfer.Port] != NoPort) && _made < MaxTransfers)
        {
            var numbers = new int[TftpTransfer.Numbers];
            numbers[TftpTransfer.Port] = NoPort;
            free = _made;
            _numbers[free] = numbers;
            _made++;
        }

        // A machine that asked for something else a moment ago (edk2 asks for the size first) needs no second place, which would cost another its first.
        stalled = ownUnheard >= 0 ? ownUnheard : stalled;
        return free >= 0 ? free : stalled < 0 ? Nowhere : GiveWay(stalled, GaveWay, now);
    }

    private int GiveWay(int place, string reason, long now)
    {
        _transfer.Use(_numbers[place], _readers[place]);
        if (_transfer.State < TftpState.Sending)
        {
            // Nobody was ever heard there: no failure, and no line of the log.
            _transfer.EndedByClient(reason);
        }
        else
        {
            _transfer.Fail(TftpTransfer.NoError, reason);
        }

        Pump(place, NoAck, now);
        return place;
    }

    // A packet of no transfer (RFC 1350 4): ERROR 5 goes back to where it came from; no transfer is disturbed.
    private void Stray(IPEndPoint from, long now)
    {
        _log.Counts[Counter.TftpStrays]++;
        if (_strays.Take(now))
        {
            if (_served.Serves(from.Address.GetAddressBytes()))
            {
                SendError(TftpPackets.UnknownTransfer, NoSuchTransfer, from);
            }
        }
    }
}
