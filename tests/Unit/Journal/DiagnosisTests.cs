using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Tests.Captures;
using Netboot.Tftp;

namespace Netboot.Tests.Journal;

/// <summary>Each diagnosis, provoked by what a machine sends or leaves out; told by journal, log, console and page alike.</summary>
[TestClass]
public class DiagnosisTests
{
    private const int Unreachable = 0x280a6011;
    private const int TimedOut = 0x4c0a6092;
    private const int NotFound = 0x2d0c618e;
    private const int NoExecutable = 0x2e008081;
    private const int Unknown = 0x1d0c6139;
    private const int NoSuchName = 0x3e11618e;
    private const int NoNameServer = 0x3e11628e;
    private const int NameTimedOut = 0x4c116035;
    private const int NoProtocol = 0x3c092003;

    [TestMethod]
    public void A_machine_that_was_in_the_middle_when_the_device_started_is_booting()
    {
        var bench = new JournalBench();
        bench.Packet(UefiX64.Request05, true);
        Assert.AreEqual((int)MachineState.Booting, (int)bench.Record.State);
        Assert.AreEqual((int)BootStage.BootServer, (int)bench.Record.Stage);
        bench.Packet(BiosPlain.Discover00, false);
        Assert.IsTrue(bench.Page().Contains("\"firmware\":\"BIOS\""));
    }

    [TestMethod]
    public void No_request_after_the_offer()
    {
        var bench = new JournalBench();
        bench.Packet(UefiX64.Discover00, false);
        bench.Wait(11000);
        Assert.AreEqual((int)WhyCode.None, (int)bench.Record.Why);
        bench.Wait(3000);
        bench.Says(WhyCode.NoRequest, "never requested an address");
    }

    [TestMethod]
    public void What_the_device_says_of_a_machine_is_not_heard_from_it()
    {
        var bench = new JournalBench();
        bench.Packet(UefiX64.Discover00, false);
        bench.Wait(14000);
        Assert.AreEqual((int)WhyCode.NoRequest, (int)bench.Record.Why);
        bench.Device.Log.Add(Subsystem.Init, LogEvent.Woken, new byte[] { 0x52, 0x54, 0, 0x4c, 0x4b, 0x43 }, 0, 6, 0, 0, null, 0, 0);
        bench.Wait(1000);
        Assert.IsTrue(bench.Record.Ago >= 15000);
        bench.Packet(UefiX64.Discover00, false);
        bench.Wait(1000);
        Assert.IsTrue(bench.Record.Ago < 2000);
    }

    [TestMethod]
    public void An_address_and_then_nothing_from_here()
    {
        var bench = new JournalBench();
        bench.Packet(UefiX64.Discover00, false);
        bench.Request(UefiX64.Request03);
        bench.Wait(17000);
        bench.Says(WhyCode.WentElsewhere, "another boot server was faster, or the router sends its own boot options");
        Assert.IsTrue(bench.Device.Others.Wanted);
    }

    [TestMethod]
    public void A_router_that_sends_boot_options_is_named_also_when_it_is_heard_later()
    {
        var bench = new JournalBench();
        bench.Reply(Servers.RelayedBootRouter);
        bench.Packet(UefiX64.Discover00, false);
        bench.Request(UefiX64.Request03);
        bench.Wait(17000);
        bench.Says(WhyCode.WentElsewhere, "192.168.4.2 sends its own boot options (60, 66 or 67); turn them off there");

        var later = new JournalBench();
        later.Reply(Servers.PlainRouter);
        later.Packet(UefiX64.Discover00, false);
        later.Request(UefiX64.Request03);
        later.Wait(17000);
        later.Says(WhyCode.WentElsewhere, "another boot server was faster");
        later.Reply(Servers.RelayedProxy);
        later.Says(WhyCode.WentElsewhere, "192.168.4.2 sends its own boot options (60, 66 or 67); turn them off there");
    }

