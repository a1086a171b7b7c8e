using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Tests.Terminal;

/// <summary>Tab: what is certain is completed, what is not is listed, and the line goes on where it was.</summary>
[TestClass]
public class CompletionTests
{
    [TestMethod]
    [DataRow("st", "status ")]
    [DataRow("STA", "status ")]
    [DataRow("mach", "machine")]
    [DataRow("f", "factory-reset ")]
    [DataRow("help pa", "help password ")]
    [DataRow("set mi", "set mirror.")]
    [DataRow("set mirror.u", "set mirror.url ")]
    [DataRow("set page.m", "set page.metrics ")]
    [DataRow("set page.metrics o", "set page.metrics open ")]
    [DataRow("set boot.default h", "set boot.default hole ")]
    [DataRow("set profile.h", "set profile.hole.")]
    [DataRow("set profile.hole.com", "set profile.hole.command-line ")]
    [DataRow("set profile.v1", "set profile.v1.2.")]
    [DataRow("set profile.v1.2.ker", "set profile.v1.2.kernel ")]
    [DataRow("set machine.52", "set machine.52:54:00:00:00:0")]
    [DataRow("set machine.52:54:00:00:00:07.prof", "set machine.52:54:00:00:00:07.profile ")]
    [DataRow("set machine.52:54:00:00:00:07.profile ho", "set machine.52:54:00:00:00:07.profile hole ")]
    [DataRow("show mir", "show mirror ")]
    [DataRow("show profile h", "show profile hole ")]
    [DataRow("show machine 52:54:00:00:00:08", "show machine 52:54:00:00:00:08 ")]
    [DataRow("machine na", "machine nas ")]
    [DataRow("machine 52:54:00:00:00:07 on", "machine 52:54:00:00:00:07 once ")]
    [DataRow("machine nas once h", "machine nas once hole ")]
    [DataRow("machine nas option43 s", "machine nas option43 send ")]
    [DataRow("machine nas r", "machine nas remove ")]
    [DataRow("machine 52:54:00:00:00:17 le", "machine 52:54:00:00:00:17 let-in ")]
    [DataRow("set boot.unknown a", "set boot.unknown ask ")]
    [DataRow("set boot.unknown h", "set boot.unknown hole ")]
    [DataRow("profile hole kin", "profile hole kind ")]
    [DataRow("profile hole kind li", "profile hole kind linux ")]
    [DataRow("why N", "why nas ")]
    [DataRow("wake 52:54:00:00:00:1", "wake 52:54:00:00:00:17 ")]
    [DataRow("log f", "log follow ")]
    [DataRow("net s", "net static ")]
    public void The_word_is_completed_as_far_as_there_is_no_doubt(string typed, string line)
    {
        Assert.AreEqual(line + "|", Shown(typed + "\t|"));
    }

    [TestMethod]
    [DataRow("status x")]
    [DataRow("xyzzy x")]
    [DataRow("why nas x")]
    [DataRow("set nothing.x")]
    [DataRow("set mirror.url h")]
    [DataRow("set page.p")]
    [DataRow("machine nas once hole x")]
    public void Where_there_is_nothing_to_complete_the_bell_rings(string typed)
    {
        ConsoleBench bench = Bench();
        bench.Type(typed);
        Assert.AreEqual("\u0007", bench.Type("\t"));
        Assert.AreEqual("|", bench.Type("|"));
    }

    [TestMethod]
    [DataRow("machine", "machines  machine")]
    [DataRow("set page.", "metrics  names")]
    [DataRow("set profile.", "hole  v1.2")]
    [DataRow("profile hole kind l", "linux  local")]
    [DataRow("why ", "nas  52:54:00:00:00:07  52:54:00:00:00:08  52:54:00:00:00:17")]
    [DataRow("net ", "dhcp  static  wifi")]
    [DataRow("show profile ", "hole  v1.2")]
    public void What_is_in_doubt_is_listed_and_the_line_goes_on(string typed, string list)
    {
        ConsoleBench bench = Bench();
        bench.Type(typed);
        Assert.AreEqual("\r\n" + list + "\r\nnetboot> " + typed, bench.Type("\t"));
        Assert.AreEqual("|", bench.Type("|"));
    }

    [TestMethod]
    public void What_addresses_begin_with_is_completed_where_a_section_is_meant_and_not_one_machine()
    {
        ConsoleBench bench = Bench();
        bench.Line("machine 60:54:* profile hole");
        Assert.AreEqual("machine 60:54:* |", bench.Type("machine 6\t|"));
        bench.Line("");
        Assert.AreEqual("show machine 60:54:* |", bench.Type("show machine 6\t|"));
        bench.Line("");
        bench.Type("wake 6");
        Assert.AreEqual("\u0007", bench.Type("\t"));
    }

    [TestMethod]
    public void An_empty_line_lists_the_commands()
    {
        ConsoleBench bench = Bench();
        string shown = bench.Type("\t");
        Assert.IsTrue(shown.StartsWith("\r\nhelp  status  machines  why  wake  "));
        Assert.IsTrue(shown.EndsWith("  reboot  factory-reset\r\nnetboot> ") || shown.EndsWith("\r\nfactory-reset\r\nnetboot> "));
    }

    [TestMethod]
    public void A_long_list_is_shown_in_lines_that_fit_a_screen()
    {
        var bench = new ConsoleBench();
        for (int i = 0; i < 40; i++)
        {
            bench.Line("machine 5254000000" + (10 + i).ToString() + " name a-rather-long-name-" + (10 + i).ToString());
        }

        bench.Type("why a\t");
        string[] lines = bench.Type("\t").Split('\n');
        Assert.AreEqual(1 + 14 + 1, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            Assert.IsTrue(lines[i].Length <= 80);
        }

        Assert.AreEqual("netboot> why a-rather-long-name-", lines[lines.Length - 1]);
    }

    [TestMethod]
    public void In_the_middle_of_a_line_the_rest_stays()
    {
        Assert.AreEqual("wake|x", Shown("x\u001b[Dwa\t|"));
        Assert.AreEqual("why nas| now", Shown("why n now\u001b[D\u001b[D\u001b[D\u001b[D\t|"));
    }

    [TestMethod]
    public void The_command_is_run_as_it_was_completed()
    {
        ConsoleBench bench = Bench();
        Assert.IsTrue(bench.Type("ma\t \tna\ton\tv\t\r").Contains("Saved and in effect now."));
        Assert.IsTrue(bench.Settings().Contains("name = nas\nonce = v1.2\n"));
    }

    [TestMethod]
    public void A_question_has_nothing_to_complete()
    {
        ConsoleBench bench = Bench();
        bench.Line("factory-reset");
        Assert.AreEqual("\u0007", bench.Type("\t"));
        Assert.IsTrue(bench.Type("\r").Contains("Nothing was changed."));
    }

    // What the line looks like after some keys.
    private static string Shown(string keys)
    {
        var screen = new ByteWriter(256, 4096);
        screen.Text(Bench().Type(keys));
        return Screen.Of(screen);
    }

    private static ConsoleBench Bench()
    {
        var bench = new ConsoleBench();
        bench.Line("set mirror.url http://10.0.0.1");
        bench.Line("profile hole kernel vmlinuz");
        bench.Line("profile v1.2 kernel vmlinuz");
        bench.Line("machine 525400000007 name nas");
        bench.Line("machine 525400000008 profile hole");
        bench.Device.Journal.ScriptSent(
            new byte[] { 0x52, 0x54, 0, 0, 0, 0x17 }, new byte[] { 10, 0, 0, 7 }, Octets.Of("hole"), ProfileKind.Linux, false);
        return bench;
    }
}
