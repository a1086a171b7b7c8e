using System;
using System.Threading;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Loops;

/// <summary>
/// One thread that drives some services in turn. A fault ends one step of one service, never the loop: it is logged, the service starts
/// afresh after a pause that grows while faults go on. Link and address changes make every service open its sockets again.
/// </summary>
public sealed class ServiceLoop
{
    /// <summary>
    /// Sleep when nothing moved, while a machine boots or somebody looks at the page. On a board with a tick of 10 ms a wake-up takes as
    /// long.
    /// </summary>
    private const int IdleMilliseconds = 1;

    /// <summary>The same at rest: the first datagram is answered 10 ms later, and the board sleeps ten times as long.</summary>
    private const int RestMilliseconds = 10;

    /// <summary>
    /// Without anything moving for so long it is at rest: firmware waits a second or two between the steps of a boot, seldom more.
    /// </summary>
    private const int QuietMilliseconds = 2000;

    /// <summary>
    /// Longest wait for datagrams while work is under way: what it waits for besides (the mirror, a clock) is looked at this often.
    /// </summary>
    private const int BusyWaitMilliseconds = 1;

    /// <summary>
    /// Longest wait for datagrams when nothing is under way: new sockets, an end of the loop and repetitions are in no hurry.
    /// </summary>
    private const int IdleWaitMilliseconds = 10;

    /// <summary>Pause after a first fault, doubled with each that follows.</summary>
    private const int FirstPauseMilliseconds = 100;

    /// <summary>Longest pause: a port that another program holds is tried again every 10 s.</summary>
    private const int LongestPauseMilliseconds = 10000;

    /// <summary>A service without a fault for so long starts again with the first pause.</summary>
    private const int HealthyMilliseconds = 60000;

    private readonly INetwork _network;
    private readonly IService[] _services;
    private readonly IDatagramWait _wait;
    private readonly Log _log;
    private readonly long[] _resume;
    private readonly int[] _pause;
    private int _generation;
    private Thread _thread;
    private bool _stop;

    /// <summary>
    /// A loop over <paramref name="services"/>; <see cref="Start"/> gives it its thread. It waits for datagrams by <paramref name="wait"/>;
    /// when that is null, or for other things than datagrams, it stays awake while there is work, and sleeps when there is none.
    /// </summary>
    public ServiceLoop(INetwork network, IDatagramWait wait, IService[] services, Log log)
    {
        _network = network;
        _wait = wait;
        _services = services;
        _log = log;
        _resume = new long[services.Length];
        _pause = new int[services.Length];
        _generation = network.Generation;
    }

    /// <summary>The names of its services, for the log.</summary>
    public string Name => _services.Length == 1 ? _services[0].Name : _services[0].Name + " and " + _services[_services.Length - 1].Name;

    /// <summary>The priority of its thread, before <see cref="Start"/>.</summary>
    public ThreadPriority Priority { get; set; } = ThreadPriority.Normal;

    /// <summary>When its thread was started, on the device's clock.</summary>
    public long Started { get; private set; }

    /// <summary>When the loop last came round, on the device's clock: a supervisor sees by it that the loop hangs.</summary>
    public long LastBeat { get; private set; }

    /// <summary>Whether its thread runs.</summary>
    public bool IsAlive => _thread != null && _thread.IsAlive;

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        _stop = false;
        Started = DeviceClock.Now;
        LastBeat = Started;
        _thread = new Thread(Run);
        _thread.Priority = Priority;
        _thread.Start();
    }

    /// <summary>Ends the thread and closes the services' sockets. The board never calls it; a virtual device does.</summary>
    public void Stop()
    {
        _stop = true;
        if (_thread != null)
        {
            _thread.Join();
            _thread = null;
        }
    }

    private void Run()
    {
        try
        {
            RunUntilStopped();
        }
        catch (Exception e)
        {
            // Not even a service's fault could be dealt with, for instance for want of memory. The thread ends here and the supervisor
            // starts another: on the board an exception that leaves a thread ends it without a word, on a PC it would end the program.
            _log.Add(Subsystem.Init, LogEvent.Fault, 0, "loop: " + FaultText.Of(e));
        }
    }

    private void RunUntilStopped()
    {
        bool ready = false;
        long moved = Started;
        while (!_stop)
        {
            long now = DeviceClock.Now;
            bool busy = Round(now);
            if (busy)
            {
                moved = now;
            }

            if (!busy && (_wait == null || ready))
            {
                // Ready but not busy: a socket has something that no service reads. It must not keep the loop awake.
                Thread.Sleep(now - moved < QuietMilliseconds ? IdleMilliseconds : RestMilliseconds);
                ready = false;
            }
            else if (_wait != null)
            {
                ready = _wait.Wait(busy ? BusyWaitMilliseconds : IdleWaitMilliseconds);
            }
        }

        for (int i = 0; i < _services.Length; i++)
        {
            Reset(_services[i]);
        }
    }

    /// <summary>
    /// Gives each service one step at <paramref name="now"/> on the device's clock; gives whether any had something to do. What the thread
    /// does over and over.
    /// </summary>
    public bool Round(long now)
    {
        // A hundred times a second at rest: fields are read once, and a method less is called.
        LastBeat = now;
        if (_network.Generation != _generation)
        {
            FollowNetwork();
        }

        bool busy = false;
        long[] resume = _resume;
        int count = resume.Length;
        for (int i = 0; i < count; i++)
        {
            if (now >= resume[i] && Step(i, now))
            {
                busy = true;
            }
        }

        return busy;
    }

    private void FollowNetwork()
    {
        _generation = _network.Generation;
        for (int i = 0; i < _services.Length; i++)
        {
            Reset(_services[i]);
            _resume[i] = 0;
        }
    }

    private bool Step(int index, long now)
    {
        try
        {
            return _services[index].Step(now);
        }
        catch (Exception e)
        {
            // Whatever it was (a socket that died with the link, out of memory, a defect): the service starts afresh, the others go on.
            _log.CountFault();
            int pause = _pause[index];
            pause = pause == 0 || now - _resume[index] > HealthyMilliseconds ? FirstPauseMilliseconds : pause * 2;
            _pause[index] = pause > LongestPauseMilliseconds ? LongestPauseMilliseconds : pause;
            _resume[index] = now + _pause[index];
            _log.Add(Subsystem.Init, LogEvent.Fault, 0, _services[index].Name + ": " + FaultText.Of(e));
            Reset(_services[index]);
            return false;
        }
    }

    private void Reset(IService service)
    {
        try
        {
            service.Reset();
        }
        catch (Exception e)
        {
            // Closing a dead socket may throw as well; the service has let go of it all the same.
            _log.Add(Subsystem.Init, LogEvent.Fault, 0, service.Name + " while closing: " + FaultText.Of(e));
        }
    }
}
