using System;
using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Logging;

namespace Netboot.Http;

/// <summary>
/// The HTTP server: one listener, a fixed table of connections, no thread of its own. Every step does what can be done without waiting,
/// so neither an idle nor a hostile connection holds up another.
/// </summary>
public sealed class HttpService : IService
{
    private readonly INetwork _network;
    private readonly int _port;
    private readonly HttpShared _shared;
    private readonly HttpTable _table;

    private Socket _listener;
    private bool _complained;
    private bool _refused;
    private int _failures;
    private long _notBefore;

    // An accepted connection whose source has its share of the table. It waits here, without a buffer, until one of that source's ends.
    private Socket _parked;
    private byte[] _parkedAddress;
    private long _parkedSince;

    /// <summary>A server on <paramref name="port"/> whose requests go to <paramref name="handler"/>.</summary>
    public HttpService(INetwork network, int port, IHttpHandler handler, Log log)
    {
        _network = network;
        _port = port;
        _shared = new HttpShared(handler, log, new byte[HttpLimits.ReadSize]);
        _table = new HttpTable(_shared);
    }

    /// <inheritdoc/>
    public string Name => "HTTP";

    /// <summary>What all connections read into. It does not need it between its steps: others of the same thread may use it.</summary>
    public byte[] Incoming => _shared.Incoming;

    /// <summary>Connections that are open now.</summary>
    public int Active => _table.Active + (_parked == null ? 0 : 1);

    /// <inheritdoc/>
    public bool Step(long now)
    {
        bool moved = Admit(now);
        return _table.Step(now) || moved;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _table.Close();
        Unpark();
        CloseListener();
        _complained = false;
        _refused = false;
        _failures = 0;
        _notBefore = 0;
    }

    private bool Admit(long now)
    {
        bool moved = _parked != null && PlaceParked(now);

        // Without a link there is nobody to accept, and every call on a socket fails (lwIP: ENETDOWN).
        if (now < _notBefore || _network.Address == null || (_listener == null && !Open(now)))
        {
            return moved;
        }

        try
        {
            for (int i = 0; i < HttpLimits.AcceptsPerStep; i++)
            {
                if (!_listener.Poll(0, SelectMode.SelectRead) || !_table.HasRoom(now))
                {
                    break;
                }

                Socket socket = _listener.Accept();
                _failures = 0;
                moved = true;
                if (_complained)
                {
                    _complained = false;
                    _shared.Listening(_port);
                }

                Welcome(socket, now);
            }
        }
        catch (SocketException e)
        {
            // No socket left, or no link: both pass. A listener that goes on failing is made anew; that alone is no proof that it works
            // again.
            _notBefore = now + HttpLimits.AcceptPause;
            _failures++;
            if (_failures > HttpLimits.AcceptFailures)
            {
                _failures = 0;
                _shared.Counts[Counter.HttpFaults]++;
                CloseListener();
                Complain(e);
            }
        }

        return moved;
    }

    private bool Open(long now)
    {
        try
        {
            _listener = _network.OpenListener(_port);
            _listener.ReceiveTimeout = HttpLimits.SocketTimeout;
        }
        catch (SocketException e)
        {
            // The port is taken, or there is no network yet. It is tried again for good, and said once.
            CloseListener();
            _notBefore = now + HttpLimits.OpenPause;
            _refused = true;
            Complain(e);
            return false;
        }

        if (_refused || !_complained)
        {
            _refused = false;
            _complained = false;
            _shared.Listening(_port);
        }

        return true;
    }

    // Once, until it works again.
    private void Complain(SocketException e)
    {
        if (!_complained)
        {
            _complained = true;
            _shared.CannotListen(_port, e.ErrorCode);
        }
    }

    // Whatever fails with a new connection, its socket does not stay open: a board has 16.
    private void Welcome(Socket socket, long now)
    {
        bool settled = false;
        try
        {
            settled = Settle(socket, now);
        }
        catch (OutOfMemoryException)
        {
            // There is no room for a place that was not needed before: this one connection is lost, not all that are open.
            _shared.Counts[Counter.HttpEvicted]++;
        }
        catch (SocketException)
        {
            // It was reset while it waited to be accepted.
        }
        catch (Exception e)
        {
            // A fault of a new kind, which concerns nobody else.
            _shared.Fault(e);
        }
        finally
        {
            if (!settled)
            {
                socket.Close();
            }
        }
    }

    // True: it has a place, or waits for one.
    private bool Settle(Socket socket, long now)
    {
        byte[] address = ((IPEndPoint)socket.RemoteEndPoint).Address.GetAddressBytes();
        _shared.Counts[Counter.HttpConnections]++;
        if (_table.Place(socket, address, now))
        {
            return true;
        }

        // Its source has its share. One such connection waits; those that come after it push it out or are closed, and never stand in the
        // way of another machine's.
        if (_parked != null)
        {
            _shared.Counts[Counter.HttpEvicted]++;
            if (now - _parkedSince < HttpLimits.EvictionAge)
            {
                return false;
            }

            Unpark();
        }

        _parked = socket;
        _parkedAddress = address;
        _parkedSince = now;
        return true;
    }

    private bool PlaceParked(long now)
    {
        try
        {
            if (_table.Place(_parked, _parkedAddress, now))
            {
                _parked = null;
                return true;
            }
        }
        catch (Exception e)
        {
            // Reset while it waited, or no memory for a place: this one is lost, and its socket is not kept.
            _shared.Fault(e);
            Unpark();
            return true;
        }

        if (now - _parkedSince >= HttpLimits.HeadTimeout)
        {
            _shared.Counts[Counter.HttpLate]++;
            Unpark();
            return true;
        }

        return false;
    }

    private void Unpark()
    {
        if (_parked != null)
        {
            _parked.Close();
            _parked = null;
        }
    }

    private void CloseListener()
    {
        if (_listener != null)
        {
            _listener.Close();
            _listener = null;
        }
    }
}
