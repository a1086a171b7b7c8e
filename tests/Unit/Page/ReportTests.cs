using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Journal;
using Netboot.Settings;
using Netboot.Tests.Captures;

namespace Netboot.Tests.Page;

/// <summary>
/// What counts of what is asked for and told in a machine's name: it was heard lately, it comes from its address, and from no foreign
/// site's page.
/// </summary>
[TestClass]
public class ReportTests
{
    private const string Script = "/boot.ipxe?mac=52-54-00-18-2e-0a&uuid=6b1f2a3c-4d5e-4f60-8172-93a4b5c6d7e8";
    private const string Up = "/report?mac=52-54-00-18-2e-0a&stage=up";

    [TestMethod]
    public void A_report_counts_only_of_a_machine_that_was_heard()
    {
        PageBench bench = Bench();
        Assert.AreEqual(403, bench.Get(Up));
        Assert.IsTrue(bench.Has("has not heard that machine recently"));
        Assert.AreEqual(0, bench.Device.Journal.Count);
        Heard(bench, BiosIpxe.Discover00);
        Assert.AreEqual(200, bench.Get(Up));
        Assert.AreEqual((int)MachineState.Up, (int)Record(bench).State);
    }

    [TestMethod]
    public void A_report_counts_only_from_the_machines_address()
    {
        PageBench bench = Bench();
        Heard(bench, BiosIpxe.Discover00);
        Heard(bench, BiosIpxe.Request03);
        bench.Address = new byte[] { 10, 77, 0, 9 };
        Assert.AreEqual(403, bench.Get(Up));
        Assert.AreEqual((int)MachineState.Booting, (int)Record(bench).State);
        bench.Address = new byte[] { 10, 77, 0, 118 };
        Assert.AreEqual(200, bench.Get(Up));
    }

    [TestMethod]
    public void A_report_counts_not_long_after_the_machine_was_heard()
    {
        PageBench bench = Bench();
        Heard(bench, BiosIpxe.Discover00);
        bench.Now += 16 * 60000;
        bench.Device.Journal.Step(bench.Now);
        Assert.AreEqual(403, bench.Get(Up));
    }

    [TestMethod]
    [DataRow("/report?mac=52-54-00-18-2e-0a&stage=up")]
    [DataRow("/boot.ipxe?mac=52-54-00-18-2e-0a")]
    public void A_foreign_sites_page_is_refused(string path)
    {
        PageBench bench = Bench();
        Heard(bench, BiosIpxe.Discover00);
        bench.Origin = "http://evil.example";
        Assert.AreEqual(403, bench.Get(path));
        Assert.AreEqual((int)BootStage.Ipxe, (int)Record(bench).Stage);
        Assert.IsTrue(HasOnce(bench));
    }

    [TestMethod]
    public void A_machine_uses_up_its_next_boot()
    {
        PageBench bench = Bench();
        Heard(bench, BiosIpxe.Discover00);
        Heard(bench, BiosIpxe.Request03);
        Assert.AreEqual(200, bench.Get(Script));
        Assert.IsTrue(bench.Has("profile once") && !HasOnce(bench));
        Assert.AreEqual((int)BootStage.Script, (int)Record(bench).Stage);
        Assert.AreEqual(200, bench.Get(Script));
        Assert.IsTrue(bench.Has("profile always"));
    }

    [TestMethod]
    public void Nobody_else_uses_it_up()
    {
        PageBench bench = Bench();

        // Not heard at all.
        Assert.AreEqual(200, bench.Get(Script));
        Assert.IsTrue(bench.Has("profile once") && HasOnce(bench));
        Heard(bench, BiosIpxe.Discover00);
        Heard(bench, BiosIpxe.Request03);

        // From another address, and under a name that is not ours.
        bench.Address = new byte[] { 10, 77, 0, 9 };
        Assert.AreEqual(200, bench.Get(Script));
        Assert.IsTrue(bench.Has("profile once") && HasOnce(bench));
        bench.Address = new byte[] { 10, 77, 0, 118 };
        bench.Host = "evil.example";
        Assert.AreEqual(200, bench.Get(Script));
        Assert.IsTrue(bench.Has("profile once") && HasOnce(bench));
        Assert.AreEqual((int)BootStage.Ipxe, (int)Record(bench).Stage);
    }

