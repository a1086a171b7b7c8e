using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Bench;

/// <summary>The network of one measurement: a server and its client, each in a namespace, joined by one cable.</summary>
internal sealed class BenchNetwork(RunName run, int number)
{
    public const string Interface = LabNetwork.Interface;
    public const string ServerAddress = LabNetwork.DeviceAddress;
    public const string ClientAddress = "10.77.0.100";

    private const string ReversePathFilters = "/proc/sys/net/ipv4/conf";

    public string Server { get; } = $"{run}-{number}-server";

    public string Client { get; } = $"{run}-{number}-client";

    /// <summary>Makes it. A client without an address sends from 0.0.0.0, as firmware does before it has a lease.</summary>
    public void Make(Ledger ledger, bool clientHasAddress)
    {
        foreach (var name in new[] { Server, Client })
        {
            ledger.Make($"namespace {name}", () => { Ip("netns", "add", name); return name; }, NetworkNamespaces.Delete);
            Ip("-n", name, "link", "set", "lo", "up");
        }

        Ip("-n", Server, "link", "add", Interface, "type", "veth", "peer", "name", Interface, "netns", Client);
        Connect(Server, ServerAddress);
        Connect(Client, clientHasAddress ? ClientAddress : null);
        // Without a default route a send to 255.255.255.255 fails with ENETUNREACH.
        Ip("-n", Server, "route", "add", "default", "via", ClientAddress);
        NamespaceThread.Run(Client, AcceptAnySource);
    }

    private static void Connect(string name, string? address)
    {
        if (address is not null)
        {
            Ip("-n", name, "address", "add", $"{address}/{LabNetwork.PrefixLength}", "broadcast", "+", "dev", Interface);
        }

        Ip("-n", name, "link", "set", Interface, "up");
    }

    /// <summary>
    /// A host that checks sources against its routes (Debian's systemd turns that on) would drop every offer: the client has no address,
    /// and so no route.
    /// </summary>
    private static void AcceptAnySource()
    {
        foreach (var scope in new[] { "all", Interface })
        {
            var file = Path.Combine(ReversePathFilters, scope, "rp_filter");
            if (int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) != 0)
            {
                File.WriteAllText(file, "0");
            }
        }
    }

    private static void Ip(params string[] arguments) => HostCommand.Run("ip", arguments);
}
