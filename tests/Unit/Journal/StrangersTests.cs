using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Tests.Captures;

namespace Netboot.Tests.Journal;

/// <summary>Whatever strangers send, the owner still sees what his machines did, and what the device said.</summary>
[TestClass]
public class StrangersTests
{
    private const int Own = 0x0a4d006a;

    [TestMethod]
    public void A_listed_machine_stays_where_it_is_however_many_strangers_ask()
    {
        var bench = new JournalBench("[mirror]\nurl = http://10.77.0.3/\n[machine 52:54:00:4c:4b:43]\nname = nas\n");
        bench.Packet(UefiX64.Discover00, false);
        bench.Strangers(BiosPlain.Discover00, 0, 400);
        Assert.AreEqual((int)MachineState.Booting, (int)bench.Record.State);
        Assert.AreEqual((int)BootStage.Offered, (int)bench.Record.Stage);
        Assert.AreEqual(381, bench.Device.Log.Counts[Counter.MachinesForgotten]);
    }

    [TestMethod]
    public void A_machine_that_is_listed_later_is_the_owners_from_then_on()
    {
        var bench = new JournalBench();
        bench.Packet(UefiX64.Discover00, false);
        byte[] text = Octets.Of("[mirror]\nurl = http://10.77.0.3/\n[machine 52:54:00:4c:4b:43]\nname = nas\n");
        bench.Device.Use(Netboot.Settings.SettingsText.Parse(text, 0, text.Length, new Netboot.Settings.SettingsError()));
        bench.Strangers(BiosPlain.Discover00, 0, 40);
        Assert.AreEqual((int)BootStage.Offered, (int)bench.Record.Stage);
        text = Octets.Of("[mirror]\nurl = http://10.77.0.3/\n");
        bench.Device.Use(Netboot.Settings.SettingsText.Parse(text, 0, text.Length, new Netboot.Settings.SettingsError()));
        bench.Strangers(BiosPlain.Discover00, 0, 40);
        Assert.IsFalse(bench.Device.Journal.Knows(Mac(UefiX64.Discover00), 0));
    }

    [TestMethod]
    public void A_machine_that_booted_stays_too()
    {
        JournalBench bench = Booted();
        bench.Strangers(BiosPlain.Discover00, 0, 100);
        Assert.AreEqual((int)MachineState.Up, (int)bench.Record.State);
    }

    [TestMethod]
    public void A_stranger_is_seen_also_where_all_places_are_the_owners()
    {
        var bench = new JournalBench();
        for (int i = 0; i < 2 * MachineJournal.Capacity; i++)
        {
            bench.Strangers(BiosPlain.Discover00, i, 1);
            bench.Turn(new byte[] { 2, 0x54, 0, 0x6d, 0, (byte)i });
            bench.ScriptSent(Own + i, ProfileKind.Linux, false);
        }

        Assert.AreEqual(MachineJournal.Capacity, bench.Device.Journal.Count);
        bench.Strangers(BiosPlain.Discover00, 900, 3);
        Assert.IsTrue(bench.Device.Journal.Knows(new byte[] { 2, 0x54, 0, 0x6d, 3, 0x86 }, 0));
        Assert.IsTrue(bench.Device.Journal.Knows(new byte[] { 2, 0x54, 0, 0x6d, 0, 22 }, 0));
    }

    [TestMethod]
    public void One_computer_that_makes_up_machines_has_one_place_among_those_that_booted()
    {
        JournalBench bench = Booted();
        byte[] own = Mac(BiosIpxe.Discover00);
        for (int i = 0; i < 60; i++)
        {
            bench.Strangers(BiosPlain.Discover00, i, 1);
            bench.Turn(new byte[] { 2, 0x54, 0, 0x6d, 0, (byte)i });
            bench.ScriptSent(0x0a4d00c8, ProfileKind.Linux, false);
        }

        bench.Turn(own);
        Assert.AreEqual((int)MachineState.Up, (int)bench.Record.State);
    }

    // Each kind of line that anybody can provoke, from ever other addresses; the numbers are those of LogEvent.
    [TestMethod]
    [DataRow((int)LogEvent.Request)]
    [DataRow((int)LogEvent.Malformed)]
    [DataRow((int)LogEvent.NotAnswered)]
    [DataRow((int)LogEvent.TransferStarted)]
    [DataRow((int)LogEvent.TransferFailed)]
    [DataRow((int)LogEvent.FileMissing)]
    [DataRow((int)LogEvent.ScriptSent)]
    [DataRow((int)LogEvent.Reported)]
    [DataRow((int)LogEvent.OtherServer)]
    [DataRow((int)LogEvent.Said)]
    [DataRow((int)LogEvent.Fault)]
    public void No_kind_of_line_washes_out_the_log(int what)
    {
        var bench = new JournalBench();
        bench.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "what matters");
        byte[] text = Octets.Of("GET /a/rather/long/path/that/is/asked/for/again/and/again/by/somebody.efi");
        for (int i = 0; i < 1000; i++)
        {
            byte[] who = { 10, 77, (byte)(i >> 8), (byte)i };
            bench.Device.Log.Add(Subsystem.Http, (LogEvent)what, what == (int)LogEvent.Fault ? null : who, 0, 4, (int)BootStage.Kernel, 0,
                text, 0, text.Length);
            bench.Wait(30);
        }

