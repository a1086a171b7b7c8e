using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Tests.Captures;

namespace Netboot.Tests.Dhcp;

/// <summary>What machines that were recorded get for an answer, row by row of the table.</summary>
[TestClass]
public class AnswersToRealMachines
{
    [TestMethod]
    public void A_bios_rom_gets_the_loader_at_once_and_is_told_not_to_look_for_boot_servers()
    {
        var bench = new DhcpBench();
        Assert.IsNull(bench.Send(BiosPlain.Discover00, false));
        CheckCommon(bench, BiosPlain.Discover00, DhcpMessageType.Offer);
        Assert.IsTrue(bench.Client.Kind == ClientKind.BiosPxe);
        Assert.AreEqual("PXEClient", bench.Text(60));
        Assert.AreEqual("060108ff", bench.HexOf(43));
        Assert.AreEqual("loader.bin", bench.File());
        Assert.AreEqual("loader.bin", bench.BootfileOption());
        Assert.IsTrue(bench.Answer.Destination == ReplyDestination.Broadcast);
    }

    [TestMethod]
    public void A_uefi_machine_gets_no_option_43_because_old_edk2_drops_the_first_offer_with_one()
    {
        CheckUefi(UefiX64.Discover00, Platform.X64);
        CheckUefi(UefiIa32.Discover00, Platform.Ia32);
        CheckUefi(UefiArm64.Discover00, Platform.Arm64);
    }

    [TestMethod]
    public void A_uefi_machine_gets_the_same_loader_from_the_boot_server_at_the_port_it_asked_from()
    {
        CheckBootServer(UefiX64.Request05);
        CheckBootServer(UefiIa32.Request05);
        CheckBootServer(UefiArm64.Request05);
    }

    [TestMethod]
    public void A_uefi_http_machine_gets_its_own_class_and_a_url_that_needs_no_dns()
    {
        var bench = new DhcpBench();
        Assert.IsNull(bench.Send(UefiHttpX64.Discover00, false));
        CheckCommon(bench, UefiHttpX64.Discover00, DhcpMessageType.Offer);
        Assert.IsTrue(bench.Client.Kind == ClientKind.UefiHttp);
        Assert.AreEqual("HTTPClient", bench.Text(60));
        Assert.AreEqual(-1, bench.Find(43));
        Assert.AreEqual("http://10.77.0.2/loader.bin", bench.File());
        Assert.AreEqual("http://10.77.0.2/loader.bin", bench.BootfileOption());
    }

    [TestMethod]
    public void An_ipxe_from_rom_or_loaded_by_us_gets_the_url_of_its_script()
    {
        CheckIpxe(BiosIpxe.Discover00, "http://10.77.0.2/boot.ipxe?mac=52-54-00-18-2e-0a&arch=bios&.ipxe");
        CheckIpxe(BiosPlain.Discover07, "http://10.77.0.2/boot.ipxe?mac=52-54-00-6d-4a-00&arch=bios&.ipxe");
        CheckIpxe(UefiX64.Discover07, "http://10.77.0.2/boot.ipxe?mac=52-54-00-4c-4b-43&arch=x64&.ipxe");
        CheckIpxe(UefiHttpX64.Discover05, "http://10.77.0.2/boot.ipxe?mac=52-54-00-3b-fa-0b&arch=x64&.ipxe");
    }

    [TestMethod]
    public void An_ipxe_that_chose_from_a_boot_menu_gets_its_choice_back()
    {
        var bench = new DhcpBench();
        Assert.IsNull(bench.Send(BiosIpxe.Request05, true));
        CheckCommon(bench, BiosIpxe.Request05, DhcpMessageType.Ack);
        Assert.AreEqual("470480050000ff", bench.HexOf(43));
        Assert.IsTrue(bench.Answer.Destination == ReplyDestination.Source);
    }

    [TestMethod]
    public void A_request_to_the_router_is_left_to_the_router()
    {
        var bench = new DhcpBench();
        Assert.IsNull(bench.Send(BiosIpxe.Request03, false));
        Assert.AreEqual(0, bench.Length);
        Assert.IsNull(bench.Send(UefiX64.Request03, false));
        Assert.AreEqual(0, bench.Length);
    }

    [TestMethod]
    public void A_machine_whose_settings_say_so_gets_an_answer_to_its_request_to_the_router_too()
    {
        var bench = new DhcpBench();
        bench.Decision.AnswerRequest = true;
        Assert.IsNull(bench.Send(BiosPlain.Request03, false));
        CheckCommon(bench, BiosPlain.Request03, DhcpMessageType.Ack);
    }

    [TestMethod]
    public void The_uuid_goes_into_the_url_when_a_rule_wants_it()
    {
        var bench = new DhcpBench();
        bench.Decision.NeedsUuid = true;
        CheckIpxe(bench, UefiX64.Discover07,
            "http://10.77.0.2/boot.ipxe?mac=52-54-00-4c-4b-43&arch=x64&uuid=3c2a1f6b5e4d604f817293a4b5c6d7e8&.ipxe");
    }

