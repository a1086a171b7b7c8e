using Netboot.Device;
using Netboot.Dhcp;

namespace Netboot.Journal;

/// <summary>
/// Keeps the journal up to date, in the packets' loop after the services: what DHCP heard, then what was logged. So no service knows of the journal, and
/// no packet waits for it; a burst that pushes entries out of the log before they are read loses them for the journal too. What did not happen is looked at once a
/// second.
/// </summary>
public sealed class JournalService : IService
{
    private const int LookMilliseconds = 1000;

    private readonly Log _log;
    private readonly Sightings _sightings;
    private readonly MachineJournal _journal;
    private int _next;
    private long _nextLook;

    /// <summary>A service that writes <paramref name="journal"/>.</summary>
    public JournalService(Log log, Sightings sightings, MachineJournal journal)
    {
        _log = log;
        _sightings = sightings;
        _journal = journal;
    }

    /// <inheritdoc/>
    public string Name
    {
        get { return "journal"; }
    }

    /// <inheritdoc/>
    public bool Step(long now)
    {
        int at;
        byte[] bytes = _sightings.Bytes;
        while ((at = _sightings.Next()) >= 0)
        {
            _journal.Heard(bytes, at, now);
        }

        if (_next != _log.Added)
        {
            // All sightings are taken: their ring serves for one entry after the other.
            while (_log.ReadNext(ref _next, bytes))
            {
                _journal.Logged(bytes, now);
            }
        }

        if (now >= _nextLook)
        {
            _nextLook = now + LookMilliseconds;
            _journal.Tick(now);
        }

        return false;
    }

    /// <inheritdoc/>
    public void Reset()
    {
    }
}
