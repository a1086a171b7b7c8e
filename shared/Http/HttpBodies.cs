using System;

namespace Netboot.Http;

/// <summary>
/// The place for a large body: one at a time, made when it is needed and left to the garbage collector afterwards, because 16 KB are too
/// much of the board's heap to keep. A body that fits behind its head in the connection's own buffer (a login, a command) needs no place,
/// so nobody can hold up those.
/// </summary>
public sealed class HttpBodies
{
    private HttpConnection _owner;

    /// <summary>
    /// Gives a buffer of <paramref name="length"/> bytes, or null when another connection is busy with its own or the heap is too full.
    /// One that has sent nothing for <see cref="HttpLimits.BodyIdle"/> is closed to make room.
    /// </summary>
    public byte[] Take(HttpConnection owner, int length, long now)
    {
        if (_owner != null)
        {
            if (!_owner.IsIdle(now))
            {
                return null;
            }

            _owner.Evict();
        }

        try
        {
            byte[] body = new byte[length];
            _owner = owner;
            return body;
        }
        catch (OutOfMemoryException)
        {
            // The machines that boot have it. The client is told to come again.
            return null;
        }
    }

    /// <summary>The connection needs its buffer no more. Harmless when it had none.</summary>
    public void Release(HttpConnection owner)
    {
        if (_owner == owner)
        {
            _owner = null;
        }
    }
}
