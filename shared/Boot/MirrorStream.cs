using System;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using Netboot.Bytes;
using Netboot.Journal;

namespace Netboot.Boot;

/// <summary>
/// One file on its way from the mirror, read ahead into a small ring by a thread of its own, so that the loop that serves machines never waits
/// for the mirror. The ring keeps what the machine has not acknowledged: that much can be sent again.
/// </summary>
internal sealed class MirrorStream
{
    /// <summary>
    /// Bytes of the ring. A window of four blocks of 1,468 bytes has to stay until it is acknowledged; the rest is read ahead meanwhile.
    /// </summary>
    public const int Capacity = 8192;

    /// <summary>Longest wait for the mirror to answer: a disk that has to spin up is in, a machine's own patience (edk2: 10 s) is not exceeded.</summary>
    private const int AnswerSeconds = 10;

    /// <summary>How long the thread sleeps when the ring is full; a wake-up on the board takes up to 10 ms anyway.</summary>
    private const int FullPauseMilliseconds = 10;

    /// <summary>
    /// How long a stream that was closed at its start stays ready. edk2 asks again at once; longer would serve a file that has changed meanwhile.
    /// </summary>
    private const int ParkMilliseconds = 3000;

    private const int NotFound = 404;
    private const int Ok = 200;

    private readonly object _lock = new object();
    private readonly byte[] _ring = new byte[Capacity];
    private readonly AutoResetEvent _room = new AutoResetEvent(false);
    private readonly Log _log;

    private string _url;
    private int _length;
    private int _released;
    private int _received;
    private bool _closed;
    private long _parkedUntil;
    private HttpClient _client;

    /// <summary>A stream that waits for its first <see cref="Start"/>.</summary>
    public MirrorStream(Log log)
    {
        _log = log;
        _closed = true;
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

    /// <summary>Whether it was parked a moment ago and a new reader can begin at its start.</summary>
    public bool Reusable
    {
        get { return !_closed && _length != LoaderReader.Failed && Environment.TickCount64 < _parkedUntil; }
    }

    /// <summary>Whether the thread of the last fetch has ended, so that the stream can be started again.</summary>
    public bool Idle { get; private set; } = true;

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

    /// <summary>Takes a parked stream into use again.</summary>
    public void Unpark()
    {
        lock (_lock)
        {
            _parkedUntil = 0;
        }
    }

    /// <summary>Begins to fetch <paramref name="url"/>. Only when <see cref="Idle"/>.</summary>
    public void Start(string url)
    {
        _url = url;
        _length = LoaderReader.NotYet;
        _released = 0;
        _received = 0;
        _closed = false;
        _parkedUntil = 0;
        Failure = null;
        Missing = false;
        Idle = false;
        new Thread(Fetch).Start();
    }

    /// <summary>See <see cref="LoaderReader.Read"/>.</summary>
    public int Read(int position, byte[] buffer, int offset, int count)
    {
        lock (_lock)
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
        lock (_lock)
        {
            if (position > _released)
            {
                _released = position;
            }
        }

        _room.Set();
    }

    /// <summary>Ends the fetch. The thread notices at its next turn, or when the mirror next answers.</summary>
    public void Close()
    {
        HttpClient client;
        lock (_lock)
        {
            _closed = true;
            client = _client;
        }

        _room.Set();
        if (client != null)
        {
            // Frees a thread that waits in a read for a mirror that has gone quiet.
            client.Dispose();
        }
    }

    private void Fetch()
    {
        try
        {
            FetchWhole();
        }
        catch (Exception e)
        {
            // Whatever the library throws (refused, reset, timed out, disposed by Close): this file fails, the device goes on.
            var socket = e as SocketException;
            Fail("mirror unreachable: " + (socket == null ? e.Message : "socket error " + socket.ErrorCode.ToString()));
        }
        finally
        {
            lock (_lock)
            {
                _client = null;
            }

            Idle = true;
        }
    }

    private void FetchWhole()
    {
        using (var client = new HttpClient())
        {
            client.Timeout = TimeSpan.FromTicks(AnswerSeconds * TimeSpan.TicksPerSecond);
            lock (_lock)
            {
                if (_closed)
                {
                    return;
                }

                _client = client;
            }

            using (var request = new HttpRequestMessage(HttpMethod.Get, _url))
            using (HttpResponseMessage response = client.Send(request, HttpCompletionOption.ResponseHeadersRead))
            {
                int status = (int)response.StatusCode;
                if (status != Ok)
                {
                    Missing = status == NotFound;
                    Fail("mirror answered " + status.ToString());
                    return;
                }

                long length = (long)response.Content.Headers.ContentLength;
                if (length <= 0 || length > int.MaxValue)
                {
                    Fail("mirror gives no length");
                    return;
                }

                lock (_lock)
                {
                    _length = (int)length;
                }

                using (Stream stream = response.Content.ReadAsStream())
                {
                    Fill(stream, (int)length);
                }
            }
        }
    }

    private void Fill(Stream stream, int length)
    {
        while (_received < length)
        {
            int room;
            lock (_lock)
            {
                if (_closed || (_parkedUntil != 0 && Environment.TickCount64 > _parkedUntil))
                {
                    return;
                }

                room = Capacity - (_received - _released);
            }

            if (room == 0)
            {
                _room.WaitOne(FullPauseMilliseconds, false);
                continue;
            }

            // Straight into the ring: only this thread writes, and only behind what may still be read.
            int at = _received % Capacity;
            int most = Capacity - at < room ? Capacity - at : room;
            if (most > length - _received)
            {
                most = length - _received;
            }

            int count = stream.Read(_ring, at, most);
            if (count <= 0)
            {
                Fail("mirror broke off after " + _received.ToString() + " of " + length.ToString() + " bytes");
                return;
            }

            lock (_lock)
            {
                _received += count;
            }
        }
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
            byte[] text = Octets.Of(_url + ": " + reason);
            _log.Add(Subsystem.Mirror, LogEvent.Note, null, 0, 0, 0, 0, text, 0, text.Length);
        }
    }
}
