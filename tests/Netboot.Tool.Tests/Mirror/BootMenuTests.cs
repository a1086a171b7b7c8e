using System.Linq;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Tests.Mirror;

/// <summary>What names of files and folders become in a script.</summary>
[TestClass]
public sealed class BootMenuTests
{
    [TestMethod]
    [DataRow("Linux 6.1 (a)", "Linux 6.1 (a)")]
    [DataRow("# first #1 of ${all} -- x", "first 1 of S{all} -- x")]
    [DataRow("-- key || goto x && ; y\\", "key goto x y")]
    [DataRow("two\nlines\tand  spaces", "two lines and spaces")]
    public void A_title_is_shown_as_iPXE_can(string title, string shown) =>
        Assert.AreEqual($"item e1 {shown} ||", Lines(Entry(title, "")).Single(line => line.StartsWith("item e1 ", System.StringComparison.Ordinal)));

    [TestMethod]
    [DataRow("root=/dev/ram0 quiet", "root=/dev/ram0 quiet")]
    [DataRow("a # comment", "a")]
    [DataRow("a || goto evil", "a")]
    [DataRow("a\nshell", "a shell")]
    [DataRow("fetch={mirror}x", "fetch=http://m/x")]
    public void A_command_line_stays_one_line_of_one_command(string line, string written)
    {
        string[] lines = Lines(Entry("t", line));
        Assert.Contains($"kernel --name kernel ${{nb-url}} {written} || goto failed", lines);
        Assert.DoesNotContain("shell", lines);
    }

    /// <summary>A script may do anything, wipe disks too: a person chooses it.</summary>
    [TestMethod]
    public void A_script_is_never_started_by_itself()
    {
        string[] lines = Lines(Entry("wipe", "") with { IsScript = true });
        Assert.IsFalse(lines.Any(line => line.Contains("set nb-default e1", System.StringComparison.Ordinal)));
        Assert.IsTrue(lines.Contains("isset ${nb-default} || set nb-default disk ||"));
    }

    private static BootEntry Entry(string title, string line) => new(title, "vmlinuz", [], line, true, "x86_64", 1);

    private static string[] Lines(BootEntry entry) => BootMenu.Write([entry], "http://m/").Split('\n');
}
