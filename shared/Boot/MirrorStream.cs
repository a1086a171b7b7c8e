using System;
using System.Threading;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Logging;

namespace Netboot.Boot;

/// <summary>
/// One file on its way from the mirror, read ahead into a small ring by a thread of its own, so that the loop that serves machines never
/// waits for the mirror. The ring keeps what the machine has not acknowledged: that much can be sent again.
/// </summary>
internal sealed partial class MirrorStream
{
    /// <summary>
    /// How long a stream that was closed at its start stays ready. edk2 asks again at once; longer would serve a file that has changed
    /// meanwhile.
    /// </summary>
    private const int ParkMilliseconds = 3000;

    /// <summary>
    /// Longest wait for more of the file. Longer than machines wait, so that what a machine sees does not depend on it: it frees the thread
    /// of a mirror that has gone.
    /// </summary>
    private const int StallMilliseconds = 60000;

    /// <summary>How long the thread sleeps when the ring is full; a wake-up on the board takes up to 10 ms anyway.</summary>
    private const int FullPauseMilliseconds = 10;

    /// <summary>Bytes that tell a web page from a loader, with some white space before its first tag.</summary>
    private const int TellingBytes = 32;

    private const string NoMemory = "out of memory";

    private const int NotFound = 404;

    private readonly Mirror _mirror;
    private readonly Log _log;
    private readonly object _lock = new object();
    private readonly MirrorRing _ring = new MirrorRing();
    private readonly AutoResetEvent _room = new AutoResetEvent(false);

    private string _url;
    private Fetch _fetch;
    private int _length;
    private int _released;
    private int _received;
    private bool _idle = true;
    private bool _closed = true;
    private long _parkedUntil;

    /// <summary>A stream that waits for its first <see cref="Start"/>.</summary>
    public MirrorStream(Mirror mirror, Log log)
    {
        _mirror = mirror;
        _log = log;
    }

    /// <summary>Why it failed, or null.</summary>
    public string Failure { get; private set; }

    /// <summary>Whether the mirror said 404.</summary>
    public bool Missing { get; private set; }

    /// <summary>What is being fetched.</summary>
    public string Url => _url;

    /// <summary>Whether the thread of the last fetch has ended, so that the stream can be started again.</summary>
    public bool Idle
    {
        get
        {
            lock (_lock)
            {
                return _idle;
            }
        }
    }

    /// <summary>Until when a parked stream stays ready.</summary>
    public long ParkedUntil => _parkedUntil;

    /// <summary>Begins to fetch <paramref name="url"/>. Only when <see cref="Idle"/>.</summary>
    public void Start(string url)
    {
        lock (_lock)
        {
            _url = url;
            _fetch = null;
            _length = LoaderReader.NotYet;
            _released = 0;
            _received = 0;
            _closed = false;
            _parkedUntil = 0;
            _idle = false;
            Failure = null;
            Missing = false;
            Begin();
        }

        try
        {
            _mirror.Launch(Run);
        }
        catch (Exception)
        {
            // A thread takes memory, and there is none: this file fails. First of all its place is free again, for a line of the log takes
            // memory too.
            lock (_lock)
            {
                _idle = true;
            }

            Fail(NoMemory);
        }
    }

    /// <summary>Ends the fetch, whoever reads it; its thread lets go a moment later.</summary>
    public void Close()
    {
        Fetch fetch;
        lock (_lock)
        {
            _turn++;
            _closed = true;
            fetch = _fetch;
        }

        if (fetch != null)
        {
            fetch.Close();
        }

        _room.Set();
    }

    // Who waits for the file also sees to it that nobody waits for ever: see Fetch.Watch.
    private void Watch()
    {
        Fetch fetch = _fetch;
        if (fetch != null)
        {
            fetch.Watch(DeviceClock.Now);
        }
    }

    // The thread.
    private void Run()
    {
        int pieces = 0;
        try
        {
            Fetch fetch = Fetch.Of(_url, _log);
            lock (_lock)
            {
                _fetch = _closed ? null : fetch;
            }

            if (_fetch != null && Opens(fetch))
            {
                pieces = _mirror.TakePieces(_ring);
                int length = (int)fetch.Length;
                if (Begins(fetch, length))
                {
                    lock (_lock)
                    {
                        _length = length;
                        Begin();
                    }

                    Fill(fetch, length);
                }
            }
        }
        catch (OutOfMemoryException)
        {
            Memory.Collect();
            Fail(NoMemory);
        }
        catch (Exception e)
        {
            // A defect, and no reason to end the device: a thread that throws ends without a word on a board, and ends the program on a PC.
            Fail(FaultText.Of(e));
        }
        finally
        {
            End(pieces);
        }
    }

