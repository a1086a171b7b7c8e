using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Tests.Terminal;

[TestClass]
public class ConsoleTests
{
    [TestMethod]
    public void It_greets_and_lists_its_commands()
    {
        var bench = new ConsoleBench();
        Assert.IsTrue(bench.Greeting.EndsWith("'help' lists the commands.\r\nnetboot> "));
        string help = bench.Line("help");
        string[] names = { "status", "machines", "machine", "profile", "show", "set", "loaders", "log", "net", "password", "backup",
            "restore", "reboot", "factory-reset" };
        for (int i = 0; i < names.Length; i++)
        {
            Assert.IsTrue(help.Contains("\n" + names[i] + " "));
        }

        Assert.AreEqual("help log\r\nlog [LINES | follow]                          shows the last log lines, or new ones until a key is pressed\r\nnetboot> ", bench.Line("help log"));
        Assert.AreEqual("\r\nnetboot> ", bench.Line(""));
    }

    [TestMethod]
    [DataRow("machnes", "Unknown command 'machnes'. Did you mean 'machines'? 'help' lists all commands.")]
    [DataRow("sow", "Unknown command 'sow'. Did you mean 'show'? 'help' lists all commands.")]
    [DataRow("xyzzy", "Unknown command 'xyzzy'. 'help' lists all commands.")]
    [DataRow("log x", "Usage: log [LINES | follow]")]
    [DataRow("status all", "Usage: status")]
    [DataRow("set mirror", "Usage: set SECTION.KEY [[+] VALUE]")]
    [DataRow("set \"profile x\" kernel a", "Usage: set SECTION.KEY [[+] VALUE]")]
    [DataRow("machine", "Usage: machine MAC|NAME [KEY VALUE | once PROFILE | let-in | remove]")]
    [DataRow("profile p kernel", "Usage: profile [NAME [KEY [+] VALUE | remove]]")]
    [DataRow("machine nas", "No machine has the name 'nas'. Enter a new one by its Ethernet address, such as 52:54:00:12:34:56.")]
    [DataRow("net static 1.2.3.4 255.0.255.0 1.2.3.1", "'255.0.255.0' is not a subnet mask such as 255.255.255.0.")]
    [DataRow("net static 1.2.3.400 255.0.0.0 1.2.3.1", "'1.2.3.400' is not an address such as 192.168.1.5.")]
    [DataRow("wake", "Usage: wake MAC|NAME")]
    [DataRow("wake nas now", "Usage: wake MAC|NAME")]
    [DataRow("wake nas", "No machine has that name; write an Ethernet address like 52:54:00:12:34:56.")]
    [DataRow("wake 525400123456", "Not sent: this machine is not in the settings and has not been heard since the device started.")]
    [DataRow("show nothing", "Nothing is set there.")]
    public void A_wrong_line_is_explained(string line, string answer)
    {
        var bench = new ConsoleBench();
        Assert.AreEqual(line + "\r\n" + answer + "\r\nnetboot> ", bench.Line(line));
    }

    [TestMethod]
    public void A_machine_of_the_settings_may_be_woken()
    {
        var bench = new ConsoleBench();
        bench.Line("machine 525400123456 name nas");
        Assert.AreEqual("wake nas\r\nNot sent: the device has no address yet: no link, or no answer from the router.\r\nnetboot> ",
            bench.Line("wake nas"));
        Assert.IsFalse(bench.Line("log 40").Contains("Waking"));
    }

    [TestMethod]
    public void What_is_for_all_machines_whose_addresses_begin_alike_is_set_listed_and_removed()
    {
        var bench = new ConsoleBench();
        bench.Line("profile disk kind local");
        Assert.IsTrue(bench.Line("machine 52-54-00-* profile disk").Contains("Saved and in effect now."));
        Assert.AreEqual("[profile disk]\nkind = local\n\n[machine 52:54:00:*]\nprofile = disk\n", bench.Settings());
        Assert.IsTrue(bench.Line("machines").Contains("\n52:54:00:*         "));
        Assert.IsTrue(bench.Line("profile disk remove").Contains("is used by 52:54:00:*; change these first"));
        Assert.IsTrue(bench.Line("machine 52:54:00:* name lab").Contains("is for one machine, and this section is for all"));
        Assert.IsTrue(bench.Line("wake 52:54:00:*").Contains("write an Ethernet address"));
        Assert.IsTrue(bench.Line("machine 52:54:00:* remove").Contains("Saved and in effect now."));
        Assert.AreEqual("[profile disk]\nkind = local\n", bench.Settings());
    }

    [TestMethod]
    public void Of_the_page_only_the_password_is_not_typed()
    {
        var bench = new ConsoleBench();
        Assert.IsTrue(bench.Line("set page.metrics open").Contains("Saved and in effect now."));
        Assert.IsTrue(bench.Line("set page.passwort hunter22").Contains("That would show the password"));
        Assert.IsTrue(bench.Line("set page.names netboot.fritz.box").Contains("Saved and in effect now."));
        Assert.AreEqual("[page]\nmetrics = open\nnames = netboot.fritz.box\n", bench.Settings());
    }

