using System.IO;
using Netboot.Firmware.Tests;

namespace System.Net.NetworkInformation;

public enum NetworkInterfaceType
{
    Unknown = 1,
    Ethernet = 6,
    Wireless80211 = 71,
    WirelessAP = 72,
}

/// <summary>An interface with its stored configuration.</summary>
public sealed class NetworkInterface
{
    internal NetworkInterface(NetworkInterfaceType type)
    {
        NetworkInterfaceType = type;
    }

    public NetworkInterfaceType NetworkInterfaceType { get; }

    public string IPv4Address { get; internal set; } = "0.0.0.0";

    public string IPv4SubnetMask { get; internal set; } = "0.0.0.0";

    public string IPv4GatewayAddress { get; private set; } = "0.0.0.0";

    public string[] IPv4DnsAddresses { get; private set; } = new string[0];

    public bool IsDhcpEnabled { get; private set; } = true;

    public byte[] PhysicalAddress { get; internal set; } = { 0x24, 0x6f, 0x28, 0x0a, 0xbc, 0x01 };

    public uint SpecificConfigId => 0;

    public static NetworkInterface[] GetAllNetworkInterfaces() => FakePlatform.Interfaces;

    public static bool GetIsNetworkAvailable() => FakePlatform.Link;

    public void EnableDhcp() => Store(() => IsDhcpEnabled = true);

    public void EnableStaticIPv4(string address, string mask, string gateway) => Store(() =>
    {
        IsDhcpEnabled = false;
        IPv4Address = address;
        IPv4SubnetMask = mask;
        IPv4GatewayAddress = gateway;
    });

    public void EnableStaticIPv4Dns(string[] addresses) => IPv4DnsAddresses = addresses;

    private static void Store(Action change)
    {
        if (FakePlatform.RefusesToStore)
        {
            throw new IOException("cannot store");
        }

        change();
        if (FakePlatform.ThrowsAfterStoring)
        {
            throw new IOException("interface down");
        }
    }
}

public delegate void NetworkAddressChangedEventHandler(object sender, EventArgs e);

public delegate void NetworkAvailabilityChangedEventHandler(object sender, NetworkAvailabilityEventArgs e);

public sealed class NetworkAvailabilityEventArgs : EventArgs
{
    public bool IsAvailable { get; internal set; }
}

public static class NetworkChange
{
    public static event NetworkAddressChangedEventHandler NetworkAddressChanged;

    public static event NetworkAvailabilityChangedEventHandler NetworkAvailabilityChanged;

    internal static void RaiseAddress() => NetworkAddressChanged?.Invoke(null, EventArgs.Empty);

    internal static void RaiseAvailability(bool available) =>
        NetworkAvailabilityChanged?.Invoke(null, new NetworkAvailabilityEventArgs { IsAvailable = available });
}