    [TestMethod]
    public void iPXE_that_is_told_not_to_wait_is_named_also_when_that_is_heard_later()
    {
        var bench = new JournalBench();
        bench.Reply(Servers.RelayedNoProxyRouter);
        bench.Packet(BiosIpxe.Discover00, false);
        bench.Request(BiosIpxe.Request03);
        bench.Wait(22000);
        bench.Says(WhyCode.NoProxy, "did not wait for our offer, because 192.168.4.2 sends option 175.176 (no-pxedhcp): remove it there");

        var later = new JournalBench();
        later.Packet(BiosIpxe.Discover00, false);
        later.Request(BiosIpxe.Request03);
        later.Wait(22000);
        later.Says(WhyCode.NoScript, "never fetched its script");
        Assert.IsTrue(later.Device.Others.Wanted);
        later.Reply(Servers.RelayedNoProxyRouter);
        later.Says(WhyCode.NoProxy, "did not wait for our offer, because 192.168.4.2 sends option 175.176 (no-pxedhcp): remove it there");
    }

    [TestMethod]
    public void What_is_heard_much_later_explains_nothing()
    {
        var bench = new JournalBench();
        bench.Packet(UefiX64.Discover00, false);
        bench.Request(UefiX64.Request03);
        bench.Wait(310000);
        bench.Reply(Servers.RelayedProxy);
        bench.Says(WhyCode.WentElsewhere, "another boot server was faster");
    }

    [TestMethod]
    public void The_boot_server_was_asked_and_no_file_fetched()
    {
        var bench = UefiToBootServer();
        bench.Wait(17000);
        bench.Says(WhyCode.NoFile, "never fetched it: something blocks TFTP");
    }

    [TestMethod]
    public void The_loader_was_broken_off()
    {
        var bench = UefiToBootServer();
        bench.Started("snponly.efi", 284672);
        bench.BrokenOff("snponly.efi", TftpFailure.ByMachine, "User aborted <b>");
        bench.Says(WhyCode.LoaderAborted, "aborted its loader: \"User aborted <b>\"");
    }

    [TestMethod]
    public void The_loader_was_not_taken_to_its_end()
    {
        var bench = UefiToBootServer();
        bench.Started("snponly.efi", 284672);
        bench.BrokenOff("snponly.efi", TftpFailure.Silent, "no acknowledgement");
        bench.Says(WhyCode.LoaderTimeout, "stopped receiving its loader");
    }

    [TestMethod]
    public void The_loader_could_not_be_sent()
    {
        var bench = UefiToBootServer();
        bench.BrokenOff("snponly.efi", TftpFailure.ByServer, "the mirror is off");
        bench.Says(WhyCode.LoaderRefused, "cannot get its loader: the mirror is off");
    }

    [TestMethod]
    public void The_firmware_asks_for_a_file_that_there_is_not()
    {
        var bench = UefiToBootServer();
        bench.Missing("bootx64.efi");
        bench.Says(WhyCode.LoaderMissing, "asks for bootx64.efi, which neither the board nor the mirror has");
    }

    [TestMethod]
    public void The_loader_is_there_and_the_script_never_fetched()
    {
        var bench = UefiToBootServer();
        bench.Started("snponly.efi", 284672);
        bench.Sent("snponly.efi", 284672, 310);
        bench.Wait(62000);
        bench.Says(WhyCode.NoScript, "never fetched its script");
    }

    [TestMethod]
    public void iPXE_has_its_address_and_never_fetches_its_script()
    {
        var bench = new JournalBench();
        bench.Packet(BiosIpxe.Discover00, false);
        bench.Request(BiosIpxe.Request03);
        bench.Wait(22000);
        bench.Says(WhyCode.NoScript, "can it reach TCP port 80");
    }

