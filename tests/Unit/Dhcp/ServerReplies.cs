using System;
using Netboot.Dhcp;
using Netboot.Tests.Captures;

namespace Netboot.Tests.Dhcp;

/// <summary>What is read from the replies of other servers, and the question that they answer.</summary>
[TestClass]
public class ServerReplies
{
    private const int Type = 242;

    [TestMethod]
    public void A_plain_router_gives_addresses_and_no_boot_options_though_it_names_itself_as_next_server()
    {
        byte[] offer = Servers.PlainRouter;
        Assert.IsTrue(offer[20] != 0, "siaddr is set");
        Tells(offer, OtherServerKind.Dhcp, 0x0a4d0001);
    }

    [TestMethod]
    public void A_router_with_boot_options_a_proxy_and_one_that_says_no_pxedhcp_are_known()
    {
        Tells(Servers.RelayedBootRouter, OtherServerKind.Dhcp | OtherServerKind.Boot, unchecked((int)0xc0a80402));
        Tells(Servers.ProxyOffer, OtherServerKind.Boot, 0x0a4d0002);
        Tells(Servers.RelayedProxy, OtherServerKind.Boot, unchecked((int)0xc0a80402));
        Tells(Servers.RelayedNoProxyRouter, OtherServerKind.Dhcp | OtherServerKind.NoProxy, unchecked((int)0xc0a80402));
    }

    [TestMethod]
    public void A_boot_file_in_the_header_counts_and_options_in_its_place_do_not()
    {
        byte[] offer = Servers.PlainRouter;
        offer[108] = (byte)'x';
        Tells(offer, OtherServerKind.Dhcp | OtherServerKind.Boot, 0x0a4d0001);

        // Option 52 in place of T1 (58): the file field holds options; there a router (3).
        byte[] overloaded = Servers.PlainRouter;
        Assert.AreEqual(58, (int)overloaded[255]);
        Put(overloaded, 255, new byte[] { 52, 1, 1, 0, 0, 0 });
        Put(overloaded, 108, new byte[] { 3, 4, 10, 77, 0, 1, 255 });
        Tells(overloaded, OtherServerKind.Dhcp, 0x0a4d0001);
        Put(overloaded, 108, new byte[] { 67, 2, (byte)'a', (byte)'b', 255 });
        Tells(overloaded, OtherServerKind.Dhcp | OtherServerKind.Boot, 0x0a4d0001);
    }

    [TestMethod]
    public void Option_175_says_no_pxedhcp_only_by_its_sub_option_176()
    {
        byte[] offer = Servers.RelayedNoProxyRouter;
        int at = 240;
        while (offer[at] != 175)
        {
            at += 2 + offer[at + 1];
        }

        offer[at + 4] = 0;
        Tells(offer, OtherServerKind.Dhcp, unchecked((int)0xc0a80402));
        offer[at + 4] = 1;
        offer[at + 2] = 177;
        Tells(offer, OtherServerKind.Dhcp, unchecked((int)0xc0a80402));

        // A sub-option that says it is longer than all of it.
        offer[at + 2] = 176;
        offer[at + 3] = 200;
        Tells(offer, OtherServerKind.Dhcp, unchecked((int)0xc0a80402));
    }

    [TestMethod]
    public void Only_offers_and_acknowledgements_tell_something()
    {
        byte[] refusal = Servers.RelayedBootRouter;
        Assert.AreEqual(DhcpMessageType.Offer, (int)refusal[Type]);
        refusal[Type] = DhcpMessageType.Nak;
        Tells(refusal, OtherServerKind.None, unchecked((int)0xc0a80402));
        refusal[Type] = DhcpMessageType.Ack;
        Tells(refusal, OtherServerKind.Dhcp | OtherServerKind.Boot, unchecked((int)0xc0a80402));
    }

    [TestMethod]
    public void A_server_without_its_identifier_is_known_by_the_next_server()
    {
        byte[] offer = Servers.PlainRouter;
        Assert.AreEqual(54, (int)offer[243]);
        offer[243] = 253;
        offer[23] = 77;
        Tells(offer, OtherServerKind.Dhcp, 0x0a4d004d);
    }

    [TestMethod]
    public void The_question_is_a_relayed_discover_of_a_uefi_machine_that_leases_nothing()
    {
        var message = new DhcpMessage();
        byte[] question = ServerQuestion.Of(new byte[] { 0x24, 0x6f, 0x28, 0xaa, 0xbb, 0xcc }, new byte[] { 192, 168, 4, 1 });
        Assert.IsTrue(question.Length >= 300 && question.Length <= DhcpMessage.MaximumLength);
        Array.Copy(question, 0, message.Buffer, 0, question.Length);
        Assert.IsNull(message.Parse(question.Length));
        Assert.IsTrue(ServerQuestion.Is(message));
        Assert.AreEqual(DhcpMessageType.Discover, message.MessageType);
        Assert.AreEqual(unchecked((int)0xc0a80401), message.RelayAddress);
        Assert.AreEqual(0, message.LengthOf(DhcpOption.RequestedAddress));
        var client = new PxeClient();
        client.Read(message);
        Assert.AreEqual((int)ClientKind.UefiPxe, (int)client.Kind);
        Assert.AreEqual(7, client.Architecture);
        Assert.IsFalse(ServerQuestion.Is(Parsed(Servers.PlainRouter)));
        Assert.IsTrue(ServerQuestion.Is(Parsed(Servers.RelayedProxy)), "the answer to one is known by it too");
    }

    private static void Tells(byte[] reply, OtherServerKind kind, int address)
    {
        DhcpMessage message = Parsed(reply);
        Assert.AreEqual((int)kind, (int)ServerReply.KindOf(message));
        Assert.AreEqual(address, ServerReply.AddressOf(message));
    }

    private static DhcpMessage Parsed(byte[] reply)
    {
        var message = new DhcpMessage();
        Array.Copy(reply, 0, message.Buffer, 0, reply.Length);
        Assert.AreEqual(DhcpMessage.NotRequest, message.Parse(reply.Length));
        return message;
    }

    private static void Put(byte[] packet, int at, byte[] bytes) => Array.Copy(bytes, 0, packet, at, bytes.Length);
}
