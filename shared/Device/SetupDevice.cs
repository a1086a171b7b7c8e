using System;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Dhcp.Lease;
using Netboot.Dns;
using Netboot.Http;
using Netboot.Logging;
using Netboot.Loops;
using Netboot.Web;

namespace Netboot.Device;

/// <summary>
/// The device in set-up mode, in the place of <see cref="NetbootDevice"/>: on its own access point it hands out addresses, answers every
/// name with its own, and shows the page where a Wi-Fi is entered. No netboot service runs.
/// </summary>
public sealed class SetupDevice
{
    private readonly ServiceLoop _loop;
    private readonly SetupHandler _handler;
    private readonly FirstStart _firstStart;
    private bool _told;

    /// <summary>
    /// A set-up device on these adapters; <paramref name="network"/> is the access point. Its page is on <paramref name="httpPort"/> (80 on
    /// a board).
    /// </summary>
    public SetupDevice(
        IBoard board, INetwork network, IStorage storage, INetworkSetup setup, IRandomness randomness, FirstStart firstStart, Log log,
        int httpPort)
    {
        _firstStart = firstStart;
        _handler = new SetupHandler(board, network, setup, randomness, httpPort);
        Leases = new LeaseService(network, log);
        Names = new NameService(network, log);
        Http = new HttpService(network, httpPort, _handler, log);
        _loop = new ServiceLoop(network, null, new IService[] { Leases, Names, Http }, log);
        Supervisor = new Supervisor(board, storage, new[] { _loop }, log, null);
    }

    /// <summary>The DHCP server.</summary>
    public LeaseService Leases { get; }

    /// <summary>The name server.</summary>
    public NameService Names { get; }

    /// <summary>The page's server.</summary>
    public HttpService Http { get; }

    /// <summary>Watches the loop.</summary>
    public Supervisor Supervisor { get; }

    /// <summary>Starts to serve.</summary>
    public void Start()
    {
        Supervisor.Start(DeviceClock.Now);
        _loop.Start();
    }

    /// <summary>What is due now and then; <see cref="FirstStart.Tick"/> is called beside it.</summary>
    public void Tick(long now)
    {
        Supervisor.Step(now);
        if (_handler.Entered && !_told)
        {
            _told = true;
            _firstStart.WifiEntered(now);
        }
    }

    /// <summary>Ends the thread and closes the sockets; for a virtual device.</summary>
    public void Stop() => _loop.Stop();
}
