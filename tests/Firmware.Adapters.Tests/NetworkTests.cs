using System.Net.NetworkInformation;

namespace Netboot.Firmware.Tests;

/// <summary>When the board has an address, and when its sockets have to be opened again.</summary>
[TestClass]
[DoNotParallelize]
public sealed class NetworkTests
{
    private BoardNetwork _network;

    [TestInitialize]
    public void Start()
    {
        FakePlatform.Reset(NetworkInterfaceType.Ethernet);
        _network = new BoardNetwork(NetworkInterfaceType.Ethernet);
    }

    [TestMethod]
    public void Lease_gives_an_address_and_a_generation()
    {
        _network.Poll(0);
        Assert.IsNull(_network.Address);
        Lease("10.0.0.9");
        _network.Poll(1000);
        CollectionAssert.AreEqual(new byte[] { 10, 0, 0, 9 }, _network.Address);
        CollectionAssert.AreEqual(new byte[] { 255, 255, 255, 0 }, _network.SubnetMask);
        Assert.AreEqual(1, _network.Generation);
        Assert.IsTrue(_network.IsProven && _network.IsByServer);
    }

    [TestMethod]
    public void Renewed_lease_is_no_new_generation()
    {
        Lease("10.0.0.9");
        _network.Poll(0);
        NetworkChange.RaiseAddress();
        _network.Poll(10);
        Assert.AreEqual(1, _network.Generation);
    }

    [TestMethod]
    public void Pulled_cable_is_a_new_generation_however_short()
    {
        Lease("10.0.0.9");
        _network.Poll(0);
        NetworkChange.RaiseAvailability(false);
        NetworkChange.RaiseAvailability(true);
        _network.Poll(10);
        Assert.AreEqual(2, _network.Generation);
    }

    [TestMethod]
    public void Changed_address_is_noticed_without_an_event()
    {
        Lease("10.0.0.9");
        _network.Poll(0);
        Lease("10.0.0.10");
        _network.Poll(5000);
        Assert.AreEqual(1, _network.Generation, "a look costs a read of flash");
        _network.Poll(10000);
        Assert.AreEqual(2, _network.Generation);
        Assert.AreEqual(10, _network.Address[3]);
    }

    [TestMethod]
    public void Fixed_address_is_gone_while_the_cable_is_out()
    {
        FakePlatform.Of(NetworkInterfaceType.Ethernet).EnableStaticIPv4("10.0.0.9", "255.255.255.0", "10.0.0.1");
        _network.Poll(0);
        Assert.IsTrue(_network.IsProven && !_network.IsByServer);
        FakePlatform.Link = false;
        _network.Poll(10);
        Assert.IsNull(_network.Address);
        Assert.IsFalse(_network.IsProven);
    }

    private static void Lease(string address)
    {
        NetworkInterface lan = FakePlatform.Of(NetworkInterfaceType.Ethernet);
        lan.IPv4Address = address;
        lan.IPv4SubnetMask = "255.255.255.0";
    }
}
