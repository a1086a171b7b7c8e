using System;
using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Tests.Dhcp;

/// <summary>Requests that firmware in the field sends and that QEMU's does not, put together after the field notes.</summary>
[TestClass]
public class AnswersToOddMachines
{
    private const int Discover = 1;
    private const int Request = 3;
    private const int Inform = 8;

    [TestMethod]
    [DataRow(0, 1, 1)]
    [DataRow(6, 2, 2)]
    [DataRow(7, 3, 2)]
    [DataRow(9, 3, 2)]
    [DataRow(10, 4, 2)]
    [DataRow(11, 5, 2)]
    [DataRow(25, 6, 2)]
    [DataRow(27, 7, 2)]
    [DataRow(39, 8, 2)]
    [DataRow(41, 9, 6)]
    [DataRow(12, 0, 7)]
    [DataRow(65535, 0, 7)]
    public void Each_architecture_of_a_PXE_client_has_its_platform_and_row(int architecture, int platform, int kind)
    {
        var bench = new DhcpBench();
        bench.Send(new Packet(Discover).Architecture(architecture).Text(60, "PXEClient").Bytes(), false);
        Assert.AreEqual(platform, (int)bench.Client.Platform);
        Assert.AreEqual(kind, (int)bench.Client.Kind);
    }

    [TestMethod]
    [DataRow(15, 2)]
    [DataRow(16, 3)]
    [DataRow(18, 4)]
    [DataRow(19, 5)]
    [DataRow(20, 1)]
    public void Each_architecture_of_an_HTTP_client_has_its_platform(int architecture, int platform)
    {
        var bench = new DhcpBench();
        bench.Send(new Packet(Discover).Architecture(architecture).Text(60, "HTTPClient:Arch:00016:UNDI:003000").Bytes(), false);
        Assert.AreEqual(platform, (int)bench.Client.Platform);
        Assert.IsTrue(bench.Client.Kind == ClientKind.UefiHttp);
        Assert.AreEqual("HTTPClient", bench.Text(60));
    }

    [TestMethod]
    public void A_machine_that_did_not_ask_to_netboot_is_never_answered()
    {
        var bench = new DhcpBench();
        bench.Send(new Packet(Discover).Bytes(), false);
        Assert.AreEqual(0, bench.Length);
        bench.Send(new Packet(Discover).Text(60, "MSFT 5.0").Bytes(), false);
        Assert.AreEqual(0, bench.Length);
        bench.Send(new Packet(Discover).Text(60, "udhcp 1.36").Architecture(7).Bytes(), false);
        Assert.AreEqual(0, bench.Length);
        bench.Send(new Packet(Request).Text(60, "PXEClien").Bytes(), true);
        Assert.AreEqual(0, bench.Length);
        Assert.IsTrue(bench.Answer.Refusal == Refusal.None);
    }

    [TestMethod]
    [DataRow(4)]
    [DataRow(7)]
    [DataRow(2)]
    [DataRow(5)]
    public void Declines_releases_and_other_servers_messages_are_not_answered(int type)
    {
        var bench = new DhcpBench();
        bench.Send(new Packet(type).Text(60, "PXEClient").Architecture(0).Bytes(), false);
        Assert.AreEqual(0, bench.Length);
    }

    [TestMethod]
    public void The_architecture_that_fits_is_taken_from_a_list()
    {
        var bench = new DhcpBench();
        bench.Send(new Packet(Discover).Text(60, "PXEClient").Option(93, new byte[] { 0, 16, 0, 7, 0, 6 }).Bytes(), false);
        Assert.AreEqual(7, bench.Client.Architecture);
        bench.Send(new Packet(Discover).Text(60, "HTTPClient").Option(93, new byte[] { 0, 7, 0, 16 }).Bytes(), false);
        Assert.AreEqual(16, bench.Client.Architecture);
        bench.Send(new Packet(Discover).Text(60, "PXEClient").Option(93, new byte[] { 0, 99, 0, 11 }).Bytes(), false);
        Assert.AreEqual(11, bench.Client.Architecture);
    }

    [TestMethod]
    public void Without_option_93_the_class_names_the_architecture()
    {
        var bench = new DhcpBench();
        bench.Send(new Packet(Discover).Text(60, "PXEClient:Arch:00007:UNDI:003016").Bytes(), false);
        Assert.AreEqual(7, bench.Client.Architecture);
        bench.Send(new Packet(Discover).Text(60, "PXEClient:Arch:0000").Bytes(), false);
        Assert.AreEqual(PxeClient.NoArchitecture, bench.Client.Architecture);
        Assert.IsTrue(bench.Client.Kind == ClientKind.Other);
    }

