using System;
using Netboot.Bytes;

namespace Netboot.Boot;

/// <content>Its reader: from one to the next, and when it has to give way.</content>
internal sealed partial class MirrorStream
{
    /// <summary>What a reader gets that has had to give way to another.</summary>
    internal const int Lost = -3;

    /// <summary>
    /// Who was told that the file is there and does not answer for so long, gives way to who waits: his address may be made up. Firmware on
    /// a LAN answers within some milliseconds, and is served again when it answers later.
    /// </summary>
    private const int UnheardMilliseconds = 30;

    /// <summary>Time in which a reader's pace is measured.</summary>
    private const int PaceMilliseconds = 3000;

    /// <summary>
    /// Who takes less bytes in a millisecond, though they are there, gives way to who waits: 4,000 in a second. Firmware takes 300,000 from
    /// a board that streams.
    /// </summary>
    private const int LeastPace = 4;

    // Whose it is: a reader that lost it has an older number.
    private int _turn;

    // When its reader was asked to take the file (0: it answered), since when its pace is looked at and from which byte on, since when it
    // waits for the mirror.
    private long _offered;
    private long _looked;
    private int _lookedAt;
    private long _starved;
    private bool _slow;

    /// <summary>Whose it is now.</summary>
    public int Turn => _turn;

    /// <summary>Size in bytes, <see cref="LoaderReader.NotYet"/>, <see cref="LoaderReader.Failed"/> or <see cref="Lost"/>.</summary>
    public int Length(int turn)
    {
        int length;
        lock (_lock)
        {
            length = turn == _turn ? _length : Lost;
        }

        if (length == LoaderReader.NotYet)
        {
            Watch();
        }

        return length;
    }

    /// <summary>See <see cref="LoaderReader.Keeps"/>.</summary>
    public int Keeps => _ring.Capacity;

    /// <summary>Keeps a stream that nothing was taken from for a moment; gives false when it is past its start.</summary>
    public bool Park()
    {
        lock (_lock)
        {
            if (_released != 0 || _length == LoaderReader.Failed || _closed)
            {
                return false;
            }

            _parkedUntil = DeviceClock.Now + ParkMilliseconds;
            return true;
        }
    }

    /// <summary>Takes a parked stream into use again; gives false when its time is over or it has failed meanwhile.</summary>
    public bool Unpark()
    {
        lock (_lock)
        {
            // The thread decides by the same clock under the same lock: what is taken into use is still being filled, or full.
            if (_closed || _length == LoaderReader.Failed || DeviceClock.Now >= _parkedUntil)
            {
                return false;
            }

            _parkedUntil = 0;
            Begin();
            return true;
        }
    }

    /// <summary>See <see cref="LoaderReader.Read"/>.</summary>
    public int Read(int turn, int position, byte[] buffer, int offset, int count)
    {
        if (_length == LoaderReader.NotYet)
        {
            Watch();
        }

        lock (_lock)
        {
            if (turn != _turn)
            {
                return Lost;
            }

            if (_length < 0)
            {
                return _length;
            }

            if (_ring.Capacity == 0 || position < _released)
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
                _starved = _starved == 0 ? DeviceClock.Now : _starved;
                return LoaderReader.NotYet;
            }

            if (_starved != 0)
            {
                // That time was the mirror's.
                _looked += DeviceClock.Now - _starved;
                _starved = 0;
            }

            _ring.Copy(position, buffer, offset, count);
            return count;
        }
    }

    /// <summary>See <see cref="LoaderReader.Release"/>; false when it is another's.</summary>
    public bool Release(int turn, int position)
    {
        lock (_lock)
        {
            if (turn != _turn)
            {
                return false;
            }

            _offered = 0;
            if (position > _released)
            {
                _released = position < _received ? position : _received;
            }
        }

        _room.Set();
        return true;
    }

    /// <summary>See <see cref="LoaderReader.Offer"/>.</summary>
    public void Offer(int turn)
    {
        lock (_lock)
        {
            if (turn == _turn)
            {
                _offered = DeviceClock.Now;
            }
        }
    }

    /// <summary>
    /// For somebody who waits: whether its reader keeps it without using it. A mirror that is late is not the reader's fault.
    /// </summary>
    public bool IsHeldUp(long now)
    {
        lock (_lock)
        {
            if (_closed || _length < 0)
            {
                return false;
            }

            if (_offered != 0)
            {
                return now - _offered >= UnheardMilliseconds;
            }

            if (_starved != 0)
            {
                return false;
            }

            int elapsed = (int)(now - _looked);
            if (elapsed >= PaceMilliseconds)
            {
                _slow = (_released - _lookedAt) / LeastPace < elapsed;
                _looked = now;
                _lookedAt = _released;
            }

            return _slow;
        }
    }

    /// <summary>
    /// Takes it from a reader that let go of nothing yet, for another that wants the same file; false when that cannot be.
    /// </summary>
    public bool Pass(string url)
    {
        lock (_lock)
        {
            if (_closed || _released != 0 || _url != url)
            {
                return false;
            }

            _turn++;
            Begin();
            return true;
        }
    }

    // A reader begins; under the lock.
    private void Begin()
    {
        _offered = 0;
        _looked = DeviceClock.Now;
        _lookedAt = 0;
        _starved = 0;
        _slow = false;
    }
}
