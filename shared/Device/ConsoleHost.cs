using System;
using System.Threading;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Loops;
using Netboot.Terminal;

namespace Netboot.Device;

/// <summary>
/// The console's thread and memory: on a board they are there from the first key until nobody has typed for a while, for they take 3 KB of
/// its heap and most boards never see a key. It has a loop of its own at a low priority: a command may read the flash or calculate for half
/// a second, and neither packets nor pages wait for it.
/// </summary>
public sealed class ConsoleHost
{
    /// <summary>Time without a key after which an offered console is closed; the next key opens it again.</summary>
    public const int UnusedMilliseconds = 600000;

    private readonly NetbootDevice _device;
    private readonly INetwork _network;
    private ITerminal _offered;
    private INetworkSetup _setup;
    private ConsoleService _service;
    private ServiceLoop _loop;
    private long _used;

    /// <summary>No console yet, for this device.</summary>
    public ConsoleHost(NetbootDevice device, INetwork network)
    {
        _device = device;
        _network = network;
    }

    /// <summary>Whether there is a console now.</summary>
    public bool IsOpen => _loop != null;

    /// <summary>A line whose first key opens a console; <paramref name="setup"/> may be null.</summary>
    public void Offer(ITerminal terminal, INetworkSetup setup)
    {
        _offered = terminal;
        _setup = setup;
    }

    /// <summary>
    /// Opens a console on this line now, for as long as the device runs unless the line was offered; <paramref name="setup"/> may be null.
    /// </summary>
    public ConsoleService Open(ITerminal terminal, INetworkSetup setup)
    {
        _service = new ConsoleService(_device, terminal, setup);
        _loop = new ServiceLoop(_network, null, new IService[] { _service }, _device.Log) { Priority = ThreadPriority.BelowNormal };
        _used = DeviceClock.Now;
        _loop.Start();
        return _service;
    }

    /// <summary>To be called now and then: opens it, restarts it, closes it.</summary>
    public void Watch(long now)
    {
        if (_loop == null)
        {
            if (_offered != null && _offered.HasInput)
            {
                Open(_offered, _setup);
            }
        }
        else if (!_loop.IsAlive)
        {
            // It died for want of memory. One that hangs on its line is no reason to restart the board, so no supervisor.
            _loop.Start();
        }
        else if (_offered != null)
        {
            _used = _service.IsUnused ? _used : now;
            if (now - _used >= UnusedMilliseconds)
            {
                Close();
            }
        }
    }

    /// <summary>Lets go of a console that nobody uses.</summary>
    public void Spare()
    {
        if (_offered != null && _service != null && _service.IsUnused)
        {
            Close();
        }
    }

    /// <summary>Ends its thread.</summary>
    public void Close()
    {
        if (_loop != null)
        {
            _loop.Stop();
            _loop = null;
            _service = null;
        }
    }
}
