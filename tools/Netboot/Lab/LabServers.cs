using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Netboot.Tool.Lab;

/// <summary>The servers of a boot's network: a plain router, the mirror, and the boot server under test.</summary>
internal sealed class LabServers
{
    public const string MirrorSource = "mirror";
    public const string RouterSource = "router";

    private const int MirrorPort = 80;
    private const int DhcpServerPort = 67;

    private readonly LiveProcess[] _all;

    private LabServers(LiveProcess[] all) => _all = all;

    /// <summary>
    /// Starts them all, for these machines; <paramref name="take"/> gets each line that one of them writes, with the server's name.
    /// </summary>
    public static LabServers Start(
        IsolatedRun run, LabNetwork network, BootFiles files, IBootServer bootServer, IReadOnlyList<LabMachine> machines, string folder,
        Action<string, string> take, CancellationToken cancellation)
    {
        var router = run.Serve(RouterSource, network.Router, RouterCommand(folder, machines), line => take(RouterSource, line));
        var mirror = run.Serve(
            MirrorSource,
            network.Mirror,
            SelfCommand.With("mirror", files.Mirror, "--listen", $"{LabNetwork.MirrorAddress}:{MirrorPort}"),
            line => take(MirrorSource, line));
        var server = run.Serve(
            bootServer.Name, network.Device, bootServer.Command(files.Loaders, files.Token, folder), line => take(bootServer.Name, line));
        BoundPorts.WaitForUdp(router, cancellation, DhcpServerPort);
        BoundPorts.WaitForTcp(mirror, cancellation, MirrorPort);
        BoundPorts.WaitForUdp(server, cancellation, bootServer.Ports);
        return new LabServers([router, mirror, server]);
    }

    /// <summary>Ends when one of them ends, which none should.</summary>
    public Task AnyExited => Task.WhenAny(_all.Select(server => server.Exited));

    /// <summary>How the one that ended did so, or null while all are running.</summary>
    public string? Ending => Array.Find(_all, server => server.Exited.IsCompleted)?.Ending;

    /// <summary>
    /// A home router: addresses, and nothing about PXE. It advertises IPv6, or iPXE would wait for that after each DHCP. Each machine has
    /// its own address reserved: dnsmasq offers by a hash of the MAC and keeps no offer, so of two machines that ask at once with the same
    /// hash one would be refused (DHCPNAK).
    /// </summary>
    private static IReadOnlyList<string> RouterCommand(string folder, IReadOnlyList<LabMachine> machines) =>
    [
        "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--user=root", "--pid-file=", "--log-facility=-", "--log-dhcp",
        "--port=0", $"--interface={LabNetwork.Interface}", "--bind-interfaces", "--dhcp-authoritative", "--no-ping",
        $"--dhcp-leasefile={Path.Combine(folder, "router.leases")}", "--dhcp-range=10.77.0.100,10.77.0.199,255.255.255.0,1h",
        $"--dhcp-option=option:router,{LabNetwork.RouterAddress}", "--enable-ra", "--dhcp-range=fd77::,ra-only,64",
        .. machines.Select((machine, i) => $"--dhcp-host={machine.Mac},{LabNetwork.MachineAddress(i)}"),
    ];
}
