using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Tests.Captures;
using Netboot.Tests.Settings;

namespace Netboot.Tests.Boot;

/// <summary>What the settings make of a machine's request: which loader, or why none.</summary>
[TestClass]
public class OfferPolicyTests
{
    [TestMethod]
    public void A_machine_gets_its_platforms_loader()
    {
        DhcpAnswer decision = Decide("", "snponly.efi", UefiX64.Discover00);
        Assert.IsTrue(decision.Refusal == Refusal.None);
        Assert.AreEqual("snponly.efi", Name(decision));
    }

    [TestMethod]
    public void A_loader_of_the_settings_comes_before_the_default()
    {
        Assert.AreEqual("ipxe.efi", Name(Decide("[loaders]\nx64 = ipxe.efi\n", "ipxe.efi", UefiX64.Discover00)));
        Assert.AreEqual("own.efi",
            Name(Decide("[loaders]\nx64 = ipxe.efi\n[machine 52:54:00:4c:4b:43]\nloader = own.efi\n", "own.efi", UefiX64.Discover00)));
    }

    [TestMethod]
    public void A_loader_that_nobody_has_is_a_refusal_with_its_reason()
    {
        DhcpAnswer decision = Decide("", "snponly.efi", BiosPlain.Discover00);
        Assert.IsTrue(decision.Refusal != Refusal.None);
        Assert.AreEqual("undionly.kpxe", Name(decision));
    }

    [TestMethod]
    public void An_ignored_machine_is_refused_and_ipxe_too()
    {
        const string Settings = "[profile no]\nkind = ignore\n[boot]\ndefault = no\n";
        Assert.IsTrue(Decide(Settings, "snponly.efi", UefiX64.Discover00).Refusal != Refusal.None);
        Assert.IsTrue(Decide(Settings, "snponly.efi", UefiX64.Discover07).Refusal != Refusal.None);
    }

    [TestMethod]
    public void Ipxe_needs_no_loader() => Assert.IsTrue(Decide("", "other.efi", BiosIpxe.Discover00).Refusal == Refusal.None);

    [TestMethod]
    public void A_machines_own_rules_of_dhcp_are_taken_over()
    {
        const string Settings =
            "[machine 52:54:00:4c:4b:43]\noption43 = send\nanswer-request = yes\nuuid = 6b1f2a3c-4d5e-4f60-8172-93a4b5c6d7e8\n";
        DhcpAnswer decision = Decide(Settings, "snponly.efi", UefiX64.Discover00);
        Assert.IsTrue(decision.PxeOption == PxeOptionRule.Send);
        Assert.IsTrue(decision.AnswerRequest);
        Assert.IsTrue(decision.NeedsUuid);
    }

    [TestMethod]
    public void A_machine_is_found_by_its_uuid_when_its_address_is_new()
    {
        const string Settings =
            "[profile no]\nkind = ignore\n[machine 52:54:00:00:00:01]\nprofile = no\nuuid = 6b1f2a3c-4d5e-4f60-8172-93a4b5c6d7e8\n";
        Assert.IsTrue(Decide(Settings, "snponly.efi", UefiX64.Discover00).Refusal != Refusal.None);
    }

    [TestMethod]
    public void A_real_machine_is_found_by_what_its_address_begins_with_and_is_no_machine_of_the_owners()
    {
        const string Settings = "[machine 52:54:00:*]\nloader = lab.efi\noption43 = send\n";
        DhcpAnswer decision = Decide(Settings, "lab.efi", UefiX64.Discover00);
        Assert.AreEqual("lab.efi", Name(decision));
        Assert.IsTrue(decision.PxeOption == PxeOptionRule.Send);
        Assert.AreEqual(-1, decision.Listed);
        Assert.AreEqual("lab.efi", Name(Decide(Settings, "lab.efi", BiosPlain.Discover00)));
        Assert.AreEqual("snponly.efi", Name(Decide("[machine 52:54:01:*]\nloader = lab.efi\n", "snponly.efi", UefiX64.Discover00)));
    }

    private static string Name(DhcpAnswer decision) => Octets.Text(decision.Loader, 0, decision.Loader.Length);

    private static DhcpAnswer Decide(string settings, string onBoard, byte[] packet)
    {
        var error = new SettingsError();
        byte[] text = Octets.Of(settings);
        DeviceSettings parsed = SettingsText.Parse(text, 0, text.Length, error);
        Assert.IsNotNull(parsed, error.ToString());
        var log = new Log(new LogText());
        var board = new BuiltInLoader(onBoard);
        var files = new BootFiles(new MemoryStorage(), board, new Mirror(log), board, log);
        files.Configure(parsed.LoaderNames(), parsed.LoadersUrl);
        var policy = new OfferPolicy(files, new BootApi());
        policy.Use(new BootRules(parsed));
        var message = new DhcpMessage();
        System.Array.Copy(packet, 0, message.Buffer, 0, packet.Length);
        Assert.IsNull(message.Parse(packet.Length));
        var decision = new DhcpAnswer();
        decision.Client.Read(message);
        policy.Decide(message, decision.Client, decision);
        return decision;
    }
}
