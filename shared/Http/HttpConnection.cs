using System;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Http;

/// <summary>
/// One place in the table of connections: reads a request, has it handled, waits for the answer, sends it, closes. It knows no socket.
/// </summary>
public sealed class HttpConnection
{
    private const int Free = 0;
    private const int Reading = 1;
    private const int Waiting = 2;
    private const int Sending = 3;
    private const int Draining = 4;

    private readonly HttpShared _shared;
    private readonly HttpRequest _request = new HttpRequest();
    private readonly HttpResponse _response = new HttpResponse();
    private readonly HttpReception _reception;
    private readonly HttpAnswer _answer;

    private IHttpPeer _peer;
    private int _state;
    private HttpProgress _progress;
    private int _dropped;

    // When it was accepted, or its last request began; when its present state began; when something last moved.
    private long _opened;
    private long _since;
    private long _moved;

    // Until when what came or was taken keeps its place for it.
    private long _keeps;

    /// <summary>An empty place.</summary>
    public HttpConnection(HttpShared shared)
    {
        _shared = shared;
        _reception = new HttpReception(this, shared, _request, _response);
        _answer = new HttpAnswer(_request, _response);
    }

    /// <summary>Whether somebody is connected.</summary>
    public bool Active => _state != Free;

    /// <summary>When it was accepted.</summary>
    public long Opened => _opened;

    /// <summary>Whether the answer is out, and only the client's rest is read past.</summary>
    public bool IsDraining => _state == Draining;

    // After HEAD the connection stays open: firmware before 2022 sends the GET that follows by the same one, and fails when it is closed
    // (edk2#9920).
    private bool Stays =>
        _request.Method == HttpMethod.Head && _request.Minor > 0 && (_request.Flags & HttpRequest.Closes) == 0 && !_reception.Unread
        && !_response.Refused;

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
                    Drain(now);
                    return _state == Free;
                default:
                    return false;
            }
        }
        catch (Exception e)
        {
            // One connection's trouble (a reader that throws midway, a socket call with an error of a new kind) must not end the others.
            _shared.Fault(e);
            Close();
            return true;
        }
    }

    /// <summary>Closes it to make room.</summary>
    public void Evict()
    {
        _shared.Counts[Counter.HttpEvicted]++;
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
            _shared.Fault(e);
        }

        _peer.Close();
        _peer = null;
    }

    // A request is due, and its place kept for so long.
    private void Begin(int age, long now)
    {
        _reception.Start(now);
        _opened = now;
        _keeps = now + age;
        _state = Reading;
    }

    private bool Read(long now)
    {
        switch (_reception.Step(_peer, now))
        {
            case HttpReceived.Nothing:
                return false;
            case HttpReceived.Some:
                // Who sends a long body was let in; everything else is there with the next segment.
                _keeps = _request.Intake != null ? now + HttpLimits.BodyIdle : _opened + HttpLimits.EvictionAge;
                return true;
            case HttpReceived.Gone:
                Close();
                return true;
            case HttpReceived.Complete:
                _shared.Handle(_request, _response, now);
                _reception.ReleaseBody();
                break;
        }

        Enter(Waiting, HttpLimits.WaitAge, now);
        Wait(now);
        return true;
    }

    // Until the answer is there, or its time is up; then it begins to leave.
    private bool Wait(long now)
    {
        bool late = now - _since >= HttpLimits.SourceTimeout;
        try
        {
            HttpWork work = _response.Work;
            if (work != null)
            {
                if (!work.Step(_response, now))
                {
                    if (!late || !work.GiveUp())
                    {
                        return false;
                    }

                    Late("The device is busy with something else.");
                }

                _response.Work = null;
            }

            if (!_answer.Settle())
            {
                if (!late)
                {
                    return false;
                }

                Late("The source of the file does not answer.");
                _answer.Settle();
            }
        }
        catch (Exception e)
        {
            // The reader threw, mostly; nothing is sent yet, so the client can still be told.
            _shared.Survive(_response, e, "The file cannot be read. See the device's log.");
            _answer.Settle();
        }

        _shared.Answered(_request, _response, now - _opened);
        _answer.Compose(Stays);
        Enter(Sending, HttpLimits.SendAge, now);
        _progress = HttpProgress.Sent;
        return Send(now);
    }

    private void Late(string text)
    {
        _shared.Counts[Counter.HttpLate]++;
        _response.Text(504, text);
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
            Enter(Draining, 0, now);
            _dropped = 0;
            Drain(now);
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
            _shared.Counts[Counter.HttpLate]++;
            Close();
            return true;
        }

        // A busy client acknowledges within its round trip; a source may take its time, and needs the processor for it.
        return progress != HttpProgress.SourceBusy;
    }

    // What the client still sends is read and dropped for a while: closing with unread input sends a RST, which can destroy the answer on
    // its way (RFC 9112 9.6). lwIP does so (tcp_close_shutdown) and Linux too, and the device's sockets have no Shutdown.
    private void Drain(long now)
    {
        int count = _peer.Receive(_shared.Incoming, 0, _shared.Incoming.Length);
        if (count > 0)
        {
            _reception.Unread = true;
            _moved = now;
            _dropped += count;
        }

        if (count < 0 || !_reception.Unread || _dropped > HttpLimits.LingerBytes || now - _moved >= HttpLimits.LingerQuiet
            || now - _since >= HttpLimits.LingerTimeout)
        {
            Close();
        }
    }

    private void Enter(int state, int age, long now)
    {
        _state = state;
        _since = now;
        _moved = now;
        _keeps = now + age;
    }
}
