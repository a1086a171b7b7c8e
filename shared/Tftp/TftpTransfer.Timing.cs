using Netboot.Logging;

namespace Netboot.Tftp;

/// <content>What the time brings: the first answer, silence, sending again.</content>
public sealed partial class TftpTransfer
{
    /// <summary>First wait for an acknowledgement in milliseconds, when the client negotiated none (RFC 2349).</summary>
    public const int FirstInterval = 1000;

    /// <summary>Longest wait: the doubling stops here.</summary>
    public const int LongestInterval = TftpPackets.LongestTimeout * 1000;

    /// <summary>
    /// Times that blocks are sent again without any answer: 1 + 2 + 4 + 8 + 8 + 8 s, longer than edk2 (4 s, 6 times) tries.
    /// </summary>
    public const int Retries = 5;

    /// <summary>
    /// Times that an OACK is sent again. The request may carry somebody else's address, so what it sets off is small: an OACK is hardly
    /// longer than its request.
    /// </summary>
    public const int RetriesBeforeFirstAck = 2;

    /// <summary>
    /// A request that is repeated gets its answer again when the last one left this long ago: iPXE, the quickest, repeats itself after 250
    /// ms at first. What comes sooner is a duplicate or a flood, and is not multiplied.
    /// </summary>
    public const int RepeatTime = 200;

    /// <summary>Time in which a client's pace is measured.</summary>
    public const int PaceTime = 3000;

    /// <summary>
    /// Who takes less in a millisecond, 2,000 bytes in a second, is too slow to keep a place that somebody waits for. Blocks of 512 bytes
    /// in lock-step do more over a network that takes a quarter of a second there and back.
    /// </summary>
    public const int LeastPace = 2;

    /// <summary>
    /// Wait after an ACK that repeats an older one, before the window is sent again. Sending at once would let one duplicated ACK double
    /// every window from then on (sorcerer's apprentice, RFC 1123 4.2.3.1; edk2 answers every block it did not expect with an ACK). When
    /// the blocks did arrive, their ACK comes within this time and nothing is sent twice.
    /// </summary>
    public const int SettleTime = 100;

    /// <summary>
    /// Times that a window is sent again after duplicate ACKs, before only the timeout counts: a client that repeats itself for ever is not
    /// helped by more.
    /// </summary>
    public const int MostSettles = 5;

    private const string NotAnswering = "the machine does not answer";
    private const string NotAcknowledged = "no acknowledgement";
    private const string LastNotAcknowledged = "last block not acknowledged";

    /// <summary>
    /// The client sent its request once more: its answer may be lost, so it gets it again. Nothing happens once it acknowledged. It does
    /// not begin to wait anew: who goes on asking and never acknowledges, ends as others do.
    /// </summary>
    public void RequestAgain()
    {
        if (_n[Stage] == (int)TftpState.Answering)
        {
            Rewind();
        }
    }

    /// <summary>Milliseconds since the last packet was sent.</summary>
    public int SinceSent(long now) => (int)now - (_n[Deadline] - _n[Interval]);

    /// <summary>
    /// Whether the client takes less than the least pace, as far as that was its own doing. For the one who looks for a place: a look
    /// begins a new measurement.
    /// </summary>
    public bool IsSlow(long now)
    {
        int[] n = _n;
        int elapsed = (int)now - n[Looked];
        if (n[Stage] != (int)TftpState.Sending || !_reader.Seekable)
        {
            // A stream from the mirror is as slow as the mirror is; it has an eye on its reader itself.
            return false;
        }

        if (elapsed >= PaceTime)
        {
            int taken = (n[Acked] - n[LookedAt]) * n[BlockSize];
            n[Flags] = taken / LeastPace < elapsed ? n[Flags] | Slow : n[Flags] & ~Slow;
            n[Looked] = (int)now;
            n[LookedAt] = n[Acked];
        }

        return (n[Flags] & Slow) != 0;
    }

    // No block may be sent: is the first answer due, or has the client been silent for too long?
    private int Due(byte[] buffer, long now)
    {
        int[] n = _n;
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
        else if (n[Tries] == (state == (int)TftpState.Answering ? RetriesBeforeFirstAck : Retries))
        {
            Fail(NoError, state == (int)TftpState.Answering ? NotAnswering : n[Limit] == n[Last] ? LastNotAcknowledged : NotAcknowledged);
            return 0;
        }
        else
        {
            n[Tries]++;
            n[Recovered] = 0;
            if (n[Interval] < LongestInterval)
            {
                n[Interval] = AtMost(n[Interval] * 2, LongestInterval);
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
        int at = (int)now + SettleTime;
        _n[Settled] = at == 0 ? 1 : at;
    }

    private void Rewind()
    {
        int[] n = _n;
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
}
