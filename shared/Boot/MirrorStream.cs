using System;
using System.Threading;
using Netboot.Journal;

namespace Netboot.Boot;

/// <summary>
/// One file on its way from the mirror, read ahead into a small ring by a thread of its own, so that the loop that serves machines never waits
/// for the mirror. The ring keeps what the machine has not acknowledged: that much can be sent again. The fetching is in MirrorStream.Fetch.cs.
/// </summary>
internal sealed partial class MirrorStream : MirrorFetch
{
    /// <summary>
    /// Bytes of the ring. A window of four blocks of 1,468 bytes has to stay until it is acknowledged; the rest is read ahead meanwhile.
    /// </summary>
    public const int Capacity = 8192;

    /// <summary>
    /// How long a stream that was closed at its start stays ready. edk2 asks again at once; longer would serve a file that has changed meanwhile.
    /// </summary>
    private const int ParkMilliseconds = 3000;

    private readonly byte[] _ring = new byte[Capacity];
    private readonly AutoResetEvent _room = new AutoResetEvent(false);
    private readonly Log _log;

    private string _url;
    private int _length;
    private int _released;
    private int _received;
    private bool _idle = true;
    private long _parkedUntil;

    /// <summary>A stream that waits for its first <see cref="Start"/>.</summary>
    public MirrorStream(Log log)
    {
        _log = log;
        Closed = true;
    }

    /// <summary>Size in bytes, <see cref="LoaderReader.NotYet"/> or <see cref="LoaderReader.Failed"/>.</summary>
    public int Length
    {
        get { return _length; }
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
            lock (Lock)
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

    /// <summary>Keeps a stream that nothing was taken from for a moment; gives false when it is past its start.</summary>
    public bool Park()
    {
        lock (Lock)
        {
            if (_released != 0 || _length == LoaderReader.Failed || Closed)
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
        lock (Lock)
        {
            // The thread decides by the same clock under the same lock: what is taken into use is still being filled, or full.
            if (Closed || _length == LoaderReader.Failed || Environment.TickCount64 >= _parkedUntil)
            {
                return false;
            }

            _parkedUntil = 0;
            return true;
        }
    }

    /// <summary>Begins to fetch <paramref name="url"/>. Only when <see cref="Idle"/>.</summary>
    public void Start(string url)
    {
        lock (Lock)
        {
            _url = url;
            _length = LoaderReader.NotYet;
            _released = 0;
            _received = 0;
            Closed = false;
            _parkedUntil = 0;
            _idle = false;
            Failure = null;
            Missing = false;
        }

        new Thread(Fetch).Start();
    }

    /// <summary>See <see cref="LoaderReader.Read"/>.</summary>
    public int Read(int position, byte[] buffer, int offset, int count)
    {
        lock (Lock)
        {
            if (_length < 0)
            {
                return _length;
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
                return LoaderReader.NotYet;
            }

            int from = position % Capacity;
            int first = Capacity - from < count ? Capacity - from : count;
            Array.Copy(_ring, from, buffer, offset, first);
            Array.Copy(_ring, 0, buffer, offset + first, count - first);
            return count;
        }
    }

    /// <summary>See <see cref="LoaderReader.Release"/>.</summary>
    public void Release(int position)
    {
        lock (Lock)
        {
            if (position > _released)
            {
                _released = position < _received ? position : _received;
            }
        }

        _room.Set();
    }
}
