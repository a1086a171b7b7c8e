using System;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Http;

/// <summary>What came of a step of reading.</summary>
public enum HttpReceived : byte
{
    /// <summary>Nothing has come.</summary>
    Nothing = 0,

    /// <summary>Something came, and more is due.</summary>
    Some = 1,

    /// <summary>The request is complete.</summary>
    Complete = 2,

    /// <summary>The response already says why it is refused, or why its body is not taken.</summary>
    Answered = 3,

    /// <summary>The connection is to be closed without an answer.</summary>
    Gone = 4,
}

/// <summary>The reading half of a connection: head, then body, each within its time.</summary>
public sealed class HttpReception
{
    /// <summary>Whether the client has sent, or may go on to send, what nobody will read.</summary>
    internal bool Unread;

    private readonly HttpConnection _owner;
    private readonly HttpShared _shared;
    private readonly HttpRequest _request;
    private readonly HttpResponse _response;
    private readonly HttpRequestParser _parser;
    private bool _inBody;
    private int _bodyTaken;
    private long _since;

    /// <summary>The reading half of <paramref name="owner"/>.</summary>
    public HttpReception(HttpConnection owner, HttpShared shared, HttpRequest request, HttpResponse response)
    {
        _owner = owner;
        _shared = shared;
        _request = request;
        _response = response;
        _parser = new HttpRequestParser(request);
    }

    /// <summary>Starts a new request.</summary>
    public void Start(long now)
    {
        _parser.Start();
        _inBody = false;
        _bodyTaken = 0;
        _since = now;
        Unread = false;
    }

    /// <summary>Reads what is there.</summary>
    public HttpReceived Step(IHttpPeer peer, long now)
    {
        try
        {
            return _inBody ? ReadBody(peer, now) : ReadHead(peer, now);
        }
        catch (OutOfMemoryException)
        {
            // The machines that boot have it. The client is told to come again.
            return Refuse(503, HttpShared.TooLittleMemory);
        }
    }

    /// <summary>The body is needed no more.</summary>
    public void ReleaseBody()
    {
        _shared.ReleaseBody(_owner);
        _request.Body = null;
        _request.Intake = null;
    }

    private HttpReceived ReadHead(IHttpPeer peer, long now)
    {
        byte[] incoming = _shared.Incoming;
        int count = peer.Receive(incoming, 0, incoming.Length);
        if (count > 0)
        {
            int taken = _parser.Feed(incoming, 0, count);
            if (_parser.Done)
            {
                return _request.Status != 0 ? Refuse(_request.Status, _request.Reason) : StartBody(peer, taken, count - taken, now);
            }
        }

        if (count < 0)
        {
            return HttpReceived.Gone;
        }

        if (now - _since >= HttpLimits.HeadTimeout)
        {
            // A connection on which nothing came was opened in advance, as browsers do: there is no request to answer.
            return Late(_parser.Untouched ? null : "The request did not arrive in time.");
        }

        return count > 0 ? HttpReceived.Some : HttpReceived.Nothing;
    }

    // Who may send it is judged first, whatever its length: nobody else holds a place, and nothing is kept for them.
    private HttpReceived StartBody(IHttpPeer peer, int offset, int count, long now)
    {
        HttpRequest request = _request;
        int length = request.ContentLength;
        if (length <= 0 || request.Method != HttpMethod.Post)
        {
            // The body of a GET has no meaning (RFC 9110 9.3.1), and a second request on this connection gets no answer.
            Unread = count > 0 || length > 0;
            return HttpReceived.Complete;
        }

        _bodyTaken = count < length ? count : length;
        Unread = count > length;
        bool isLong = length > request.Buffer.Length - request.Kept;
        if (!_shared.Handler.Receive(request, _response, isLong, now))
        {
            Unread = true;
            _shared.Counts[Counter.HttpRequests]++;
            return HttpReceived.Answered;
        }

        // What was judged is judged again, and answered, when all of it is there.
        _response.Start();
        if (!isLong)
        {
            request.Body = request.Buffer;
            request.BodyOffset = request.Kept;
            Array.Copy(_shared.Incoming, offset, request.Body, request.BodyOffset, _bodyTaken);
        }
        else if (_shared.TakeBody(_owner, now))
        {
            request.Intake.Take(_shared.Incoming, offset, _bodyTaken);
        }
        else
        {
            return Refuse(503, "Another long request is being read. Try again.");
        }

        if (_bodyTaken == length)
        {
            return EndBody();
        }

        // Nothing was sent before, so there is room for a line, unless the client is gone. Bytes that came already need no invitation.
        if ((request.Flags & HttpRequest.ExpectsContinue) != 0 && _bodyTaken == 0)
        {
            byte[] line = Octets.Of("HTTP/1.1 100 Continue\r\n\r\n");
            if (peer.Send(line, 0, line.Length) != line.Length)
            {
                return HttpReceived.Gone;
            }
        }

        _inBody = true;
        _since = now;
        return HttpReceived.Some;
    }

    private HttpReceived ReadBody(IHttpPeer peer, long now)
    {
        int left = _request.ContentLength - _bodyTaken;
        HttpIntake intake = _request.Intake;
        int count;
        if (intake == null)
        {
            count = peer.Receive(_request.Body, _request.BodyOffset + _bodyTaken, left);
        }
        else
        {
            byte[] incoming = _shared.Incoming;
            count = peer.Receive(incoming, 0, left < HttpLimits.PieceSize ? left : HttpLimits.PieceSize);
            if (count > 0)
            {
                intake.Take(incoming, 0, count);
            }
        }

        if (count < 0)
        {
            return HttpReceived.Gone;
        }

        _bodyTaken += count;
        if (count == left)
        {
            return EndBody();
        }

        if (now - _since >= (intake == null ? HttpLimits.BodyTimeout : HttpLimits.LongBodyTimeout))
        {
            return Late("The body did not arrive in time.");
        }

        return count > 0 ? HttpReceived.Some : HttpReceived.Nothing;
    }

    private HttpReceived EndBody()
    {
        _inBody = false;
        _request.BodyLength = _bodyTaken;
        return HttpReceived.Complete;
    }

    // Its time is up; if there is no reason, the client is not told.
    private HttpReceived Late(string reason)
    {
        _shared.Counts[Counter.HttpLate]++;
        return reason == null ? HttpReceived.Gone : Answer(408, reason);
    }

    private HttpReceived Refuse(int status, string reason)
    {
        _shared.Counts[Counter.HttpBad]++;
        return Answer(status, reason);
    }

    private HttpReceived Answer(int status, string reason)
    {
        Unread = true;
        _inBody = false;
        ReleaseBody();
        _response.Refuse(status, reason);
        return HttpReceived.Answered;
    }
}
