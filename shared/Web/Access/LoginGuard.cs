using Netboot.Api;
using Netboot.Bytes;

namespace Netboot.Web;

/// <summary>
/// Slows guessing down. An address that entered wrong passwords waits longer each time; and however many addresses guess, all together get
/// one try in <see cref="CrowdMilliseconds"/> once <see cref="CrowdBurst"/> were wrong. An address from which the right one came before, or
/// a session, is not held up by strangers.
/// </summary>
internal sealed class LoginGuard
{
    /// <summary>Addresses remembered; the one whose wait ends first makes room.</summary>
    internal const int Sources = 6;

    /// <summary>Wrong passwords without a wait: everybody mistypes.</summary>
    internal const int Free = 3;

    /// <summary>Longest wait. At that pace an address tries 1,440 passwords a day.</summary>
    internal const int LongestMilliseconds = 60000;

    /// <summary>Wrong passwords of all addresses before they share their tries.</summary>
    internal const int CrowdBurst = 20;

    /// <summary>Then one try in so many milliseconds: 6 million a year, of 6 quadrillion with 8 letters and digits.</summary>
    internal const int CrowdMilliseconds = 5000;

    /// <summary>
    /// Addresses from which the right password came that are remembered: as many as there are sessions. The first of them gives way to a
    /// fifth.
    /// </summary>
    internal const int Known = Sessions.Capacity;

    private const int FirstMilliseconds = 1000;

    private readonly object _lock = new object();
    private readonly TokenBucket _crowd = new TokenBucket(CrowdBurst, CrowdMilliseconds);
    private readonly TokenBucket _insiders = new TokenBucket(CrowdBurst, CrowdMilliseconds);
    private readonly int[] _addresses = new int[Sources];
    private readonly byte[] _failures = new byte[Sources];
    private readonly long[] _until = new long[Sources];
    private readonly int[] _known = new int[Known];
    private int _nextKnown;

    /// <summary>How many seconds an address has to wait before its next try; 0: it may try now.</summary>
    internal int Wait(byte[] address, long now)
    {
        lock (_lock)
        {
            int source = Find(Octets.ReadInt32(address, 0));
            long wait = source < 0 ? 0 : _until[source] - now;
            return wait <= 0 ? 0 : (int)((wait + 999) / 1000);
        }
    }

    /// <summary>
    /// The same for a try that is about to be made; it also takes one of the tries that all addresses share, and an address for which there
    /// is none waits as for the next. One that logged in before takes none; sessions have tries of their own, for one may be stolen.
    /// </summary>
    internal int Admit(byte[] address, bool hasSession, long now)
    {
        lock (_lock)
        {
            int wait = Wait(address, now);
            TokenBucket tries = hasSession ? _insiders : _crowd;
            return wait > 0 || IsKnown(Octets.ReadInt32(address, 0)) || tries.Take(now) ? wait : CrowdMilliseconds / 1000;
        }
    }

    /// <summary>A password was wrong.</summary>
    internal void Failed(byte[] address, long now)
    {
        lock (_lock)
        {
            Failed(Octets.ReadInt32(address, 0), now);
        }
    }

    /// <summary>A password was right: the address begins anew.</summary>
    internal void Succeeded(byte[] address)
    {
        lock (_lock)
        {
            int number = Octets.ReadInt32(address, 0);
            if (!IsKnown(number))
            {
                _known[_nextKnown] = number;
                _nextKnown = (_nextKnown + 1) % Known;
            }

            int source = Find(number);
            if (source >= 0)
            {
                _addresses[source] = 0;
                _failures[source] = 0;
                _until[source] = 0;
            }
        }
    }

    private void Failed(int number, long now)
    {
        int source = Find(number);
        if (source < 0)
        {
            source = 0;
            for (int i = 1; i < Sources; i++)
            {
                source = _until[i] < _until[source] ? i : source;
            }

            _addresses[source] = number;
            _failures[source] = 0;
        }

        if (_failures[source] < byte.MaxValue)
        {
            _failures[source]++;
        }

        int wait = FirstMilliseconds;
        for (int i = Free + 1; i < _failures[source] && wait < LongestMilliseconds; i++)
        {
            wait *= 2;
        }

        wait = wait < LongestMilliseconds ? wait : LongestMilliseconds;
        _until[source] = _failures[source] <= Free ? now : now + wait;
    }

    private bool IsKnown(int address)
    {
        for (int i = 0; i < Known; i++)
        {
            if (_known[i] == address)
            {
                return true;
            }
        }

        return false;
    }

    private int Find(int address)
    {
        for (int i = 0; i < Sources; i++)
        {
            if (_addresses[i] == address && _failures[i] > 0)
            {
                return i;
            }
        }

        return -1;
    }
}
