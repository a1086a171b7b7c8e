using System;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Tftp;

/// <summary>
/// One file on its way to one client: told of acknowledgements and of the time, it writes the packets that are due. It knows no socket
/// and no clock. Blocks are counted from the start of the file; only the packets carry the count cut to 16 bits, so that it wraps
/// from 65535 to 0 by itself.
/// </summary>
/// <remarks>
/// What a transfer has to remember is an array of numbers, not an object with fields: a field takes 12 bytes of the board's heap whatever
/// it is, a number in an array 4. One object works for all transfers, each time on the numbers that <see cref="Use"/> gave it. Times are
/// the low 32 bits of the device's clock and compared by their difference.
/// The path from an ACK to the next DATA is <see cref="Acknowledge"/> and the top of <see cref="Next"/>: it has a budget of 600 IL
/// instructions on the interpreter and makes no garbage. What is agreed is in TftpTransfer.Terms.cs, silence and repetition in
/// TftpTransfer.Timing.cs, the source of the file, its opening and its end, in TftpTransfer.Source.cs.
/// </remarks>
public sealed partial class TftpTransfer
{
    /// <summary><see cref="ErrorCode"/> when the client is told nothing.</summary>
    public const int NoError = -1;

    /// <summary>How many numbers a transfer has.</summary>
    public const int Numbers = 28;

    // The table's own: whose the transfer is. The port stands first, for it tells most clients apart.
    internal const int Port = 0;
    internal const int Address = 1;
    internal const int Fingerprint = 2;
    internal const int Begun = 3;
    internal const int Heard = 4;
    internal const int Seen = 5;

    internal const int Stage = 6;
    internal const int Flags = 7;
    private const int BlockSize = 8;
    private const int Window = 9;
    private const int Timeout = 10;
    private const int UsualInterval = 11;
    private const int Interval = 12;
    private const int Tries = 13;
    private const int Settles = 14;

    // Block numbers of the whole file: all up to Acked have arrived, Sent is the latest sent, may be sent up to Limit (the window, the
    // end); Highest was ever sent.
    private const int Acked = 15;
    private const int Latest = 16;
    private const int Limit = 17;
    private const int Highest = 18;

    // Up to here blocks are on their way a second time already: until it is acknowledged, a gap waits for SettleTime.
    private const int Recovered = 19;
    private const int Deadline = 20;

    // When a duplicate ACK is taken for a loss; 0: there is none.
    private const int Settled = 21;
    private const int WaitingSince = 22;
    private const int Length = 23;

    // The short block that ends the file; until a read shows it, a bound that keeps positions within an int.
    private const int Last = 24;
    private const int Told = 25;

    // Since when its pace is looked at, and what had arrived by then.
    private const int Looked = 26;
    private const int LookedAt = 27;

    // Flags: the first answer is due (again); the source is waited for; Last is known; which options the client asked for; its first block
    // is not sent again by itself; its pace was too slow at the last look; it was acknowledged; an ERROR of its client ended it.
    private const int AnswerDue = 1;
    internal const int Waiting = 2;
    private const int LastKnown = 4;
    private const int BlockSizeAsked = 8;
    private const int WindowAsked = 16;
    private const int SizeAsked = 32;
    private const int Once = 64;
    private const int Slow = 128;
    private const int Answered = 256;
    private const int EndedByIt = 512;

    private readonly int[] _counts;
    private int[] _n;
    private LoaderReader _reader;

    /// <summary>One that counts its packets in <paramref name="counts"/> (see <see cref="Counter"/>); <see cref="Use"/> says which transfer it works on.</summary>
    public TftpTransfer(int[] counts)
    {
        _counts = counts;
    }

    /// <summary>Where the transfer stands.</summary>
    public TftpState State => (TftpState)_n[Stage];

    /// <summary>Whether its client was ever heard at the port for data.</summary>
    internal static bool WasAnswered(int[] numbers) => (numbers[Flags] & Answered) != 0;

    /// <summary>When it failed: the error to tell the client, or <see cref="NoError"/>.</summary>
    public int ErrorCode => _n[Told];

    /// <summary>Why the transfer that failed last did so, in plain words: to be read before the next one is worked on.</summary>
    public string Reason { get; private set; }

    /// <summary>Works on this transfer from now on: its numbers, and the file that it sends (null once that is closed).</summary>
    public void Use(int[] numbers, LoaderReader reader)
    {
        _n = numbers;
        _reader = reader;
    }

    /// <summary>
    /// Starts the transfer with what the client asks for. <see cref="Next"/> gives the first answer. Where that is a block,
    /// <paramref name="once"/> says not to send it again by itself: nobody has ever answered from there.
    /// </summary>
    public void Open(TftpRequest request, bool once, long now)
    {
        int[] n = _n;
        Array.Clear(n, Stage, Numbers - Stage);
        Grant(request);
        n[Told] = NoError;
        n[Length] = -1;
        n[Last] = int.MaxValue / n[BlockSize];
        n[Flags] |= once ? Waiting | Once : Waiting;
        n[WaitingSince] = (int)now;
        n[Stage] = (int)TftpState.Opening;
        Reason = null;
    }

