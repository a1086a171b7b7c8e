using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Netboot.Tests.Device;

/// <summary>
/// There is one clock, of 64 bits; where only its low bits are kept, they are subtracted and never compared: see
/// <see cref="Bytes.DeviceClock"/>.
/// </summary>
[TestClass]
public partial class ClockRules
{
    [TestMethod]
    public void Only_the_clock_itself_asks_the_platform_for_the_time()
    {
        // What the time is for people is another matter: one place of the board tells it.
        string[] clocks = ["DeviceClock.cs", "Clock.cs"];
        Assert.IsEmpty(Lines().Where(line => !clocks.Contains(line.File) && PlatformClock().IsMatch(line.Text))
            .Select(line => line.ToString()));
    }

    [TestMethod]
    public void A_clock_that_was_cut_is_only_stored_or_subtracted() =>
        Assert.AreEqual("", string.Join("\n", Lines().Where(line => IsCompared(line.Text)).Select(line => line.ToString())));

    [DataRow("if ((int)now >= n[Deadline])", true)]
    [DataRow("return _until < (int)now;", true)]
    [DataRow("if (time > n[Deadline])", true)]
    [DataRow("if ((int)now - n[Since] >= Limit)", false)]
    [DataRow("else if (time - n[Deadline] < 0)", false)]
    [DataRow("n[Deadline] = (int)now + n[Interval];", false)]
    [DataRow("time = time > 0xFFFF ? 0xFFFF : time;", false)]
    [DataRow("int age = (int)(now / Unit) - _numbers[Heards + i];", false)]
    [TestMethod]
    public void The_rule_knows_its_kind(string line, bool compared) => Assert.AreEqual(compared, IsCompared(line));

    // A line with a cut clock in a comparison, but as the left side of a subtraction.
    private static bool IsCompared(string line) =>
        Cut().Matches(line).Any(cut =>
            !Subtracted().IsMatch(line[(cut.Index + cut.Length)..])
            && (ComparedAfter().IsMatch(line[(cut.Index + cut.Length)..]) || ComparedBefore().IsMatch(line[..cut.Index])));

    private static IEnumerable<Line> Lines() =>
        from folder in (string[])["shared", "firmware"]
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        where !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        from line in File.ReadAllLines(path)
            .Select((text, index) => new Line(Path.GetFileName(path), index + 1, Comment().Replace(text, "")))
        select line;

    [GeneratedRegex(@"\bTickCount|\bStopwatch\b|\bDateTime\.(Utc)?Now\b")]
    private static partial Regex PlatformClock();

    // The clock cut to 32 bits, or a variable that holds it.
    [GeneratedRegex(@"\(u?int\)\(?(now|DeviceClock\.Now)\b( / \w+\))?|\btime\b(?!\()")]
    private static partial Regex Cut();

    [GeneratedRegex(@"^\)* - ")]
    private static partial Regex Subtracted();

    [GeneratedRegex(@"^\)* (<|>|<=|>=) (?!\d)")]
    private static partial Regex ComparedAfter();

    [GeneratedRegex(@" (<|>|<=|>=) \(*$")]
    private static partial Regex ComparedBefore();

    [GeneratedRegex(@"//.*$")]
    private static partial Regex Comment();

    private sealed record Line(string File, int Number, string Text)
    {
        public override string ToString() => File + ":" + Number + ": " + Text.Trim();
    }
}
