using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using Netboot.Bytes;
using Netboot.Journal;

namespace Netboot.Boot;

/// <content>The thread that fetches: request, answer, filling the ring, and how it is ended from outside.</content>
internal sealed partial class MirrorStream
{
    /// <summary>Longest wait for the mirror to answer: a disk that has to spin up is in, a machine's own patience (edk2: 10 s) is not exceeded.</summary>
    private const int AnswerSeconds = 10;

    /// <summary>
    /// Longest wait for more of the file, where the library can tell (the board's can: left alone it waits 5 minutes). Longer than machines wait, so
    /// that what a machine sees does not depend on it: it frees the thread of a mirror that has gone.
    /// </summary>
    private const int StallMilliseconds = 60000;

    /// <summary>How long the thread sleeps when the ring is full; a wake-up on the board takes up to 10 ms anyway.</summary>
    private const int FullPauseMilliseconds = 10;

    private const int NotFound = 404;
    private const int Ok = 200;

    private HttpClient _client;
    private HttpResponseMessage _response;

    /// <summary>Ends the fetch, also one that waits for a mirror that has gone quiet. The stream is <see cref="Idle"/> a moment later (2 s when a PC's library waits for the rest of a short file).</summary>
    public void Close()
    {
        HttpClient client;
        HttpResponseMessage response;
        lock (_lock)
        {
            _closed = true;
            client = _client;
            response = _response;
        }

        _room.Set();
        try
        {
            // Closing the connection is what ends a read that waits in it; the client alone ends only a request that is not answered yet.
            if (response != null)
            {
                response.Dispose();
            }

            if (client != null)
            {
                client.Dispose();
            }
        }
        catch (Exception e)
        {
            // A connection that is dead already may not let itself be closed. The thread ends by its own timeout.
            Note("not closed: " + e.Message);
        }
    }

    private void Fetch()
    {
        long started = Environment.TickCount64;
        try
        {
            FetchWhole();
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
            lock (_lock)
            {
                _client = null;
                _response = null;
                _idle = true;
            }
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
            {
                // The board's library keeps connections otherwise, each a socket of sixteen, and does not use them again.
                request.Headers.ConnectionClose = true;
                using (HttpResponseMessage response = client.Send(request, HttpCompletionOption.ResponseHeadersRead))
                {
                    Take(response);
                }
            }
        }
    }

    private void Take(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        if (status != Ok)
        {
            Missing = status == NotFound;
            Fail("mirror answered " + status.ToString());
            return;
        }

        // Null on a PC, -1 on the board for a mirror that gives no length. Firmware wants one before it takes a byte.
        object header = response.Content.Headers.ContentLength;
        long length = header == null ? -1 : (long)header;
        if (length <= 0 || length > int.MaxValue)
        {
            Fail(length == 0 ? "the file is empty" : length < 0 ? "mirror gives no length" : "the file is larger than 2 GB");
            return;
        }

        using (Stream stream = response.Content.ReadAsStream())
        {
            if (stream.CanTimeout)
            {
                stream.ReadTimeout = StallMilliseconds;
            }

            lock (_lock)
            {
                if (_closed)
                {
                    return;
                }

                // From now on Close ends a read that waits.
                _response = response;
                _length = (int)length;
            }

            Fill(stream, (int)length);
        }
    }

    private void Fill(Stream stream, int length)
    {
        while (_received < length)
        {
            int room;
            lock (_lock)
            {
                if (_closed)
                {
                    return;
                }

                if (_parkedUntil != 0 && Environment.TickCount64 >= _parkedUntil)
                {
                    _closed = true;
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

            lock (_lock)
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
