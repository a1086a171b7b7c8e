using System.Net;
using Netboot.Logging;

namespace Netboot.Tftp;

/// <summary>
/// The places for transfers: who has one, and who has to go for another. After its end a transfer keeps its place until somebody needs it:
/// late duplicates of its client's packets are then known as such, and get no ERROR 5 that a ROM might show on its screen.
/// </summary>
internal sealed class TftpTable
{
    /// <summary>The places. They are made when they are first needed; all go some time after the last transfer ended.</summary>
    internal readonly TftpTransfer[] Places = new TftpTransfer[TftpLimits.MaxTransfers];

    /// <summary>Places made so far: the first that many of the table.</summary>
    internal int Made;

    private readonly int[] _counts;

    // The one that was looked for last.
    private TftpTransfer _recent;

    internal TftpTable(int[] counts)
    {
        _counts = counts;
    }

    /// <summary>The transfer of that client, under way or ended, or null.</summary>
    internal TftpTransfer Find(IPEndPoint from)
    {
        int port = from.Port;
        TftpTransfer transfer = _recent;
        if (transfer != null && transfer.Numbers[TftpTerms.Port] == port && transfer.Client.Equals(from))
        {
            return transfer;
        }

        TftpTransfer[] places = Places;
        int made = Made;
        for (int i = 0; i < made; i++)
        {
            if (places[i].Numbers[TftpTerms.Port] == port && places[i].Client.Equals(from))
            {
                _recent = places[i];
                return _recent;
            }
        }

        return null;
    }

    /// <summary>Whether a transfer of that address, under way or of late, was acknowledged.</summary>
    internal bool HasAnswered(int address)
    {
        for (int i = 0; i < Made; i++)
        {
            int[] numbers = Places[i].Numbers;
            if (numbers[TftpTerms.Address] == address && (numbers[TftpTerms.Flags] & TftpTerms.Answered) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A place for a transfer to that address: a free one, or one whose transfer is running and has to give way; null when there is none.
    /// <paramref name="former"/> is the client's ended transfer, if it has one: the same endpoint must not be in the table twice.
    /// </summary>
    internal TftpTransfer Choose(TftpTransfer former, int address, long now)
    {
        if (former != null)
        {
            former.Numbers[TftpTerms.Port] = TftpTerms.NoPort;
        }

        TftpTransfer free = null;
        TftpTransfer stalled = null;
        TftpTransfer ownStalled = null;
        TftpTransfer ownUnheard = null;
        int own = 0;
        for (int i = 0; i < Made; i++)
        {
            TftpTransfer transfer = Places[i];
            int[] numbers = transfer.Numbers;
            if (!transfer.IsRunning)
            {
                free = First(free, transfer);
                continue;
            }

            bool mine = numbers[TftpTerms.Address] == address;
            if (mine)
            {
                own++;
                if (numbers[TftpTerms.Seen] < (int)TftpState.Sending)
                {
                    ownUnheard = First(ownUnheard, transfer);
                }
            }

            if (MayGiveWay(transfer, now))
            {
                stalled = First(stalled, transfer);
                ownStalled = mine ? First(ownStalled, transfer) : ownStalled;
            }
        }

        if (own >= TftpLimits.MaxTransfersPerAddress)
        {
            return ownStalled;
        }

        if ((free == null || free.Numbers[TftpTerms.Port] != TftpTerms.NoPort) && Made < TftpLimits.MaxTransfers)
        {
            free = new TftpTransfer(_counts);
            Places[Made] = free;
            Made++;
        }

        // A machine that asked for something else a moment ago (edk2 asks for the size first) needs no second place, which would cost
        // another its first.
        return free ?? ownUnheard ?? stalled;
    }

    /// <summary>Forgets every transfer.</summary>
    internal void Forget()
    {
        for (int i = 0; i < Made; i++)
        {
            Places[i] = null;
        }

        Made = 0;
        _recent = null;
    }

    // Who gives way first: a place that nobody has, then who never answered, then whose client was silent for longer (of ended ones: which
    // ended first, for its client's late packets have had the most time).
    private static TftpTransfer First(TftpTransfer first, TftpTransfer other)
    {
        if (first == null)
        {
            return other;
        }

        int[] a = first.Numbers;
        int[] b = other.Numbers;
        if (a[TftpTerms.Port] == TftpTerms.NoPort || b[TftpTerms.Port] == TftpTerms.NoPort)
        {
            return a[TftpTerms.Port] == TftpTerms.NoPort ? first : other;
        }

        bool heard = b[TftpTerms.Seen] >= (int)TftpState.Sending;
        bool before = heard == (a[TftpTerms.Seen] >= (int)TftpState.Sending)
            ? b[TftpTerms.Heard] - a[TftpTerms.Heard] < 0
            : !heard;
        return before ? other : first;
    }

    private static bool MayGiveWay(TftpTransfer transfer, long now)
    {
        int silent = (int)now - transfer.Numbers[TftpTerms.Heard];
        switch (transfer.State)
        {
            case TftpState.Opening:
                return silent >= TftpLimits.PatienceOpening;
            case TftpState.Answering:
                return transfer.SinceSent(now) >= TftpLimits.PatienceUnheard;
            default:
                return silent >= (transfer.WaitsForSource ? TftpLimits.PatienceWaiting : TftpLimits.PatienceSilent)
                    || IsSlow(transfer, now);
        }
    }

    // Whether the client takes less than the least pace, as far as that was its own doing. A look begins a new measurement.
    private static bool IsSlow(TftpTransfer transfer, long now)
    {
        int[] n = transfer.Numbers;
        if (n[TftpTerms.Stage] != (int)TftpState.Sending || !transfer.Reader.Seekable)
        {
            // A stream from the mirror is as slow as the mirror is; it has an eye on its reader itself.
            return false;
        }

        int elapsed = (int)now - n[TftpTerms.Looked];
        if (elapsed >= TftpLimits.PaceTime)
        {
            int taken = (n[TftpTerms.Acked] - n[TftpTerms.LookedAt]) * n[TftpTerms.BlockSize];
            bool slow = taken / TftpLimits.LeastPace < elapsed;
            n[TftpTerms.Flags] = slow ? n[TftpTerms.Flags] | TftpTerms.Slow : n[TftpTerms.Flags] & ~TftpTerms.Slow;
            n[TftpTerms.Looked] = (int)now;
            n[TftpTerms.LookedAt] = n[TftpTerms.Acked];
        }

        return (n[TftpTerms.Flags] & TftpTerms.Slow) != 0;
    }
}
