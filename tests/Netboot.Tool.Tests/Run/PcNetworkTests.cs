using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Netboot.Tool.Run;

namespace Netboot.Tool.Tests.Run;

/// <summary>How the virtual device waits for its datagrams.</summary>
[TestClass]
public sealed class PcNetworkTests
{
    private const string Loopback = "lo";
    private const int Long = 20_000;
    private const int Short = 30;

    [TestMethod]
    public void AWaitEndsWithTheFirstDatagram()
    {
        using var network = new PcNetwork(Loopback);
        using var quiet = network.OpenDatagram(0);
        using var socket = network.OpenDatagram(0);
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        using var timer = new Timer(_ => peer.SendTo([1], new IPEndPoint(IPAddress.Loopback, port)), null, Short, Timeout.Infinite);
        var watch = Stopwatch.StartNew();
        Assert.IsTrue(network.Wait(Long));
        Assert.IsLessThan(Long, watch.ElapsedMilliseconds);
        Assert.AreEqual(1, socket.Available);
    }

    [TestMethod]
    public void AWaitEndsAfterItsTime()
    {
        using var network = new PcNetwork(Loopback);
        using var socket = network.OpenDatagram(0);
        var watch = Stopwatch.StartNew();
        Assert.IsFalse(network.Wait(Short));
        Assert.IsGreaterThanOrEqualTo(Short - 1, watch.ElapsedMilliseconds);
    }

    [TestMethod]
    public void ClosedSocketsAreNotWaitedFor()
    {
        using var network = new PcNetwork(Loopback);
        network.OpenDatagram(0).Dispose();
        Assert.IsFalse(network.Wait(Short));
        using var socket = network.OpenDatagram(0);
        network.OpenDatagram(0).Dispose();
        Assert.IsFalse(network.Wait(Short));
    }
}
