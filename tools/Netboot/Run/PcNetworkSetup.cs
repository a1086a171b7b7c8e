using System.Net;
using Netboot.Board;
using Netboot.Dhcp;

namespace Netboot.Tool.Run;

/// <summary>A PC's network belongs to its owner: the virtual device shows it and leaves it alone.</summary>
internal sealed class PcNetworkSetup(string interfaceName, INetwork network) : INetworkSetup
{
    private const string Refusal = "This is a virtual device, which uses the PC's network settings.";

    public bool HasWifi => false;

    public string Describe() =>
        $"{interfaceName}, {(network.Address is { } address ? new IPAddress(address).ToString() : "no address")}, by the PC's own settings";

    public string UseDhcp() => Refusal;

    public string UseStatic(string address, string mask, string gateway, string dns) => Refusal;

    public string UseWifi(string network, string password) => Refusal;
}