    [TestMethod]
    public void A_machine_that_says_anothers_UUID_does_not_use_up_its_next_boot()
    {
        PageBench bench = Bench();
        byte[] text =
            Octets.Of("[mirror]\nurl = http://10.77.0.3/\n[profile once]\nkernel = a\n[machine 52:54:00:00:00:01]\nonce = once\nuuid = 00112233-4455-6677-8899-aabbccddeeff\n");
        bench.Device.Use(SettingsText.Parse(text, 0, text.Length, new SettingsError()));
        Heard(bench, BiosIpxe.Discover00);
        Heard(bench, BiosIpxe.Request03);
        Assert.AreEqual(200, bench.Get("/boot.ipxe?mac=52-54-00-18-2e-0a&uuid=00112233-4455-6677-8899-aabbccddeeff"));
        Assert.IsTrue(bench.Has("profile once") && bench.Device.Rules.Settings.Machines.Once(0) != MachineTable.None);
    }

    [TestMethod]
    public void A_machine_that_is_listed_by_its_UUID_uses_it_up_from_its_own_address()
    {
        PageBench bench = Bench();
        byte[] text =
            Octets.Of("[mirror]\nurl = http://10.77.0.3/\n[profile once]\nkernel = a\n[machine 52:54:00:00:00:01]\nonce = once\nuuid = 6b1f2a3c-4d5e-4f60-8172-93a4b5c6d7e8\n");
        bench.Device.Use(SettingsText.Parse(text, 0, text.Length, new SettingsError()));
        Heard(bench, BiosIpxe.Discover00);
        Heard(bench, BiosIpxe.Request03);
        Assert.AreEqual(200, bench.Get("/boot.ipxe?uuid=6b1f2a3c-4d5e-4f60-8172-93a4b5c6d7e8"));
        Assert.IsTrue(bench.Has("profile once") && bench.Device.Rules.Settings.Machines.Once(0) == MachineTable.None);
    }

    [TestMethod]
    public void What_was_chosen_from_a_menu_is_given_and_shown()
    {
        PageBench bench = MenuBench("start");
        Assert.AreEqual(200, bench.Get(Script));
        Assert.IsTrue(bench.Has("menu Netboot: start") && bench.Has(" nb-profile || goto leave\nset nb-from script"));
        Assert.AreEqual(200, bench.Get(Script + "&profile=live"));
        Assert.IsTrue(bench.Has("echo Netboot: profile live for nas") && bench.Has("set nb-url http://10.77.0.3/k ||"));
        string log = bench.Console.Line("log 20");
        Assert.IsTrue(log.Contains("Sending ipxe boot script to 52:54:00:18:2e:0a: start") && log.Contains(": live"));
        Assert.AreEqual((int)MachineState.Booting, (int)Record(bench).State);

        // A menu in a menu knows the way back.
        Assert.AreEqual(200, bench.Get(Script + "&profile=more"));
        Assert.IsTrue(bench.Has("menu Netboot: more") && bench.Has(" nb-profile || goto back\nset nb-from script"));
    }

    [TestMethod]
    [DataRow("start", "hidden", "menu Netboot: start")]
    [DataRow("start", "nothing", "menu Netboot: start")]
    [DataRow("disk", "live", "profile live")]
    [DataRow("no", "live", "will not boot from the network")]
    [DataRow("quiet", "live", "iseq ${platform} efi && exit 1")]
    public void Only_what_a_menu_offers_can_be_chosen_and_not_by_a_machine_that_is_refused(string own, string chosen, string expected)
    {
        PageBench bench = MenuBench(own);
        Assert.AreEqual(200, bench.Get(Script + "&profile=" + chosen));
        Assert.IsTrue(bench.Has(expected));
        Assert.AreEqual(own == "no" || own == "quiet", !bench.Has("set nb-to"));
    }

    [TestMethod]
    public void A_menu_for_the_next_boot_is_used_up_by_being_shown_and_still_chosen_from()
    {
        PageBench bench = MenuBench("disk\nonce = start");
        Assert.AreEqual(200, bench.Get(Script));
        Assert.IsTrue(bench.Has("menu Netboot: start") && !HasOnce(bench));
        Assert.AreEqual(200, bench.Get(Script + "&profile=live"));
        Assert.IsTrue(bench.Has("profile live"));
    }

