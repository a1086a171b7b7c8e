using System;
using System.Threading;
using Netboot.Bytes;

namespace Netboot.Boot;

/// <summary>
/// One file on its way from the mirror, read ahead into a small ring by a thread of its own (<see cref="MirrorFill"/>), so that the loop
/// that serves machines never waits for the mirror. The ring keeps what the machine has not acknowledged: that much can be sent again.
/// A number says whose it is: a reader that lost it to another has an older one.
/// </summary>
internal sealed class MirrorStream
{
    /// <summary>What a reader gets that has had to give way to another.</summary>
    internal const int Lost = -3;

    /// <summary>
    /// How long a stream that was closed at its start stays ready. edk2 asks again at once; longer would serve a file that has changed
    /// meanwhile.
    /// </summary>
    private const int ParkMilliseconds = 3000;

    /// <summary>How long the thread sleeps when the ring is full; a wake-up on the board takes up to 10 ms anyway.</summary>
    private const int FullPauseMilliseconds = 10;

    /// <summary>What was received and not let go of.</summary>
    internal readonly MirrorRing Ring = new MirrorRing();

    /// <summary>Guards all that its readers and its thread share.</summary>
    internal readonly object Lock = new object();

    /// <summary>The fetch that fills it, or did so last; null before the first.</summary>
    internal MirrorFill Fill;

    /// <summary>Until when a parked stream stays ready; 0: it is not parked.</summary>
    internal long ParkedUntil;

    /// <summary>Whose it is now.</summary>
    internal int Turn;

    private readonly Mirror _mirror;
    private readonly MirrorPace _pace = new MirrorPace();
    private readonly AutoResetEvent _room = new AutoResetEvent(false);

    private int _released;
    private bool _idle = true;

    /// <summary>A stream that waits for its first <see cref="Start"/>.</summary>
    internal MirrorStream(Mirror mirror)
    {
        _mirror = mirror;
    }

    /// <summary>Whether the thread of the last fetch has ended, so that the stream can be started again.</summary>
    internal bool Idle
    {
        get
        {
            lock (Lock)
            {
                return _idle;
            }
        }
    }

    /// <summary>Begins to fetch <paramref name="url"/>. Only when <see cref="Idle"/>.</summary>
    internal void Start(string url)
    {
        var fill = new MirrorFill(_mirror, this, url);
        lock (Lock)
        {
            Fill = fill;
            _released = 0;
            _idle = false;
            ParkedUntil = 0;
            _pace.Begin(DeviceClock.Now);
        }

        try
        {
            _mirror.Launch(fill.Run);
        }
        catch (Exception)
        {
            // A thread takes memory, and there is none: this file fails. First of all its place is free again, for a line of the log takes
            // memory too.
            lock (Lock)
            {
                _idle = true;
            }

            fill.Fail(Mirror.NoMemory, false);
        }
    }

    /// <summary>Ends the fetch, whoever reads it; its thread lets go a moment later.</summary>
    internal void Close()
    {
        lock (Lock)
        {
            Turn++;
        }

        Fill.Close();
        _room.Set();
    }

    /// <summary>Size in bytes, <see cref="LoaderReader.NotYet"/>, <see cref="LoaderReader.Failed"/> or <see cref="Lost"/>.</summary>
    internal int Length(int turn)
    {
        Fill.Watch();
        lock (Lock)
        {
            return turn == Turn ? Fill.Length : Lost;
        }
    }

    /// <summary>See <see cref="LoaderReader.Read"/>.</summary>
    internal int Read(int turn, int position, byte[] buffer, int offset, int count)
    {
        Fill.Watch();
        lock (Lock)
        {
            if (turn != Turn)
            {
                return Lost;
            }

            int length = Fill.Length;
            if (length < 0)
            {
                return length;
            }

            // TFTP ends a file of whole blocks with an empty one, and sends it again when it is lost: by then the fetch may be over.
            if (position >= length)
            {
                return 0;
            }

            if (Ring.Capacity == 0 || position < _released)
            {
                return LoaderReader.Failed;
            }

            count = count < length - position ? count : length - position;
            if (position + count > Fill.Received)
            {
                _pace.Starve(DeviceClock.Now);
                return LoaderReader.NotYet;
            }

            _pace.Feed(DeviceClock.Now);
            Ring.Copy(position, buffer, offset, count);
            return count;
        }
    }

