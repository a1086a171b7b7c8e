using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Settings;

namespace Netboot.Tests.Boot;

[TestClass]
public class BootRulesTests
{
    private const string Text =
        "[mirror]\nurl = http://10.0.0.1/\n[boot]\ndefault = d\nx64 = x\n[loaders]\narm64 = ours.efi\n"
        + "[profile d]\nscript = a\n[profile x]\nscript = b\n[profile m]\nkind = local\n[profile o]\nkind = deny\n"
        + "[machine 52:54:00:00:00:01]\nprofile = m\noption43 = send\nanswer-request = yes\nloader = mine.efi\n"
        + "[machine 52:54:00:00:00:02]\nprofile = m\nonce = o\n"
        + "[machine 52:54:00:00:00:03]\nname = nothing\nuuid = 00112233-4455-6677-8899-aabbccddeeff\n"
        + "[machine 52:55:00:00:00:01]\nprofile = o\n";

    [TestMethod]
    [DataRow("525400000001", 3, "m", 3, 0)]
    [DataRow("525400000002", 3, "o", 4, 1)]
    [DataRow("525400000003", 3, "x", 2, 2)]
    [DataRow("525400000003", 1, "d", 1, 2)]
    [DataRow("525500000001", 1, "o", 3, 3)]
    [DataRow("525600000001", 3, "x", 2, -1)]
    [DataRow("525600000001", 0, "d", 1, -1)]
    public void The_closest_rule_decides(string macText, int platform, string profile, int rule, int machine)
    {
        byte[] mac = Mac(macText);
        BootChoice choice = new BootRules(SettingsOf(Text)).Choose(mac, 0, null, 0, (Platform)platform, new BootChoice());
        Assert.AreEqual(profile, Octets.Text(choice.Profile.Name, 0, choice.Profile.Name.Length));
        Assert.AreEqual(rule, (int)choice.Rule);
        Assert.AreEqual(machine, choice.Machine);
        Assert.IsFalse(choice.ByUuid);
    }

    private const string Prefixes =
        "[boot]\nx64 = x\n[profile d]\nkind = local\n[profile x]\nkind = deny\n[profile m]\nkind = local\n[profile o]\nkind = local\n"
        + "[machine 52:54:00:*]\nprofile = d\nloader = lab.efi\noption43 = send\nanswer-request = yes\n"
        + "[machine 52:54:00:aa:bb:*]\nprofile = o\n[machine 52:*]\nprofile = m\n[machine 52:54:*]\n"
        + "[machine 52:54:00:00:00:01]\nprofile = m\n"
        + "[machine 60:00:00:00:00:03]\nprofile = o\nuuid = 00112233-4455-6677-8899-aabbccddeeff\n";

    [TestMethod]
    [DataRow("525400000001", "m", 3, 4)]
    [DataRow("525400000002", "d", 3, 0)]
    [DataRow("525400aabb02", "o", 3, 1)]
    [DataRow("525400aabc02", "d", 3, 0)]
    [DataRow("525411aabb02", "x", 2, 3)]
    [DataRow("525511aabb02", "m", 3, 2)]
    [DataRow("535400000002", "x", 2, -1)]
    [DataRow("605400000002", "x", 2, -1)]
    public void A_whole_address_comes_before_what_it_begins_with_and_more_octets_before_fewer(
        string macText, string profile, int rule, int machine)
    {
        BootChoice choice = new BootRules(SettingsOf(Prefixes)).Choose(Mac(macText), 0, null, 0, Platform.X64, new BootChoice());
        Assert.AreEqual(profile, Octets.Text(choice.Profile.Name, 0, choice.Profile.Name.Length));
        Assert.AreEqual(rule, (int)choice.Rule);
        Assert.AreEqual(machine, choice.Machine);
        Assert.AreEqual(machine == 4 ? 4 : -1, choice.Listed);
    }

