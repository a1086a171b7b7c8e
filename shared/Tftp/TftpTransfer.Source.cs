using Netboot.Boot;
using Netboot.Bytes;

namespace Netboot.Tftp;

/// <content>The side of the source: opening it, waiting for it, its end and its failures.</content>
public sealed partial class TftpTransfer
{
    /// <summary>Longest wait for the mirror to deliver, in milliseconds: by then every client has given up.</summary>
    public const int LongestSourceWait = 60000;

    // Texts are made when something went wrong: kept, they would take 70 bytes of the heap each.
    private static byte[] SourceStalled => Octets.Of("the mirror does not deliver");
    private static byte[] SourceShort => Octets.Of("the file ended before its size");
    private static byte[] SourceFailed => Octets.Of("the file cannot be read");
    private static byte[] SourceTooLarge => Octets.Of("the file is larger than 2 GB");
    private static byte[] SourceMissing => Octets.Of("file not found");

    private bool _waiting;
    private long _waitingSince;
    private int _size;

    // The short block that ends the file; until a read shows it, a bound that keeps positions within an int.
    private int _last;
    private bool _lastKnown;

    /// <summary>The file's size in bytes, or -1 while it is not known.</summary>
    public int Size
    {
        get { return _size; }
    }

    /// <summary>Whether the transfer waits for its source, not for the client.</summary>
    public bool WaitsForSource
    {
        get { return _waiting; }
    }

    /// <summary>Lets go of the file. The state stays as it is.</summary>
    public void Close()
    {
        LoaderReader reader = _reader;
        _reader = null;
        if (reader != null)
        {
            reader.Close();
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Free()
    {
        _state = TftpState.Free;
        _limit = _sent;
        Close();
    }

    private void OpenSource(LoaderReader reader, long now)
    {
        _reader = reader;
        _size = -1;
        _lastKnown = false;
        _last = int.MaxValue / _blockSize;
        _waiting = true;
        _waitingSince = now;
    }

    private int Answer(byte[] buffer, long now)
    {
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

            _terms.RefuseSize();
        }

        bool optionAck = _terms.Any;
        _state = TftpState.Answering;
        _size = length < 0 ? -1 : length;
        _answerDue = optionAck;
        _limit = optionAck ? 0 : 1;
        _waiting = false;
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

        int end = (_sent * _blockSize) + got;
        if (_size >= 0 && end != _size)
        {
            Fail(TftpPackets.SeeMessage, SourceShort);
            return false;
        }

        _size = end;
        _lastKnown = true;
        _last = _sent + 1;
        _limit = _last;
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
            Fail(TftpPackets.SeeMessage, failure == null ? SourceFailed : Octets.Of(failure));
        }
        else if (!_waiting)
        {
            _waiting = true;
            _waitingSince = now;
        }
        else if (now - _waitingSince >= LongestSourceWait)
        {
            Fail(TftpPackets.SeeMessage, SourceStalled);
        }
    }

    private void Complete()
    {
        if (_lastKnown)
        {
            _state = TftpState.Done;
        }
        else
        {
            Fail(TftpPackets.SeeMessage, SourceTooLarge);
        }
    }
}
