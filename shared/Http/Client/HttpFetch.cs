using System;
using System.Net.Sockets;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>
/// A file fetched over HTTP/1.1 on a socket: GET, Content-Length and chunked, at most three redirections. It keeps less than a kilobyte,
/// and the body goes straight into the caller's buffer.
/// </summary>
public sealed class HttpFetch : Fetch
{
    /// <summary>The request goes out of it, the head of the answer and what comes between chunks goes into it.</summary>
    private const int BufferSize = 512;

    private readonly HttpTarget _target = new HttpTarget();
    private readonly HttpLink _link = new HttpLink();
    private byte[] _buffer;
    private int _at;
    private int _end;
    private ReplyReader _reply;
    private Fetch _secure;

    /// <inheritdoc/>
    public override bool Open(string url)
    {
        try
        {
            _buffer = Memory.Take(BufferSize);
            Fault = _target.Set(Octets.Of(url));
            for (int redirects = 0; Fault == FetchFault.None; redirects++)
            {
                if (!Ask())
                {
                    break;
                }

                if (!IsRedirect(_reply.Status))
                {
                    Describe(_reply.Status, _reply.Length, _reply.IsEncoded, _reply.IsHtml);
                    return true;
                }

                _link.Close(false);
                string host = _target.Host;
                Fault = _target.Follow(_reply.Location);
                if (Fault != FetchFault.BadRedirect)
                {
                    Redirected(host, Octets.Text(_target.Url, 0, _target.Url.Length));
                }

                if (Fault == FetchFault.Https && Https != null)
                {
                    return FollowHttps();
                }

                if (Fault == FetchFault.None && redirects == MostRedirects)
                {
                    Fault = FetchFault.TooManyRedirects;
                }
            }
        }
        catch (OutOfMemoryException)
        {
            Fault = FetchFault.OutOfMemory;
        }

        _link.Close(false);
        return false;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count, int milliseconds)
    {
        if (_secure != null && Fault == FetchFault.None)
        {
            int read = _secure.Read(buffer, offset, count, milliseconds);
            Fault = _secure.Fault;
            return read;
        }

        try
        {
            long until = DeviceClock.Now + milliseconds;
            while (Fault == FetchFault.None && !_reply.Done)
            {
                if (_reply.Due == 0)
                {
                    ReadFrame(until, FetchFault.Stalled);
                    continue;
                }

                int got = Body(buffer, offset, count < _reply.Due ? count : (int)_reply.Due, until);
                if (got > 0)
                {
                    _reply.Took(got);
                    return got;
                }
            }
        }
        catch (SocketException)
        {
            // A board says so as well when the socket was closed under the call.
            Fault = _link.Ended != FetchFault.None ? FetchFault.Stopped : FetchFault.BrokeOff;
        }
        catch (ObjectDisposedException)
        {
            Fault = FetchFault.Stopped;
        }
        catch (OutOfMemoryException)
        {
            Memory.Collect();
            Fault = FetchFault.OutOfMemory;
        }

        return Fault == FetchFault.None ? 0 : -1;
    }

    /// <inheritdoc/>
    public override void Close()
    {
        Fetch secure;
        lock (_link)
        {
            _link.Close(true);
            secure = _secure;
        }

        if (secure != null)
        {
            secure.Close();
        }
    }

    /// <inheritdoc/>
    public override void Watch(long now)
    {
        if (_link.IsLate(now))
        {
            Close();
        }
    }

    // The mirror sends on to https, and this image can fetch that: the rest is the other one's.
    private bool FollowHttps()
    {
        Fetch secure = Https.New();
        lock (_link)
        {
            _secure = _link.Ended == FetchFault.None ? secure : null;
        }

        bool opened = _secure != null && secure.Open(RedirectedTo);
        Fault = _secure == null ? FetchFault.Stopped : secure.Fault;
        ErrorCode = secure.ErrorCode;
        Describe(secure.Status, secure.Length, secure.IsEncoded, secure.IsHtml);
        return opened;
    }

    // One connection, one request, and the head of its answer; false, and the fault.
    private bool Ask()
    {
        _at = 0;
        _end = 0;
        _reply = new ReplyReader();
        try
        {
            Fault = _link.Connect(_target.Host, _target.Port);
            if (Fault == FetchFault.None)
            {
                var request = new ByteWriter(_buffer);
                _target.WriteRequest(request);
                _link.Send(_buffer, request.Length);
                long until = DeviceClock.Now + AnswerMilliseconds;
                while (Fault == FetchFault.None && !_reply.HeadDone)
                {
                    ReadFrame(until, FetchFault.NoAnswer);
                }
            }
        }
        catch (SocketException e)
        {
            // Before the answer begins it is all the same to the caller when it broke.
            Fault = _link.Ended != FetchFault.None ? _link.Ended : _reply.Status != 0 ? FetchFault.BrokeOff : FetchFault.Unreachable;
            ErrorCode = e.ErrorCode;
        }
        catch (ObjectDisposedException)
        {
            Fault = _link.Ended != FetchFault.None ? _link.Ended : FetchFault.Stopped;
        }

        _link.Answered();
        return Fault == FetchFault.None;
    }

    // What was read and not used, or more; then the part of it that is frame is read.
    private void ReadFrame(long until, FetchFault late)
    {
        if (_at == _end)
        {
            _at = 0;
            _end = Receive(_buffer, 0, _buffer.Length, until, late);
        }

        _at += _reply.Feed(_buffer, _at, _end - _at);
        Fault = Fault == FetchFault.None ? _reply.Fault : Fault;
    }

    private int Body(byte[] buffer, int offset, int count, long until)
    {
        if (_at == _end)
        {
            return Receive(buffer, offset, count, until, FetchFault.Stalled);
        }

        int held = _end - _at < count ? _end - _at : count;
        Array.Copy(_buffer, _at, buffer, offset, held);
        _at += held;
        return held;
    }

    // Bytes received; 0 when the other side has closed, which the reply judges, or when it is too late, which is a fault.
    private int Receive(byte[] buffer, int offset, int count, long until, FetchFault late)
    {
        int got = _link.Receive(buffer, offset, count, until);
        if (got == 0)
        {
            _reply.Closed();
            Fault = _reply.Fault;
        }
        else if (got < 0)
        {
            Fault = late;
        }

        return got < 0 ? 0 : got;
    }
}
