namespace Netboot.Board;

/// <summary>
/// Waits for datagrams, woken at once by the first: what an <see cref="INetwork"/> is as well where the system can do that. A PC can. A
/// board cannot: a thread that waits there comes back up to 10 ms late, so its loop stays awake while there is work, and sleeps when there
/// is none. On a PC the same loop would take a processor from the machine that it serves (in the lab both run on one PC).
/// </summary>
public interface IDatagramWait
{
    /// <summary>Returns when a datagram socket has something to read (true), or after <paramref name="milliseconds"/> (false).</summary>
    bool Wait(int milliseconds);
}
