using System;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Dhcp.Lease;

namespace Netboot.Tests.Dhcp.Lease;

[TestClass]
public class LeaseTests
{
    private const string First = "192.168.4.10";

    private LeaseBench _bench;

    [TestMethod]
    public void A_client_gets_an_address_and_everything_that_goes_with_it()
    {
        _bench = new LeaseBench();
        Assert.AreEqual(DhcpMessageType.Offer, _bench.Discover(1));
        Assert.AreEqual(First, _bench.Given());
        Assert.AreEqual("c0a80401", _bench.HexOf(DhcpOption.ServerIdentifier));
        Assert.AreEqual("ffffff00", _bench.HexOf(DhcpOption.SubnetMask));
        Assert.AreEqual("c0a80401", _bench.HexOf(DhcpOption.Router));
        Assert.AreEqual("c0a80401", _bench.HexOf(DhcpOption.NameServers));
        Assert.AreEqual("000004b0", _bench.HexOf(DhcpOption.LeaseTime));
        Assert.IsFalse(_bench.ToClient);
        Assert.AreEqual(DhcpMessageType.Ack, _bench.Select(1, First));
        Assert.AreEqual(First, _bench.Given());
        Assert.IsTrue(_bench.Length >= 300);
    }

    [TestMethod]
    public void The_same_client_gets_the_same_address_again()
    {
        _bench = new LeaseBench();
        _bench.Take(1);
        _bench.Take(2);
        _bench.Now += 3600000;
        Assert.AreEqual(First, _bench.Take(1));
        Assert.AreEqual("192.168.4.11", _bench.Take(2));
    }

    [TestMethod]
    public void Eight_clients_have_an_address_and_the_ninth_waits_for_a_lease_to_end()
    {
        _bench = new LeaseBench();
        for (int i = 1; i <= LeaseTable.Size; i++)
        {
            Assert.IsNotNull(_bench.Take(i));
        }

        Assert.AreEqual(0, _bench.Discover(9));
        _bench.Now += (LeaseWriter.LeaseSeconds * 1000L) + 1;
        Assert.AreEqual(First, _bench.Take(9));
        Assert.AreEqual(DhcpMessageType.Nak, _bench.Renew(1, First));
    }

    [TestMethod]
    public void A_flood_of_made_up_clients_takes_no_lease_and_keeps_nobody_out()
    {
        _bench = new LeaseBench();
        _bench.Take(1);
        for (int i = 100; i < 300; i++)
        {
            _bench.Now += 20;
            Assert.AreEqual(DhcpMessageType.Offer, _bench.Discover(i));
            Assert.IsTrue(_bench.Given() != First);
        }

        Assert.AreEqual(DhcpMessageType.Offer, _bench.Discover(2));
        Assert.AreEqual(DhcpMessageType.Ack, _bench.Select(2, _bench.Given()));
        Assert.AreEqual(DhcpMessageType.Ack, _bench.Renew(1, First));
    }

    [TestMethod]
    public void Renewing_is_answered_to_the_client()
    {
        _bench = new LeaseBench();
        _bench.Take(1);
        Assert.AreEqual(DhcpMessageType.Ack, _bench.Renew(1, First));
        Assert.IsTrue(_bench.ToClient);
        Assert.AreEqual(First, _bench.Given());
    }

    [TestMethod]
    public void A_lease_of_before_the_restart_is_granted_when_it_is_free()
    {
        _bench = new LeaseBench();
        Assert.AreEqual(DhcpMessageType.Ack, _bench.Reboot(1, "192.168.4.15"));
        Assert.AreEqual(DhcpMessageType.Nak, _bench.Reboot(2, "192.168.4.15"));
        Assert.IsFalse(_bench.ToClient);
    }

    [TestMethod]
    [DataRow("192.168.4.1")]
    [DataRow("192.168.4.9")]
    [DataRow("192.168.4.18")]
    [DataRow("192.168.1.10")]
    [DataRow("0.0.0.0")]
    public void An_address_of_elsewhere_is_refused(string address)
    {
        _bench = new LeaseBench();
        Assert.AreEqual(DhcpMessageType.Nak, _bench.Reboot(1, address));
        Assert.AreEqual("00000000", _bench.HexAt(16));
        Assert.AreEqual("c0a80401", _bench.HexOf(DhcpOption.ServerIdentifier));
        Assert.IsNull(_bench.HexOf(DhcpOption.LeaseTime));
    }

