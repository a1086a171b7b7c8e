using System.Net.Sockets;

namespace Netboot.Http;

/// <summary>The fixed table of connections: who gets a place, and who has to go for it.</summary>
public sealed class HttpTable
{
    private readonly HttpConnection[] _connections = new HttpConnection[HttpLimits.Connections];
    private readonly SocketPeer[] _peers = new SocketPeer[HttpLimits.Connections];

    private readonly HttpShared _shared;

    // Places made so far: the first that many of the table. A place takes almost 2 KB of the board's heap, so one that was not needed for a
    // while goes.
    private int _made;
    private long _lastBusy;

    /// <summary>An empty table, whose connections have <paramref name="shared"/> in common.</summary>
    public HttpTable(HttpShared shared)
    {
        _shared = shared;
    }

    /// <summary>Connections that are open now.</summary>
    public int Active
    {
        get
        {
            int active = 0;
            for (int i = 0; i < _made; i++)
            {
                if (_connections[i].Active)
                {
                    active++;
                }
            }

            return active;
        }
    }

    /// <summary>Has every connection do what it can without waiting. True when something moved.</summary>
    public bool Step(long now)
    {
        bool moved = false;
        for (int i = 0; i < _made; i++)
        {
            HttpConnection connection = _connections[i];
            if (connection.Active && connection.Step(now))
            {
                moved = true;
            }
        }

        GiveBack(now);
        return moved;
    }

    // The first place stays: a script is asked for often enough.
    private void GiveBack(long now)
    {
        if (_made <= 1)
        {
            return;
        }

        if (_connections[_made - 1].Active)
        {
            _lastBusy = now;
        }
        else if (now - _lastBusy >= HttpLimits.PlaceIdle)
        {
            _made--;
            _connections[_made] = null;
            _peers[_made] = null;
            _lastBusy = now;
        }
    }

    /// <summary>Closes every connection.</summary>
    public void Close()
    {
        for (int i = 0; i < _made; i++)
        {
            _connections[i].Close();
        }
    }

    /// <summary>Whether there is a free place, or one could be made free.</summary>
    public bool HasRoom(long now) => _made < HttpLimits.Connections || FreePlace() >= 0 || MakeRoom(null, now);

    /// <summary>Gives a connection a place in the table, unless its source has its share already.</summary>
    public bool Place(Socket socket, byte[] address, long now)
    {
        int share = 0;
        for (int i = 0; i < _made; i++)
        {
            if (_connections[i].Active && _connections[i].IsFrom(address))
            {
                share++;
            }
        }

        if (share >= HttpLimits.ConnectionsPerSource && !MakeRoom(address, now))
        {
            return false;
        }

        int place = FreePlace();
        if (place < 0)
        {
            if (_made == HttpLimits.Connections)
            {
                return false;
            }

            place = _made;
            _connections[place] = new HttpConnection(_shared);
            _peers[place] = new SocketPeer();
            _made++;
            _lastBusy = now;
        }

        _peers[place].Attach(socket);
        _connections[place].Open(_peers[place], address, now);
        return true;
    }

    /// <summary>
    /// Frees a place, of one source or of any: one whose answer is out, or the oldest that does nothing with its place; or, of any, the
    /// oldest of a source that has several for long.
    /// </summary>
    private bool MakeRoom(byte[] address, long now)
    {
        HttpConnection oldest = null;
        HttpConnection twin = null;
        for (int i = 0; i < _made; i++)
        {
            HttpConnection connection = _connections[i];
            if (!connection.Active || (address != null && !connection.IsFrom(address)))
            {
                continue;
            }

            if (connection.IsDraining)
            {
                connection.Close();
                return true;
            }

            if (connection.GivesWay(now))
            {
                oldest = oldest == null || connection.Opened < oldest.Opened ? connection : oldest;
            }
            else if (address == null && connection.IsLong(now) && HasTwin(i))
            {
                twin = twin == null || connection.Opened < twin.Opened ? connection : twin;
            }
        }

        oldest = oldest ?? twin;
        if (oldest == null)
        {
            return false;
        }

        oldest.Evict();
        return true;
    }

    private bool HasTwin(int place)
    {
        for (int i = 0; i < _made; i++)
        {
            if (i != place && _connections[place].IsTwin(_connections[i]))
            {
                return true;
            }
        }

        return false;
    }

    private int FreePlace()
    {
        for (int i = 0; i < _made; i++)
        {
            if (!_connections[i].Active)
            {
                return i;
            }
        }

        return -1;
    }
}
