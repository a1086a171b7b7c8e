using System;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Logging;

namespace Netboot.Boot;

/// <summary>One fetch of a file from the mirror into the ring of a stream, on a thread of its own.</summary>
internal sealed class MirrorFill
{
    /// <summary>
    /// Longest wait for more of the file. Longer than machines wait, so that what a machine sees does not depend on it: it frees the thread
    /// of a mirror that has gone.
    /// </summary>
    private const int StallMilliseconds = 60000;

    /// <summary>Bytes that tell a web page from a loader, with some white space before its first tag.</summary>
    private const int TellingBytes = 32;

    private const int NotFound = 404;

    /// <summary>What is fetched.</summary>
    internal readonly string Url;

    /// <summary>Size in bytes, <see cref="LoaderReader.NotYet"/> or <see cref="LoaderReader.Failed"/>.</summary>
    internal int Length = LoaderReader.NotYet;

    /// <summary>Bytes of the file that have come.</summary>
    internal int Received;

    /// <summary>Why it failed, or null.</summary>
    internal string Failure;

    /// <summary>Whether the mirror said 404.</summary>
    internal bool Missing;

    /// <summary>Whether nobody wants it any more.</summary>
    internal bool Closed;

    private readonly Mirror _mirror;
    private readonly MirrorStream _stream;
    private Fetch _fetch;

    internal MirrorFill(Mirror mirror, MirrorStream stream, string url)
    {
        _mirror = mirror;
        _stream = stream;
        Url = url;
    }

    /// <summary>The thread.</summary>
    internal void Run()
    {
        int pieces = 0;
        try
        {
            Fetch fetch = Fetch.Of(Url, _mirror.Log);
            lock (_stream.Lock)
            {
                _fetch = Closed ? null : fetch;
            }

            if (_fetch != null && Opens(fetch))
            {
                pieces = _mirror.TakePieces(_stream.Ring);
                int length = (int)fetch.Length;
                if (Begins(fetch, length))
                {
                    _stream.Ready(length);
                    Fill(fetch, length);
                }
            }
        }
        catch (OutOfMemoryException)
        {
            Memory.Collect();
            Fail(Mirror.NoMemory, false);
        }
        catch (Exception e)
        {
            // A defect, and no reason to end the device: a thread that throws ends without a word on a board, and ends the program on a PC.
            Fail(FaultText.Of(e), false);
        }
        finally
        {
            End(pieces);
        }
    }

    /// <summary>Ends it; its thread lets go a moment later.</summary>
    internal void Close()
    {
        Fetch fetch;
        lock (_stream.Lock)
        {
            Closed = true;
            fetch = _fetch;
        }

        if (fetch != null)
        {
            fetch.Close();
        }
    }

    /// <summary>Who waits for the file also sees to it that nobody waits for ever: see <see cref="Fetch.Watch"/>.</summary>
    internal void Watch()
    {
        Fetch fetch = _fetch;
        if (Length == LoaderReader.NotYet && fetch != null)
        {
            fetch.Watch(DeviceClock.Now);
        }
    }

    /// <summary>It failed; <paramref name="missing"/>: there is no such file.</summary>
    internal void Fail(string reason, bool missing)
    {
        bool wanted;
        lock (_stream.Lock)
        {
            wanted = !Closed;
            Failure = reason;
            Missing = missing;
            Length = LoaderReader.Failed;
        }

        if (wanted)
        {
            _mirror.Note(Url, reason);
        }
    }

    private bool Opens(Fetch fetch)
    {
        // Firmware wants a length before it takes a byte, and the file itself.
        if (fetch.Open(Url) && fetch.HasFile(true))
        {
            return true;
        }

        Fail(Words(fetch), fetch.Fault == FetchFault.Status && fetch.Status == NotFound);
        return false;
    }

    // The first bytes, before a machine is told that there is a file.
    private bool Begins(Fetch fetch, int length)
    {
        int telling = length < TellingBytes ? length : TellingBytes;
        while (Received < telling)
        {
            if (!Receive(fetch, length, telling - Received))
            {
                return false;
            }
        }

        if (fetch.BeginsAsFile(_stream.Ring.Piece(0, out int _), Received, true))
        {
            return true;
        }

        Fail(Words(fetch), false);
        return false;
    }

    private void Fill(Fetch fetch, int length)
    {
        while (Received < length)
        {
            int room = _stream.Room();
            if (room < 0 || (room > 0 && !Receive(fetch, length, room)))
            {
                return;
            }
        }
    }

    // Straight into the ring, at most so many bytes: only this thread writes, and only behind what may still be read.
    private bool Receive(Fetch fetch, int length, int most)
    {
        byte[] piece = _stream.Ring.Piece(Received, out int at);
        most = most < length - Received ? most : length - Received;
        int count = fetch.Read(piece, at, most < piece.Length - at ? most : piece.Length - at, StallMilliseconds);
        if (count > 0)
        {
            lock (_stream.Lock)
            {
                Received += count;
            }

            return true;
        }

        string place = HttpTarget.AuthorityOf(Url) + " stopped after " + Received.ToString() + " of " + length.ToString() + " bytes";
        Fail(count == 0 || fetch.Fault == FetchFault.BrokeOff ? place : place + ": " + Words(fetch), false);
        return false;
    }

    private void End(int pieces)
    {
        try
        {
            CloseFetch();
            _stream.WaitForReader();
        }
        finally
        {
            // Whatever happened, the place and the pieces are free again.
            _fetch = null;
            _stream.Free();
            _mirror.GivePieces(pieces);
        }
    }

    // What came is there all the same.
    private void CloseFetch()
    {
        try
        {
            Fetch fetch = _fetch;
            if (fetch != null)
            {
                fetch.Close();
            }
        }
        catch (Exception e)
        {
            _mirror.Note(Url, FaultText.Of(e));
        }
    }

    private string Words(Fetch fetch)
    {
        var words = new ByteWriter(64, Log.TextCapacity * 2);
        fetch.WriteFault(words, Url);
        return words.ToString();
    }
}