    [TestMethod]
    public void A_wish_is_granted_when_it_is_free()
    {
        _bench = new LeaseBench();
        _bench.Send(_bench.Packet(DhcpMessageType.Discover, 1).Option(DhcpOption.RequestedAddress, AddressText.Parse("192.168.4.13")));
        Assert.AreEqual("192.168.4.13", _bench.Given());
        _bench.Send(_bench.Packet(DhcpMessageType.Discover, 2).Option(DhcpOption.RequestedAddress, AddressText.Parse("192.168.4.13")));
        Assert.AreEqual(First, _bench.Given());
        _bench.Send(_bench.Packet(DhcpMessageType.Discover, 3).Option(DhcpOption.RequestedAddress, AddressText.Parse("10.0.0.1")));
        Assert.AreEqual("192.168.4.11", _bench.Given());
    }

    [TestMethod]
    public void Another_servers_client_is_left_alone_and_its_offer_is_free_again()
    {
        _bench = new LeaseBench();
        _bench.Discover(1);
        Assert.AreEqual(0, _bench.Send(_bench.Packet(DhcpMessageType.Request, 1).Option(DhcpOption.ServerIdentifier, AddressText.Parse("192.168.4.2"))));
        Assert.AreEqual(DhcpMessageType.Offer, _bench.Discover(2));
        Assert.AreEqual(First, _bench.Given());
        Assert.AreEqual(DhcpMessageType.Nak, _bench.Reboot(3, First));
    }

    [TestMethod]
    public void An_address_that_is_in_use_by_another_is_left_alone_for_a_while()
    {
        _bench = new LeaseBench();
        _bench.Take(1);
        Assert.AreEqual(0, _bench.Send(_bench.Packet(DhcpMessageType.Decline, 1).Option(DhcpOption.RequestedAddress, AddressText.Parse(First))));
        Assert.AreEqual("192.168.4.11", _bench.Take(1));
        Assert.AreEqual(DhcpMessageType.Nak, _bench.Reboot(2, First));
        _bench.Now += LeaseTable.DeclineMilliseconds;
        Assert.AreEqual(DhcpMessageType.Ack, _bench.Reboot(2, First));
    }

    [TestMethod]
    public void Nobody_declines_or_releases_for_another()
    {
        _bench = new LeaseBench();
        _bench.Take(1);
        _bench.Send(_bench.Packet(DhcpMessageType.Decline, 2).Option(DhcpOption.RequestedAddress, AddressText.Parse(First)));
        _bench.Send(_bench.Packet(DhcpMessageType.Release, 2));
        Assert.AreEqual(DhcpMessageType.Nak, _bench.Reboot(3, First));
        Assert.AreEqual(DhcpMessageType.Ack, _bench.Renew(1, First));
    }

    [TestMethod]
    public void A_released_address_is_free()
    {
        _bench = new LeaseBench();
        _bench.Take(1);
        Assert.AreEqual(0, _bench.Send(_bench.Packet(DhcpMessageType.Release, 1)));
        Assert.AreEqual(DhcpMessageType.Ack, _bench.Reboot(2, First));
    }

    [TestMethod]
    public void An_inform_gets_options_and_no_address()
    {
        _bench = new LeaseBench();
        Packet packet = _bench.Packet(DhcpMessageType.Inform, 1);
        Array.Copy(AddressText.Parse("192.168.4.77"), 0, packet.Raw, 12, 4);
        Assert.AreEqual(DhcpMessageType.Ack, _bench.Send(packet));
        Assert.AreEqual("00000000", _bench.HexAt(16));
        Assert.IsNull(_bench.HexOf(DhcpOption.LeaseTime));
        Assert.IsTrue(_bench.ToClient);
    }

    [TestMethod]
    public void A_relayed_request_is_no_end_of_the_server()
    {
        _bench = new LeaseBench();
        Packet packet = _bench.Packet(DhcpMessageType.Discover, 1);
        packet.Raw[24] = 10;
        Assert.AreEqual(0, _bench.Send(packet));
        Assert.AreEqual(DhcpMessageType.Offer, _bench.Discover(1));
    }

    [TestMethod]
    public void An_identifier_is_echoed_unless_it_is_too_long()
    {
        _bench = new LeaseBench();
        _bench.Send(_bench.Packet(DhcpMessageType.Discover, 1).Option(DhcpOption.ClientIdentifier, new byte[] { 1, 2, 3 }));
        Assert.AreEqual("010203", _bench.HexOf(DhcpOption.ClientIdentifier));
        byte[] half = new byte[200];
        _bench.Send(_bench.Packet(DhcpMessageType.Discover, 1).Option(DhcpOption.ClientIdentifier, half).Option(DhcpOption.ClientIdentifier, half));
        Assert.IsNull(_bench.HexOf(DhcpOption.ClientIdentifier));
    }
}
