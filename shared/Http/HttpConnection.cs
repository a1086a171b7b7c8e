using System;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Http;

/// <summary>One place in the table of connections: reads a request, has it handled, sends the answer, closes. It knows no socket.</summary>
public sealed partial class HttpConnection
{
    private const int Free = 0;
    private const int Reading = 1;
    private const int Waiting = 2;
    private const int Sending = 3;
    private const int Draining = 4;

    private readonly IHttpHandler _handler;
    private readonly HttpJournal _journal;
    private readonly int[] _counts;
    private readonly HttpRequest _request = new HttpRequest();
    private readonly HttpResponse _response = new HttpResponse();
    private readonly HttpReception _reception;
    private readonly HttpAnswer _answer;
    private readonly HttpLinger _linger;

    private IHttpPeer _peer;
    private int _state;
    private HttpProgress _progress;

    // When it was accepted, or its last request began; when its present state began; when something last moved.
    private long _opened;
    private long _since;
    private long _moved;

    // Until when what came or was taken keeps its place for it.
    private long _keeps;

    // Whether the server refused it before the handler saw it.
    private bool _refused;

    /// <summary>An empty place. <paramref name="incoming"/> is the buffer that all connections read into, one after the other.</summary>
    public HttpConnection(IHttpHandler handler, HttpBodies bodies, HttpJournal journal, byte[] incoming)
    {
        _handler = handler;
        _journal = journal;
        _counts = journal.Counts;
        _reception = new HttpReception(this, handler, _request, _response, bodies, incoming);
        _answer = new HttpAnswer(_request.Buffer);
        _linger = new HttpLinger(incoming);
    }

    /// <summary>Whether somebody is connected.</summary>
    public bool Active => _state != Free;

    /// <summary>When it was accepted.</summary>
    public long Opened => _opened;

    /// <summary>Whether the answer is out, and only the client's rest is read past.</summary>
    public bool IsDraining => _state == Draining;

    /// <summary>Whether it comes from this address.</summary>
    public bool IsFrom(byte[] address) => Octets.Equal(_request.RemoteAddress, 0, address, 0, 4);

    /// <summary>
    /// Whether it may be closed for a new one: it had its time to send a request, or takes its answer at less than
    /// <see cref="HttpLimits.LeastRate"/>. What somebody changes is never broken off midway.
    /// </summary>
    public bool GivesWay(long now) => now >= _keeps && _state != Free && _response.Work == null;

    /// <summary>Whether it has been answered, or waited for its file, for <see cref="HttpLimits.TwinAge"/>.</summary>
    public bool IsLong(long now) =>
        (_state == Waiting || _state == Sending) && now - _since >= HttpLimits.TwinAge && _response.Work == null;

    /// <summary>Whether both come from the same address.</summary>
    public bool IsTwin(HttpConnection other) => other._state != Free && IsFrom(other._request.RemoteAddress);

    /// <summary>Someone connected.</summary>
    public void Open(IHttpPeer peer, byte[] address, long now)
    {
        _peer = peer;
        Array.Copy(address, 0, _request.RemoteAddress, 0, 4);
        Begin(HttpLimits.SilentAge, now);
    }

    /// <summary>Does what can be done without waiting. True when something moved or the client is about to take more.</summary>
    public bool Step(long now)
    {
        try
        {
            switch (_state)
            {
                case Reading:
                    return Read(now);
                case Waiting:
                    return Wait(now);
                case Sending:
                    return Send(now);
                case Draining:
                    if (_linger.Step(_peer, now))
                    {
                        Close();
                    }

                    return _state == Free;
                default:
                    return false;
            }
        }
        catch (Exception e)
        {
            // One connection's trouble (a reader that throws midway, a socket call with an error of a new kind) must not end the others.
            _journal.Fault(e);
            Close();
            return true;
        }
    }

    /// <summary>Closes it to make room.</summary>
    public void Evict()
    {
        _counts[Counter.HttpEvicted]++;
        Close();
    }

    /// <summary>Closes it, whatever it is doing, and frees everything it holds. Harmless when it is free.</summary>
    public void Close()
    {
        if (_state == Free)
        {
            return;
        }

        _state = Free;
        _reception.ReleaseBody();
        _answer.Forget();
        try
        {
            _response.Start();
        }
        catch (Exception e)
        {
            // A reader that cannot even be closed; the socket still must be.
            _journal.Fault(e);
        }

        _peer.Close();
        _peer = null;
    }

    // A request is due, and its place kept for so long.
    private void Begin(int age, long now)
    {
        _reception.Start(now);
        _opened = now;
        _moved = now;
        _keeps = now + age;
        _refused = false;
        _state = Reading;
    }

    private bool Read(long now)
    {
        HttpReceived received = _reception.Step(_peer, now);
        if (received == HttpReceived.Nothing)
        {
            return false;
        }

        if (received == HttpReceived.Some)
        {
            // Who sends a long body was let in; everything else is there with the next segment.
            _keeps = _request.Intake != null ? now + HttpLimits.BodyIdle : _opened + HttpLimits.EvictionAge;
            return true;
        }

        if (_reception.TimedOut)
        {
            _counts[Counter.HttpLate]++;
        }

        if (received == HttpReceived.Complete)
        {
            Handle(now);
        }
        else if (received == HttpReceived.Declined)
        {
            _counts[Counter.HttpRequests]++;
        }
        else if (received == HttpReceived.Refused)
        {
            _refused = true;
            _response.Refuse(_reception.Status, _reception.Reason);
            if (!_reception.TimedOut)
            {
                _counts[Counter.HttpBad]++;
            }
        }
        else
        {
            Close();
            return true;
        }

        _state = Waiting;
        _since = now;
        _keeps = now + HttpLimits.WaitAge;
        Wait(now);
        return true;
    }

    private bool Send(long now)
    {
        HttpProgress progress = _answer.Pump(_peer, out int taken);
        if (progress == HttpProgress.Done)
        {
            _answer.Forget();
            if (Stays)
            {
                _response.Start();
                Begin(HttpLimits.KeptAge, now);
                return true;
            }

            _response.CloseReader();
            _state = Draining;
            if (_linger.Start(_peer, _reception.Unread, now))
            {
                Close();
            }

            return true;
        }

        if (progress == HttpProgress.Broken)
        {
            // The client sees fewer bytes than Content-Length said, and knows.
            Close();
            return true;
        }

        if (taken > 0 && _keeps - now < HttpLimits.EnoughCredit)
        {
            _keeps = (_keeps > now ? _keeps : now) + (taken / HttpLimits.LeastRate);
        }

        if (progress == HttpProgress.Sent || progress != _progress)
        {
            _moved = now;
            _progress = progress;
        }
        else if (now - _moved >= (progress == HttpProgress.PeerBusy ? HttpLimits.StallTimeout : HttpLimits.SourceTimeout))
        {
            _counts[Counter.HttpLate]++;
            Close();
            return true;
        }

        // A busy client acknowledges within its round trip; a source may take its time, and needs the processor for it.
        return progress != HttpProgress.SourceBusy;
    }
}
