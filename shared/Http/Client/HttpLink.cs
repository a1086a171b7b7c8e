using System;
using System.Net;
using System.Net.Sockets;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>
/// The connection of a fetch, one after the other: its calls wait, and end when another thread closes it or finds that it is too late. A
/// host's name is looked up once, however often the host is asked; on a board that stops every thread meanwhile, so addresses are better.
/// </summary>
internal sealed class HttpLink
{
    /// <summary>Waits are cut into pieces, so that one that another thread closed is noticed on every platform.</summary>
    private const int SliceMilliseconds = 250;

    /// <summary>For what the platform waits for by itself, such as room to send: it may never come (Home#1691).</summary>
    private const int SocketTimeout = Fetch.AnswerMilliseconds;

    private readonly object _lock = new object();
    private Socket _socket;
    private string _host;
    private IPAddress _address;
    private bool _closed;
    private bool _late;
    private long _deadline = long.MaxValue;

    /// <summary>Why another thread ended a call; None if none did.</summary>
    internal FetchFault Ended => _late ? FetchFault.NoAnswer : _closed ? FetchFault.Stopped : FetchFault.None;

    /// <summary>
    /// Connects to a host: what is wrong, or None; throws a <see cref="SocketException"/> when that host cannot be reached. From now on
    /// until <see cref="Answered"/> the time runs.
    /// </summary>
    internal FetchFault Connect(string host, int port)
    {
        _address = host == _host ? _address : Resolve(host);
        _host = host;
        if (_address == null)
        {
            return FetchFault.UnknownName;
        }

        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        lock (_lock)
        {
            if (!_closed)
            {
                _socket = socket;
                _deadline = DeviceClock.Now + Fetch.AnswerMilliseconds;
            }
        }

        if (_socket == null)
        {
            socket.Close();
            return FetchFault.Stopped;
        }

        socket.SendTimeout = SocketTimeout;
        socket.ReceiveTimeout = SocketTimeout;
        socket.Connect(new IPEndPoint(_address, port));
        _deadline = DeviceClock.Now + Fetch.AnswerMilliseconds + SocketTimeout;
        return FetchFault.None;
    }

    /// <summary>The answer is there, or its fault: no other thread ends it any more because it is too late.</summary>
    internal void Answered() => _deadline = long.MaxValue;

    /// <summary>Sends all of it.</summary>
    internal void Send(byte[] buffer, int count)
    {
        for (int sent = 0; sent < count;)
        {
            sent += Live().Send(buffer, sent, count - sent, SocketFlags.None);
        }
    }

    /// <summary>Bytes received; 0 when the other side has closed, -1 when nothing has come until that time.</summary>
    internal int Receive(byte[] buffer, int offset, int count, long until)
    {
        Socket socket;
        do
        {
            // Asked each time: a head that comes byte by byte must not last for ever either.
            if (DeviceClock.Now >= until)
            {
                return -1;
            }

            socket = Live();
        }
        while (!socket.Poll(SliceMilliseconds * 1000, SelectMode.SelectRead));

        int got = socket.Receive(buffer, offset, count, SocketFlags.None);
        if (got == 0)
        {
            // It says so as well when it was closed here.
            Live();
        }

        return got;
    }

    /// <summary>Ends the connection, for good if <paramref name="forGood"/>.</summary>
    internal void Close(bool forGood)
    {
        Socket socket;
        lock (_lock)
        {
            _closed |= forGood;
            socket = _socket;
            _socket = null;
        }

        if (socket != null)
        {
            socket.Close();
        }
    }

    /// <summary>Whether it is too late for a call that waits; the caller then closes.</summary>
    internal bool IsLate(long now)
    {
        lock (_lock)
        {
            bool late = now >= _deadline && !_closed;
            _late |= late;
            return late;
        }
    }

    private Socket Live()
    {
        Socket socket = _socket;
        if (socket == null)
        {
            throw new ObjectDisposedException("fetch");
        }

        return socket;
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
}