    [TestMethod]
    public void A_change_is_checked_stored_and_counts_at_once()
    {
        var bench = new ConsoleBench();
        Assert.AreEqual("set mirror.url http://10.0.0.1\r\nSaved and in effect now.\r\nnetboot> ",
            bench.Line("set mirror.url http://10.0.0.1"));
        Assert.AreEqual(
            "set mirror.url http://nas\r\nSaved and in effect now.\r\nMachines look that name up themselves. While the board does, for a loader or a check, "
            + "everything on it stops: an address is better.\r\nnetboot> ",
            bench.Line("set mirror.url http://nas"));
        Assert.AreEqual("[mirror]\nurl = http://nas/\n", bench.Settings());
        Assert.IsTrue(bench.Line("set mirror.url nas")
            .Contains("[mirror] url: 'nas' does not begin with http:// or https://\r\nNothing was changed.\r\n"));
        bench.Line("profile hole kernel vmlinuz");
        bench.Line("profile hole command-line console=ttyS0 url={{ URL \"a b\" }}");
        bench.Line("profile hole command-line console=ttyS0 url={{ URL \"a\" }}");
        bench.Line("set \"profile hole\".initrd one  two");
        bench.Line("set profile.hole.initrd one");
        bench.Line("profile hole initrd + three.iso /three.iso");
        bench.Line("machine 52-54-00-12-34-56 name nas");
        bench.Line("machine nas once hole");
        const string Text =
            "[mirror]\nurl = http://nas/\n\n[profile hole]\nkernel = vmlinuz\ncommand-line = console=ttyS0 url={{ URL \"a\" }}\ninitrd = one\ninitrd = three.iso /three.iso\n\n"
            + "[machine 52:54:00:12:34:56]\nname = nas\nonce = hole\n";
        Assert.IsTrue(bench.Line("machine nas").Contains("[machine 52:54:00:12:34:56]\r\nname = nas\r\nonce = hole\r\n"));
        Assert.IsTrue(bench.Line("show profile hole").Contains("\n[profile hole]\r\nkernel = vmlinuz\r\n"));
        Assert.IsFalse(bench.Line("show profile").Contains("[mirror]"));
        Assert.IsTrue(bench.Line("machines")
            .Contains("52:54:00:12:34:56  nas                      (follows the rules in [boot]), next time hole\r\n"));
        Assert.AreEqual(Text, bench.Settings());
        Assert.AreEqual(Text, SettingsTextOf(new SettingsStore(bench.Storage).Load(new Log(new LogText()))));
    }

    [TestMethod]
    public void Menus_and_scripts_are_made_line_by_line()
    {
        var bench = new ConsoleBench();
        bench.Line("profile hello line + echo Hello  {name}");
        bench.Line("profile hello line + shell || reboot");
        bench.Line("profile disk kind local");
        bench.Line("profile start item disk The disk");
        bench.Line("profile start item + hello");
        Assert.IsTrue(bench.Line("profile start item + nothing").Contains("profile 'nothing' is not defined"));
        Assert.IsTrue(bench.Line("profile start timeout + 5").Contains("Saved"));
        Assert.IsTrue(bench.Line("profile start timeout + 6").Contains("appears twice"));
        bench.Line("set profile.start.shell + yes");
        Assert.AreEqual(
            "[profile hello]\nline = echo Hello  {name}\nline = shell || reboot\n\n[profile disk]\nkind = local\n\n"
            + "[profile start]\nitem = disk The disk\nitem = hello\ntimeout = 5\nshell = yes\n", bench.Settings());
    }

    [TestMethod]
    public void What_is_more_than_the_board_has_room_for_is_shown_in_pieces()
    {
        var bench = new ConsoleBench();
        for (int i = 0; i < 40; i++)
        {
            bench.Line("machine 5254000000" + (10 + i).ToString() + " name a-rather-long-name-" + (10 + i).ToString());
        }

        string all = bench.Line("show");
        Assert.IsTrue(all.Contains("name = a-rather-long-name-10\r\n") && all.Contains("name = a-rather-long-name-49\r\nnetboot> "));
        Assert.IsTrue(bench.Line("machines")
            .Contains("a-rather-long-name-49    (follows the rules in [boot])\r\nNo machine has been heard since the device started.\r\nnetboot> "));
        Assert.IsTrue(bench.Line("backup").Contains("a-rather-long-name-49\r\n# ---- end of backup"));
    }

