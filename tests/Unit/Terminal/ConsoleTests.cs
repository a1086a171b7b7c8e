using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Settings;

namespace Netboot.Tests.Terminal;

[TestClass]
public class ConsoleTests
{
    private readonly ConsoleBench _bench = new ConsoleBench();

    [TestMethod]
    public void ItGreetsAndListsItsCommands()
    {
        Assert.IsTrue(_bench.Greeting.EndsWith("'help' lists the commands.\r\nnetboot> "));
        string help = _bench.Line("help");
        string[] names = { "status", "machines", "machine", "profile", "show", "set", "loaders", "log", "net", "password", "save", "backup", "restore", "reboot", "factory-reset" };
        for (int i = 0; i < names.Length; i++)
        {
            Assert.IsTrue(help.Contains("\n" + names[i] + " "));
        }

        Assert.AreEqual("help log\r\nlog [LINES | follow]                          shows the last log lines, or new ones until a key is pressed\r\nnetboot> ", _bench.Line("help log"));
        Assert.AreEqual("\r\nnetboot> ", _bench.Line(""));
    }

    [TestMethod]
    [DataRow("machnes", "There is no command 'machnes'; 'machines' is one, and 'help' lists all.")]
    [DataRow("sow", "There is no command 'sow'; 'show' is one, and 'help' lists all.")]
    [DataRow("xyzzy", "There is no command 'xyzzy'; 'help' lists all.")]
    [DataRow("log x", "It is used so: log [LINES | follow]")]
    [DataRow("save now", "It is used so: save [force]")]
    [DataRow("status all", "It is used so: status")]
    [DataRow("set mirror", "It is used so: set SECTION.KEY [VALUE]")]
    [DataRow("set \"profile x\" kernel a", "It is used so: set SECTION.KEY [VALUE]")]
    [DataRow("machine", "It is used so: machine MAC|NAME [KEY VALUE | once PROFILE | remove]")]
    [DataRow("profile p kernel", "It is used so: profile [NAME [KEY VALUE | remove]]")]
    [DataRow("machine nas", "No machine has the name 'nas'. A new one is given by its Ethernet address, such as 52:54:00:12:34:56.")]
    [DataRow("net static 1.2.3.4 255.0.255.0 1.2.3.1", "'255.0.255.0' is no subnet mask, such as 255.255.255.0.")]
    [DataRow("net static 1.2.3.400 255.0.0.0 1.2.3.1", "'1.2.3.400' is no address, such as 192.168.1.5.")]
    [DataRow("show nothing", "Nothing is set there.")]
    [DataRow("save", "There is nothing to save.")]
    [DataRow("show changes", "There are no changes.")]
    public void AWrongLineIsExplained(string line, string answer)
    {
        Assert.AreEqual(line + "\r\n" + answer + "\r\nnetboot> ", _bench.Line(line));
    }

    [TestMethod]
    public void ChangesAreCheckedShownAndSaved()
    {
        Assert.AreEqual("set mirror.url http://nas\r\nChanged; 'save' stores it.\r\nnetboot*> ", _bench.Line("set mirror.url http://nas"));
        Assert.IsTrue(_bench.Line("set mirror.url nas").Contains("[mirror] url: 'nas' does not begin with http:// or https://\r\nNothing was changed.\r\n"));
        _bench.Line("profile hole kernel vmlinuz");
        _bench.Line("profile hole command-line console=ttyS0 url={{ URL \"a b\" }}");
        _bench.Line("profile hole command-line console=ttyS0 url={{ URL \"a\" }}");
        _bench.Line("set \"profile hole\".initrd one  two");
        _bench.Line("set profile.hole.initrd one three");
        _bench.Line("machine 52-54-00-12-34-56 name nas");
        _bench.Line("machine nas once hole");
        Assert.AreEqual("", _bench.Settings());
        const string Text = "[mirror]\nurl = http://nas/\n\n[profile hole]\nkernel = vmlinuz\ncommand-line = console=ttyS0 url={{ URL \"a\" }}\ninitrd = one\ninitrd = three\n\n"
            + "[machine 52:54:00:12:34:56]\nname = nas\nonce = hole\n";
        Assert.IsTrue(_bench.Line("machine nas").Contains("[machine 52:54:00:12:34:56]\r\nname = nas\r\nonce = hole\r\n"));
        Assert.IsTrue(_bench.Line("show profile hole").Contains("\n[profile hole]\r\nkernel = vmlinuz\r\n"));
        Assert.IsFalse(_bench.Line("show profile").Contains("[mirror]"));
        Assert.IsTrue(_bench.Line("machines").Contains("52:54:00:12:34:56  nas                      (by the rules of [boot]), next time hole\r\n"));
        Assert.IsTrue(_bench.Line("save").Contains("Saved; it counts from now on.\r\nnetboot> "));
        Assert.AreEqual(Text, _bench.Settings());
        Assert.AreEqual(Text, SettingsTextOf(new SettingsStore(_bench.Storage).Load(new Log())));
    }

