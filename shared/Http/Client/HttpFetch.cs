using System;
using System.Net;
using System.Net.Sockets;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>
/// A file fetched over HTTP/1.1 on a socket: GET, Content-Length and chunked, at most three redirections. It keeps less than a kilobyte,
/// and the body goes straight into the caller's buffer. A host's name is looked up once, however often the host is asked; on a board that
/// stops every thread meanwhile, so addresses are better.
/// </summary>
public sealed class HttpFetch : Fetch
{
    /// <summary>The request goes out of it, the head of the answer and what comes between chunks goes into it.</summary>
    private const int BufferSize = 512;

    /// <summary>Waits are cut into pieces, so that one that another thread closed is noticed on every platform.</summary>
    private const int SliceMilliseconds = 250;

    /// <summary>For what the platform waits for by itself, such as room to send: it may never come (Home#1691).</summary>
    private const int SocketTimeout = AnswerMilliseconds;

    private readonly object _lock = new object();
    private readonly HttpTarget _target = new HttpTarget();
    private byte[] _buffer;
    private int _at;
    private int _end;
    private ReplyReader _reply;
    private Socket _socket;
    private string _host;
    private IPAddress _address;
    private Fetch _secure;
    private bool _closed;
    private bool _late;
    private long _deadline = long.MaxValue;

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
                    Status = _reply.Status;
                    Length = _reply.Length;
                    IsEncoded = _reply.IsEncoded;
                    IsHtml = _reply.IsHtml;
                    return true;
                }

                Disconnect();
                Fault = _target.Follow(_reply.Location);
                if (Fault != FetchFault.BadRedirect)
                {
                    Redirected(_host, Octets.Text(_target.Url, 0, _target.Url.Length));
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

        Disconnect();
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
            Fault = _closed ? FetchFault.Stopped : FetchFault.BrokeOff;
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
        Socket socket;
        Fetch secure;
        lock (_lock)
        {
            _closed = true;
            socket = _socket;
            _socket = null;
            secure = _secure;
        }

        if (secure != null)
        {
            secure.Close();
        }

        if (socket != null)
        {
            socket.Close();
        }
    }

    /// <inheritdoc/>
    public override void Watch(long now)
    {
        lock (_lock)
        {
            if (now < _deadline || _closed)
            {
                return;
            }

            _late = true;
        }

        Close();
    }

    // The mirror sends on to https, and this image can fetch that: the rest is the other one's.
    private bool FollowHttps()
    {
        Fetch secure = Https.New();
        lock (_lock)
        {
            _secure = _closed ? null : secure;
        }

        bool opened = _secure != null && secure.Open(RedirectedTo);
        Fault = _secure == null ? FetchFault.Stopped : secure.Fault;
        ErrorCode = secure.ErrorCode;
        Status = secure.Status;
        Length = secure.Length;
        IsEncoded = secure.IsEncoded;
        IsHtml = secure.IsHtml;
        return opened;
    }

    // One connection, one request, and the head of its answer; false, and the fault.
    private bool Ask()
    {
        _at = 0;
        _end = 0;
        _reply = new ReplyReader();
        bool connected = false;
        try
        {
            string host = _target.Host;
            IPAddress address = host == _host ? _address : Resolve(host);
            _host = host;
            _address = address;
            if (address == null)
            {
                Fault = FetchFault.UnknownName;
                return false;
            }

            connected = Connect(address);
            if (connected)
            {
                Send();
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
            Fault = _late
                ? FetchFault.NoAnswer : _closed ? FetchFault.Stopped : connected && _reply.Status != 0 ? FetchFault.BrokeOff
                : FetchFault.Unreachable;
            ErrorCode = e.ErrorCode;
        }
        catch (ObjectDisposedException)
        {
            Fault = _late ? FetchFault.NoAnswer : FetchFault.Stopped;
        }

        _deadline = long.MaxValue;
        return Fault == FetchFault.None;
    }

    private static IPAddress Resolve(string host)
    {
        byte[] address = AddressText.Parse(host);
        if (address != null)
        {
            return new IPAddress(address);
        }

        IPAddress[] all;
        try
        {
            all = System.Net.Dns.GetHostEntry(host).AddressList;
        }
        catch (SocketException)
        {
            // One number for every kind of failure (facts 15.3): it says no more than that there is no address.
            return null;
        }

        for (int i = 0; all != null && i < all.Length; i++)
        {
            if (all[i] != null && all[i].AddressFamily == AddressFamily.InterNetwork)
            {
                return all[i];
            }
        }

        return null;
    }

    private bool Connect(IPAddress address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        lock (_lock)
        {
            if (!_closed)
            {
                _socket = socket;
                _deadline = DeviceClock.Now + AnswerMilliseconds;
            }
        }

        if (_socket == null)
        {
            socket.Close();
            Fault = FetchFault.Stopped;
            return false;
        }

        socket.SendTimeout = SocketTimeout;
        socket.ReceiveTimeout = SocketTimeout;
        socket.Connect(new IPEndPoint(address, _target.Port));
        _deadline = DeviceClock.Now + AnswerMilliseconds + SocketTimeout;
        return true;
    }

    private void Send()
    {
        var request = new ByteWriter(_buffer);
        _target.WriteRequest(request);
        for (int sent = 0; sent < request.Length;)
        {
            sent += Live().Send(_buffer, sent, request.Length - sent, SocketFlags.None);
        }
    }

    // What was read and not used, or more; then the part of it that is frame is read.
    private void ReadFrame(long until, FetchFault late)
    {
        if (_at == _end)
        {
            _at = 0;
            _end = Receive(_buffer, 0, _buffer.Length, until, late);
            if (_end <= 0)
            {
                _end = 0;
                return;
            }
        }

        _at += _reply.Feed(_buffer, _at, _end - _at);
        if (_reply.Fault != FetchFault.None)
        {
            Fault = _reply.Fault;
        }
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
        Socket socket;
        do
        {
            // Asked each time: a head that comes byte by byte must not last for ever either.
            if (DeviceClock.Now >= until)
            {
                Fault = late;
                return 0;
            }

            socket = Live();
        }
        while (!socket.Poll(SliceMilliseconds * 1000, SelectMode.SelectRead));

        int got = socket.Receive(buffer, offset, count, SocketFlags.None);
        if (got == 0)
        {
            Live();
            _reply.Closed();
            Fault = _reply.Fault;
        }

        return got;
    }

    private Socket Live()
    {
        Socket socket = _socket;
        if (socket == null)
        {
            Fault = _late ? FetchFault.NoAnswer : FetchFault.Stopped;
            throw new ObjectDisposedException("fetch");
        }

        return socket;
    }

    private void Disconnect()
    {
        Socket socket;
        lock (_lock)
        {
            socket = _socket;
            _socket = null;
        }

        if (socket != null)
        {
            socket.Close();
        }
    }
}