    /// <summary>See <see cref="LoaderReader.Release"/>; false when it is another's.</summary>
    internal bool Release(int turn, int position)
    {
        lock (Lock)
        {
            if (turn != Turn)
            {
                return false;
            }

            _pace.Offer(0);
            if (position > _released)
            {
                _released = position < Fill.Received ? position : Fill.Received;
            }
        }

        _room.Set();
        return true;
    }

    /// <summary>See <see cref="LoaderReader.Offer"/>.</summary>
    internal void Offer(int turn)
    {
        lock (Lock)
        {
            if (turn == Turn)
            {
                _pace.Offer(DeviceClock.Now);
            }
        }
    }

    /// <summary>For somebody who waits: whether its reader keeps it without using it.</summary>
    internal bool IsHeldUp(long now)
    {
        lock (Lock)
        {
            return !Fill.Closed && Fill.Length >= 0 && _pace.IsHeldUp(_released, now);
        }
    }

    /// <summary>
    /// Takes it from a reader that let go of nothing yet, for another that wants the same file; false when that cannot be.
    /// </summary>
    internal bool Pass(string url)
    {
        lock (Lock)
        {
            if (Fill.Closed || _released != 0 || Fill.Url != url)
            {
                return false;
            }

            Turn++;
            _pace.Begin(DeviceClock.Now);
            return true;
        }
    }

    /// <summary>Keeps a stream that nothing was taken from for a moment; gives false when it is past its start.</summary>
    internal bool Park()
    {
        lock (Lock)
        {
            if (_released != 0 || Fill.Length == LoaderReader.Failed || Fill.Closed)
            {
                return false;
            }

            ParkedUntil = DeviceClock.Now + ParkMilliseconds;
            return true;
        }
    }

    /// <summary>Takes a parked stream into use again; gives false when its time is over or it has failed meanwhile.</summary>
    internal bool Unpark()
    {
        lock (Lock)
        {
            // The thread decides by the same clock under the same lock: what is taken into use is still being filled, or full.
            if (Fill.Closed || Fill.Length == LoaderReader.Failed || DeviceClock.Now >= ParkedUntil)
            {
                return false;
            }

            ParkedUntil = 0;
            _pace.Begin(DeviceClock.Now);
            return true;
        }
    }

    /// <summary>For its thread: the file is there, and has so many bytes.</summary>
    internal void Ready(int length)
    {
        lock (Lock)
        {
            Fill.Length = length;
            _pace.Begin(DeviceClock.Now);
        }
    }

    /// <summary>For its thread: bytes that the ring has room for, 0 after a short wait for some, -1 when nobody wants more.</summary>
    internal int Room()
    {
        if (Fill.Closed || IsParkedTooLong())
        {
            return -1;
        }

        int room = Ring.Capacity - (Fill.Received - _released);
        if (room == 0)
        {
            _room.WaitOne(FullPauseMilliseconds, false);
        }

        return room;
    }

    /// <summary>For its thread: what was received stays until the machine has it, or goes.</summary>
    internal void WaitForReader()
    {
        while (!Fill.Closed && _released < Fill.Length && !IsParkedTooLong())
        {
            _room.WaitOne(FullPauseMilliseconds, false);
        }
    }

    /// <summary>For its thread: it ends, and the stream can be started again.</summary>
    internal void Free()
    {
        lock (Lock)
        {
            Fill.Closed = true;
            Ring.Free();
            _idle = true;
        }
    }

    private bool IsParkedTooLong()
    {
        lock (Lock)
        {
            if (ParkedUntil == 0 || DeviceClock.Now < ParkedUntil)
            {
                return false;
            }

            Fill.Closed = true;
            return true;
        }
    }
}
