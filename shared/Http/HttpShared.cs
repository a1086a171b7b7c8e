using System;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Http;

/// <summary>
/// What all connections share: who handles their requests, what they read into one after the other, what they have to tell, and the one
/// place for a long body. A body that fits behind its head in the connection's own buffer (a login, a command) needs no place, so nobody
/// can hold up those.
/// </summary>
public sealed class HttpShared
{
    /// <summary>Why a request is not served that may be served in a second.</summary>
    internal const string TooLittleMemory = "The device does not have enough memory for that right now. Try again.";

    /// <summary>Who handles requests.</summary>
    public readonly IHttpHandler Handler;

    /// <summary>What all connections read into, one after the other.</summary>
    public readonly byte[] Incoming;

    /// <summary>What is counted, with what others count.</summary>
    public readonly int[] Counts;

    private readonly Log _log;
    private HttpConnection _bodyOwner;

    /// <summary>Requests go to <paramref name="handler"/>, and a line about each to <paramref name="log"/>.</summary>
    public HttpShared(IHttpHandler handler, Log log, byte[] incoming)
    {
        Handler = handler;
        Incoming = incoming;
        Counts = log.Counts;
        _log = log;
    }

    /// <summary>Has a request handled. Whatever goes wrong in there, the client is told and the server goes on.</summary>
    public void Handle(HttpRequest request, HttpResponse response, long now)
    {
        Counts[Counter.HttpRequests]++;
        try
        {
            try
            {
                Handler.Handle(request, response, now);
            }
            catch (OutOfMemoryException)
            {
                // What only asks can be asked again, once there is room; what changes something may have been half done.
                if (request.Method == HttpMethod.Post)
                {
                    throw;
                }

                Memory.Collect();
                response.Start();
                Handler.Handle(request, response, now);
            }
        }
        catch (Exception e)
        {
            Survive(response, e, "Internal error. See the device's log.");
        }
    }

    /// <summary>The answer is that something went wrong: <paramref name="text"/>, or that there is no memory.</summary>
    public void Survive(HttpResponse response, Exception e, string text)
    {
        if (e is OutOfMemoryException)
        {
            // The machines that boot have the memory. iPXE and browsers come again when they are told when.
            Memory.Collect();
            response.Start();
            response.Refuse(503, TooLittleMemory);
            return;
        }

        Fault(e);
        response.Start();
        response.Text(500, text);
    }

    /// <summary>
    /// Gives a connection the place for a long body: one at a time, for what is made of it takes memory. False when another is busy with
    /// it; one that has sent nothing for <see cref="HttpLimits.BodyIdle"/> is closed to make room.
    /// </summary>
    public bool TakeBody(HttpConnection owner, long now)
    {
        if (_bodyOwner != null)
        {
            if (!_bodyOwner.GivesWay(now))
            {
                return false;
            }

            _bodyOwner.Evict();
        }

        _bodyOwner = owner;
        return true;
    }

    /// <summary>The connection no longer needs that place. Harmless if it did not have it.</summary>
    public void ReleaseBody(HttpConnection owner)
    {
        if (_bodyOwner == owner)
        {
            _bodyOwner = null;
        }
    }

    /// <summary>
    /// A request is about to be answered. For one that was refused the reason is told: what it asked for may not even be known.
    /// </summary>
    public void Answered(HttpRequest request, HttpResponse response, long milliseconds)
    {
        if (response.Quiet)
        {
            return;
        }

        // Method and path stand side by side at the start of the buffer; a reason is all of the body but its line end.
        byte[] text = response.Refused ? response.Bytes : request.Buffer;
        int length = response.Refused ? response.BytesLength - 1 : request.PathOffset + request.PathLength;
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
