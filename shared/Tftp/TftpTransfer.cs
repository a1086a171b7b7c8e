using Netboot.Boot;

namespace Netboot.Tftp;

/// <summary>
/// One file on its way to one client: told of acknowledgements and of the time, it writes the packets that are due. It knows no socket
/// and no clock. Blocks are counted from the start of the file; only the packets carry the count cut to 16 bits, so that it wraps
/// from 65535 to 0 by itself.
/// </summary>
/// <remarks>
/// The path from an ACK to the next DATA is <see cref="Acknowledge"/> and the top of <see cref="Next"/>: it has a budget of 600 IL
/// instructions on the interpreter and makes no garbage. Silence and repetition are in TftpTransfer.Timing.cs, the source of the file, its
/// opening and its end, in TftpTransfer.Source.cs.
/// </remarks>
public sealed partial class TftpTransfer
{
    /// <summary><see cref="ErrorCode"/> when the client is told nothing.</summary>
    public const int NoError = -1;

    private const long Never = long.MaxValue;

    private readonly TftpTerms _terms = new TftpTerms();
    private LoaderReader _reader;
    private TftpState _state;
    private bool _answerDue;
    private int _blockSize;
    private int _window;
    private int _firstInterval;
    private int _interval;
    private int _tries;
    private int _settles;
    private int _blocksSent;
    private int _retransmits;

    // Block numbers of the whole file: all up to _acked have arrived, _sent is the latest sent, may be sent up to _limit (the window, the
    // end); _highest was ever sent.
    private int _acked;
    private int _sent;
    private int _limit;
    private int _highest;

    // Up to here blocks are on their way a second time already: until it is acknowledged, a gap waits for SettleTime.
    private int _recovered;
    private long _deadline;
    private long _settled;

    /// <summary>Where the transfer stands.</summary>
    public TftpState State
    {
        get { return _state; }
    }

    /// <summary>What was agreed with the client.</summary>
    public TftpTerms Terms
    {
        get { return _terms; }
    }

    /// <summary>DATA packets sent, those sent again included.</summary>
    public int BlocksSent
    {
        get { return _blocksSent; }
    }

    /// <summary>Packets sent again.</summary>
    public int Retransmits
    {
        get { return _retransmits; }
    }

    /// <summary>When it failed: the error to tell the client, or <see cref="NoError"/>.</summary>
    public int ErrorCode { get; private set; }

    /// <summary>When it failed: why, in plain words.</summary>
    public byte[] Reason { get; private set; }

    /// <summary>Starts a transfer of <paramref name="reader"/>, which belongs to it from now on. <see cref="Next"/> gives the first answer.</summary>
    public void Open(LoaderReader reader, TftpRequest request, long now)
    {
        _terms.Grant(request);
        _blockSize = _terms.BlockSize;
        _window = _terms.Window;
        _firstInterval = _terms.Timeout > 0 ? _terms.Timeout * 1000 : FirstInterval;
        _interval = _firstInterval;
        _tries = 0;
        _settles = 0;
        _settled = Never;
        _answerDue = false;
        _acked = 0;
        _sent = 0;
        _limit = 0;
        _highest = 0;
        _recovered = 0;
        _blocksSent = 0;
        _retransmits = 0;
        ErrorCode = NoError;
        Reason = null;
        OpenSource(reader, now);
        _state = TftpState.Opening;
    }

    /// <summary>The client acknowledged block <paramref name="number"/> (16 bits as sent). Old and impossible numbers change nothing.</summary>
    public void Acknowledge(int number, long now)
    {
        if (_state != TftpState.Sending && !FirstAck(number))
        {
            return;
        }

        int progress = (number - _acked) & 0xFFFF;
        if (progress == 0)
        {
            // A duplicate. In lock-step (RFC 1350) nothing follows from it; in a window it may say that the first block was lost.
            if (_window > 1 && _sent > _acked && _settled == Never && _settles < MostSettles)
            {
                _settled = now + SettleTime;
            }

            return;
        }

        if (progress > _highest - _acked)
        {
            return;
        }

        _acked += progress;
        _tries = 0;
        _settles = 0;
        _settled = Never;
        _interval = _firstInterval;
        if (_acked >= _sent)
        {
            _sent = _acked;
        }
        else if (_acked < _recovered)
        {
            _settled = now + SettleTime;
        }
        else
        {
            // RFC 7440 4: an ACK inside the window names the last block before a gap; the next window starts after it.
            _recovered = _highest;
            _sent = _acked;
        }

        _limit = _acked + _window;
        if (_limit >= _last)
        {
            _limit = _last;
            if (_acked == _last)
            {
                Complete();
                return;
            }
        }

        _reader.Release(_acked * _blockSize);
    }

    /// <summary>Writes the next packet that is due into <paramref name="buffer"/> and gives its length, or 0 when nothing is. Call it until it gives 0.</summary>
    public int Next(byte[] buffer, long now)
    {
        if (_sent >= _limit)
        {
            return Due(buffer, now);
        }

        int got = _reader.Read(_sent * _blockSize, buffer, TftpPackets.HeaderSize, _blockSize);
        if (got != _blockSize && !Ends(got, now))
        {
            return 0;
        }

        int block = ++_sent;
        buffer[0] = 0;
        buffer[1] = TftpPackets.Data;
        buffer[2] = (byte)(block >> 8);
        buffer[3] = (byte)block;
        if (block > _highest)
        {
            _highest = block;
        }
        else
        {
            _retransmits++;
        }

        _blocksSent++;
        _waiting = false;
        _deadline = now + _interval;
        return got + TftpPackets.HeaderSize;
    }

    /// <summary>The client sent an ERROR. Before its first ACK that is no failure: edk2 asks once for the size only and then says ERROR 8.</summary>
    public void EndedByClient(byte[] message)
    {
        if (_state == TftpState.Sending)
        {
            Fail(NoError, message);
        }
        else if (_state < TftpState.Done)
        {
            _state = TftpState.Declined;
            _limit = _sent;
        }
    }

    /// <summary>Ends the transfer early. The client is to be told <paramref name="errorCode"/> and the reason, unless it is <see cref="NoError"/>.</summary>
    public void Fail(int errorCode, byte[] reason)
    {
        _state = TftpState.Failed;
        _limit = _sent;
        ErrorCode = errorCode;
        Reason = reason;
    }

    // ACK 0 after an OACK, ACK 1 after DATA 1: only now is it sure that the address in the request is the client's own.
    private bool FirstAck(int number)
    {
        bool optionAck = _terms.Any;
        if (_state != TftpState.Answering || number != (optionAck ? 0 : 1) || number > _highest)
        {
            return false;
        }

        _state = TftpState.Sending;
        if (!optionAck)
        {
            return true;
        }

        _answerDue = false;
        _tries = 0;
        _interval = _firstInterval;
        _limit = _window < _last ? _window : _last;
        return false;
    }
}
