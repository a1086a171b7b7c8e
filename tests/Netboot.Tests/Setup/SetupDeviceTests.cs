using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Device;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Tests.Settings;
using Netboot.Tests.Support;

namespace Netboot.Tests.Setup;

/// <summary>
/// The device in set-up mode, on real sockets, with busybox and curl in the part of a phone: DHCP, DNS and HTTP as a phone does them.
/// </summary>
[TestClass]
public class SetupDeviceTests
{
    [TestMethod]
    public void A_phone_gets_an_address_finds_the_page_and_enters_a_Wifi()
    {
        DebianPackages.Need("iproute2", "busybox", "curl");
        using var namespaces = new NetworkNamespaces();
        var board = new FakeBoard();
        var log = new Log(new LogText());
        FirstStart start = Opened(board, log);
        var device = new SetupDevice(board, new AirNetwork(), new MemoryStorage(), board, board, start, log, 80);
        namespaces.InServer(device.Start);
        string script = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                script,
                "#!/bin/sh\n[ \"$1\" = bound ] || exit 0\nip address add $ip/24 dev wlan\n"
                + "echo \"bound ip=$ip router=$router dns=$dns lease=$lease server=$serverid\"\n");
            namespaces.InClient("chmod 700 " + script, out int code);
            string dhcp = namespaces.InClient($"busybox udhcpc -i wlan -f -q -n -t 5 -T 1 -s {script}", out code);
            Assert.AreEqual(0, code, dhcp);
            Assert.Contains("bound ip=192.168.4.10 router=192.168.4.1 dns=192.168.4.1 lease=1200 server=192.168.4.1", dhcp);

            string dns = namespaces.InClient("busybox nslookup connectivitycheck.gstatic.com 192.168.4.1", out code);
            Assert.AreEqual(0, code, dns);
            Assert.Contains("192.168.4.1", dns[(dns.IndexOf("gstatic", StringComparison.Ordinal) + 1)..]);

            // The redirect of a probe is followed to the page.
            string probe = "http://connectivitycheck.gstatic.com/generate_204 --resolve connectivitycheck.gstatic.com:80:192.168.4.1";
            string page = namespaces.InClient("curl -s -S -L -m 10 " + probe, out code);
            Assert.AreEqual(0, code, page);
            Assert.Contains("name=\"token\"", page);
            page = namespaces.InClient("curl -s -S -m 10 http://192.168.4.1/", out code);
            Assert.AreEqual(0, code, page);
            string token = page.Substring(page.IndexOf("name=\"token\" value=\"", StringComparison.Ordinal) + 20, 32);
            string saved =
                namespaces.InClient($"curl -s -S -m 10 --data network=home&password=12345678&token={token} http://192.168.4.1/setup",
                out code);
            Assert.AreEqual(0, code, saved);
            Assert.Contains("Saved.", saved);
            Assert.AreEqual("home", board.Network);
            Close(device, start, board);
        }
        finally
        {
            device.Stop();
            File.Delete(script);
        }

        Assert.AreEqual(1, device.Leases.Leases);
        Assert.AreEqual(0, log.Counts[Counter.SetupUnsent]);
    }

    private static FirstStart Opened(FakeBoard board, Log log)
    {
        var storage = new MemoryStorage();
        board.IsOn = true;
        board.OnName = SetupKey.NetworkName(board.MacAddress);
        board.OnPassword = SetupKey.Password(storage, board);
        var start = new FirstStart(board, storage, board, board, log, Environment.TickCount64);
        Assert.IsTrue(start.IsOpen);
        return start;
    }

    private static void Close(SetupDevice device, FirstStart start, FakeBoard board)
    {
        long now = Environment.TickCount64;
        device.Tick(now);
        start.Tick(now, false);
        Assert.IsFalse(board.IsOn);
        Assert.AreEqual(0, board.Restarts);
        start.Tick(now + FirstStart.GoodbyeMilliseconds, false);
        Assert.AreEqual(1, board.Restarts);
    }

    /// <summary>The sockets as the board's adapter makes them.</summary>
    private sealed class AirNetwork : INetwork
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

        public Socket OpenListener(int port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            socket.Listen(4);
            return socket;
        }
    }
}
