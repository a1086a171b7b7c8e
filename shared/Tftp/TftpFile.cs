using Netboot.Bytes;

namespace Netboot.Tftp;

/// <summary>The file of a transfer: its size, the wait for it, its end, and every other way a transfer can end.</summary>
public abstract class TftpFile : TftpTerms
{
    /// <summary><see cref="ErrorCode"/> when the client is told nothing.</summary>
    public const int NoError = -1;

    private const string SourceStalled = "the mirror stopped sending";
    private const string SourceShort = "the file is shorter than announced";
    private const string SourceFailed = "the file cannot be read";
    private const string SourceTooLarge = "the file is larger than 2 GB";
    private const string SourceMissing = "file not found";

    /// <summary>The file, null once it is closed.</summary>
    internal LoaderReader Reader;

    /// <summary>Where the transfer stands.</summary>
    public TftpState State => (TftpState)Numbers[Stage];

    /// <summary>When it failed: the error to tell the client, or <see cref="NoError"/>.</summary>
    public int ErrorCode => Numbers[Told];

    /// <summary>The file's size in bytes, or -1 while it is not known.</summary>
    public int Size => Numbers[Length];

    /// <summary>Whether the transfer waits for its source, not for the client.</summary>
    public bool WaitsForSource => (Numbers[Flags] & Waiting) != 0;

    /// <summary>Milliseconds since the last packet was sent.</summary>
    internal int SinceSent(long now) => (int)now - (Numbers[Deadline] - Numbers[Interval]);

    /// <summary>When it failed: why, in plain words.</summary>
    public string Reason;

    /// <summary>
    /// The source has nothing now, the board no memory for it: what is due is tried again with the next calls, for a minute.
    /// </summary>
    public void Wait(long now)
    {
        int[] n = Numbers;
        if ((n[Flags] & Waiting) == 0)
        {
            n[Flags] |= Waiting;
            n[WaitingSince] = (int)now;
        }
        else if ((int)now - n[WaitingSince] >= TftpLimits.LongestSourceWait)
        {
            Fail(TftpPackets.SeeMessage, SourceStalled);
        }
    }

    /// <summary>
    /// The client sent an ERROR. Before its first ACK that is no failure: edk2 asks once for the size only and then says ERROR 8.
    /// </summary>
    public void EndedByClient(string message)
    {
        if (State == TftpState.Sending)
        {
            Numbers[Flags] |= EndedByIt;
            Fail(NoError, message);
        }
        else if (State < TftpState.Done)
        {
            End(TftpState.Declined);
        }
    }

    /// <summary>
    /// Ends the transfer early. The client is to be told <paramref name="errorCode"/> and the reason, unless it is <see cref="NoError"/>.
    /// </summary>
    public void Fail(int errorCode, string reason)
    {
        End(TftpState.Failed);
        Numbers[Told] = errorCode;
        Reason = reason;
    }

    // Nothing more is sent.
    private void End(TftpState state)
    {
        Numbers[Stage] = (int)state;
        Numbers[Limit] = Numbers[Latest];
    }

    // A read that did not fill the block: true when it is the last one.
    private protected bool Ends(int got, long now)
    {
        if (got < 0)
        {
            Starve(got, now);
            return false;
        }

        int[] n = Numbers;
        int end = (n[Latest] * n[BlockSize]) + got;
        if (n[Length] >= 0 && end != n[Length])
        {
            Fail(TftpPackets.SeeMessage, SourceShort);
            return false;
        }

        n[Length] = end;
        n[Flags] |= LastKnown;
        n[Last] = n[Latest] + 1;
        n[Limit] = n[Last];
        return true;
    }

    // The source gave nothing: wait for it, or end when it has failed. There is no sending again meanwhile: the window stays where it is.
    private protected void Starve(int outcome, long now)
    {
        if (Reader.Missing)
        {
            Fail(TftpPackets.FileNotFound, SourceMissing);
        }
        else if (outcome == LoaderReader.NotYet)
        {
            Wait(now);
        }
        else
        {
            Fail(TftpPackets.SeeMessage, Reader.Failure ?? SourceFailed);
        }
    }

    private protected void Complete()
    {
        if ((Numbers[Flags] & LastKnown) != 0)
        {
            Numbers[Stage] = (int)TftpState.Done;
        }
        else
        {
            Fail(TftpPackets.SeeMessage, SourceTooLarge);
        }
    }
}
