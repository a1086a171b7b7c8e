using Netboot.Settings;
using Netboot.Tests.Settings;

namespace Netboot.Tests.Terminal;

/// <summary>What <c>backup</c> prints, <c>restore</c> takes; what is damaged is refused and changes nothing.</summary>
[TestClass]
public class RestoreTests
{
    [TestMethod]
    [DataRow("\r\n")]
    [DataRow("\n")]
    [DataRow("\r")]
    public void A_backup_comes_back(string end)
    {
        var bench = new ConsoleBench();
        string text = Fill(bench);
        string backup = Backup(bench);
        bench.Line("profile hole remove");
        bench.Line("machine 525400123456 remove");
        bench.Line("set device.name other");
        bench.Line("restore");
        string answer = bench.Type(WithEnds(backup, end) + "." + end);
        Assert.AreEqual("OK. Profiles: 1, machines: 2. They replace all settings; the password and network settings stay.\r\nType YES to continue: ", answer);
        Assert.IsTrue(bench.Line("YES").Contains("Restored and in effect now.\r\n"));
        Assert.AreEqual(text, bench.Settings());
    }

    [TestMethod]
    public void A_lost_piece_is_found_out()
    {
        var bench = new ConsoleBench();
        string text = Fill(bench);
        string backup = Backup(bench);
        int machine = backup.IndexOf("[machine");
        bench.Line("set device.name other");
        string before = bench.Settings();
        bench.Line("restore");
        string answer = bench.Type(backup.Substring(0, machine) + backup.Substring(machine + 28) + ".\r");
        Assert.IsTrue(answer.Contains("it was damaged or edited"));
        bench.Line("restore");
        answer = bench.Type(backup.Substring(0, backup.IndexOf("# ---- end")) + ".\r");
        Assert.IsTrue(answer.Contains("only one of its two"));
        Assert.AreEqual(before, bench.Settings());
        Assert.IsTrue(text != before);
    }

    [TestMethod]
    public void A_mistake_is_named_with_its_line()
    {
        var bench = new ConsoleBench();
        Fill(bench);
        string before = bench.Settings();
        bench.Line("restore");
        Assert.AreEqual(
            "line 3, [mirror] url: 'nas' does not begin with http:// or https://\r\nNothing was changed.\r\nlab> ",
            bench.Type("# by hand\n[mirror]\nurl = nas\n.\n"));
        bench.Line("restore");
        Assert.AreEqual("^C\r\nNothing was changed.\r\nlab> ", bench.Type("[mirror]\nurl\u0003"));
        bench.Line("restore");
        string longer = "[device]\n";
        for (int i = 0; i < 400; i++)
        {
            longer += "# a comment of some fifty characters, over and over\n";
        }

        Assert.IsTrue(bench.Type(longer + "name = a\n.\n").Contains("the text is longer than 16384 bytes"));
        bench.Line("restore");
        Assert.IsTrue(bench.Type("[device]\nname = a\n.\n").EndsWith("Type YES to continue: "));
        Assert.IsTrue(bench.Line("no").Contains("Nothing was changed."));
        Assert.AreEqual(before, bench.Settings());
    }

    [TestMethod]
    public void A_full_stop_in_a_line_is_no_end()
    {
        var bench = new ConsoleBench();
        bench.Line("restore");
        Assert.IsTrue(bench.Type("# a line.\n#.\n.x").Length == 0);
        Assert.IsTrue(bench.Type("\n.\n").Contains("line 3: '.x' is neither 'key = value' nor [section]"));
    }

    private static string Fill(ConsoleBench bench)
    {
        var error = new SettingsError();
        DeviceSettings settings = SettingsTextTests.Parse(
            "[device]\nname = lab\n[profile hole]\nkind = deny\nmessage = no\n[machine 525400123456]\nprofile = hole\n[machine 525400123457]\n", error);
        Assert.IsTrue(bench.Device.Save(settings, error));
        return bench.Settings();
    }

    private static string Backup(ConsoleBench bench)
    {
        string shown = bench.Line("backup");
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