    [TestMethod]
    [DataRow("525400000001", 3, "d", 1)]
    [DataRow("525400000001", 5, "a", 2)]
    [DataRow("525500000001", 5, "a", 2)]
    [DataRow("605500000001", 5, "o", 5)]
    [DataRow("605500000001", 0, "o", 5)]
    public void A_machine_that_no_section_is_for_follows_the_rule_for_unknown_ones(string mac, int platform, string profile, int rule)
    {
        const string Unknown =
            "[boot]\ndefault = d\narm64 = a\nunknown = o\n[profile d]\nkind = local\n[profile a]\nkind = local\n[profile o]\nkind = deny\n"
            + "[machine 52:54:00:00:00:01]\n[machine 52:55:*]\n";
        BootChoice choice = new BootRules(SettingsOf(Unknown)).Choose(Mac(mac), 0, null, 0, (Platform)platform, new BootChoice());
        Assert.AreEqual(profile, Octets.Text(choice.Profile.Name, 0, choice.Profile.Name.Length));
        Assert.AreEqual(rule, (int)choice.Rule);
    }

    [TestMethod]
    public void Unknown_machines_that_have_to_ask_get_nothing_until_they_have_a_section()
    {
        var choice = new BootChoice();
        DeviceSettings settings = SettingsOf("[boot]\nunknown = ask\n[machine 52:54:00:00:00:01]\n");
        var rules = new BootRules(settings);
        Assert.IsTrue(rules.Choose(Mac("525400000002"), 0, null, 0, Platform.X64, choice).Profile == settings.Waiting);
        Assert.IsTrue(choice.Profile.Kind == ProfileKind.Ignore);
        Assert.IsTrue(rules.Choose(Mac("525400000001"), 0, null, 0, Platform.X64, choice).Profile == settings.BuiltIn);
    }

    [TestMethod]
    public void A_UUID_comes_before_what_the_address_begins_with()
    {
        byte[] uuid = { 0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff };
        var choice = new BootChoice();
        var rules = new BootRules(SettingsOf(Prefixes));
        Assert.AreEqual(5, rules.Choose(Mac("525400000002"), 0, uuid, 0, Platform.X64, choice).Machine);
        Assert.IsTrue(choice.ByUuid);
        uuid[15]++;
        Assert.AreEqual(0, rules.Choose(Mac("525400000002"), 0, uuid, 0, Platform.X64, choice).Machine);
        Assert.IsFalse(choice.ByUuid);
        Assert.AreEqual(-1, rules.Choose(null, 0, uuid, 0, Platform.X64, choice).Machine);
    }

    [TestMethod]
    public void What_is_set_for_all_whose_addresses_begin_alike_is_each_ones()
    {
        var choice = new BootChoice();
        var rules = new BootRules(SettingsOf(Prefixes));
        rules.Choose(Mac("525400000002"), 0, null, 0, Platform.X64, choice);
        byte[] loader = rules.Loader(choice, Platform.X64);
        Assert.AreEqual("lab.efi", Octets.Text(loader, 0, loader.Length));
        Assert.IsTrue(choice.PxeOption == PxeOptionRule.Send);
        Assert.IsTrue(choice.AnswerRequest);
    }

    [TestMethod]
    public void Every_one_of_many_prefixes_is_found()
    {
        string text = "";
        for (int i = 0; i < SettingsLimits.Machines; i++)
        {
            text += "[machine 52:54:" + i.ToString("x2") + ":*]\n";
        }

        var choice = new BootChoice();
        var rules = new BootRules(SettingsOf(text));
        for (int i = 0; i < SettingsLimits.Machines; i++)
        {
            Assert.AreEqual(i, rules.Choose(Mac("5254" + i.ToString("x2") + "123456"), 0, null, 0, Platform.X64, choice).Machine);
        }

        Assert.AreEqual(-1, rules.Choose(Mac("525460123456"), 0, null, 0, Platform.X64, choice).Machine);
    }

    [TestMethod]
    public void A_UUID_matches_in_both_byte_orders()
    {
        var choice = new BootChoice();
        var rules = new BootRules(SettingsOf(Text));
        byte[] other = Mac("525600000009");
        var written = new byte[16];
        byte[] text = Octets.Of("00112233445566778899aabbccddeeff");
        Assert.IsTrue(UuidText.Parse(text, 0, text.Length, written, 0));
        Assert.AreEqual(2, rules.Choose(other, 0, written, 0, Platform.X64, choice).Machine);
        Assert.IsTrue(choice.ByUuid);
        byte[] swapped = { 0x33, 0x22, 0x11, 0, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff };
        Assert.AreEqual(2, rules.Choose(null, 0, swapped, 0, Platform.X64, choice).Machine);
        swapped[0] = 0;
        Assert.AreEqual(-1, rules.Choose(null, 0, swapped, 0, Platform.X64, choice).Machine);
        Assert.AreEqual(0, rules.Choose(Mac("525400000001"), 0, written, 0, Platform.X64, choice).Machine);
        Assert.IsFalse(choice.ByUuid);
    }

