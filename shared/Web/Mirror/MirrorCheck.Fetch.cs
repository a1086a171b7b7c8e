using System;
using System.IO;
using System.Net.Http;
using Netboot.Bytes;
using Netboot.Journal;

namespace Netboot.Web;

/// <content>The thread that fetches, with the library's client as the streamed loaders have it (Boot/MirrorStream.Fetch.cs), and how it is ended from outside.</content>
public sealed partial class MirrorCheck
{
    /// <summary>Longest wait for the mirror to answer: a disk that has to spin up is in.</summary>
    internal const int AnswerSeconds = 10;

    /// <summary>Longest time to read: who looks at the page waits for it.</summary>
    internal const int ReadMilliseconds = 10000;

    /// <summary>Most that is read: enough to tell how fast it comes, and a board's own network is busy with machines.</summary>
    internal const int MostBytes = 2 * 1024 * 1024;

    /// <summary>A wait that the library does not end by itself is ended from outside: a read on a PC, a connection on a board.</summary>
    private const int Patience = (AnswerSeconds * 1000) + 1000;

    private const int BufferSize = 1024;
    private const int Ok200 = 200;

    private HttpClient _client;
    private HttpResponseMessage _response;
    private long _started;
    private long _answered;
    private bool _reading;
    private bool _closed;

    /// <summary>Ends a running check at once, whatever the mirror does; for a device that stops.</summary>
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
            _device.Log.Add(Subsystem.Mirror, LogEvent.Note, 0, "check not closed: " + e.Message);
        }
    }

    private void Fetch()
    {
        Exception fault = null;
        try
        {
            FetchWhole();
        }
        catch (Exception e)
        {
            // Whatever the library throws (refused, reset, timed out, disposed by Close) is what the check is about.
            fault = e;
        }

        try
        {
            Conclude(fault);
        }
        catch (Exception e)
        {
            // No memory for the text. The state must not stay "running" for ever.
            _text = e.Message;
            State = MirrorCheckState.Done;
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
        // Null on a PC, -1 on the board for a mirror that gives no length.
        object header = response.Content.Headers.ContentLength;
        long now = Environment.TickCount64;
        lock (_lock)
        {
            Status = (int)response.StatusCode;
            Length = header == null ? -1 : (long)header;
            AnswerMilliseconds = (int)(now - _started);
        }

        if (Status != Ok200)
        {
            return;
        }

        using (Stream stream = response.Content.ReadAsStream())
        {
            if (stream.CanTimeout)
            {
                stream.ReadTimeout = ReadMilliseconds;
            }

            lock (_lock)
            {
                if (_closed)
                {
                    return;
                }

                // From now on Close ends a read that waits.
                _response = response;
                _answered = now;
                _reading = true;
            }

            Read(stream);
        }
    }

    private void Read(Stream stream)
    {
        var buffer = new byte[BufferSize];
        long most = Length >= 0 && Length < MostBytes ? Length : MostBytes;
        while (Bytes < most && Environment.TickCount64 - _answered < ReadMilliseconds)
        {
            // The first kilobyte is kept together: its beginning tells what the file is, in however small pieces it comes.
            int offset = Bytes < BufferSize ? Bytes : 0;
            int room = BufferSize - offset;
            int count = stream.Read(buffer, offset, most - Bytes < room ? (int)(most - Bytes) : room);
            if (count <= 0)
            {
                return;
            }

            lock (_lock)
            {
                if (Bytes < BufferSize)
                {
                    Script = Octets.StartsWith(buffer, 0, offset + count, Octets.Of("#!ipxe"));
                    Page = IsPage(buffer, offset + count);
                }

                Bytes += count;
            }
        }
    }

    // White space, and what UTF-8 files of Windows begin with, may stand before the first tag.
    private static bool IsPage(byte[] buffer, int length)
    {
        int at = 0;
        while (at < length && (buffer[at] <= 0x20 || buffer[at] >= 0x80))
        {
            at++;
        }

        return Octets.StartsWith(buffer, at, length - at, Octets.Of("<!")) || IsTag(buffer, at, length, "<html") || IsTag(buffer, at, length, "<head")
            || IsTag(buffer, at, length, "<?xml");
    }

    private static bool IsTag(byte[] buffer, int at, int length, string tag)
    {
        byte[] bytes = Octets.Of(tag);
        return length - at >= bytes.Length && Octets.IsIgnoreCase(buffer, at, bytes.Length, bytes);
    }
}
