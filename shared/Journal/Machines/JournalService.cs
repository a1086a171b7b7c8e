using Netboot.Device;
using Netboot.Dhcp;

namespace Netboot.Journal;

/// <summary>
/// Keeps the journal up to date, in the packets' loop after the services: what DHCP heard, then what was logged. So no service knows of the journal, and
/// no packet waits for it; a burst that pushes entries out of the log before they are read loses them for the journal too.
/// </summary>
public sealed class JournalService : IService
{
    private const int LookMilliseconds = 1000;

    private readonly Log _log;
    private readonly Sightings _sightings;
    private readonly MachineJournal _journal;
    private readonly LogEntry _entry = new LogEntry();
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
        while (_sightings.Next())
        {
            _journal.Heard(_sightings, now);
        }

        int added = _log.Added;
        if (_next != added)
        {
            _next = _next < _log.Oldest ? _log.Oldest : _next;
            for (; _next < added; _next++)
            {
                if (_log.Read(_next, _entry) && _entry.MachineLength > 0)
                {
                    _journal.Logged(_entry, now);
                }
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
