using Netboot.Settings;
using Netboot.Tests.Settings;

namespace Netboot.Tests.Terminal;

/// <summary>What <c>backup</c> prints, <c>restore</c> takes; what is damaged is refused and changes nothing.</summary>
[TestClass]
public class RestoreTests
{
    private readonly ConsoleBench _bench = new ConsoleBench();

    [TestMethod]
    [DataRow("\r\n")]
    [DataRow("\n")]
    [DataRow("\r")]
    public void ABackupComesBack(string end)
    {
        string text = Fill();
        string backup = Backup();
        _bench.Line("profile hole remove");
        _bench.Line("machine 525400123456 remove");
        _bench.Line("set device.name other");
        _bench.Line("save");
        _bench.Line("restore");
        string answer = _bench.Type(WithEnds(backup, end) + "." + end);
        Assert.AreEqual("Good: 1 profiles, 2 machines. They take the place of all settings; password and network stay.\r\nType YES to go on: ", answer);
        Assert.IsTrue(_bench.Line("YES").Contains("Restored; it counts from now on.\r\n"));
        Assert.AreEqual(text, _bench.Settings());
    }

    [TestMethod]
    public void ALostPieceIsFoundOut()
    {
        string text = Fill();
        string backup = Backup();
        int machine = backup.IndexOf("[machine");
        _bench.Line("set device.name other");
        _bench.Line("save");
        string before = _bench.Settings();
        _bench.Line("restore");
        string answer = _bench.Type(backup.Substring(0, machine) + backup.Substring(machine + 28) + ".\r");
        Assert.IsTrue(answer.Contains("it was damaged on the way, or changed"));
        _bench.Line("restore");
        answer = _bench.Type(backup.Substring(0, backup.IndexOf("# ---- end")) + ".\r");
        Assert.IsTrue(answer.Contains("only one of the two lines of a backup"));
        Assert.AreEqual(before, _bench.Settings());
        Assert.IsTrue(text != before);
    }

    [TestMethod]
    public void AMistakeIsNamedWithItsLine()
    {
        Fill();
        string before = _bench.Settings();
        _bench.Line("restore");
        Assert.AreEqual(
            "line 3, [mirror] url: 'nas' does not begin with http:// or https://\r\nNothing was changed.\r\nlab> ", _bench.Type("# by hand\n[mirror]\nurl = nas\n.\n"));
        _bench.Line("restore");
        Assert.AreEqual("^C\r\nNothing was changed.\r\nlab> ", _bench.Type("[mirror]\nurl\u0003"));
        _bench.Line("restore");
        string longer = "[device]\n";
        for (int i = 0; i < 400; i++)
        {
            longer += "# a comment of some fifty characters, over and over\n";
        }

        Assert.IsTrue(_bench.Type(longer + "name = a\n.\n").Contains("the text is longer than 16384 bytes"));
        _bench.Line("restore");
        Assert.IsTrue(_bench.Type("[device]\nname = a\n.\n").EndsWith("Type YES to go on: "));
        Assert.IsTrue(_bench.Line("no").Contains("Nothing was changed."));
        Assert.AreEqual(before, _bench.Settings());
    }

    [TestMethod]
    public void AFullStopInALineIsNoEnd()
    {
        _bench.Line("restore");
        Assert.IsTrue(_bench.Type("# a line.\n#.\n.x").Length == 0);
        Assert.IsTrue(_bench.Type("\n.\n").Contains("line 3: '.x' is neither 'key = value' nor [section]"));
    }

    private string Fill()
    {
        var error = new SettingsError();
        DeviceSettings settings = SettingsTextTests.Parse(
            "[device]\nname = lab\n[profile hole]\nkind = deny\nmessage = no\n[machine 525400123456]\nprofile = hole\n[machine 525400123457]\n", error);
        Assert.IsTrue(_bench.Device.Save(settings, error));
        return _bench.Settings();
    }

    private string Backup()
    {
        string shown = _bench.Line("backup");
        int start = shown.IndexOf("# ----");
        return shown.Substring(start, shown.LastIndexOf("lab> ") - start);
    }

    private static string WithEnds(string text, string end)
    {
        string[] lines = text.Split('\n');
        string result = "";
        for (int i = 0; i < lines.Length - 1; i++)
        {
            result += lines[i].TrimEnd('\r') + end;
        }

        return result;
    }
}
