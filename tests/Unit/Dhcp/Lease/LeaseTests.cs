using System;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Dhcp.Lease;

namespace Netboot.Tests.Dhcp.Lease;

[TestClass]
public class LeaseTests
{
    private const string First = "192.168.4.10";

    [TestMethod]
    public void A_client_gets_an_address_and_everything_that_goes_with_it()
    {
        var bench = new LeaseBench();
        Assert.AreEqual(DhcpMessageType.Offer, bench.Discover(1));
        Assert.AreEqual(First, bench.Given());
        Assert.AreEqual("c0a80401", bench.HexOf(DhcpOption.ServerIdentifier));
        Assert.AreEqual("ffffff00", bench.HexOf(DhcpOption.SubnetMask));
        Assert.AreEqual("c0a80401", bench.HexOf(DhcpOption.Router));
        Assert.AreEqual("c0a80401", bench.HexOf(DhcpOption.NameServers));
        Assert.AreEqual("000004b0", bench.HexOf(DhcpOption.LeaseTime));
        Assert.IsFalse(bench.ToClient);
        Assert.AreEqual(DhcpMessageType.Ack, bench.Select(1, First));
        Assert.AreEqual(First, bench.Given());
        Assert.IsTrue(bench.Length >= 300);
    }

    [TestMethod]
    public void The_same_client_gets_the_same_address_again()
    {
        var bench = new LeaseBench();
        bench.Take(1);
        bench.Take(2);
        bench.Now += 3600000;
        Assert.AreEqual(First, bench.Take(1));
        Assert.AreEqual("192.168.4.11", bench.Take(2));
    }

    [TestMethod]
    public void Eight_clients_have_an_address_and_the_ninth_waits_for_a_lease_to_end()
    {
        var bench = new LeaseBench();
        for (int i = 1; i <= LeaseTable.Size; i++)
        {
            Assert.IsNotNull(bench.Take(i));
        }

        Assert.AreEqual(0, bench.Discover(9));
        bench.Now += (LeaseTable.LeaseSeconds * 1000L) + 1;
        Assert.AreEqual(First, bench.Take(9));
        Assert.AreEqual(DhcpMessageType.Nak, bench.Renew(1, First));
    }

    [TestMethod]
    public void A_flood_of_made_up_clients_takes_no_lease_and_keeps_nobody_out()
    {
        var bench = new LeaseBench();
        bench.Take(1);
        for (int i = 100; i < 300; i++)
        {
            bench.Now += 20;
            Assert.AreEqual(DhcpMessageType.Offer, bench.Discover(i));
            Assert.IsTrue(bench.Given() != First);
        }

        Assert.AreEqual(DhcpMessageType.Offer, bench.Discover(2));
        Assert.AreEqual(DhcpMessageType.Ack, bench.Select(2, bench.Given()));
        Assert.AreEqual(DhcpMessageType.Ack, bench.Renew(1, First));
    }

    [TestMethod]
    public void Renewing_is_answered_to_the_client()
    {
        var bench = new LeaseBench();
        bench.Take(1);
        Assert.AreEqual(DhcpMessageType.Ack, bench.Renew(1, First));
        Assert.IsTrue(bench.ToClient);
        Assert.AreEqual(First, bench.Given());
    }

    [TestMethod]
    public void A_lease_of_before_the_restart_is_granted_when_it_is_free()
    {
        var bench = new LeaseBench();
        Assert.AreEqual(DhcpMessageType.Ack, bench.Reboot(1, "192.168.4.15"));
        Assert.AreEqual(DhcpMessageType.Nak, bench.Reboot(2, "192.168.4.15"));
        Assert.IsFalse(bench.ToClient);
    }

    [TestMethod]
    [DataRow("192.168.4.1")]
    [DataRow("192.168.4.9")]
    [DataRow("192.168.4.18")]
    [DataRow("192.168.1.10")]
    [DataRow("0.0.0.0")]
    public void An_address_of_elsewhere_is_refused(string address)
    {
        var bench = new LeaseBench();
        Assert.AreEqual(DhcpMessageType.Nak, bench.Reboot(1, address));
        Assert.AreEqual("00000000", bench.HexAt(16));
        Assert.AreEqual("c0a80401", bench.HexOf(DhcpOption.ServerIdentifier));
        Assert.IsNull(bench.HexOf(DhcpOption.LeaseTime));
    }