    [TestMethod]
    public void A_boot_that_failed_leaves_the_URL_in_the_log()
    {
        PageBench bench = Bench();
        Heard(bench, BiosIpxe.Discover00);
        string report = "/report?mac=52-54-00-18-2e-0a&stage=failed&at=kernel&error=2d0c613b&url=";
        Assert.AreEqual(200, bench.Get(report + "http://10.77.0.3/a/vmlinuz?x=1&y=2"));
        string log = bench.Console.Line("log 20");
        Assert.IsTrue(log.Contains("failed at kernel http://10.77.0.3/a/vmlinuz?x=1&y=2 (iPXE error 2d0c613b"));
        Assert.AreEqual("kernel", Octets.Text(Record(bench).Text, 0, Record(bench).TextLength));

        // What failed may be any words, as a script of the owner's says them.
        Assert.AreEqual(200, bench.Get("/report?mac=52-54-00-18-2e-0a&stage=failed&at=my%20own%20step&error=1&url=http://10.77.0.3/b"));
        Assert.IsTrue(bench.Console.Line("log 20").Contains("failed at my own step http://10.77.0.3/b "));
        Assert.AreEqual("my own step", Octets.Text(Record(bench).Text, 0, Record(bench).TextLength));

        // A long one is cut.
        string url = "http://10.77.0.3/";
        while (url.Length < 300)
        {
            url += "aaaaaaaaaa";
        }

        Assert.AreEqual(200, bench.Get("/report?mac=52-54-00-18-2e-0a&stage=failed&at=initrd1&error=2d0c613b&url=" + url));
        Assert.IsTrue(bench.Console.Line("log 20").Contains("initrd1 http://10.77.0.3/aaaaaaaaaa"));
        Assert.AreEqual("initrd1", Octets.Text(Record(bench).Text, 0, Record(bench).TextLength));
    }

    [TestMethod]
    public void Head_of_a_report_changes_nothing()
    {
        PageBench bench = Bench();
        Heard(bench, BiosIpxe.Discover00);
        Assert.AreEqual(200, bench.Head(Up));
        Assert.AreEqual((int)MachineState.Booting, (int)Record(bench).State);
    }

    private static bool HasOnce(PageBench bench) => bench.Device.Rules.Settings.Machines.Once(0) != MachineTable.None;

    private static PageBench MenuBench(string own)
    {
        PageBench bench = Bench();
        byte[] text = Octets.Of(
            "[mirror]\nurl = http://10.77.0.3/\n[profile start]\nitem = live  A live system\nitem = more\n[profile more]\nitem = disk\n"
            + "[profile live]\nkernel = k\n[profile disk]\nkind = local\n[profile hidden]\nkernel = h\n[profile no]\nkind = deny\n"
            + "[profile quiet]\nkind = ignore\n[machine 52:54:00:18:2e:0a]\nname = nas\nprofile = " + own + "\n");
        bench.Device.Use(SettingsText.Parse(text, 0, text.Length, new SettingsError()));
        Heard(bench, BiosIpxe.Discover00);
        Heard(bench, BiosIpxe.Request03);
        return bench;
    }

    private static PageBench Bench()
    {
        var bench = new PageBench();
        byte[] text = Octets.Of(
            "[mirror]\nurl = http://10.77.0.3/\n[profile always]\nkernel = a\n[profile once]\nkernel = b\n"
            + "[machine 52:54:00:18:2e:0a]\nname = nas\nprofile = always\nonce = once\n");
        bench.Device.Use(SettingsText.Parse(text, 0, text.Length, new SettingsError()));
        bench.Console.Address = new byte[] { 10, 77, 0, 2 };
        bench.Host = "10.77.0.2";
        bench.Device.Dhcp.UseAddress(bench.Console.Address);
        bench.Address = new byte[] { 10, 77, 0, 118 };
        return bench;
    }

    private static void Heard(PageBench bench, byte[] packet)
    {
        var message = new DhcpMessage();
        System.Array.Copy(packet, 0, message.Buffer, 0, packet.Length);
        bench.Device.Journal.Step(bench.Now);
        var answer = new DhcpAnswer();
        bench.Device.Dhcp.Answer(message, packet.Length, false, new System.Net.IPEndPoint(System.Net.IPAddress.Any, 0), bench.Now, answer);
        bench.Device.Dhcp.Tell(message, false, bench.Now, answer);
    }

    private static MachineRecord Record(PageBench bench)
    {
        var record = new MachineRecord();
        Assert.IsTrue(bench.Device.Journal.Find(new byte[] { 0x52, 0x54, 0, 0x18, 0x2e, 0x0a }, 0, record, bench.Now));
        return record;
    }
}
