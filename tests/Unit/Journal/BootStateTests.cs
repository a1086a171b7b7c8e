using Netboot.Journal;
using Netboot.Settings;
using Netboot.Tests.Captures;

namespace Netboot.Tests.Journal;

/// <summary>
/// What page, console and metrics say of a boot after its script: up only when the system itself said so, and a loop only where nothing got
/// on.
/// </summary>
[TestClass]
public class BootStateTests
{
    [TestMethod]
    public void A_kernel_that_was_started_is_not_up_until_its_system_says_so()
    {
        JournalBench bench = Started();
        Is(bench, MachineState.Started, "started");
        bench.Reported(BootStage.Up);
        Is(bench, MachineState.Up, "up");
    }

    [TestMethod]
    public void A_kernel_that_panics_is_started_and_then_not_heard_since()
    {
        JournalBench bench = Started();
        bench.Wait(170000);
        Is(bench, MachineState.Started, "started");
        bench.Wait(12000);
        Is(bench, MachineState.Silent, "silent");
        bench.Wait(3600000);
        Is(bench, MachineState.Silent, "silent");

        // It was a slow one after all.
        bench.Said("live systemd: hello");
        Is(bench, MachineState.Started, "started");
        bench.Packet(ChangedPacket.OfSystem(BiosIpxe.Request03), false);
        Is(bench, MachineState.Up, "up");
    }

    [TestMethod]
    public void Time_spent_in_a_menu_is_not_the_mirrors()
    {
        JournalBench bench = AtScript(ProfileKind.Menu, false);
        bench.Wait(90000);
        bench.ScriptSent(0x0a4d006a, ProfileKind.Linux, true);
        Is(bench, MachineState.Booting, "booting");
        bench.Wait(3000);
        bench.Reported(BootStage.Kernel);
        Is(bench, MachineState.Booting, "booting");
        Assert.AreEqual((int)WhyCode.None, (int)bench.Record.Why);
        Assert.IsFalse(bench.Line("log 20").Contains("slow"));
    }

    [TestMethod]
    public void The_systems_own_request_for_an_address_says_that_it_is_up_and_where_it_is()
    {
        JournalBench bench = Started();
        byte[] discover = ChangedPacket.OfSystem(BiosIpxe.Discover00);
        bench.Packet(discover, false);
        Is(bench, MachineState.Up, "up");
        byte[] request = ChangedPacket.OfSystem(BiosIpxe.Request03);
        request[ChangedPacket.OptionOf(request, 50) + 5] = 0x77;
        bench.Packet(request, false);
        Assert.AreEqual(0x0a4d0077, bench.Record.Address);
    }

    [TestMethod]
    public void A_system_that_gives_its_address_back_is_not_up_by_that()
    {
        JournalBench bench = Started();
        byte[] release = ChangedPacket.OfSystem(BiosIpxe.Request03);
        release[ChangedPacket.OptionOf(release, 53) + 2] = 7;
        bench.Packet(release, false);
        Is(bench, MachineState.Started, "started");
    }

    [TestMethod]
    public void A_profile_without_initrd_has_no_such_stage()
    {
        JournalBench bench = AtScript(ProfileKind.Linux, false);
        bench.Reported(BootStage.Kernel);
        bench.Wait(70000);
        Assert.AreEqual((int)WhyCode.None, (int)bench.Record.Why);
        bench.Reported(BootStage.Start);
        Assert.AreEqual(-1, bench.Record.At(0, (int)BootStage.Initrd));

        bench = AtScript(ProfileKind.Linux, true);
        bench.Reported(BootStage.Kernel);
        bench.Reported(BootStage.Start);
        Assert.IsTrue(bench.Record.At(0, (int)BootStage.Initrd) > 0);
    }