    [TestMethod]
    public void A_wish_is_granted_when_it_is_free()
    {
        var bench = new LeaseBench();
        bench.Send(bench.Packet(DhcpMessageType.Discover, 1).Option(DhcpOption.RequestedAddress, AddressText.Parse("192.168.4.13")));
        Assert.AreEqual("192.168.4.13", bench.Given());
        bench.Send(bench.Packet(DhcpMessageType.Discover, 2).Option(DhcpOption.RequestedAddress, AddressText.Parse("192.168.4.13")));
        Assert.AreEqual(First, bench.Given());
        bench.Send(bench.Packet(DhcpMessageType.Discover, 3).Option(DhcpOption.RequestedAddress, AddressText.Parse("10.0.0.1")));
        Assert.AreEqual("192.168.4.11", bench.Given());
    }

    [TestMethod]
    public void Another_servers_client_is_left_alone_and_its_offer_is_free_again()
    {
        var bench = new LeaseBench();
        bench.Discover(1);
        Assert.AreEqual(0,
            bench.Send(bench.Packet(DhcpMessageType.Request, 1).Option(DhcpOption.ServerIdentifier, AddressText.Parse("192.168.4.2"))));
        Assert.AreEqual(DhcpMessageType.Offer, bench.Discover(2));
        Assert.AreEqual(First, bench.Given());
        Assert.AreEqual(DhcpMessageType.Nak, bench.Reboot(3, First));
    }

    [TestMethod]
    public void An_address_that_is_in_use_by_another_is_left_alone_for_a_while()
    {
        var bench = new LeaseBench();
        bench.Take(1);
        Assert.AreEqual(0,
            bench.Send(bench.Packet(DhcpMessageType.Decline, 1).Option(DhcpOption.RequestedAddress, AddressText.Parse(First))));
        Assert.AreEqual("192.168.4.11", bench.Take(1));
        Assert.AreEqual(DhcpMessageType.Nak, bench.Reboot(2, First));
        bench.Now += LeaseTable.DeclineMilliseconds;
        Assert.AreEqual(DhcpMessageType.Ack, bench.Reboot(2, First));
    }

    [TestMethod]
    public void Nobody_declines_or_releases_for_another()
    {
        var bench = new LeaseBench();
        bench.Take(1);
        bench.Send(bench.Packet(DhcpMessageType.Decline, 2).Option(DhcpOption.RequestedAddress, AddressText.Parse(First)));
        bench.Send(bench.Packet(DhcpMessageType.Release, 2));
        Assert.AreEqual(DhcpMessageType.Nak, bench.Reboot(3, First));
        Assert.AreEqual(DhcpMessageType.Ack, bench.Renew(1, First));
    }

    [TestMethod]
    public void A_released_address_is_free()
    {
        var bench = new LeaseBench();
        bench.Take(1);
        Assert.AreEqual(0, bench.Send(bench.Packet(DhcpMessageType.Release, 1)));
        Assert.AreEqual(DhcpMessageType.Ack, bench.Reboot(2, First));
    }

    [TestMethod]
    public void An_inform_gets_options_and_no_address()
    {
        var bench = new LeaseBench();
        Packet packet = bench.Packet(DhcpMessageType.Inform, 1);
        Array.Copy(AddressText.Parse("192.168.4.77"), 0, packet.Raw, 12, 4);
        Assert.AreEqual(DhcpMessageType.Ack, bench.Send(packet));
        Assert.AreEqual("00000000", bench.HexAt(16));
        Assert.IsNull(bench.HexOf(DhcpOption.LeaseTime));
        Assert.IsTrue(bench.ToClient);
    }

    [TestMethod]
    public void A_relayed_request_is_no_end_of_the_server()
    {
        var bench = new LeaseBench();
        Packet packet = bench.Packet(DhcpMessageType.Discover, 1);
        packet.Raw[24] = 10;
        Assert.AreEqual(0, bench.Send(packet));
        Assert.AreEqual(DhcpMessageType.Offer, bench.Discover(1));
    }

    [TestMethod]
    public void An_identifier_is_echoed_unless_it_is_too_long()
    {
        var bench = new LeaseBench();
        bench.Send(bench.Packet(DhcpMessageType.Discover, 1).Option(DhcpOption.ClientIdentifier, new byte[] { 1, 2, 3 }));
        Assert.AreEqual("010203", bench.HexOf(DhcpOption.ClientIdentifier));
        byte[] half = new byte[200];
        bench.Send(bench.Packet(DhcpMessageType.Discover, 1).Option(DhcpOption.ClientIdentifier, half)
            .Option(DhcpOption.ClientIdentifier, half));
        Assert.IsNull(bench.HexOf(DhcpOption.ClientIdentifier));
    }
}
