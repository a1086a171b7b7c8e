using Netboot.Bytes;

namespace Netboot.Tftp;

/// <content>The side of the source: opening it, waiting for it, its end and its failures.</content>
public sealed partial class TftpTransfer
{
    /// <summary>Longest wait for the mirror to deliver, in milliseconds: by then every client has given up.</summary>
    public const int LongestSourceWait = 60000;

    private const string SourceStalled = "the mirror stopped sending";
    private const string SourceShort = "the file is shorter than announced";
    private const string SourceFailed = "the file cannot be read";
    private const string SourceTooLarge = "the file is larger than 2 GB";
    private const string SourceMissing = "file not found";

    /// <summary>The file's size in bytes, or -1 while it is not known.</summary>
    public int Size => _n[Length];

    /// <summary>Whether the transfer waits for its source, not for the client.</summary>
    public bool WaitsForSource => (_n[Flags] & Waiting) != 0;

    /// <summary>
    /// The source has nothing now, the board no memory for it: what is due is tried again with the next calls, for a minute.
    /// </summary>
    public void Wait(long now)
    {
        int[] n = _n;
        if ((n[Flags] & Waiting) == 0)
        {
            n[Flags] |= Waiting;
            n[WaitingSince] = (int)now;
        }
        else if ((int)now - n[WaitingSince] >= LongestSourceWait)
        {
            Fail(TftpPackets.SeeMessage, SourceStalled);
        }
    }

    private int Answer(byte[] buffer, long now)
    {
        int[] n = _n;
        int length = _reader.Length;
        if (length == LoaderReader.NotYet)
        {
            // A stream whose size nobody says (HTTP/1.1 chunked) has bytes and still no length: it is served without tsize.
            int got = _reader.Read(0, buffer, TftpPackets.HeaderSize, 1);
            length = _reader.Length;
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
        n[Window] = AtMost(n[Window], _reader.Keeps < n[BlockSize] ? 1 : _reader.Keeps / n[BlockSize]);
        bool optionAck = AnyOption;
        n[Stage] = (int)TftpState.Answering;
        n[Length] = length < 0 ? -1 : length;
        n[Flags] = (n[Flags] & ~(AnswerDue | Waiting)) | (optionAck ? AnswerDue : 0);
        n[Limit] = optionAck ? 0 : 1;
        _reader.Offer();
        return Next(buffer, now);
    }

    // A read that did not fill the block: true when it is the last one.
    private bool Ends(int got, long now)
    {
        if (got < 0)
        {
            Starve(got, now);
            return false;
        }

        int[] n = _n;
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
    private void Starve(int outcome, long now)
    {
        if (_reader.Missing)
        {
            Fail(TftpPackets.FileNotFound, SourceMissing);
        }
        else if (outcome != LoaderReader.NotYet)
        {
            string failure = _reader.Failure;
            Fail(TftpPackets.SeeMessage, failure == null ? SourceFailed : failure);
        }
        else
        {
            Wait(now);
        }
    }

    private void Complete()
    {
        if ((_n[Flags] & LastKnown) != 0)
        {
            _n[Stage] = (int)TftpState.Done;
        }
        else
        {
            Fail(TftpPackets.SeeMessage, SourceTooLarge);
        }
    }
}
