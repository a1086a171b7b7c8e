using System;
using System.Collections.Generic;

namespace Netboot.Tool.Lab;

/// <summary>
/// The network of one boot, in namespaces of its own: "machine" has a bridge with QEMU's taps and one end of a cable to each of router,
/// device, mirror and visitor (a person's computer). Everything is in a namespace from the start, so nothing appears among the host's own
/// links, and deleting the namespaces deletes it all.
/// </summary>
internal sealed class LabNetwork
{
    public const string Interface = "eth0";
    public const string RouterAddress = "10.77.0.1";
    public const string DeviceAddress = "10.77.0.2";
    public const string MirrorAddress = "10.77.0.3";
    public const string VisitorAddress = "10.77.0.4";
    public const int PrefixLength = 24;
    public const string RouterAddress6 = "fd77::1/64";

    private const string Bridge = "br0";

    private readonly string _name;

    public LabNetwork(RunName run, int boot) => _name = $"{run}-{boot}";

    public string Machine => _name + "-machine";

    public string Router => _name + "-router";

    public string Device => _name + "-device";

    public string Mirror => _name + "-mirror";

    public string Visitor => _name + "-visitor";

    /// <summary>The end of a machine's cable.</summary>
    public static string Tap(int machine) => $"tap{machine}";

    /// <summary>The address that the router gives a machine.</summary>
    public static string MachineAddress(int machine) => $"10.77.0.{100 + machine}";

    public void Make(Ledger ledger, int machines)
    {
        foreach (var name in new[] { Machine, Router, Device, Mirror, Visitor })
        {
            ledger.Make($"namespace {name}", () => { Ip("netns", "add", name); return name; }, NetworkNamespaces.Delete);
            Ip("-n", name, "link", "set", "lo", "up");
        }

        // No spanning tree and no forward delay: the port has to pass the machine's first packet.
        Ip("-n", Machine, "link", "add", Bridge, "type", "bridge", "stp_state", "0", "forward_delay", "0", "mcast_snooping", "0");
        Ip("-n", Machine, "link", "set", Bridge, "up");
        Connect(Router, "router", RouterAddress);
        Connect(Device, "device", DeviceAddress);
        Connect(Mirror, "mirror", MirrorAddress);
        Connect(Visitor, "visitor", VisitorAddress);
        // nodad: the address is there at once, so the router's first advertisement is not held back.
        Ip("-n", Router, "address", "add", RouterAddress6, "dev", Interface, "nodad");
        foreach (var name in new[] { Device, Mirror })
        {
            // Without a default route a send to 255.255.255.255 fails with ENETUNREACH.
            Ip("-n", name, "route", "add", "default", "via", RouterAddress);
        }

        for (var i = 0; i < machines; i++)
        {
            Ip("-n", Machine, "tuntap", "add", Tap(i), "mode", "tap");
            Ip("-n", Machine, "link", "set", Tap(i), "master", Bridge, "up");
        }
    }

    /// <summary>The command that runs a program in a namespace (ip replaces itself by the program, so the pid is the program's).</summary>
    public static IReadOnlyList<string> In(string name, IReadOnlyList<string> command) => ["netns", "exec", name, .. command];

    private void Connect(string name, string port, string address)
    {
        Ip("-n", Machine, "link", "add", port, "type", "veth", "peer", "name", Interface, "netns", name);
        // A veth leaves checksums to hardware that QEMU's machine does not have: the machine would see every checksum as wrong.
        HostCommand.Run("ip", In(name, ["ethtool", "-K", Interface, "tx", "off"]));
        Ip("-n", name, "address", "add", $"{address}/{PrefixLength}", "broadcast", "+", "dev", Interface);
        Ip("-n", name, "link", "set", Interface, "up");
        Ip("-n", Machine, "link", "set", port, "master", Bridge, "up");
    }

    private static void Ip(params string[] arguments) => HostCommand.Run("ip", arguments);
}
