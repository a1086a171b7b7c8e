namespace Netboot.Http;

/// <summary>
/// The end of a connection. What the client still sends is read and dropped for a while: closing with unread input sends a RST, which can
/// destroy the answer on its way (RFC 9112 9.6). lwIP does so (tcp_close_shutdown) and Linux too, and the device's sockets have no
/// Shutdown.
/// </summary>
public sealed class HttpLinger
{
    private readonly byte[] _incoming;
    private long _since;
    private long _moved;
    private int _dropped;

    /// <summary>One that drops into <paramref name="incoming"/>.</summary>
    public HttpLinger(byte[] incoming)
    {
        _incoming = incoming;
    }

    /// <summary>
    /// The answer is out. True: it can be closed at once, because nothing is left to read and, if not <paramref name="unread"/>, nothing
    /// more will come.
    /// </summary>
    public bool Start(IHttpPeer peer, bool unread, long now)
    {
        int count = peer.Receive(_incoming, 0, _incoming.Length);
        _since = now;
        _moved = now;
        _dropped = 0;
        return count < 0 || (count == 0 && !unread);
    }

    /// <summary>Reads on. True: it can be closed.</summary>
    public bool Step(IHttpPeer peer, long now)
    {
        int count = peer.Receive(_incoming, 0, _incoming.Length);
        if (count > 0)
        {
            _moved = now;
            _dropped += count;
        }

        return count < 0 || _dropped > HttpLimits.LingerBytes || now - _moved >= HttpLimits.LingerQuiet
            || now - _since >= HttpLimits.LingerTimeout;
    }
}