    /// <summary>
    /// The client acknowledged block <paramref name="number"/> (16 bits as sent). Old and impossible numbers change nothing.
    /// </summary>
    public void Acknowledge(int number, long now)
    {
        int[] n = _n;
        if (n[Stage] != (int)TftpState.Sending && !FirstAck(number, now))
        {
            return;
        }

        int acked = n[Acked];
        int progress = (number - acked) & 0xFFFF;
        if (progress == 0)
        {
            // A duplicate. In lock-step (RFC 1350) nothing follows from it; in a window it may say that the first block was lost.
            if (n[Window] > 1 && n[Latest] > acked && n[Settled] == 0 && n[Settles] < MostSettles)
            {
                Settle(now);
            }

            return;
        }

        if (progress > n[Highest] - acked)
        {
            return;
        }

        acked += progress;
        n[Acked] = acked;
        n[Tries] = 0;
        n[Settles] = 0;
        n[Settled] = 0;
        n[Interval] = n[UsualInterval];
        if (acked >= n[Latest])
        {
            n[Latest] = acked;
        }
        else if (acked < n[Recovered])
        {
            Settle(now);
        }
        else
        {
            // RFC 7440 4: an ACK inside the window names the last block before a gap; the next window starts after it.
            n[Recovered] = n[Highest];
            n[Latest] = acked;
        }

        int limit = acked + n[Window];
        int last = n[Last];
        n[Limit] = limit;
        if (limit >= last)
        {
            n[Limit] = last;
            if (acked == last)
            {
                Complete();
                return;
            }
        }

        _reader.Release(acked * n[BlockSize]);
    }

    /// <summary>
    /// Writes the next packet that is due into <paramref name="buffer"/> and gives its length, or 0 when nothing is. Call it until it gives
    /// 0.
    /// </summary>
    public int Next(byte[] buffer, long now)
    {
        int[] n = _n;
        int block = n[Latest];
        if (block >= n[Limit])
        {
            return Due(buffer, now);
        }

        int size = n[BlockSize];
        int got = _reader.Read(block * size, buffer, TftpPackets.HeaderSize, size);
        if (got != size && !Ends(got, now))
        {
            return 0;
        }

        n[Latest] = ++block;
        buffer[0] = 0;
        buffer[1] = TftpPackets.Data;
        buffer[2] = (byte)(block >> 8);
        buffer[3] = (byte)block;
        if (block > n[Highest])
        {
            n[Highest] = block;
        }
        else
        {
            _counts[Counter.TftpRepeated]++;
        }

        _counts[Counter.TftpBlocks]++;
        n[Flags] &= ~Waiting;
        n[Deadline] = (int)now + n[Interval];
        return got + TftpPackets.HeaderSize;
    }

    /// <summary>Whether it ended by an ERROR of its client.</summary>
    public bool IsEndedByClient => (_n[Flags] & EndedByIt) != 0;

    /// <summary>
    /// The client sent an ERROR. Before its first ACK that is no failure: edk2 asks once for the size only and then says ERROR 8.
    /// </summary>
    public void EndedByClient(string message)
    {
        if (State == TftpState.Sending)
        {
            _n[Flags] |= EndedByIt;
            Fail(NoError, message);
        }
        else if (State < TftpState.Done)
        {
            _n[Stage] = (int)TftpState.Declined;
            _n[Limit] = _n[Latest];
        }
    }

    /// <summary>
    /// Ends the transfer early. The client is to be told <paramref name="errorCode"/> and the reason, unless it is <see cref="NoError"/>.
    /// </summary>
    public void Fail(int errorCode, string reason)
    {
        _n[Stage] = (int)TftpState.Failed;
        _n[Limit] = _n[Latest];
        _n[Told] = errorCode;
        Reason = reason;
    }

    // ACK 0 after an OACK, ACK 1 after DATA 1: only now is it sure that the address in the request is the client's own.
    private bool FirstAck(int number, long now)
    {
        int[] n = _n;
        bool optionAck = AnyOption;
        if (n[Stage] != (int)TftpState.Answering || number != (optionAck ? 0 : 1) || number > n[Highest])
        {
            return false;
        }

        n[Stage] = (int)TftpState.Sending;
        n[Flags] = (n[Flags] & ~Once) | Answered;
        n[Looked] = (int)now;
        if (!optionAck)
        {
            return true;
        }

        _reader.Release(0);
        n[Flags] &= ~AnswerDue;
        n[Tries] = 0;
        n[Interval] = n[UsualInterval];
        n[Limit] = n[Window] < n[Last] ? n[Window] : n[Last];
        return false;
    }
}