    [TestMethod]
    public void Overrides_are_those_of_the_machine_then_the_platform()
    {
        var choice = new BootChoice();
        var rules = new BootRules(SettingsOf(Text));
        rules.Choose(Mac("525400000001"), 0, null, 0, Platform.Arm64, choice);
        byte[] loader = rules.Loader(choice, Platform.Arm64);
        Assert.AreEqual("mine.efi", Octets.Text(loader, 0, loader.Length));
        Assert.IsTrue(choice.PxeOption == PxeOptionRule.Send);
        Assert.IsTrue(choice.AnswerRequest);
        rules.Choose(Mac("525400000002"), 0, null, 0, Platform.Arm64, choice);
        loader = rules.Loader(choice, Platform.Arm64);
        Assert.AreEqual("ours.efi", Octets.Text(loader, 0, loader.Length));
        Assert.IsTrue(choice.PxeOption == PxeOptionRule.Auto);
        Assert.IsFalse(choice.AnswerRequest);
        rules.Choose(Mac("525400000002"), 0, null, 0, Platform.X64, choice);
        Assert.IsNull(rules.Loader(choice, Platform.X64));
    }

    [TestMethod]
    public void Once_is_for_one_boot()
    {
        var choice = new BootChoice();
        DeviceSettings settings = SettingsOf(Text);
        var rules = new BootRules(settings);
        settings.Machines.SetOnce(rules.Choose(Mac("525400000002"), 0, null, 0, Platform.X64, choice).Machine, MachineTable.None);
        Assert.IsTrue(rules.Choose(Mac("525400000002"), 0, null, 0, Platform.X64, choice).Rule == BootRule.Machine);
    }

    [TestMethod]
    public void With_nothing_set_the_menu_is_public_and_with_a_mirror_the_mirrors()
    {
        BootChoice choice = new BootRules(new DeviceSettings()).Choose(null, 0, null, 0, Platform.Unknown, new BootChoice());
        Assert.IsTrue(choice.Rule == BootRule.BuiltIn);
        Assert.AreEqual("http://boot.netboot.xyz/menu.ipxe", ScriptOf(choice.Profile));
        new BootRules(SettingsOf("[mirror]\nurl = http://a/\n")).Choose(null, 0, null, 0, Platform.Unknown, choice);
        Assert.AreEqual("boot.ipxe", ScriptOf(choice.Profile));
    }

    [TestMethod]
    [DataRow("x64", "", 3)]
    [DataRow("x86_64", "efi", 3)]
    [DataRow("x86_64", "pcbios", 1)]
    [DataRow("i386", "pcbios", 1)]
    [DataRow("i386", "", 1)]
    [DataRow("i386", "efi", 2)]
    [DataRow("arm64", "efi", 5)]
    [DataRow("loong64", "efi", 8)]
    [DataRow("alpha", "efi", 0)]
    public void iPXEs_names_are_platforms(string arch, string platform, int expected)
    {
        byte[] text = Octets.Of(arch + platform);
        int length = Octets.Of(arch).Length;
        Assert.AreEqual(expected, (int)IpxePlatform.Parse(text, 0, length, length, text.Length - length));
    }

    internal static byte[] Mac(string text)
    {
        var mac = new byte[6];
        byte[] bytes = Octets.Of(text);
        Assert.IsTrue(MacText.Parse(bytes, 0, bytes.Length, mac, 0));
        return mac;
    }

    internal static DeviceSettings SettingsOf(string text)
    {
        var error = new SettingsError();
        byte[] bytes = Octets.Of(text);
        DeviceSettings settings = SettingsText.Parse(bytes, 0, bytes.Length, error);
        Assert.IsNull(error.Message);
        return settings;
    }

    private static string ScriptOf(Profile profile)
    {
        byte[] url = profile.Value(SettingsKey.ProfileScript, 0);
        return Octets.Text(url, 0, url.Length);
    }
}
