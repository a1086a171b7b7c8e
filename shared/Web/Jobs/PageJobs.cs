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

    /// <summary>Takes a job, unless another has not been done yet: then ask again.</summary>
    internal void Offer(PageJob job)
    {
        lock (_lock)
        {
            if (_job == null)
            {
                job.State = PageJob.Offered;
                _job = job;
            }
        }
    }

    /// <summary>Takes a job back; false when it is being done, or was.</summary>
    internal bool Withdraw(PageJob job)
    {
        lock (_lock)
        {
            if (job.State >= PageJob.Running)
            {
                return false;
            }

            _job = _job == job ? null : _job;
            return true;
        }
    }

    /// <summary>Does the job that waits, if any. It never throws.</summary>
    public void Run(long now)
    {
        if (_job == null)
        {
            return;
        }

        PageJob job;
        lock (_lock)
        {
            job = _job;
            if (job == null)
            {
                // Whoever waited for it gave up.
                return;
            }

            job.State = PageJob.Running;
        }

        try
        {
            job.Do(now);
        }
        catch (OutOfMemoryException)
        {
            // The machines that boot have it. A job that made its change says so all the same.
            job.Fail(503, "The device has too little memory for that at the moment. Nothing was changed; try again.");
        }
        catch (Exception e)
        {
            _log.Add(Subsystem.Page, LogEvent.Fault, 0, FaultText.Of(e));
            job.Fail(500, "The device made a mistake. Its log says more.");
        }
        finally
        {
            lock (_lock)
            {
                job.State = PageJob.Done;
                _job = null;
            }
        }
    }
}