    [TestMethod]
    public void A_machine_that_gets_no_further_than_its_script_three_times_is_a_loop()
    {
        JournalBench bench = Boots(3, ProfileKind.Linux, false);
        bench.Says(WhyCode.Loop, "keeps starting over and gets as far as 'script'");
        Is(bench, MachineState.Failed, "failed");
        bench.ScriptSent(0x0a4d006a, ProfileKind.Linux, false);
        bench.Reported(BootStage.Kernel);
        Assert.AreEqual((int)WhyCode.None, (int)bench.Record.Why);
        Is(bench, MachineState.Booting, "booting");
    }

    [TestMethod]
    public void A_machine_that_starts_its_kernel_each_time_is_no_loop()
    {
        JournalBench bench = Boots(4, ProfileKind.Linux, true);
        Assert.AreEqual((int)WhyCode.None, (int)bench.Record.Why);
        Is(bench, MachineState.Booting, "booting");
    }

    [TestMethod]
    public void A_machine_that_boots_its_disk_each_time_is_no_loop()
    {
        JournalBench bench = Boots(4, ProfileKind.Local, false);
        Assert.AreEqual((int)WhyCode.None, (int)bench.Record.Why);
        Is(bench, MachineState.Booting, "booting");
    }

    [TestMethod]
    public void After_a_machine_was_up_two_vain_boots_are_no_loop_yet()
    {
        JournalBench bench = AtScript(ProfileKind.Script, false);
        bench.Packet(ChangedPacket.OfSystem(BiosIpxe.Request03), false);
        Is(bench, MachineState.Up, "up");
        for (int i = 0; i < 2; i++)
        {
            bench.Wait(30000);
            bench.Packet(BiosIpxe.Discover00, false);
            bench.ScriptSent(0x0a4d006a, ProfileKind.Script, false);
            Assert.AreEqual((int)WhyCode.None, (int)bench.Record.Why);
        }
    }

    [TestMethod]
    public void A_UUID_reads_as_the_machines_own_tools_show_it()
    {
        // QEMU was started with -uuid 6b1f2a3c-4d5e-4f60-8172-93a4b5c6d7e8; its firmware and iPXE both send the first groups with the
        // lowest byte first.
        var bench = new JournalBench();
        bench.Packet(UefiX64.Discover00, false);
        Assert.IsTrue(bench.Page().Contains("\"uuid\":\"6b1f2a3c-4d5e-4f60-8172-93a4b5c6d7e8\""));
    }

    private static void Is(JournalBench bench, MachineState state, string name)
    {
        Assert.AreEqual((int)state, (int)bench.Record.State);
        Assert.IsTrue(bench.Page().Contains("\"state\":\"" + name + "\""));
        Assert.IsTrue(bench.Line("machines").Contains("  " + name + " at "));
        Assert.AreEqual(name, MachineStates.NameOf(state));
    }

    private static JournalBench Boots(int count, ProfileKind profile, bool starts)
    {
        var bench = new JournalBench();
        for (int i = 0; i < count; i++)
        {
            Assert.AreEqual((int)WhyCode.None, i == 0 ? 0 : (int)bench.Record.Why);
            bench.Packet(BiosIpxe.Discover00, false);
            bench.Request(BiosIpxe.Request03);
            if (i < count - 1)
            {
                bench.ScriptSent(0x0a4d006a, profile, false);
                if (starts)
                {
                    bench.Reported(BootStage.Start);
                }

                bench.Wait(40000);
            }
        }

        return bench;
    }

    private static JournalBench Started()
    {
        JournalBench bench = AtScript(ProfileKind.Linux, false);
        bench.Reported(BootStage.Kernel);
        bench.Reported(BootStage.Start);
        return bench;
    }

    private static JournalBench AtScript(ProfileKind profile, bool hasInitrd)
    {
        var bench = new JournalBench();
        bench.Packet(BiosIpxe.Discover00, false);
        bench.Request(BiosIpxe.Request03);
        bench.ScriptSent(0x0a4d006a, profile, hasInitrd);
        return bench;
    }
}