    [TestMethod]
    public void The_network_is_set_at_once()
    {
        var bench = new ConsoleBench();
        Assert.IsTrue(bench.Line("net").Contains("eth0 by DHCP\r\n"));
        Assert.IsTrue(bench.Line("net dhcp").Contains("Saved. Takes effect after 'reboot'.\r\n"));
        Assert.AreEqual("dhcp", bench.NetworkSet);
        bench.Line("net static 10.0.0.2 255.255.255.0 10.0.0.1 10.0.0.53");
        Assert.AreEqual("10.0.0.2 255.255.255.0 10.0.0.1 10.0.0.53", bench.NetworkSet);
        Assert.IsTrue(bench.Line("net wifi \"my home\"").EndsWith("Wi-Fi password (not shown, empty for an open network): "));
        Assert.AreEqual("\r\nSaved. Takes effect after 'reboot'.\r\nnetboot> ", bench.Line("secret words"));
        Assert.AreEqual("my home secret words", bench.NetworkSet);
        bench.HasWifi = false;
        Assert.IsTrue(bench.Line("net wifi home").Contains("This board has no Wi-Fi."));
    }

    [TestMethod]
    public void Follow_shows_new_lines_until_a_key_is_pressed()
    {
        var bench = new ConsoleBench();
        bench.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "before");
        Assert.IsFalse(bench.Line("log follow").Contains("before"));
        bench.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "one");
        bench.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "two");
        Assert.AreEqual("[Init] one\r\n[Init] two\r\n", bench.Run());
        Assert.AreEqual("netboot> ", bench.Type("q"));
        bench.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "three");
        Assert.AreEqual("", bench.Run());
        Assert.IsTrue(bench.Line("log 1").Contains("[Init] three\r\n"));
        Assert.IsFalse(bench.Line("log 1").Contains("[Init] two\r\n"));
    }

    [TestMethod]
    public void A_long_answer_leaves_in_pieces_and_Ctrl_C_ends_it()
    {
        var bench = new ConsoleBench();
        for (int i = 0; i < 200; i++)
        {
            bench.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "a line that is as long as those of a busy day are, more or less: "
                + i.ToString());
        }

        long before = bench.Now;
        string all = bench.Line("log 99");
        Assert.IsTrue(all.Contains(" 199\r\n") && all.Contains(" " + bench.Device.Log.Oldest.ToString() + "\r\n"));
        Assert.IsFalse(all.Contains(" " + (bench.Device.Log.Oldest - 1).ToString() + "\r\n"));
        Assert.IsTrue(bench.Terminal.LargestPiece <= 64);
        Assert.IsTrue(bench.Now - before >= all.Length / 64 * 10);

        bench.Terminal.Type(Octets.Of("log 99\r"));
        for (int i = 0; i < 20; i++)
        {
            bench.Console.Step(bench.Now + (i * 10));
        }

        string cut = bench.Type("x\u0003");
        Assert.IsTrue(cut.EndsWith("^C\r\nnetboot> "));
        Assert.IsFalse(cut.Contains(" 199\r\n"));
        Assert.IsTrue(bench.Line("help log").Contains("log [LINES"));
    }

    [TestMethod]
    public void Reboot_ends_the_console()
    {
        var bench = new ConsoleBench();
        Assert.IsTrue(bench.Line("reboot").Contains("Restarting."));
        bench.Run();
        Assert.AreEqual(1, bench.Reboots);
        Assert.AreEqual("", bench.Line("status"));
    }

    [TestMethod]
    [DataRow("YES")]
    [DataRow("lab")]
    public void Factory_reset_removes_settings_and_password(string answer)
    {
        var bench = new ConsoleBench();
        bench.Line("set device.name lab");
        bench.Line("password");
        bench.Line("correct horse");
        bench.Line("correct horse");
        bench.Line("factory-reset");
        bench.Line("no");
        Assert.AreEqual(0, bench.Reboots);
        bench.Line("factory-reset");
        bench.Line(answer);
        bench.Run();
        Assert.AreEqual(1, bench.Reboots);
        Assert.AreEqual("", bench.Settings());
        Assert.AreEqual(-1, bench.Storage.Length(SettingsStore.FirstFile));
        Assert.AreEqual(-1, bench.Storage.Length(SettingsStore.SecondFile));
        Assert.IsNull(bench.NetworkSet);
    }

    [TestMethod]
    public void A_fault_ends_the_command_only()
    {
        var bench = new ConsoleBench();
        bench.Type("stat");
        bench.Console.Reset();
        Assert.IsTrue(bench.Line("us").Contains("Netboot "));
        bench.Storage.Dead = true;
        Assert.IsTrue(bench.Line("set device.name a").Contains("cannot write settings.a: power is off\r\nNothing was changed.\r\n"));
        Assert.IsTrue(bench.Line("factory-reset").EndsWith("continue: "));
        Assert.IsTrue(bench.Line("YES").Contains("Not everything could be erased: cannot remove a file: power is off"));
        bench.Storage.Dead = false;
        Assert.IsTrue(bench.Line("set device.name a").Contains("Saved"));
    }

    private static string SettingsTextOf(DeviceSettings settings) => Netboot.Tests.Settings.SettingsTextTests.Written(settings);
}
