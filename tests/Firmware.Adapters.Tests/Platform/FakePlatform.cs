using System;
using System.Collections;
using System.Net.NetworkInformation;

namespace Netboot.Firmware.Tests;

/// <summary>
/// The state behind the stand-ins for the board's API: what the platform stores and what its hardware does. One for the process, so each
/// test starts with <see cref="Reset"/>, and none runs beside another.
/// </summary>
internal static class FakePlatform
{
    public static NetworkInterface[] Interfaces { get; private set; }

    public static Wireless80211Configuration Station { get; private set; }

    public static WirelessAPConfiguration AccessPoint { get; private set; }

    /// <summary>What the platform says of the link.</summary>
    public static bool Link { get; set; }

    public static string Target { get; set; }

    public static int Reboots { get; set; }

    public static string[] Ports { get; set; }

    /// <summary>Why a serial port cannot be opened, or null.</summary>
    public static string PortFault { get; set; }

    /// <summary>Levels of GPIOs by number; a pin that was never written or set is high.</summary>
    public static Hashtable Levels { get; } = new Hashtable();

    /// <summary>Pins by the function they were given.</summary>
    public static Hashtable Functions { get; } = new Hashtable();

    /// <summary>Whether the platform throws after storing an address, as it does when the interface is down.</summary>
    public static bool ThrowsAfterStoring { get; set; }

    /// <summary>Whether the platform throws instead of storing.</summary>
    public static bool RefusesToStore { get; set; }

    /// <summary>A board with these interfaces, none of which has an address yet.</summary>
    public static void Reset(params NetworkInterfaceType[] types)
    {
        Interfaces = new NetworkInterface[types.Length];
        Station = null;
        AccessPoint = null;
        for (int i = 0; i < types.Length; i++)
        {
            Interfaces[i] = new NetworkInterface(types[i]);
            Station = types[i] == NetworkInterfaceType.Wireless80211 ? new Wireless80211Configuration() : Station;
            AccessPoint = types[i] == NetworkInterfaceType.WirelessAP ? new WirelessAPConfiguration() : AccessPoint;
        }

        Link = true;
        Target = "FAKE";
        Reboots = 0;
        Ports = new[] { "COM2", "COM3" };
        PortFault = null;
        Levels.Clear();
        Functions.Clear();
        ThrowsAfterStoring = false;
        RefusesToStore = false;
    }

    public static NetworkInterface Of(NetworkInterfaceType type) => Array.Find(Interfaces, found => found.NetworkInterfaceType == type);
}
