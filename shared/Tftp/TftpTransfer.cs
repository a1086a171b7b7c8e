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
/// The path from an ACK to the next DATA is <see cref="Acknowledge"/> and the top of <see cref="Next"/>: it has a budget of 600 IL
/// instructions on the interpreter and makes no garbage.
/// </remarks>
public sealed class TftpTransfer : TftpFile
{
    private const string NotAnswering = "the machine does not answer";
    private const string NotAcknowledged = "no acknowledgement";
    private const string LastNotAcknowledged = "last block not acknowledged";

    private readonly int[] _counts;

    /// <summary>One that counts its packets in <paramref name="counts"/>; nobody has it yet.</summary>
    public TftpTransfer(int[] counts)
    {
        _counts = counts;
        Numbers[Port] = NoPort;
    }

    /// <summary>
    /// Starts the transfer of <paramref name="reader"/>'s file with what the client asks for. <see cref="Next"/> gives the first answer.
    /// Where that is a block, <paramref name="once"/> says not to send it again by itself: nobody has ever answered from there.
    /// </summary>
    public void Open(LoaderReader reader, TftpRequest request, bool once, long now)
    {
        int[] n = Numbers;
        Array.Clear(n, Stage, Count - Stage);
        Reader = reader;
        Reason = null;
        Grant(request);
        n[Fingerprint] = request.Fingerprint;
        n[Begun] = (int)now;
        n[Heard] = (int)now;
        n[Seen] = (int)TftpState.Opening;
        n[Stage] = (int)TftpState.Opening;
        n[Flags] |= once ? Waiting | Once : Waiting;
        n[WaitingSince] = (int)now;
        n[Told] = NoError;
        n[Length] = -1;
        n[Last] = int.MaxValue / n[BlockSize];
    }

    /// <summary>
    /// The client acknowledged block <paramref name="number"/> (16 bits as sent). Old and impossible numbers change nothing.
    /// </summary>
    public void Acknowledge(int number, long now)
    {
        int[] n = Numbers;
        if (n[Stage] != (int)TftpState.Sending && !FirstAck(number, now))
        {
            return;
        }

        int acked = n[Acked];
        int progress = (number - acked) & 0xFFFF;
        if (progress == 0)
        {
            // A duplicate. In lock-step (RFC 1350) nothing follows from it; in a window it may say that the first block was lost.
            if (n[Window] > 1 && n[Latest] > acked && n[Settled] == 0 && n[Settles] < TftpLimits.MostSettles)
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

        Reader.Release(acked * n[BlockSize]);
    }

    /// <summary>
    /// Writes the next packet that is due into <paramref name="buffer"/> and gives its length, or 0 when nothing is. Call it until it gives
    /// 0.
    /// </summary>
    public int Next(byte[] buffer, long now)
    {
        int[] n = Numbers;
        int block = n[Latest];
        if (block >= n[Limit])
        {
            return Due(buffer, now);
        }

        int size = n[BlockSize];
        int got = Reader.Read(block * size, buffer, TftpPackets.HeaderSize, size);
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

    /// <summary>
    /// The client sent its request once more: its answer may be lost, so it gets it again. Nothing happens once it acknowledged. It does
    /// not begin to wait anew: who goes on asking and never acknowledges, ends as others do.
    /// </summary>
    public void RequestAgain()
    {
        if (State == TftpState.Answering)
        {
            Rewind();
        }
    }

    // ACK 0 after an OACK, ACK 1 after DATA 1: only now is it sure that the address in the request is the client's own.
    private bool FirstAck(int number, long now)
    {
        int[] n = Numbers;
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

        Reader.Release(0);
        n[Flags] &= ~AnswerDue;
        n[Tries] = 0;
        n[Interval] = n[UsualInterval];
        n[Limit] = AtMost(n[Window], n[Last]);
        return false;
    }

    // No block may be sent: is the first answer due, or has the client been silent for too long?
    private int Due(byte[] buffer, long now)
    {
        int[] n = Numbers;
        int state = n[Stage];
        if (state != (int)TftpState.Sending && state != (int)TftpState.Answering)
        {
            return state == (int)TftpState.Opening ? Answer(buffer, now) : 0;
        }

        int time = (int)now;
        if ((n[Flags] & AnswerDue) != 0)
        {
            n[Flags] &= ~AnswerDue;
            n[Deadline] = time + n[Interval];
            return WriteOptions(buffer);
        }

        if (n[Settled] != 0 && time - n[Settled] >= 0)
        {
            // No progress since the duplicate ACK: the block after it is lost.
            n[Settles]++;
            n[Recovered] = n[Highest];
        }
        else if (time - n[Deadline] < 0)
        {
            return 0;
        }
        else if (n[Tries] == (state == (int)TftpState.Answering ? TftpLimits.RetriesBeforeFirstAck : TftpLimits.Retries))
        {
            Fail(NoError, state == (int)TftpState.Answering ? NotAnswering : n[Limit] == n[Last] ? LastNotAcknowledged : NotAcknowledged);
            return 0;
        }
        else
        {
            n[Tries]++;
            n[Recovered] = 0;
            if (n[Interval] < TftpLimits.LongestInterval)
            {
                n[Interval] = AtMost(n[Interval] * 2, TftpLimits.LongestInterval);
            }

            if ((n[Flags] & Once) != 0)
            {
                n[Deadline] = time + n[Interval];
                return 0;
            }
        }

        Rewind();
        return Next(buffer, now);
    }

    private void Settle(long now)
    {
        int at = (int)now + TftpLimits.SettleTime;
        Numbers[Settled] = at == 0 ? 1 : at;
    }

    private void Rewind()
    {
        int[] n = Numbers;
        n[Settled] = 0;
        n[Latest] = n[Acked];
        if (n[Stage] == (int)TftpState.Answering && AnyOption)
        {
            n[Flags] |= AnswerDue;
            _counts[Counter.TftpRepeated]++;
        }
        else
        {
            n[Flags] &= ~AnswerDue;
        }
    }

    // The file is being opened: the first answer, as soon as its length is known.
    private int Answer(byte[] buffer, long now)
    {
        int[] n = Numbers;
        int length = Reader.Length;
        if (length == LoaderReader.NotYet)
        {
            // A stream whose size nobody says (HTTP/1.1 chunked) has bytes and still no length: it is served without tsize.
            int got = Reader.Read(0, buffer, TftpPackets.HeaderSize, 1);
            length = Reader.Length;
            if (length == LoaderReader.NotYet && got < 0)
            {
                Starve(got, now);
                return 0;
            }
        }

        if (length < 0)
        {
            if (length != LoaderReader.NotYet)
            {
                Starve(length, now);
                return 0;
            }

            n[Flags] &= ~SizeAsked;
        }

        // A client that was granted a window acknowledges no part of it before its timeout.
        n[Window] = AtMost(n[Window], Reader.Keeps < n[BlockSize] ? 1 : Reader.Keeps / n[BlockSize]);
        bool optionAck = AnyOption;
        n[Stage] = (int)TftpState.Answering;
        n[Length] = length;
        n[Flags] = (n[Flags] & ~(AnswerDue | Waiting)) | (optionAck ? AnswerDue : 0);
        n[Limit] = optionAck ? 0 : 1;
        Reader.Offer();
        return Next(buffer, now);
    }
}
