using System;
using System.IO;
using System.Net.Http;

namespace Netboot.Boot;

/// <summary>One file fetched from the mirror by the library's client, on a thread of its own, and how that is ended from outside, whatever the mirror does.</summary>
public abstract class MirrorFetch
{
    /// <summary>Longest wait for the mirror to answer: a disk that has to spin up is in, a machine's own patience (edk2: 10 s) is not exceeded.</summary>
    public const int AnswerSeconds = 10;

    /// <summary>The status of a file that is there.</summary>
    protected const int Ok200 = 200;

    private HttpClient _client;
    private HttpResponseMessage _response;

    /// <summary>Guards what the thread and others share.</summary>
    protected object Lock { get; } = new object();

    /// <summary>Whether it is to end.</summary>
    protected bool Closed { get; set; }

    /// <summary>
    /// Ends the fetch at once, also one that waits for a mirror that has gone quiet. Its thread ends a moment later (2 s when a PC's library waits for the
    /// rest of a short file).
    /// </summary>
    public virtual void Close()
    {
        HttpClient client;
        HttpResponseMessage response;
        lock (Lock)
        {
            Closed = true;
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
            Note("not closed: " + e.Message);
        }
    }

    /// <summary>Fetches a file; <paramref name="readMilliseconds"/> is the longest wait for more of it, where the library can tell. Throws what the library throws.</summary>
    protected void Get(string url, int readMilliseconds)
    {
        using (var client = new HttpClient())
        {
            client.Timeout = TimeSpan.FromTicks(AnswerSeconds * TimeSpan.TicksPerSecond);
            lock (Lock)
            {
                if (Closed)
                {
                    return;
                }

                _client = client;
            }

            using (var request = new HttpRequestMessage(HttpMethod.Get, url))
            {
                // The board's library keeps connections otherwise, each a socket of sixteen, and does not use them again.
                request.Headers.ConnectionClose = true;
                using (HttpResponseMessage response = client.Send(request, HttpCompletionOption.ResponseHeadersRead))
                {
                    Take(response, readMilliseconds);
                }
            }
        }
    }

    /// <summary>Lets go of what is closed by now; under <see cref="Lock"/>.</summary>
    protected void Forget()
    {
        _client = null;
        _response = null;
    }

    /// <summary>The mirror answered, with a length or -1. False: its body is not read.</summary>
    protected abstract bool Accepts(int status, long length);

    /// <summary>The body is about to be read; under <see cref="Lock"/>.</summary>
    protected abstract void Begin(long length);

    /// <summary>Reads the body.</summary>
    protected abstract void Read(Stream stream);

    /// <summary>Tells the log.</summary>
    protected abstract void Note(string text);

    private void Take(HttpResponseMessage response, int readMilliseconds)
    {
        // Null on a PC, -1 on the board for a mirror that gives no length.
        object header = response.Content.Headers.ContentLength;
        long length = header == null ? -1 : (long)header;
        if (!Accepts((int)response.StatusCode, length))
        {
            return;
        }

        using (Stream stream = response.Content.ReadAsStream())
        {
            if (stream.CanTimeout)
            {
                stream.ReadTimeout = readMilliseconds;
            }

            lock (Lock)
            {
                if (Closed)
                {
                    return;
                }

                // From now on Close ends a read that waits.
                _response = response;
                Begin(length);
            }

            Read(stream);
        }
    }
}
