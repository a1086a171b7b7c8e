using Netboot.Device;
using Netboot.Loops;

namespace Netboot.Firmware;

/// <summary>The device and its first start, in the main loop.</summary>
public sealed class NetbootParts : IPolled
{
    /// <summary>
    /// The platform counts ticks of 10 ms in 32 bits (FreeRTOS's xTaskGetTickCount) and derives its clock and every sleep from them: after
    /// 497 days the clock would start over, and a thread asleep at that moment would sleep as long again. So the board restarts a week
    /// earlier.
    /// </summary>
    private const long ClockEnds = 490L * 24 * 3600 * 1000;

    private readonly NetbootDevice _device;
    private readonly FirstStart _firstStart;
    private readonly BoardNetwork _network;

    /// <summary>A device on the LAN.</summary>
    public NetbootParts(NetbootDevice device, FirstStart firstStart, BoardNetwork network)
    {
        _device = device;
        _firstStart = firstStart;
        _network = network;
    }

    /// <inheritdoc/>
    public string Name
    {
        get { return "device"; }
    }

    /// <inheritdoc/>
    public void Poll(long now)
    {
        _firstStart.Tick(now, _network.IsProven);
        _device.Tick();
        if (now > ClockEnds)
        {
            _device.Supervisor.Restart("the platform's clock would start over after 497 days");
        }
    }
}
