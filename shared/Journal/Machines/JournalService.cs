using Netboot.Device;

namespace Netboot.Journal;

/// <summary>
/// Keeps the journal up to date, in the packets' loop after the services: of what was logged, and of what did not happen, which is looked at once a second. So
/// neither TFTP nor HTTP knows of the journal; DHCP tells it by itself. A burst that pushes entries out of the log before they are read loses them for the journal
/// too.
/// </summary>
public sealed class JournalService : IService
{
    private const int LookMilliseconds = 1000;

    private readonly Log _log;
    private readonly MachineJournal _journal;
    private readonly byte[] _entry;
    private int _next;
    private long _nextLook;

    /// <summary>
    /// A service that writes <paramref name="journal"/>. Entries are read into <paramref name="entry"/>, at least <see cref="LogEntry.MaximumSize"/> bytes, which
    /// others of the same thread may use between its steps.
    /// </summary>
    public JournalService(Log log, MachineJournal journal, byte[] entry)
    {
        _log = log;
        _journal = journal;
        _entry = entry;
    }

    /// <inheritdoc/>
    public string Name
    {
        get { return "journal"; }
    }

    /// <inheritdoc/>
    public bool Step(long now)
    {
        if (_next < _log.Told)
        {
            while (_log.ReadNext(ref _next, _entry))
            {
                _journal.Logged(_entry, now);
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
