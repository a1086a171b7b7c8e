using System;
using Netboot.Logging;

namespace Netboot.Api;

/// <summary>How far a job is.</summary>
public enum JobState
{
    /// <summary>Its place is still to be had.</summary>
    New = 0,

    /// <summary>It waits for the main thread.</summary>
    Offered = 1,

    /// <summary>The main thread does it.</summary>
    Running = 2,

    /// <summary>It was done; the answer is settled.</summary>
    Done = 3,
}

/// <summary>Something that takes the main thread a while.</summary>
public interface IJob
{
    /// <summary>How far it is: set by the queue.</summary>
    JobState State { get; set; }

    /// <summary>Does it. What it throws is told by <see cref="Fail"/>.</summary>
    void Do(long now);

    /// <summary>It could not be done: an HTTP status, and why in plain words.</summary>
    void Fail(int status, string message);
}

/// <summary>
/// What a face asks for and takes a board up to two seconds (settings read and stored, a password checked) is done by the main thread, with
/// its ticks: scripts go on being served meanwhile. One job at a time; the next one waits.
/// </summary>
public sealed class JobQueue
{
    private readonly object _lock = new object();
    private readonly Log _log;
    private IJob _job;

    /// <summary>An empty place for a job; what jobs survive is told to <paramref name="log"/>.</summary>
    public JobQueue(Log log)
    {
        _log = log;
    }

    /// <summary>Takes a job, unless another has not been done yet: then ask again.</summary>
    public void Offer(IJob job)
    {
        lock (_lock)
        {
            if (_job == null)
            {
                job.State = JobState.Offered;
                _job = job;
            }
        }
    }

    /// <summary>Takes a job back; false when it is being done, or was.</summary>
    public bool Withdraw(IJob job)
    {
        lock (_lock)
        {
            if (job.State >= JobState.Running)
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

        IJob job;
        lock (_lock)
        {
            job = _job;
            if (job == null)
            {
                // Whoever waited for it gave up.
                return;
            }

            job.State = JobState.Running;
        }

        try
        {
            job.Do(now);
        }
        catch (OutOfMemoryException)
        {
            // The machines that boot have it. A job that made its change says so all the same.
            job.Fail(503, "The device does not have enough memory for that right now. Nothing was changed; try again.");
        }
        catch (Exception e)
        {
            _log.Add(Subsystem.Page, LogEvent.Fault, 0, FaultText.Of(e));
            job.Fail(500, "Internal error. See the device's log.");
        }
        finally
        {
            lock (_lock)
            {
                job.State = JobState.Done;
                _job = null;
            }
        }
    }
}