    [TestMethod]
    public void ShowChangesShowsWhatDiffers()
    {
        _bench.Line("profile a kind local");
        _bench.Line("profile b kind local");
        _bench.Line("machine 525400000001 name one");
        _bench.Line("save");
        _bench.Line("profile c kind ignore");
        _bench.Line("profile a remove");
        _bench.Line("machine one name uno");
        Assert.AreEqual(
            "show changes\r\n- [profile a]\r\n- kind = local\r\n+ [profile c]\r\n+ kind = ignore\r\n[machine 52:54:00:00:00:01]\r\n- name = one\r\n+ name = uno\r\nnetboot*> ",
            _bench.Line("show changes"));
        _bench.Line("discard");
        Assert.IsTrue(_bench.Line("show changes").Contains("There are no changes."));
        _bench.Line("machine one remove");
        Assert.IsTrue(_bench.Line("show changes").Contains("- [machine 52:54:00:00:00:01]\r\n- name = one\r\nnetboot"));
        _bench.Line("machine 525400000001 name one");
        Assert.IsTrue(_bench.Line("show changes").Contains("The changes come to nothing"));
    }

    [TestMethod]
    public void WhatWasChangedElsewhereIsNotWrittenOver()
    {
        _bench.Line("set device.name a");
        var error = new SettingsError();
        Assert.IsTrue(_bench.Device.Save(SettingsEditor.Set(_bench.Device.Rules.Settings, "mirror", "url", "http://page", error), error));
        Assert.IsTrue(_bench.Line("save").Contains("Not saved: the settings were changed elsewhere meanwhile"));
        Assert.AreEqual("[mirror]\nurl = http://page/\n", _bench.Settings());
        Assert.IsTrue(_bench.Line("save force").Contains("Saved"));
        Assert.AreEqual("[device]\nname = a\n", _bench.Settings());
    }

    [TestMethod]
    public void WhatAMachineUsedUpMeanwhileDoesNotComeBack()
    {
        _bench.Line("profile p kind local");
        _bench.Line("machine 525400000001 once p");
        _bench.Line("machine 525400000002 once p");
        _bench.Line("save");
        _bench.Line("set device.name a");
        _bench.Device.OnceUsed(_bench.Device.Rules.Settings, 0);
        _bench.Device.OnceUsed(_bench.Device.Rules.Settings, 1);
        _bench.Line("machine 525400000002 once p");
        _bench.Line("save");
        Assert.AreEqual(MachineTable.None, _bench.Device.Rules.Settings.Machines.Once(0));
        Assert.AreEqual(0, _bench.Device.Rules.Settings.Machines.Once(1));
    }

    [TestMethod]
    public void TheNetworkIsSetAtOnce()
    {
        Assert.IsTrue(_bench.Line("net").Contains("eth0 by DHCP\r\n"));
        Assert.IsTrue(_bench.Line("net dhcp").Contains("Set. It counts after a 'reboot'.\r\n"));
        Assert.AreEqual("dhcp", _bench.NetworkSet);
        _bench.Line("net static 10.0.0.2 255.255.255.0 10.0.0.1 10.0.0.53");
        Assert.AreEqual("10.0.0.2 255.255.255.0 10.0.0.1 10.0.0.53", _bench.NetworkSet);
        Assert.IsTrue(_bench.Line("net wifi \"my home\"").EndsWith("Password of that Wi-Fi (not shown, empty for an open one): "));
        Assert.AreEqual("\r\nSet. It counts after a 'reboot'.\r\nnetboot> ", _bench.Line("secret words"));
        Assert.AreEqual("my home secret words", _bench.NetworkSet);
        _bench.HasWifi = false;
        Assert.IsTrue(_bench.Line("net wifi home").Contains("This board has no Wi-Fi."));
    }

