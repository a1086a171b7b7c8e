using System;
using Netboot.Bytes;

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

    /// <summary>It is refused; status and reason say why.</summary>
    Refused = 3,

    /// <summary>The connection is to be closed without an answer.</summary>
    Gone = 4,

    /// <summary>The handler does not take the body; the response says why.</summary>
    Declined = 5,
}

/// <summary>The reading half of a connection: head, then body, each within its time.</summary>
public sealed class HttpReception
{
    /// <summary>Why a request is not served that may be served in a second.</summary>
    internal const string TooLittleMemory = "The device does not have enough memory for that right now. Try again.";

    private readonly HttpConnection _owner;
    private readonly IHttpHandler _handler;
    private readonly HttpRequest _request;
    private readonly HttpResponse _response;
    private readonly HttpRequestParser _parser;
    private readonly HttpBodies _bodies;
    private readonly byte[] _incoming;

    private bool _inBody;
    private int _bodyTaken;
    private long _since;

    /// <summary>
    /// The reading half of <paramref name="owner"/>. All connections read into <paramref name="incoming"/>, one after the other. Whether a
    /// body is taken, <paramref name="handler"/> says when the head is complete.
    /// </summary>
    public HttpReception(HttpConnection owner, IHttpHandler handler, HttpRequest request, HttpResponse response, HttpBodies bodies,
        byte[] incoming)
    {
        _owner = owner;
        _handler = handler;
        _request = request;
        _response = response;
        _parser = new HttpRequestParser(request);
        _bodies = bodies;
        _incoming = incoming;
    }

    /// <summary>The status that the request is refused with.</summary>
    public int Status { get; private set; }

    /// <summary>Why it is refused, for the client's eyes.</summary>
    public string Reason { get; private set; }

    /// <summary>Whether the client has sent, or may go on to send, what nobody will read.</summary>
    public bool Unread { get; private set; }

    /// <summary>Whether nothing of a request has come.</summary>
    public bool Untouched => _parser.Untouched;

    /// <summary>Whether it ended because the time was up.</summary>
    public bool TimedOut { get; private set; }

    /// <summary>Starts a new request.</summary>
    public void Start(long now)
    {
        _parser.Start();
        _inBody = false;
        _bodyTaken = 0;
        _since = now;
        Status = 0;
        Reason = null;
        Unread = false;
        TimedOut = false;
    }

    /// <summary>Reads what is there.</summary>
    public HttpReceived Step(IHttpPeer peer, long now)
    {
        if (!_inBody)
        {
            return ReadHead(peer, now);
        }

        try
        {
            return ReadBody(peer, now);
        }
        catch (OutOfMemoryException)
        {
            return Refuse(503, TooLittleMemory);
        }
    }

    /// <summary>The body is needed no more.</summary>
    public void ReleaseBody()
    {
        _bodies.Release(_owner);
        _request.Body = null;
        _request.Intake = null;
    }

    private HttpReceived ReadHead(IHttpPeer peer, long now)
    {
        int count = peer.Receive(_incoming, 0, _incoming.Length);
        if (count > 0)
        {
            int taken = _parser.Feed(_incoming, 0, count);
            if (_parser.Done)
            {
                return _parser.Status != 0 ? Refuse(_parser.Status, _parser.Reason) : StartBody(peer, taken, count - taken, now);
            }
        }

        if (count < 0)
        {
            return HttpReceived.Gone;
        }

        if (now - _since >= HttpLimits.HeadTimeout)
        {
            // A connection on which nothing came was opened in advance, as browsers do: there is no request to answer.
            TimedOut = true;
            return _parser.Untouched ? HttpReceived.Gone : Refuse(408, "The request did not arrive in time.");
        }

        return count > 0 ? HttpReceived.Some : HttpReceived.Nothing;
    }

    private HttpReceived StartBody(IHttpPeer peer, int offset, int count, long now)
    {
        int length = _request.ContentLength;
        if (length <= 0 || _request.Method != HttpMethod.Post)
        {
            // The body of a GET has no meaning (RFC 9110 9.3.1), and a second request on this connection gets no answer.
            Unread = count > 0 || length > 0;
            return HttpReceived.Complete;
        }

        int taken = count < length ? count : length;
        Unread = count > length;
        try
        {
            HttpReceived answer = Admit(offset, taken, now);
            if (answer != HttpReceived.Some)
            {
                return answer;
            }
        }
        catch (OutOfMemoryException)
        {
            // The machines that boot have it. The client is told to come again.
            return Refuse(503, TooLittleMemory);
        }

        _bodyTaken = taken;
        if (_bodyTaken == length)
        {
            return EndBody();
        }

        // Nothing was sent before, so there is room for a line, unless the client is gone. Bytes that came already need no invitation.
        if ((_request.Flags & HttpRequest.ExpectsContinue) != 0 && _bodyTaken == 0)
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

    // Who may send it is judged first, whatever its length: nobody else holds a place, and nothing is kept for them.
    private HttpReceived Admit(int offset, int count, long now)
    {
        bool isLong = _request.ContentLength > _request.Buffer.Length - _parser.Kept;
        if (!_handler.Receive(_request, _response, isLong, now))
        {
            Unread = true;
            return HttpReceived.Declined;
        }

        // What was judged is judged again, and answered, when all of it is there.
        _response.Start();
        if (!isLong)
        {
            _request.Body = _request.Buffer;
            _request.BodyOffset = _parser.Kept;
            Array.Copy(_incoming, offset, _request.Body, _request.BodyOffset, count);
            return HttpReceived.Some;
        }

        if (!_bodies.Take(_owner, now))
        {
            return Refuse(503, "Another long request is being read. Try again.");
        }

        _request.Intake.Take(_incoming, offset, count);
        return HttpReceived.Some;
    }

    private HttpReceived ReadBody(IHttpPeer peer, long now)
    {
        int length = _request.ContentLength;
        HttpIntake intake = _request.Intake;
        int count;
        if (intake == null)
        {
            count = peer.Receive(_request.Body, _request.BodyOffset + _bodyTaken, length - _bodyTaken);
        }
        else
        {
            count = peer.Receive(_incoming, 0, length - _bodyTaken < HttpLimits.PieceSize ? length - _bodyTaken : HttpLimits.PieceSize);
            if (count > 0)
            {
                intake.Take(_incoming, 0, count);
            }
        }

        if (count < 0)
        {
            return HttpReceived.Gone;
        }

        if (count > 0)
        {
            _bodyTaken += count;
            if (_bodyTaken == length)
            {
                return EndBody();
            }
        }

        if (now - _since >= (intake == null ? HttpLimits.BodyTimeout : HttpLimits.LongBodyTimeout))
        {
            TimedOut = true;
            return Refuse(408, "The body did not arrive in time.");
        }

        return count > 0 ? HttpReceived.Some : HttpReceived.Nothing;
    }

    private HttpReceived EndBody()
    {
        _inBody = false;
        _request.BodyLength = _bodyTaken;
        return HttpReceived.Complete;
    }

    private HttpReceived Refuse(int status, string reason)
    {
        Status = status;
        Reason = reason;
        Unread = true;
        _inBody = false;
        ReleaseBody();
        return HttpReceived.Refused;
    }
}