    [TestMethod]
    [DataRow(Unreachable, (int)WhyCode.MirrorUnreachable, "cannot reach the server that its kernel is on")]
    [DataRow(TimedOut, (int)WhyCode.MirrorTimeout, "gets no answer from the server that its kernel is on")]
    [DataRow(NotFound, (int)WhyCode.MirrorNotFound, "the server does not have the kernel of its profile (404)")]
    [DataRow(NoSuchName, (int)WhyCode.NameUnknown,
        "cannot look up the name of the server that its kernel is on: does a name server (DNS) answer on its network")]
    [DataRow(NoNameServer, (int)WhyCode.NameUnknown, "cannot look up the name")]
    [DataRow(NameTimedOut, (int)WhyCode.NameUnknown, "cannot look up the name")]
    [DataRow(NoProtocol, (int)WhyCode.MirrorError,
        "iPXE could not fetch the kernel: its build does not support the protocol of the address or of the one it redirects to (https?)")]
    [DataRow(Unknown, (int)WhyCode.MirrorError, "iPXE could not fetch the kernel (iPXE error 1d0c6139, see https://ipxe.org/1d0c6139)")]
    public void The_mirror_fails(int error, int code, string words)
    {
        JournalBench bench = AtScript(ProfileKind.Linux);
        bench.Failed(error, "kernel");
        bench.Says((WhyCode)code, words);
    }

    /// <summary>
    /// The address is that of the settings as they are now: what a machine got by a next-boot-only profile is not known any more.
    /// </summary>
    [TestMethod]
    [DataRow("[mirror]\nurl = http://nas/\n", Unreachable, "script", "; in the settings its script is http://nas/boot.ipxe")]
    [DataRow("[mirror]\nurl = http://nas/b/\n[boot]\ndefault = p\n[profile p]\nkernel = k\ninitrd = i\ninitrd = /j\n", NotFound, "kernel",
        "; in the settings its kernel is http://nas/b/k")]
    [DataRow("[mirror]\nurl = http://nas/b/\n[boot]\ndefault = p\n[profile p]\nkernel = k\ninitrd = i\ninitrd = /j\n", NotFound, "initrd1",
        "; in the settings its initrd1 is http://nas/j")]
    [DataRow("", NoSuchName, "script",
        "; in the settings its script is http://boot.netboot.xyz/menu.ipxe, the public menu on the internet, as no mirror is set")]
    [DataRow("", TimedOut, "script",
        "; in the settings its script is http://boot.netboot.xyz/menu.ipxe, the public menu on the internet, as no mirror is set")]
    public void A_diagnosis_names_the_URL(string settings, int error, string part, string words)
    {
        var bench = new JournalBench(settings);
        bench.Packet(BiosIpxe.Discover00, false);
        bench.Request(BiosIpxe.Request03);
        bench.ScriptSent(0x0a4d006a, ProfileKind.Linux, false);
        bench.Failed(error, part);
        Assert.IsTrue(bench.Line("machines").Contains(words));
        Assert.IsTrue(bench.Page().Contains(words));
        Assert.IsFalse(bench.Line("machines").Contains("mirror:"));
    }

    /// <summary>One that has no such file by the settings of now is not given another's.</summary>
    [TestMethod]
    [DataRow("[mirror]\nurl = http://nas/\n", "kernel")]
    [DataRow("[mirror]\nurl = http://nas/\n[boot]\ndefault = p\n[profile p]\nkernel = k\n", "initrd0")]
    [DataRow("[mirror]\nurl = http://nas/\n[boot]\ndefault = p\n[profile p]\nkernel = k\n", "script")]
    public void A_file_that_the_settings_do_not_name_has_no_URL(string settings, string part)
    {
        var bench = new JournalBench(settings);
        bench.Packet(BiosIpxe.Discover00, false);
        bench.Request(BiosIpxe.Request03);
        bench.ScriptSent(0x0a4d006a, ProfileKind.Linux, false);
        bench.Failed(NotFound, part);
        Assert.IsFalse(bench.Line("machines").Contains("; in the settings its "));
    }

    [TestMethod]
    public void A_very_long_URL_is_cut_and_the_answer_stays_whole()
    {
        string name = "0123456789";
        while (name.Length < 180)
        {
            name += "0123456789";
        }

        var bench = new JournalBench("[mirror]\nurl = http://nas/" + name + "/\n[boot]\ndefault = p\n[profile p]\nkernel = "
            + name.Substring(0, 60) + "\n");
        bench.Packet(BiosIpxe.Discover00, false);
        bench.Request(BiosIpxe.Request03);
        bench.ScriptSent(0x0a4d006a, ProfileKind.Linux, false);
        bench.Failed(NameTimedOut, "kernel");
        Assert.IsTrue(bench.Line("machines").Contains("http://nas/0123"));
        Assert.IsTrue(bench.Page().Contains("/01234567..."));
    }

