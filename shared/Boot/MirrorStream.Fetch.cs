using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using Netboot.Bytes;
using Netboot.Journal;

namespace Netboot.Boot;

/// <content>The thread that fetches: the answer, and filling the ring.</content>
internal sealed partial class MirrorStream
{
    /// <summary>
    /// Longest wait for more of the file, where the library can tell (the board's can: left alone it waits 5 minutes). Longer than machines wait, so
    /// that what a machine sees does not depend on it: it frees the thread of a mirror that has gone.
    /// </summary>
    private const int StallMilliseconds = 60000;

    /// <summary>How long the thread sleeps when the ring is full; a wake-up on the board takes up to 10 ms anyway.</summary>
    private const int FullPauseMilliseconds = 10;

    private const int NotFound = 404;
    /// <inheritdoc/>
    public override void Close()
    {
        base.Close();
        _room.Set();
    }

    private void Fetch()
    {
        long started = Environment.TickCount64;
        try
        {
            Get(_url, StallMilliseconds);
        }
        catch (Exception e)
        {
            // Whatever the library throws (refused, reset, timed out, disposed by Close): this file fails, the device goes on.
            if (_length >= 0)
            {
                Fail(BrokeOff() + ": " + FetchFault.Describe(e));
            }
            else if (Environment.TickCount64 - started >= AnswerSeconds * 1000)
            {
                Fail("mirror does not answer");
            }
            else
            {
                Fail("mirror unreachable: " + FetchFault.Describe(e));
            }
        }
        finally
        {
            lock (Lock)
            {
                Forget();
                _idle = true;
            }
        }
    }

    /// <inheritdoc/>
    protected override bool Accepts(int status, long length)
    {
        if (status != Ok200)
        {
            Missing = status == NotFound;
            Fail("mirror answered " + status.ToString());
            return false;
        }

        // Firmware wants a length before it takes a byte.
        if (length <= 0 || length > int.MaxValue)
        {
            Fail(length == 0 ? "the file is empty" : length < 0 ? "mirror gives no length" : "the file is larger than 2 GB");
            return false;
        }

        return true;
    }

    /// <inheritdoc/>
    protected override void Begin(long length)
    {
        _length = (int)length;
    }

    /// <inheritdoc/>
    protected override void Read(Stream stream)
    {
        int length = _length;
        while (_received < length)
        {
            int room;
            lock (Lock)
            {
                if (Closed)
                {
                    return;
                }

                if (_parkedUntil != 0 && Environment.TickCount64 >= _parkedUntil)
                {
                    Closed = true;
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
                Fail(BrokeOff());
                return;
            }

            lock (Lock)
            {
                _received += count;
            }
        }
    }

    private string BrokeOff()
    {
        return "mirror broke off after " + _received.ToString() + " of " + _length.ToString() + " bytes";
    }

    private void Fail(string reason)
    {
        bool wanted;
        lock (Lock)
        {
            wanted = !Closed;
            Failure = reason;
            _length = LoaderReader.Failed;
        }

        if (wanted)
        {
            Note(reason);
        }
    }

    /// <inheritdoc/>
    protected override void Note(string reason)
    {
        byte[] text = Octets.Of(_url + ": " + reason);
        _log.Add(Subsystem.Mirror, LogEvent.Note, null, 0, 0, 0, 0, text, 0, text.Length);
    }
}
