using System.Net.NetworkInformation;

namespace Netboot.Firmware;

/// <summary>
/// The platform's network interfaces and their configuration, found by type: their order depends on the target (facts 4.3). Every call
/// reads the configuration files of all interfaces from flash, so nothing here belongs in a packet path. All may throw.
/// </summary>
public static class Interfaces
{
    /// <summary>The interface of a type, or null when the board has none.</summary>
    public static NetworkInterface Find(NetworkInterfaceType type)
    {
        NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i].NetworkInterfaceType == type)
            {
                return all[i];
            }
        }

        return null;
    }

    /// <summary>What the device serves: Ethernet when the board has it, else its Wi-Fi station.</summary>
    public static NetworkInterfaceType Lan()
    {
        return Find(NetworkInterfaceType.Ethernet) != null ? NetworkInterfaceType.Ethernet : NetworkInterfaceType.Wireless80211;
    }

    /// <summary>The station's configuration, or null.</summary>
    public static Wireless80211Configuration Station()
    {
        NetworkInterface station = Find(NetworkInterfaceType.Wireless80211);
        if (station == null)
        {
            return null;
        }

        Wireless80211Configuration[] all = Wireless80211Configuration.GetAllWireless80211Configurations();
        return station.SpecificConfigId < all.Length ? all[station.SpecificConfigId] : null;
    }

    /// <summary>The access point's configuration, or null.</summary>
    public static WirelessAPConfiguration AccessPoint()
    {
        NetworkInterface accessPoint = Find(NetworkInterfaceType.WirelessAP);
        if (accessPoint == null)
        {
            return null;
        }

        WirelessAPConfiguration[] all = WirelessAPConfiguration.GetAllWirelessAPConfigurations();
        return accessPoint.SpecificConfigId < all.Length ? all[accessPoint.SpecificConfigId] : null;
    }

    /// <summary>Whether the station is switched on.</summary>
    public static bool IsOn(Wireless80211Configuration station)
    {
        // NF_ESP32_CheckExpectedWifiMode looks at this bit alone; AutoConnect and SmartConfig contain it.
        return station != null && (station.Options & Wireless80211Configuration.ConfigurationOptions.Enable) != 0;
    }

    /// <summary>Whether the access point is switched on.</summary>
    public static bool IsOn(WirelessAPConfiguration accessPoint)
    {
        return accessPoint != null && (accessPoint.Options & WirelessAPConfiguration.ConfigurationOptions.Enable) != 0;
    }
}
