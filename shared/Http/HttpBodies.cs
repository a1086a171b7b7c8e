namespace Netboot.Http;

/// <summary>
/// The place for a long body: one at a time, for what is made of it takes memory. A body that fits behind its head in the connection's own
/// buffer (a login, a command) needs no place, so nobody can hold up those.
/// </summary>
public sealed class HttpBodies
{
    private HttpConnection _owner;

    /// <summary>
    /// Gives a connection the place; false when another is busy with it. One that has sent nothing for <see cref="HttpLimits.BodyIdle"/> is
    /// closed to make room.
    /// </summary>
    public bool Take(HttpConnection owner, long now)
    {
        if (_owner != null)
        {
            if (!_owner.GivesWay(now))
            {
                return false;
            }

            _owner.Evict();
        }

        _owner = owner;
        return true;
    }

    /// <summary>The connection needs the place no more. Harmless when it had it not.</summary>
    public void Release(HttpConnection owner)
    {
        if (_owner == owner)
        {
            _owner = null;
        }
    }
}
