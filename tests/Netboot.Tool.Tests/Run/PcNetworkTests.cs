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
    public void A_wait_ends_with_the_first_datagram()
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
    public void A_wait_ends_after_its_time()
    {
        using var network = new PcNetwork(Loopback);
        using var socket = network.OpenDatagram(0);
        var watch = Stopwatch.StartNew();
        Assert.IsFalse(network.Wait(Short));
        Assert.IsGreaterThanOrEqualTo(Short - 1, watch.ElapsedMilliseconds);
    }

    [TestMethod]
    public void Closed_sockets_are_not_waited_for()
    {
        using var network = new PcNetwork(Loopback);
        network.OpenDatagram(0).Dispose();
        Assert.IsFalse(network.Wait(Short));
        using var socket = network.OpenDatagram(0);
        network.OpenDatagram(0).Dispose();
        Assert.IsFalse(network.Wait(Short));
    }

    [TestMethod]
    public void A_port_of_a_group_is_shared_with_the_PCs_own_service_and_its_datagrams_stay_its_own()
    {
        byte[] group = [224, 0, 0, 251];
        using var network = new PcNetwork(Loopback);
        using var service = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = Long };
        service.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        service.Bind(new IPEndPoint(IPAddress.Any, 0));
        service.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, (byte[])[.. group, 127, 0, 0, 1]);
        var port = ((IPEndPoint)service.LocalEndPoint!).Port;
        using Socket device = network.OpenMulticast(port, group);
        device.ReceiveTimeout = Long;
        device.SendTo([1], new IPEndPoint(new IPAddress(group), port));
        device.SendTo([2], new IPEndPoint(IPAddress.Loopback, port));
        var buffer = new byte[1];
        EndPoint source = new IPEndPoint(IPAddress.Any, 0);
        Assert.AreEqual(1, device.ReceiveFrom(buffer, ref source));
        Assert.AreEqual(1, buffer[0]);
        Assert.AreEqual(new IPEndPoint(IPAddress.Loopback, port), source);
        Assert.AreEqual(1, service.Receive(buffer));
        Assert.AreEqual(1, buffer[0]);
        Assert.AreEqual(1, service.Receive(buffer));
        Assert.AreEqual(2, buffer[0]);
        Assert.AreEqual(0, device.Available);
        Assert.AreEqual(255, device.Ttl);
    }
}
