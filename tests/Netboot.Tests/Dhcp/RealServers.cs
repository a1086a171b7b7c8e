using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Netboot.Api;
using Netboot.Board;
using Netboot.Device;
using Netboot.Dhcp;
using Netboot.Logging;
using Netboot.Tests.Device;
using Netboot.Tests.Setup;
using Netboot.Tests.Support;

namespace Netboot.Tests.Dhcp;

/// <summary>
/// The device asks a real dnsmasq on the other end of a cable, set up as the servers that are in the way of netboot, and says what it is.
/// </summary>
[TestClass]
public class RealServers
{
    private const string Range = "--dhcp-range=192.168.4.100,192.168.4.150,1h";

    [TestMethod]
    [DataRow(OtherServerKind.Dhcp, Range)]
    [DataRow(OtherServerKind.Dhcp | OtherServerKind.Boot, Range + " --dhcp-boot=pxelinux.0,nas,192.168.4.9")]
    [DataRow(OtherServerKind.Dhcp | OtherServerKind.NoProxy, Range + " --dhcp-option=encap:175,176,1b")]
    [DataRow(OtherServerKind.Boot, "--dhcp-range=192.168.4.0,proxy --pxe-service=x86-64_EFI,Boot,snponly.efi")]
    public void A_dnsmasq_is_listed_as_what_it_is(OtherServerKind kind, string options)
    {
        NetbootDevice device = Ask(options, d => d.Others.Count > 0, TimeSpan.FromSeconds(15));
        Assert.AreEqual(1, device.Others.Count, device.Log.Counts[Counter.DhcpReceived] + " received");
        Assert.AreEqual(kind, device.Others.Kind(0));
        CollectionAssert.AreEqual(new byte[] { 192, 168, 4, 2 }, device.Others.Address(0));
        string status = Netboot.Tests.Support.Pieces.Text(new StatusText(device, Environment.TickCount64));
        Assert.Contains("Other server 192.168.4.2: ", status);
        Assert.Contains("[DHCP] Another server, 192.168.4.2: ", status);

        // Its own question came back to it (Linux loops broadcasts), and nobody was answered.
        Assert.AreEqual(2, device.Log.Counts[Counter.DhcpReceived]);
        Assert.AreEqual(0, device.Log.Counts[Counter.DhcpMalformed]);
        Assert.AreEqual(0, device.Log.Counts[Counter.DhcpOffers]);
        Assert.AreEqual(0, device.Log.Counts[Counter.DhcpUnsent]);
        Assert.AreEqual(0, device.Journal.Count);
    }

    /// <summary>The limit, as README.md states it: this dnsmasq offers nothing to a relay, so a board cannot know of it.</summary>
    [TestMethod]
    public void A_proxy_that_does_not_answer_relays_is_not_heard()
    {
        NetbootDevice device = Ask("--dhcp-range=192.168.4.0,proxy --dhcp-boot=snponly.efi", d =>
            d.Log.Counts[Counter.DhcpReceived] > 1, TimeSpan.FromSeconds(4));
        Assert.AreEqual(1, device.Log.Counts[Counter.DhcpReceived], "its own question only");
        Assert.AreEqual(0, device.Others.Count);
    }

    private static NetbootDevice Ask(string options, Func<NetbootDevice, bool> answered, TimeSpan limit)
    {
        DebianPackages.Need("iproute2", "dnsmasq-base", "busybox");
        using var namespaces = new NetworkNamespaces();
        namespaces.InClient("/usr/sbin/ip address add 192.168.4.2/24 dev wlan", out int code);
        Assert.AreEqual(0, code);
        var board = new VirtualBoard();
        var device = new NetbootDevice(board, new Cable(), board, board, board, 80);
        using Process server = Start(namespaces.Client, options);
        try
        {
            // The clock is the test's: ten seconds after the start the device asks.
            namespaces.InServer(() => device.Dhcp.Step(0));
            SpinWait.SpinUntil(() => namespaces.InClient("busybox netstat -lun", out _).Contains(":67 ", StringComparison.Ordinal), limit);
            var watch = Stopwatch.StartNew();
            while (!answered(device) && watch.Elapsed < limit)
            {
                device.Dhcp.Step(10_000);
                Thread.Sleep(10);
            }

            Assert.IsFalse(server.HasExited, "dnsmasq runs");
            return device;
        }
        finally
        {
            server.Kill();
            server.WaitForExit();
            device.Dhcp.Reset();
        }
    }

    private static Process Start(string space, string options)
    {
        string always = "-k -C /dev/null --port=0 --leasefile-ro --pid-file= --user=root --log-facility=/dev/null --interface=wlan";
        return Process.Start(new ProcessStartInfo("/usr/sbin/ip",
            $"netns exec {space} dnsmasq {always} {options}") { RedirectStandardError = true });
    }

    /// <summary>The sockets as the board's adapter makes them.</summary>
    private sealed class Cable : INetwork
    {
        public byte[] Address { get; } = [192, 168, 4, 1];

        public byte[] SubnetMask { get; } = [255, 255, 255, 0];

        public int Generation => 0;

        public Socket OpenDatagram(int port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return socket;
        }

        public Socket OpenMulticast(int port, byte[] group) => throw new NotSupportedException();

        public Socket OpenListener(int port) => throw new NotSupportedException();
    }
}