    [TestMethod]
    public void A_script_s_url_is_the_machine_s_own_whoever_was_answered_before_it()
    {
        const string X64 = "http://10.77.0.2/boot.ipxe?mac=52-54-00-4c-4b-43&arch=x64&.ipxe";
        var bench = new DhcpBench();
        CheckIpxe(bench, UefiX64.Discover07, X64);
        CheckIpxe(bench, UefiHttpX64.Discover05, "http://10.77.0.2/boot.ipxe?mac=52-54-00-3b-fa-0b&arch=x64&.ipxe");
        CheckIpxe(bench, BiosIpxe.Discover00, "http://10.77.0.2/boot.ipxe?mac=52-54-00-18-2e-0a&arch=bios&.ipxe");
        CheckIpxe(bench, UefiX64.Discover07, X64);
        bench.Decision.NeedsUuid = true;
        CheckIpxe(bench, UefiX64.Discover07,
            "http://10.77.0.2/boot.ipxe?mac=52-54-00-4c-4b-43&arch=x64&uuid=3c2a1f6b5e4d604f817293a4b5c6d7e8&.ipxe");
        bench.Decision.NeedsUuid = false;
        CheckIpxe(bench, UefiX64.Discover07, X64);
        bench.Send(UefiHttpX64.Discover00, false);
        Assert.AreEqual("http://10.77.0.2/loader.bin", bench.BootfileOption());
        CheckIpxe(bench, UefiX64.Discover07, X64);
        bench.Responder.SetAddress(new byte[] { 10, 77, 0, 2 }, 8080);
        CheckIpxe(bench, UefiX64.Discover07, "http://10.77.0.2:8080/boot.ipxe?mac=52-54-00-4c-4b-43&arch=x64&.ipxe");
    }

    private static void CheckUefi(byte[] discover, Platform platform)
    {
        var bench = new DhcpBench();
        Assert.IsNull(bench.Send(discover, false));
        CheckCommon(bench, discover, DhcpMessageType.Offer);
        Assert.IsTrue(bench.Client.Kind == ClientKind.UefiPxe);
        Assert.IsTrue(bench.Client.Platform == platform);
        Assert.AreEqual("PXEClient", bench.Text(60));
        Assert.AreEqual(-1, bench.Find(43));
        Assert.AreEqual("loader.bin", bench.BootfileOption());
    }

    private static void CheckBootServer(byte[] request)
    {
        var bench = new DhcpBench();
        Assert.IsNull(bench.Send(request, true));
        CheckCommon(bench, request, DhcpMessageType.Ack);
        Assert.AreEqual("loader.bin", bench.File());
        Assert.AreEqual("loader.bin", bench.BootfileOption());
        Assert.IsTrue(Octets.Equal(request, 12, bench.Reply, 12, 4), "ciaddr");
        Assert.IsTrue(bench.Answer.Destination == ReplyDestination.Source);
    }

    private static void CheckIpxe(byte[] discover, string url) => CheckIpxe(new DhcpBench(), discover, url);

    private static void CheckIpxe(DhcpBench bench, byte[] discover, string url)
    {
        Assert.IsNull(bench.Send(discover, false));
        CheckCommon(bench, discover, DhcpMessageType.Offer);
        Assert.IsTrue(bench.Client.Kind == ClientKind.Ipxe);
        Assert.AreEqual(url, bench.File());
        Assert.AreEqual(url, bench.BootfileOption());
    }

    /// <summary>The rules for every reply: DESIGN 4, field notes D1.</summary>
    private static void CheckCommon(DhcpBench bench, byte[] request, int type)
    {
        byte[] reply = bench.Reply;
        Assert.IsTrue(bench.Length >= 300, "at least 300 bytes");
        Assert.IsTrue(bench.Length <= 548, "at most 576 with headers");
        Assert.AreEqual(2, (int)reply[0]);
        Assert.IsTrue(Octets.Equal(request, 4, reply, 4, 4), "xid");
        Assert.IsTrue(Octets.Equal(request, 10, reply, 10, 2), "flags");
        Assert.IsTrue(Octets.Equal(request, 24, reply, 24, 20), "giaddr, chaddr");
        Assert.AreEqual(0, Octets.ReadInt32(reply, 16), "yiaddr");
        Assert.AreEqual(0x0A4D0002, Octets.ReadInt32(reply, 20), "siaddr");
        Assert.AreEqual("0a4d0002", bench.HexOf(54));
        Assert.AreEqual(type, (int)reply[bench.Find(53) + 2]);
        Assert.AreEqual("003c2a1f6b5e4d604f817293a4b5c6d7e8", bench.HexOf(97));
        Assert.AreEqual(bench.Message.LengthOf(61) != 0, bench.Find(61) >= 0, "61 comes back when it was sent");
        int last = bench.Find(67);
        Assert.AreEqual(255, (int)reply[last + 2 + reply[last + 1]], "67 last before END");
    }
}
