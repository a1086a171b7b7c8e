using System.Net;

namespace Netboot.Tftp;

/// <summary>
/// What one transfer has to remember: whose it is, where it stands, and what its client asked for and was granted (RFC 2347: only what was
/// asked is answered).
/// </summary>
/// <remarks>
/// Most of it is an array of numbers, not fields: a field takes 12 bytes of the board's heap whatever it is, a number in an array 4. Times
/// are the low 32 bits of the device's clock and compared by their difference.
/// </remarks>
public abstract class TftpTerms
{
    /// <summary>The port of a place that nobody has.</summary>
    internal const int NoPort = -1;

    // The table's own: whose the transfer is, when it began, when its client was last heard, and which state was told last. The port stands
    // first, for it tells most clients apart.
    internal const int Port = 0;
    internal const int Address = 1;
    internal const int Fingerprint = 2;
    internal const int Begun = 3;
    internal const int Heard = 4;
    internal const int Seen = 5;

    internal const int Stage = 6;
    internal const int Flags = 7;
    internal const int BlockSize = 8;
    private protected const int Window = 9;
    private protected const int Timeout = 10;
    private protected const int UsualInterval = 11;
    internal const int Interval = 12;
    private protected const int Tries = 13;
    private protected const int Settles = 14;

    // Block numbers of the whole file: all up to Acked have arrived, Latest is the latest sent, may be sent up to Limit (the window, the
    // end); Highest was ever sent.
    internal const int Acked = 15;
    private protected const int Latest = 16;
    private protected const int Limit = 17;
    private protected const int Highest = 18;

    // Up to here blocks are on their way a second time already: until it is acknowledged, a gap waits for SettleTime.
    private protected const int Recovered = 19;
    internal const int Deadline = 20;

    // When a duplicate ACK is taken for a loss; 0: there is none.
    private protected const int Settled = 21;
    private protected const int WaitingSince = 22;
    private protected const int Length = 23;

    // The short block that ends the file; until a read shows it, a bound that keeps positions within an int.
    private protected const int Last = 24;
    private protected const int Told = 25;

    // Since when its pace is looked at, and what had arrived by then.
    internal const int Looked = 26;
    internal const int LookedAt = 27;
    private protected const int Count = 28;

    // Flags: the first answer is due (again); the source is waited for; Last is known; which options the client asked for; its first block
    // is not sent again by itself; its pace was too slow at the last look; it was acknowledged; an ERROR of its client ended it.
    private protected const int AnswerDue = 1;
    internal const int Waiting = 2;
    private protected const int LastKnown = 4;
    private protected const int BlockSizeAsked = 8;
    private protected const int WindowAsked = 16;
    private protected const int SizeAsked = 32;
    private protected const int Once = 64;
    internal const int Slow = 128;
    internal const int Answered = 256;
    internal const int EndedByIt = 512;

    /// <summary>Its numbers, at the places above.</summary>
    internal readonly int[] Numbers = new int[Count];

    /// <summary>Where its packets go: the very object that the socket gave.</summary>
    internal IPEndPoint Client;

    /// <summary>The name of the file, as far as a log entry keeps it.</summary>
    internal byte[] Name;

    /// <summary>Whether it is under way: the table has seen no end of it.</summary>
    internal bool IsRunning => Numbers[Seen] < (int)TftpState.Done && Numbers[Port] != NoPort;

    // Whether an OACK comes before the first block.
    private protected bool AnyOption => (Numbers[Flags] & (BlockSizeAsked | WindowAsked | SizeAsked)) != 0 || Numbers[Timeout] > 0;

    private protected static int AtMost(int value, int limit) => value < limit ? value : limit;

    // Grants what can be granted: blocks down to what fits an Ethernet frame, the timeout exactly as asked (RFC 2349).
    private protected void Grant(TftpRequest request)
    {
        int[] n = Numbers;
        bool block = request.BlockSize > 0;
        bool window = request.WindowSize > 0;
        n[Flags] = (block ? BlockSizeAsked : 0) | (window ? WindowAsked : 0) | (request.WantsSize ? SizeAsked : 0);
        n[Timeout] = request.Timeout;
        n[BlockSize] = !block ? TftpPackets.DefaultBlockSize : AtMost(request.BlockSize, TftpPackets.LargestGranted);
        n[Window] = !window ? 1 : AtMost(request.WindowSize, TftpPackets.LargestWindow);
        n[UsualInterval] = request.Timeout > 0 ? request.Timeout * 1000 : TftpLimits.FirstInterval;
        n[Interval] = n[UsualInterval];
    }

    // Writes the OACK and gives its length.
    private protected int WriteOptions(byte[] buffer)
    {
        int[] n = Numbers;
        int asked = n[Flags];
        int at = TftpPackets.BeginOptionAck(buffer);
        if ((asked & BlockSizeAsked) != 0)
        {
            at = TftpPackets.WriteOption(buffer, at, TftpPackets.BlockSizeOption, n[BlockSize]);
        }

        if (n[Timeout] > 0)
        {
            at = TftpPackets.WriteOption(buffer, at, TftpPackets.TimeoutOption, n[Timeout]);
        }

        if ((asked & SizeAsked) != 0)
        {
            at = TftpPackets.WriteOption(buffer, at, TftpPackets.SizeOption, n[Length]);
        }

        if ((asked & WindowAsked) != 0)
        {
            at = TftpPackets.WriteOption(buffer, at, TftpPackets.WindowOption, n[Window]);
        }

        return at;
    }
}