    [TestMethod]
    public void What_the_mirror_sent_is_no_script()
    {
        JournalBench bench = AtScript(ProfileKind.Script);
        bench.Failed(NoExecutable, "script");
        bench.Says(WhyCode.MirrorNotScript, "it must begin with #!ipxe");
    }

    [TestMethod]
    public void A_slow_mirror_is_named_and_the_machine_still_comes_up()
    {
        JournalBench bench = AtScript(ProfileKind.Linux);
        bench.Wait(62000);
        bench.Says(WhyCode.MirrorSlow, "the mirror is slow: no kernel after 6");
        Assert.AreEqual((int)MachineState.Booting, (int)bench.Record.State);
        bench.Reported(BootStage.Kernel);
        bench.Says(WhyCode.MirrorSlow, "the mirror is slow: kernel in 6");
        bench.Reported(BootStage.Start);
        Assert.AreEqual((int)MachineState.Started, (int)bench.Record.State);
        Assert.AreEqual((int)WhyCode.MirrorSlow, (int)bench.Record.Why);
        bench.Reported(BootStage.Up);
        Assert.AreEqual((int)MachineState.Up, (int)bench.Record.State);
    }

    [TestMethod]
    public void A_rule_refuses_it()
    {
        var ignored = new JournalBench("[boot]\ndefault = none\n[profile none]\nkind = ignore\n");
        ignored.Packet(UefiX64.Discover00, false);
        ignored.Says(WhyCode.RefusedByRule, "is refused by rule: profile of kind ignore");
        Assert.AreEqual((int)MachineState.Refused, (int)ignored.Record.State);

        JournalBench denied = AtScript(ProfileKind.Deny);
        denied.Says(WhyCode.RefusedByRule, "is refused by rule: profile p");
    }

    [TestMethod]
    public void No_loader_for_its_architecture()
    {
        var bench = new JournalBench();
        byte[] packet = UefiX64.Discover00;
        int at = ChangedPacket.OptionOf(packet, 93);
        packet[at + 2] = 0;
        packet[at + 3] = 38;
        bench.Packet(packet, false);
        bench.Says(WhyCode.NoLoader,
            "reports architecture 38, for which there is no iPXE: set a loader for this machine (loader, in its section of the settings) and put it in the loaders folder");
    }

    [TestMethod]
    public void The_loader_is_nowhere()
    {
        var bench = new JournalBench("");
        bench.Packet(UefiX64.Discover00, false);
        bench.Says(WhyCode.NoLoaderFile,
            "needs a loader that is neither on the board nor on a mirror: snponly.efi (architecture 7). Put it in the mirror's loaders folder ([mirror] loaders) or in the image; it is in Debian's ipxe package and on github.com/ipxe/ipxe/releases");
    }

    // A UEFI machine that was offered, got its address from the router and asked on 4011.
    private static JournalBench UefiToBootServer()
    {
        var bench = new JournalBench();
        bench.Packet(UefiX64.Discover00, false);
        bench.Request(UefiX64.Request03);
        bench.Packet(UefiX64.Request05, true);
        Assert.AreEqual((int)BootStage.BootServer, (int)bench.Record.Stage);
        Assert.AreEqual(0x0a4d006a, bench.Record.Address);
        return bench;
    }

    private static JournalBench AtScript(ProfileKind kind)
    {
        var bench = new JournalBench();
        bench.Packet(BiosIpxe.Discover00, false);
        bench.Request(BiosIpxe.Request03);
        bench.ScriptSent(0x0a4d006a, kind, false);
        Assert.AreEqual((int)BootStage.Script, (int)bench.Record.Stage);
        return bench;
    }
}