        Assert.AreEqual(1, bench.Lines("what matters"));
        Assert.IsTrue(bench.Lines(" lines left out here") > 0);
        Assert.IsTrue(bench.Device.Log.Counts[Counter.LinesLeftOut] > 950 && bench.Device.Log.Added < 50);
    }

    [TestMethod]
    public void Offers_to_strangers_do_not_wash_out_the_log_nor_their_diagnoses()
    {
        JournalBench bench = Booted();
        int before = bench.Lines("52:54:00:18:2e:0a");
        Assert.IsTrue(before >= 2);
        bench.Strangers(UefiX64.Discover07, 0, 3000);
        Assert.AreEqual(before, bench.Lines("52:54:00:18:2e:0a"));
        Assert.IsTrue(bench.Lines("Offering to boot") > 5 && bench.Device.Log.Counts[Counter.LinesLeftOut] > 2900);
    }

    [TestMethod]
    public void The_owners_machines_have_their_lines_while_strangers_flood()
    {
        var bench = new JournalBench("[mirror]\nurl = http://10.77.0.3/\n[machine 52:54:00:4c:4b:43]\nname = nas\n");
        bench.Strangers(BiosPlain.Discover00, 0, 500);
        bench.Packet(UefiX64.Discover00, false);
        bench.Request(UefiX64.Request03);
        bench.Packet(UefiX64.Request05, true);
        bench.Started("snponly.efi", 284672);
        bench.Strangers(BiosPlain.Discover00, 0, 500);
        bench.Sent("snponly.efi", 284672, 300);
        Assert.AreEqual(2, bench.Lines("52:54:00:4c:4b:43"));
        Assert.AreEqual(2, bench.Lines("10.77.0.106: snponly.efi"));
    }

    [TestMethod]
    public void A_machine_that_asks_again_and_again_has_one_line_a_boot()
    {
        var bench = new JournalBench();
        for (int i = 0; i < 5; i++)
        {
            bench.Packet(UefiX64.Discover00, false);
        }

        Assert.AreEqual(1, bench.Lines("Offering to boot 52:54:00:4c:4b:43"));
    }

    [TestMethod]
    public void The_journal_hears_what_the_log_has_no_room_for()
    {
        var bench = new JournalBench();
        bench.Packet(UefiX64.Discover00, false);
        bench.Request(UefiX64.Request03);
        bench.Packet(UefiX64.Request05, true);
        byte[] text = Octets.Of("GET /x");
        for (int i = 0; i < 500; i++)
        {
            bench.Device.Log.Add(Subsystem.Http, LogEvent.Request, new byte[] { 10, 77, 1, (byte)i }, 0, 4, 404, 0, text, 0, text.Length);
            bench.Device.Log.Add(Subsystem.Tftp, LogEvent.FileMissing, new byte[] { 10, 77, 1, (byte)i }, 0, 4, 404, 0, text, 0,
                text.Length);
            bench.Device.Log.Add(Subsystem.Tftp, LogEvent.TransferDone, new byte[] { 10, 77, 1, (byte)i }, 0, 4, 404, 0, text, 0,
                text.Length);
        }

        bench.Sent("snponly.efi", 284672, 310);
        Assert.AreEqual(0, bench.Lines("Sent to 10.77.0.106"));
        Assert.AreEqual((int)BootStage.Loader, (int)bench.Record.Stage);
        Assert.AreEqual(284672, bench.Record.LoaderBytes(0));
    }

    [TestMethod]
    public void A_machine_of_the_settings_is_expected_also_after_twenty_others_took_its_place()
    {
        var bench = new JournalBench(ManyMachines());
        byte[] first = { 2, 0x54, 0, 0x6d, 0, 0 };
        byte[] other = { 2, 0x54, 0, 0x6d, 1, 0 };
        byte[] address = { 10, 77, 0, 200 };
        Assert.IsFalse(bench.Device.Journal.Expects(first, address, null));
        bench.Strangers(BiosPlain.Discover00, 0, 30);
        Assert.IsFalse(bench.Device.Journal.Knows(first, 0));
        Assert.IsTrue(bench.Device.Journal.Expects(first, address, null));
        Assert.IsFalse(bench.Device.Journal.Expects(other, address, null));

        // Whatever the owner changes meanwhile.
        byte[] text = Octets.Of("[machine 02:54:00:6d:01:00]\n" + ManyMachines());
        bench.Device.Use(Netboot.Settings.SettingsText.Parse(text, 0, text.Length, new Netboot.Settings.SettingsError()));
        Assert.IsTrue(bench.Device.Journal.Expects(first, address, null));
        Assert.IsFalse(bench.Device.Journal.Expects(other, address, null));

        // What it tells makes it a machine of the journal again, and one of the owner's.
        bench.Turn(first);
        bench.ScriptSent(Own, ProfileKind.Linux, false);
        bench.Strangers(BiosPlain.Discover00, 500, 60);
        Assert.AreEqual((int)BootStage.Script, (int)bench.Record.Stage);
        Assert.IsTrue(bench.Device.Journal.Expects(new byte[] { 2, 0x54, 0, 0x6d, 0, 1 }, address, null));
        bench.Wait(16 * 60000);
        Assert.IsFalse(bench.Device.Journal.Expects(new byte[] { 2, 0x54, 0, 0x6d, 0, 1 }, address, null));
    }

    [TestMethod]
    public void A_machine_that_lost_its_place_is_expected_from_its_own_address_only()
    {
        string settings = ManyMachines() + "[machine 52:54:00:4c:4b:43]\nname = nas\n";
        var bench = new JournalBench(settings);
        bench.Packet(UefiX64.Discover00, false);
        bench.Request(UefiX64.Request03);
        byte[] mac = Mac(UefiX64.Discover00);
        bench.Strangers(BiosPlain.Discover00, 0, 30);
        Assert.IsFalse(bench.Device.Journal.Knows(mac, 0));
        Assert.IsTrue(bench.Device.Journal.Expects(mac, new byte[] { 10, 77, 0, 106 }, null));
        Assert.IsFalse(bench.Device.Journal.Expects(mac, new byte[] { 10, 77, 0, 9 }, null));

        // Also by other settings, in which it has another number.
        byte[] text = Octets.Of("[machine 02:54:00:6d:01:00]\n" + settings);
        bench.Device.Use(Netboot.Settings.SettingsText.Parse(text, 0, text.Length, new Netboot.Settings.SettingsError()));
        Assert.IsTrue(bench.Device.Journal.Expects(mac, new byte[] { 10, 77, 0, 106 }, null));
        Assert.IsFalse(bench.Device.Journal.Expects(mac, new byte[] { 10, 77, 0, 9 }, null));
    }

    [TestMethod]
    public void A_machine_that_lost_its_place_is_expected_from_the_address_that_its_system_asks_for()
    {
        var bench = new JournalBench(ManyMachines() + "[machine 52:54:00:4c:4b:43]\nname = nas\n");
        bench.Packet(UefiX64.Discover00, false);
        bench.Request(UefiX64.Request03);
        byte[] mac = Mac(UefiX64.Discover00);
        bench.Strangers(BiosPlain.Discover00, 0, 30);
        Assert.IsFalse(bench.Device.Journal.Knows(mac, 0));
        byte[] request = ChangedPacket.OfSystem(UefiX64.Request03);
        request[ChangedPacket.OptionOf(request, 50) + 5] = 0x77;
        bench.Packet(request, false);
        Assert.IsTrue(bench.Device.Journal.Expects(mac, new byte[] { 10, 77, 0, 0x77 }, null));
        Assert.IsFalse(bench.Device.Journal.Expects(mac, new byte[] { 10, 77, 0, 106 }, null));
    }

    private static string ManyMachines()
    {
        string text = "[mirror]\nurl = http://10.77.0.3/\n";
        for (int i = 0; i < 30; i++)
        {
            text += "[machine 02:54:00:6d:00:" + (char)('0' + (i / 16)) + "0123456789abcdef".Substring(i % 16, 1) + "]\nname = m"
                + i.ToString() + "\n";
        }

        return text;
    }

    private static JournalBench Booted()
    {
        var bench = new JournalBench();
        bench.Packet(BiosIpxe.Discover00, false);
        bench.Request(BiosIpxe.Request03);
        bench.ScriptSent(Own, ProfileKind.Linux, false);
        bench.Reported(BootStage.Up);
        return bench;
    }

    private static byte[] Mac(byte[] packet)
    {
        var mac = new byte[6];
        System.Array.Copy(packet, 28, mac, 0, 6);
        return mac;
    }
}