    [TestMethod]
    public void A_missing_or_odd_option_97_is_no_hindrance()
    {
        var bench = new DhcpBench();
        bench.Send(new Packet(Discover).Text(60, "PXEClient").Architecture(0).Bytes(), false);
        Assert.IsTrue(bench.Length >= 300);
        Assert.AreEqual(-1, bench.Find(97));
        bench.Send(new Packet(Discover).Text(60, "PXEClient").Architecture(0).Option(97, new byte[] { 255, 1, 2 }).Bytes(), false);
        Assert.AreEqual("ff0102", bench.HexOf(97));
        Assert.AreEqual(-1, bench.Client.UuidOffset);
    }

    [TestMethod]
    public void A_user_class_is_read_bare_and_counted()
    {
        var bench = new DhcpBench();
        bench.Send(new Packet(Discover).Text(60, "PXEClient").Architecture(0).Text(77, "iPXE").Bytes(), false);
        Assert.IsTrue(bench.Client.Kind == ClientKind.Ipxe);
        byte[] counted = { 3, (byte)'a', (byte)'b', (byte)'c', 4, (byte)'i', (byte)'P', (byte)'X', (byte)'E' };
        bench.Send(new Packet(Discover).Text(60, "PXEClient").Architecture(0).Option(77, counted).Bytes(), false);
        Assert.IsTrue(bench.Client.Kind == ClientKind.Ipxe);
        bench.Send(new Packet(Discover).Text(60, "PXEClient").Architecture(0).Option(77, new byte[] { 9, (byte)'i' }).Bytes(), false);
        Assert.IsTrue(bench.Client.Kind == ClientKind.BiosPxe);
    }

    [TestMethod]
    public void An_ipxe_that_cannot_fetch_by_http_is_given_a_better_one_first()
    {
        var bench = new DhcpBench();
        bench.Send(new Packet(Discover).Text(60, "PXEClient").Architecture(0).Text(77, "iPXE").Option(175, new byte[] { 0x21, 1, 1 })
            .Bytes(), false);
        Assert.IsTrue(bench.Client.Kind == ClientKind.IpxeWithoutHttp);
        Assert.AreEqual("tftp://10.77.0.2/loader.bin", bench.File());
    }

    [TestMethod]
    public void A_relayed_request_goes_back_to_the_relay_with_option_82_whole_and_last()
    {
        var packet = new Packet(Discover);
        Octets.WriteInt32(packet.Raw, 24, 0x0A000001);
        byte[] agent = { 1, 4, 9, 8, 7, 6, 2, 2, 5, 5 };
        var bench = new DhcpBench();
        bench.Send(packet.Text(60, "PXEClient").Architecture(7).Option(82, agent).Bytes(), false);
        Assert.IsTrue(bench.Answer.Destination == ReplyDestination.Relay);
        Assert.AreEqual("01040908070602020505", bench.HexOf(82));
        int at = bench.Find(82);
        Assert.AreEqual(255, (int)bench.Reply[at + 2 + agent.Length]);
        Assert.AreEqual(at, bench.Find(67) + 2 + bench.Reply[bench.Find(67) + 1], "67 right before it");
        Assert.AreEqual(0x0A000001, Octets.ReadInt32(bench.Reply, 24));
    }

    [TestMethod]
    public void Split_options_are_joined()
    {
        var bench = new DhcpBench();
        Packet packet = new Packet(Discover).Text(60, "PXECl").Architecture(7).Text(60, "ient:Arch:00007").Option(97, new byte[17]);
        Assert.IsNull(bench.Send(packet.Bytes(), false));
        Assert.IsTrue(bench.Client.Kind == ClientKind.UefiPxe);
        Assert.IsTrue(bench.Length > 0);
    }

    [TestMethod]
    public void Options_in_file_and_sname_are_read_when_overloaded()
    {
        var packet = new Packet(Discover);
        packet.Option(52, new byte[] { 3 });
        int at = packet.Put(108, 60, Octets.Of("PXEClient"));
        packet.Raw[at] = 255;
        at = packet.Put(44, 93, new byte[] { 0, 11 });
        packet.Raw[at] = 255;
        var bench = new DhcpBench();
        Assert.IsNull(bench.Send(packet.Bytes(), false));
        Assert.AreEqual(11, bench.Client.Architecture);
        Assert.IsTrue(bench.Client.Kind == ClientKind.UefiPxe);
    }

    [TestMethod]
    public void A_raspberry_pi_is_known_by_its_address_and_gets_its_menu()
    {
        var packet = new Packet(Discover);
        Array.Copy(new byte[] { 0xDC, 0xA6, 0x32, 1, 2, 3 }, 0, packet.Raw, 28, 6);
        var bench = new DhcpBench();
        bench.Send(packet.Text(60, "PXEClient:Arch:00000:UNDI:002001").Architecture(0).Bytes(), false);
        Assert.IsTrue(bench.Client.Kind == ClientKind.RaspberryPi);
        Assert.AreEqual("0914000011526173706265727279205069" + "20426f6f740a0400505845ff", bench.HexOf(43));
    }