    private void End(int pieces)
    {
        try
        {
            Fetch fetch = _fetch;
            if (fetch != null)
            {
                fetch.Close();
            }

            // What was received stays until the machine has it, or goes.
            while (pieces > 0 && !_closed && _length > 0 && _released < _length)
            {
                if (IsParkedTooLong())
                {
                    break;
                }

                _room.WaitOne(FullPauseMilliseconds, false);
            }
        }
        finally
        {
            // Whatever happened, the place and the pieces are free again.
            lock (_lock)
            {
                _closed = true;
                _fetch = null;
                _ring.Free();
                _idle = true;
            }

            _mirror.GivePieces(pieces);
        }
    }

    private bool Opens(Fetch fetch)
    {
        if (!fetch.Open(_url))
        {
            Fail(Words(fetch));
            return false;
        }

        // Firmware wants a length before it takes a byte, and the file itself.
        if (fetch.HasFile(true))
        {
            return true;
        }

        Missing = fetch.Status == NotFound;
        Fail(Words(fetch));
        return false;
    }

    // The first bytes, before a machine is told that there is a file.
    private bool Begins(Fetch fetch, int length)
    {
        int telling = length < TellingBytes ? length : TellingBytes;
        while (_received < telling)
        {
            if (!Receive(fetch, length, telling))
            {
                return false;
            }
        }

        if (fetch.BeginsAsFile(_ring.Piece(0, out int _), _received, true))
        {
            return true;
        }

        Fail(Words(fetch));
        return false;
    }

    private void Fill(Fetch fetch, int length)
    {
        while (_received < length)
        {
            if (_closed || IsParkedTooLong())
            {
                return;
            }

            int room = _ring.Capacity - (_received - _released);
            if (room == 0)
            {
                _room.WaitOne(FullPauseMilliseconds, false);
            }
            else if (!Receive(fetch, length, _received + room))
            {
                return;
            }
        }
    }

    // Straight into the ring, up to the file's byte at <limit>: only this thread writes, and only behind what may still be read.
    private bool Receive(Fetch fetch, int length, int limit)
    {
        byte[] piece = _ring.Piece(_received, out int at);
        int most = (limit < length ? limit : length) - _received;
        int count = fetch.Read(piece, at, most < piece.Length - at ? most : piece.Length - at, StallMilliseconds);
        if (count <= 0)
        {
            string place = HttpTarget.AuthorityOf(_url) + " stopped after " + _received.ToString() + " of " + length.ToString() + " bytes";
            Fail(count == 0 || fetch.Fault == FetchFault.BrokeOff ? place : place + ": " + Words(fetch));
            return false;
        }

        lock (_lock)
        {
            _received += count;
        }

        return true;
    }

    private bool IsParkedTooLong()
    {
        lock (_lock)
        {
            if (_parkedUntil == 0 || DeviceClock.Now < _parkedUntil)
            {
                return false;
            }

            _closed = true;
            return true;
        }
    }

    private string Words(Fetch fetch)
    {
        var words = new ByteWriter(64, Log.TextCapacity * 2);
        fetch.WriteFault(words, _url);
        return words.ToString();
    }

    private void Fail(string reason)
    {
        bool wanted;
        lock (_lock)
        {
            wanted = !_closed;
            Failure = reason;
            _length = LoaderReader.Failed;
        }

        if (wanted)
        {
            Note(reason);
        }
    }

    private void Note(string reason)
    {
        try
        {
            byte[] text = Octets.Of(_url + ": " + reason);
            _log.Add(Subsystem.Mirror, LogEvent.Note, null, 0, 0, 0, 0, text, 0, text.Length);
        }
        catch (OutOfMemoryException)
        {
            // The machine is told all the same; this takes less.
            Memory.Collect();
            _log.Add(Subsystem.Mirror, LogEvent.Note, 0, NoMemory);
        }
    }
}
