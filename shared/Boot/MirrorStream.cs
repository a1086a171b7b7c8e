using System;
using System.Threading;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;

namespace Netboot.Boot;

/// <summary>
/// One file on its way from the mirror, read ahead into a small ring by a thread of its own, so that the loop that serves machines never waits
/// for the mirror. The ring keeps what the machine has not acknowledged: that much can be sent again.
/// </summary>
internal sealed class MirrorStream
{
    /// <summary>
    /// How long a stream that was closed at its start stays ready. edk2 asks again at once; longer would serve a file that has changed meanwhile.
    /// </summary>
    private const int ParkMilliseconds = 3000;

    /// <summary>
    /// Longest wait for more of the file. Longer than machines wait, so that what a machine sees does not depend on it: it frees the thread of a mirror that
    /// has gone.
    /// </summary>
    private const int StallMilliseconds = 60000;

    /// <summary>How long the thread sleeps when the ring is full; a wake-up on the board takes up to 10 ms anyway.</summary>
    private const int FullPauseMilliseconds = 10;

    /// <summary>
    /// Bytes in a millisecond that a machine must take to keep a stream that others wait for. A machine that loads alone takes ten times as many and more.
    /// </summary>
    private const int LeastRate = 16;

    /// <summary>Milliseconds in which it may take none: a lost block or acknowledgement costs a second or two.</summary>
    private const int MostCredit = 2000;

    /// <summary>Bytes that tell a web page from a loader, with some white space before its first tag.</summary>
    private const int TellingBytes = 32;

    private const string WebPage = "the mirror sent a web page, not the file";

    private const int Ok = 200;
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

    // Until when what the machine took keeps the stream for it.
    private long _keeps;

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
    public string Url
    {
        get { return _url; }
    }

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
    public long ParkedUntil
    {
        get { return _parkedUntil; }
    }

    /// <summary>Size in bytes, <see cref="LoaderReader.NotYet"/> or <see cref="LoaderReader.Failed"/>.</summary>
    public int Length
    {
        get
        {
            // Read once: the thread may learn it in between.
            int length = _length;
            if (length == LoaderReader.NotYet)
            {
                Watch();
            }

            return length;
        }
    }

    /// <summary>See <see cref="LoaderReader.Keeps"/>.</summary>
    public int Keeps
    {
        get { return _ring.Capacity; }
    }

    /// <summary>Keeps a stream that nothing was taken from for a moment; gives false when it is past its start.</summary>
    public bool Park()
    {
        lock (_lock)
        {
            if (_released != 0 || _length == LoaderReader.Failed || _closed)
            {
                return false;
            }

            _parkedUntil = Environment.TickCount64 + ParkMilliseconds;
            return true;
        }
    }

    /// <summary>Takes a parked stream into use again; gives false when its time is over or it has failed meanwhile.</summary>
    public bool Unpark()
    {
        lock (_lock)
        {
            // The thread decides by the same clock under the same lock: what is taken into use is still being filled, or full.
            if (_closed || _length == LoaderReader.Failed || Environment.TickCount64 >= _parkedUntil)
            {
                return false;
            }

            _parkedUntil = 0;
            _keeps = Environment.TickCount64 + MostCredit;
            return true;
        }
    }

    /// <summary>Whether its machine takes so little of what is there that it gives way when others wait.</summary>
    public bool Crawls(long now)
    {
        lock (_lock)
        {
            return _length > 0 && !_closed && now >= _keeps;
        }
    }

    /// <summary>Takes it from the machine that reads it, which sees why when it reads on.</summary>
    public void GiveUp()
    {
        Fail("the machine took it too slowly, and others wait");
        Close();
    }

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
        }

        try
        {
            new Thread(Run).Start();
        }
        catch (Exception)
        {
            // A thread takes memory, and there is none: this file fails, its place is free again.
            Fail("out of memory");
            _idle = true;
        }
    }

    /// <summary>Ends the fetch; its thread lets go a moment later.</summary>
    public void Close()
    {
        Fetch fetch;
        lock (_lock)
        {
            _closed = true;
            fetch = _fetch;
        }

        if (fetch != null)
        {
            fetch.Close();
        }

        _room.Set();
    }

    /// <summary>See <see cref="LoaderReader.Read"/>.</summary>
    public int Read(int position, byte[] buffer, int offset, int count)
    {
        lock (_lock)
        {
            if (_length < 0)
            {
                return Length;
            }

            if (_ring.Capacity == 0)
            {
                return LoaderReader.Failed;
            }

            if (position < _released)
            {
                return LoaderReader.Failed;
            }

            int left = _length - position;
            if (count > left)
            {
                count = left;
            }

            if (position + count > _received)
            {
                // It is the mirror that is slow.
                _keeps = Environment.TickCount64 + MostCredit;
                return LoaderReader.NotYet;
            }

            _ring.Copy(position, buffer, offset, count);
            return count;
        }
    }

    /// <summary>See <see cref="LoaderReader.Release"/>.</summary>
    public void Release(int position)
    {
        lock (_lock)
        {
            if (position > _released)
            {
                long now = Environment.TickCount64;
                long keeps = (_keeps > now ? _keeps : now) + ((position - _released) / LeastRate);
                _keeps = keeps < now + MostCredit ? keeps : now + MostCredit;
                _released = position < _received ? position : _received;
            }
        }

        _room.Set();
    }

    // Who waits for the file also sees to it that nobody waits for ever: see Fetch.Watch.
    private void Watch()
    {
        Fetch fetch = _fetch;
        if (fetch != null)
        {
            fetch.Watch(Environment.TickCount64);
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
                        _keeps = Environment.TickCount64 + MostCredit;
                    }

                    Fill(fetch, length);
                }
            }
        }
        catch (OutOfMemoryException)
        {
            Memory.Collect();
            Fail("out of memory");
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

        lock (_lock)
        {
            _closed = true;
            _fetch = null;
            _ring.Free();
            _idle = true;
        }

        _mirror.GivePieces(pieces);
    }

    private bool Opens(Fetch fetch)
    {
        if (!fetch.Open(_url))
        {
            Fail(Words(fetch));
            return false;
        }

        string fault = Unusable(fetch);
        if (fault != null)
        {
            Missing = fetch.Status == NotFound;
            Fail(fault);
        }

        return fault == null;
    }

    // Firmware wants a length before it takes a byte, and the file itself.
    private static string Unusable(Fetch fetch)
    {
        if (fetch.Status != Ok)
        {
            return "mirror answered " + fetch.Status.ToString();
        }

        if (fetch.IsEncoded)
        {
            return "the mirror sends it compressed (Content-Encoding), which no firmware reads";
        }

        if (fetch.IsHtml)
        {
            return WebPage;
        }

        return fetch.Length == 0 ? "the file is empty" : fetch.Length < 0 ? "mirror gives no length" : fetch.Length > int.MaxValue ? "the file is larger than 2 GB" : null;
    }

    // The first bytes, before a machine is told that there is a file: a web server's login page comes with status 200, and not always with its type.
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

        if (Fetch.IsPage(_ring.Piece(0, out int _), _received))
        {
            Fail(WebPage);
            return false;
        }

        return true;
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
            string place = "mirror broke off after " + _received.ToString() + " of " + length.ToString() + " bytes";
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
            if (_parkedUntil == 0 || Environment.TickCount64 < _parkedUntil)
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
        byte[] text = Octets.Of(_url + ": " + reason);
        _log.Add(Subsystem.Mirror, LogEvent.Note, null, 0, 0, 0, 0, text, 0, text.Length);
    }
}