    [TestMethod]
    public void An_inform_with_an_address_is_answered_to_that_address()
    {
        var packet = new Packet(Inform);
        Octets.WriteInt32(packet.Raw, 12, 0x0A4D0063);
        var bench = new DhcpBench();
        bench.Send(packet.Text(60, "PXEClient").Architecture(0).Bytes(), false);
        Assert.IsTrue(bench.Length >= 300);
        Assert.AreEqual(5, (int)bench.Reply[bench.Find(53) + 2]);
        Assert.IsTrue(bench.Answer.Destination == ReplyDestination.Client);
    }

    [TestMethod]
    public void A_request_that_names_us_as_its_server_is_confirmed()
    {
        var bench = new DhcpBench();
        bench.Send(new Packet(Request).Text(60, "PXEClient").Architecture(0).Option(54, new byte[] { 10, 77, 0, 2 }).Bytes(), false);
        Assert.AreEqual(5, (int)bench.Reply[bench.Find(53) + 2]);
    }

    [TestMethod]
    public void A_boot_item_that_wants_signed_images_is_left_alone()
    {
        var bench = new DhcpBench();
        bench.Send(new Packet(Request).Text(60, "PXEClient").Architecture(0).Option(43, new byte[] { 71, 4, 0, 1, 0x80, 0, 255 }).Bytes(),
            true);
        Assert.AreEqual(0, bench.Length);
    }

    [TestMethod]
    public void Option_43_follows_the_machines_own_rule()
    {
        var bench = new DhcpBench();
        bench.Decision.PxeOption = PxeOptionRule.Send;
        bench.Send(new Packet(Discover).Text(60, "PXEClient").Architecture(7).Bytes(), false);
        Assert.AreEqual("060108ff", bench.HexOf(43));
        bench.Decision.PxeOption = PxeOptionRule.Omit;
        bench.Send(new Packet(Discover).Text(60, "PXEClient").Architecture(0).Bytes(), false);
        Assert.AreEqual(-1, bench.Find(43));
    }

    [TestMethod]
    public void A_refused_machine_gets_silence_and_the_log_a_reason()
    {
        var bench = new DhcpBench();
        bench.Decision.Refusal = Refusal.ByRule;
        bench.Send(new Packet(Discover).Text(60, "PXEClient").Architecture(0).Bytes(), false);
        Assert.AreEqual(0, bench.Length);
        Assert.IsTrue(bench.Answer.Refusal == Refusal.ByRule);
    }

    [TestMethod]
    public void A_reply_stays_within_what_the_client_takes()
    {
        var bench = new DhcpBench();
        var identifier = new byte[255];
        Packet packet = new Packet(Discover).Text(60, "PXEClient").Architecture(7).Option(61, identifier).Option(97, new byte[17]);
        Assert.IsNull(bench.Send(packet.Bytes(), false));
        Assert.IsTrue(bench.Length > 0 && bench.Length <= 548);
        Assert.AreEqual(255, (int)bench.Reply[bench.Find(61) + 1],
            "the identifier fits without option 67, which the header's file replaces");
        Assert.AreEqual("loader.bin", bench.File());
        packet.Option(82, new byte[100]);
        Assert.IsNull(bench.Send(packet.Bytes(), false));
        Assert.IsTrue(bench.Length > 0 && bench.Length <= 548);
        Assert.AreEqual(-1, bench.Find(61));
        Assert.IsTrue(bench.Find(82) > 0);
    }

    [TestMethod]
    public void A_row_without_a_class_of_its_own_gives_the_clients_back()
    {
        var message = new DhcpMessage();
        byte[] packet = new Packet(Discover).Text(60, "FooClient:1").Option(61, new byte[] { 7, 8 }).Bytes();
        Array.Copy(packet, 0, message.Buffer, 0, packet.Length);
        Assert.IsNull(message.Parse(packet.Length));
        var writer = new DhcpWriter();
        writer.SetAddress(new byte[] { 10, 77, 0, 2 });
        byte[] loader = Octets.Of("foo.efi");
        Assert.IsTrue(writer.Write(message, 2, null, null, loader, loader.Length) >= 300);
        Assert.AreEqual("FooClient:1", Octets.Text(writer.Buffer, 251, writer.Buffer[250]));
        Assert.AreEqual(61, (int)writer.Buffer[262]);

        // A client that has none, such as an iPXE known by its user class.
        packet = new Packet(Discover).Text(77, "iPXE").Bytes();
        Array.Copy(packet, 0, message.Buffer, 0, packet.Length);
        Assert.IsNull(message.Parse(packet.Length));
        Assert.IsTrue(writer.Write(message, 2, null, null, loader, loader.Length) >= 300);
        Assert.AreEqual(67, (int)writer.Buffer[249]);
    }
}
