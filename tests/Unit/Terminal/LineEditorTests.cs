using Netboot.Terminal;

namespace Netboot.Tests.Terminal;

[TestClass]
public class LineEditorTests
{
    private const string Escape = "\u001b";

    [TestMethod]
    [DataRow("abc", "abc")]
    [DataRow("abcd\u007f\u0008", "ab")]
    [DataRow("\u007f\u0008a", "a")]
    [DataRow("bc\u001b[D\u001b[Da", "abc")]
    [DataRow("abd\u001b[Dc\u001b[C\u001b[Ce", "abcde")]
    [DataRow("bc\u001b[Ha\u001b[Fd", "abcd")]
    [DataRow("bc\u0001a\u0005d", "abcd")]
    [DataRow("bc\u001b[1~a\u001b[4~d", "abcd")]
    [DataRow("bc\u001bOHa\u001bOFd", "abcd")]
    [DataRow("axbc\u001b[H\u001b[C\u001b[3~", "abc")]
    [DataRow("abxc\u001b[D\u007f", "abc")]
    [DataRow("abc\u0015d", "d")]
    [DataRow("a\u001b[5~\u001b[20;5~\u001b[200~b\u001b[1;5Cc\u001b[Zd", "abcd")]
    [DataRow("a\u001b[\u001b[Db", "ba")]
    [DataRow("a\tb\u00fc", "ab")]
    public void Keys_edit_the_line(string keys, string line)
    {
        var bench = new EditorBench();
        Assert.IsTrue(bench.Type(keys) == TerminalKey.None || bench.Editor.Length > 0);
        Assert.AreEqual(line, bench.Line());
        Assert.AreEqual(line, Screen.Of(bench.Output));
    }

    [TestMethod]
    [DataRow("a\r", "a")]
    [DataRow("a\n", "a")]
    [DataRow("a\u001b[\r", "a")]
    public void A_line_ends(string keys, string line)
    {
        var bench = new EditorBench();
        Assert.IsTrue(bench.Type(keys) == TerminalKey.Enter);
        Assert.AreEqual(line, bench.Line());
    }

    [TestMethod]
    public void CR_LF_is_one_end()
    {
        var bench = new EditorBench();
        Assert.IsTrue(bench.Type("a\r") == TerminalKey.Enter);
        Assert.IsTrue(bench.Type("\n") == TerminalKey.None);
        Assert.IsTrue(bench.Type("\n") == TerminalKey.Enter);
        Assert.IsTrue(bench.Type("\r") == TerminalKey.Enter);
        Assert.IsTrue(bench.Type("\r") == TerminalKey.Enter);
    }

    [TestMethod]
    public void A_line_has_a_limit_and_a_bell()
    {
        var bench = new EditorBench();
        bench.Type(new string('x', LineEditor.Limit));
        Assert.AreEqual(LineEditor.Limit, bench.Editor.Length);
        bench.Output.Clear();
        bench.Type("y");
        Assert.AreEqual("\u0007", bench.Output.ToString());
        Assert.AreEqual(LineEditor.Limit, bench.Editor.Length);
    }

    [TestMethod]
    public void History_goes_up_and_down()
    {
        var bench = new EditorBench();
        bench.Keep("one");
        bench.Keep("two");
        bench.Keep("two");
        bench.Keep("");
        bench.Type("three" + Escape + "[A");
        Assert.AreEqual("two", bench.Line());
        bench.Type(Escape + "[A");
        Assert.AreEqual("one", bench.Line());
        bench.Type(Escape + "[A");
        Assert.AreEqual("one", bench.Line());
        bench.Type(Escape + "[B!");
        Assert.AreEqual("two!", bench.Line());
        bench.Type(Escape + "[B");
        Assert.AreEqual("", bench.Line());
        Assert.AreEqual("", Screen.Of(bench.Output));
    }

    [TestMethod]
    public void History_is_bounded()
    {
        const int LongLine = LineHistory.Capacity - 100;

        var bench = new EditorBench();
        for (int i = 0; i < 100; i++)
        {
            bench.Keep("line " + i.ToString());
        }

        for (int i = 0; i < 50; i++)
        {
            bench.Type(Escape + "[A");
        }

        Assert.AreEqual("line 92", bench.Line());
        bench.Keep(new string('x', LongLine));
        bench.Keep(new string('y', LongLine));
        bench.Type(Escape + "[A" + Escape + "[A" + Escape + "[A");
        Assert.AreEqual(new string('y', LongLine), bench.Line());
    }

    private static void AssertEmpty(byte[] line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            Assert.AreEqual(0, (int)line[i]);
        }
    }

    [TestMethod]
    public void A_hidden_line_shows_nothing()
    {
        var bench = new EditorBench();
        bench.Keep("before");
        bench.Output.Clear();
        bench.Editor.Hidden = true;
        bench.Type("secret" + Escape + "[D" + Escape + "[Dx\u007f" + Escape + "[H" + Escape + "[3~S");
        Assert.AreEqual("Secret", bench.Line());
        Assert.AreEqual("", bench.Output.ToString());
        bench.Type(Escape + "[A");
        Assert.AreEqual("Secret", bench.Line());
        byte[] line = bench.Editor.Line;
        bench.Type(new string('z', 200));
        byte[] longer = bench.Editor.Line;
        bench.Editor.Clear();
        AssertEmpty(line);
        AssertEmpty(longer);
    }
}
