using Netboot.Device;

namespace Netboot.Firmware;

/// <summary>The device and its first start, in the main loop.</summary>
public sealed class NetbootParts : IPolled
{
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
    }
}
