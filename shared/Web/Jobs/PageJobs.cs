using System;
using Netboot.Journal;

namespace Netboot.Web;

/// <summary>
/// What the page asks for and takes a board up to two seconds (settings read and stored, a password checked) is done by the main thread, in
/// <see cref="Netboot.Device.NetbootDevice.Tick"/>: scripts go on being served meanwhile. One job at a time; the next one waits.
/// </summary>
public sealed class PageJobs
{
    private readonly object _lock = new object();
    private readonly Log _log;
    private PageJob _job;

    /// <summary>An empty place for a job; what jobs survive is told to <paramref name="log"/>.</summary>
    public PageJobs(Log log)
    {
        _log = log;
    }

    /// <summary>Takes a job; false when another has not been done yet: ask again.</summary>
    internal bool Offer(PageJob job)
    {
        lock (_lock)
        {
            if (_job != null)
            {
                return false;
            }

            _job = job;
            return true;
        }
    }

    /// <summary>Does the job that waits, if any. It never throws.</summary>
    public void Run(long now)
    {
        PageJob job = _job;
        if (job == null)
        {
            return;
        }

        try
        {
            job.Do(now);
        }
        catch (OutOfMemoryException)
        {
            // The machines that boot have it. Jobs change nothing before they have everything.
            job.Fail(503, "The device has too little memory for that at the moment. Nothing was changed; try again.");
        }
        catch (Exception e)
        {
            _log.Add(Subsystem.Page, LogEvent.Fault, 0, FaultText.Of(e));
            job.Fail(500, "The device made a mistake. Its log says more.");
        }
        finally
        {
            job.IsDone = true;
            lock (_lock)
            {
                _job = null;
            }
        }
    }
}
