using System;
using Netboot.Dhcp;
using Netboot.Journal;
using Netboot.Tests.Captures;

namespace Netboot.Tests.Journal;

/// <summary>[boot] unknown = ask: who is not in the settings gets no answer until it is let in.</summary>
[TestClass]
public class LetInTests
{
    private const string Ask =
        "[mirror]\nurl = http://10.77.0.3/\n[boot]\nunknown = ask\n[machine 52:54:00:00:00:01]\nname = nas\n";

    private const string Asks = "asks to netboot and is not let in yet: 'Let in' on the page, or 'machine MAC let-in' on the console";

    [TestMethod]
    public void A_machine_asks_is_listed_and_boots_from_its_next_attempt_on_once_it_is_let_in()
    {
        JournalBench bench = Bench();
        Assert.AreEqual(0, bench.Reply(UefiX64.Discover00));
        bench.Says(WhyCode.NotLetIn, Asks);
        Assert.IsTrue(bench.Record.State == MachineState.Refused);
        Assert.IsTrue(bench.Line("machines").Contains("    " + Asks));
        Assert.IsTrue(bench.Page().Contains("\"why\":{\"code\":\"not-let-in\""));

        Assert.IsTrue(bench.Line("machine 52:54:00:4c:4b:43 let-in").Contains("Saved and in effect now."));
        Assert.IsTrue(bench.Record.Why == WhyCode.None);
        Assert.IsTrue(bench.Record.State == MachineState.Booting);
        Assert.IsTrue(bench.Reply(UefiX64.Discover00) > 0);
        Assert.IsTrue(bench.Line("machine 52:54:00:4c:4b:43 let-in").Contains("It is in the settings already."));
        Assert.IsTrue(bench.Line("show machine").Contains("[machine 52:54:00:4c:4b:43]"));

        // As after a restart: what was let in is stored.
        var next = new JournalBench(Ask + "[machine 52:54:00:4c:4b:43]\n");
        Assert.IsTrue(next.Reply(UefiX64.Discover00) > 0);
    }

    [TestMethod]
    public void A_section_for_all_whose_addresses_begin_alike_lets_them_in()
    {
        JournalBench bench = Bench();
        Assert.AreEqual(0, bench.Reply(UefiX64.Discover00));
        Assert.AreEqual(0, bench.Reply(BiosPlain.Discover00));
        bench.Line("machine 52:54:00:* let-in");
        Assert.IsTrue(bench.Record.Why == WhyCode.None);
        Assert.IsTrue(bench.Reply(UefiX64.Discover00) > 0);
        Assert.IsTrue(bench.Reply(BiosPlain.Discover00) > 0);
    }

    [TestMethod]
    public void Nobody_gets_in_by_iPXE_or_the_boot_server()
    {
        var bench = new JournalBench(Ask);
        Assert.AreEqual(0, bench.Reply(BiosIpxe.Discover00));
        Assert.AreEqual(0, bench.Reply(UefiX64.Discover07));
        bench.Packet(UefiX64.Request05, true);
        Assert.IsTrue(bench.Record.Why == WhyCode.NotLetIn);
    }

    [TestMethod]
    public void Strangers_who_ask_take_no_place_of_the_owners_and_one_that_they_pushed_out_is_listed_when_it_asks_again()
    {
        var bench = new JournalBench(Ask);
        var nas = new byte[] { 0x52, 0x54, 0, 0, 0, 1 };
        var packet = new byte[UefiX64.Discover00.Length];
        Array.Copy(UefiX64.Discover00, 0, packet, 0, packet.Length);
        Array.Copy(nas, 0, packet, DhcpMessage.HardwareAddressOffset, nas.Length);
        bench.Packet(packet, false);
        Assert.IsTrue(bench.Record.Stage == BootStage.Offered);
        byte[] guest = Guest();
        Assert.AreEqual(0, bench.Reply(UefiX64.Discover00));
        Assert.IsTrue(bench.Device.Journal.Knows(guest, 0));
        bench.Strangers(UefiX64.Discover00, 0, 200);
        Assert.IsTrue(bench.Device.Journal.Knows(nas, 0));
        Assert.IsFalse(bench.Device.Journal.Knows(guest, 0));
        Assert.AreEqual(0, bench.Reply(UefiX64.Discover00));
        Assert.IsTrue(bench.Device.Journal.Knows(guest, 0));
        Assert.IsTrue(bench.Page().Contains("\"mac\":\"52:54:00:00:00:01\",\"known\":true"));
    }

    // The machine of the recorded packets.
    private static byte[] Guest() => new byte[] { 0x52, 0x54, 0, 0x4c, 0x4b, 0x43 };

    private static JournalBench Bench()
    {
        var bench = new JournalBench(Ask);
        bench.Turn(Guest());
        return bench;
    }
}