    [TestMethod]
    public void FollowShowsNewLinesUntilAKeyIsPressed()
    {
        _bench.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "before");
        Assert.IsFalse(_bench.Line("log follow").Contains("before"));
        _bench.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "one");
        _bench.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "two");
        Assert.AreEqual("[Init] one\r\n[Init] two\r\n", _bench.Run());
        Assert.AreEqual("netboot> ", _bench.Type("q"));
        _bench.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "three");
        Assert.AreEqual("", _bench.Run());
        Assert.IsTrue(_bench.Line("log 1").Contains("[Init] three\r\n"));
        Assert.IsFalse(_bench.Line("log 1").Contains("[Init] two\r\n"));
    }

    [TestMethod]
    public void ALongAnswerLeavesInPiecesAndCtrlCEndsIt()
    {
        for (int i = 0; i < 200; i++)
        {
            _bench.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "a line that is as long as those of a busy day are, more or less: " + i.ToString());
        }

        long before = _bench.Now;
        string all = _bench.Line("log 99");
        Assert.IsTrue(all.Contains(" 199\r\n") && all.Contains(" " + (200 - Log.Capacity).ToString() + "\r\n"));
        Assert.IsFalse(all.Contains(" " + (199 - Log.Capacity).ToString() + "\r\n"));
        Assert.IsTrue(_bench.Terminal.LargestPiece <= 64);
        Assert.IsTrue(_bench.Now - before >= all.Length / 64 * 10);

        _bench.Terminal.Type(Octets.Of("log 99\r"));
        for (int i = 0; i < 20; i++)
        {
            _bench.Console.Step(_bench.Now + (i * 10));
        }

        string cut = _bench.Type("x\u0003");
        Assert.IsTrue(cut.EndsWith("^C\r\nnetboot> "));
        Assert.IsFalse(cut.Contains(" 199\r\n"));
        Assert.IsTrue(_bench.Line("help log").Contains("log [LINES"));
    }

    [TestMethod]
    public void RebootAsksWhenSomethingIsNotSaved()
    {
        _bench.Line("set device.name a");
        Assert.IsTrue(_bench.Line("reboot").EndsWith("Your changes are not saved and would be lost.\r\nType YES to go on: "));
        _bench.Line("yes");
        Assert.AreEqual(0, _bench.Reboots);
        _bench.Line("discard");
        Assert.IsTrue(_bench.Line("reboot").Contains("The device starts anew."));
        _bench.Run();
        Assert.AreEqual(1, _bench.Reboots);
        Assert.AreEqual("", _bench.Line("status"));
    }

    [TestMethod]
    [DataRow("YES")]
    [DataRow("lab")]
    public void FactoryResetRemovesSettingsAndPassword(string answer)
    {
        _bench.Line("set device.name lab");
        _bench.Line("save");
        _bench.Line("password");
        _bench.Line("correct horse");
        _bench.Line("correct horse");
        _bench.Line("save");
        _bench.Line("factory-reset");
        _bench.Line("no");
        Assert.AreEqual(0, _bench.Reboots);
        _bench.Line("factory-reset");
        _bench.Line(answer);
        _bench.Run();
        Assert.AreEqual(1, _bench.Reboots);
        Assert.AreEqual("", _bench.Settings());
        Assert.AreEqual(-1, _bench.Storage.Length(SettingsStore.FirstFile));
        Assert.AreEqual(-1, _bench.Storage.Length(SettingsStore.SecondFile));
        Assert.IsNull(_bench.NetworkSet);
    }

    [TestMethod]
    public void AFaultEndsTheCommandOnly()
    {
        _bench.Line("set device.name a");
        _bench.Type("stat");
        _bench.Console.Reset();
        Assert.IsTrue(_bench.Line("us").Contains("Netboot "));
        _bench.Storage.Dead = true;
        Assert.IsTrue(_bench.Line("save").Contains("Not saved: cannot write settings.a: power is off\r\n"));
        Assert.IsTrue(_bench.Line("factory-reset").EndsWith("go on: "));
        Assert.IsTrue(_bench.Line("YES").Contains("Not everything could be removed: cannot remove a file: power is off"));
        _bench.Storage.Dead = false;
        Assert.IsTrue(_bench.Line("save").Contains("Saved"));
    }

    private static string SettingsTextOf(DeviceSettings settings)
    {
        return Netboot.Tests.Settings.SettingsTextTests.Written(settings);
    }
}
