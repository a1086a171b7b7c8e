using System;
using Netboot.Logging;

namespace Netboot.Http;

/// <summary>What the connections have to tell: log entries and counters, shared by all of them.</summary>
public sealed class HttpJournal
{
    private readonly Log _log;

    /// <summary>A journal that writes to <paramref name="log"/>.</summary>
    public HttpJournal(Log log)
    {
        _log = log;
        Counts = log.Counts;
    }

    /// <summary>What is counted: see <see cref="Counter"/>.</summary>
    public int[] Counts { get; }

    /// <summary>
    /// A request is about to be answered. For one that was refused the reason is told: what it asked for may not even be known.
    /// </summary>
    public void Answered(HttpRequest request, HttpResponse response, bool refused, long milliseconds)
    {
        if (response.Quiet)
        {
            return;
        }

        // Method and path stand side by side at the start of the buffer; a reason is all of the body but its line end.
        byte[] text = refused ? response.Bytes : request.Buffer;
        int length = refused ? response.BytesLength - 1 : request.PathOffset + request.PathLength;
        _log.Add(Subsystem.Http, LogEvent.Request, request.RemoteAddress, 0, 4, response.Status, (int)milliseconds, text, 0, length);
    }

    /// <summary>An exception was survived.</summary>
    public void Fault(Exception e)
    {
        Counts[Counter.HttpFaults]++;
        _log.Add(Subsystem.Http, LogEvent.Fault, 0, FaultText.Of(e));
    }

    /// <summary>The server listens.</summary>
    public void Listening(int port) => _log.Add(Subsystem.Http, LogEvent.Listening, port, null);

    /// <summary>The server cannot listen.</summary>
    public void CannotListen(int port, int error) =>
        _log.Add(Subsystem.Http, LogEvent.CannotListen, port, "socket error " + error.ToString());
}
