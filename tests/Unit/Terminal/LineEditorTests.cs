using Netboot.Bytes;
using Netboot.Terminal;

namespace Netboot.Tests.Terminal;

[TestClass]
public class LineEditorTests
{
    private const string Escape = "\u001b";

    private readonly LineEditor _editor = new LineEditor();
    private readonly ByteWriter _output = new ByteWriter(256, 65536);

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
    public void KeysEditTheLine(string keys, string line)
    {
        Assert.IsTrue(Type(keys) == TerminalKey.None || _editor.Length > 0);
        Assert.AreEqual(line, Line());
        Assert.AreEqual(line, Screen.Of(_output));
    }

    [TestMethod]
    [DataRow("a\r", "a")]
    [DataRow("a\n", "a")]
    [DataRow("a\u001b[\r", "a")]
    public void ALineEnds(string keys, string line)
    {
        Assert.IsTrue(Type(keys) == TerminalKey.Enter);
        Assert.AreEqual(line, Line());
    }

    [TestMethod]
    public void CrLfIsOneEnd()
    {
        Assert.IsTrue(Type("a\r") == TerminalKey.Enter);
        Assert.IsTrue(Type("\n") == TerminalKey.None);
        Assert.IsTrue(Type("\n") == TerminalKey.Enter);
        Assert.IsTrue(Type("\r") == TerminalKey.Enter);
        Assert.IsTrue(Type("\r") == TerminalKey.Enter);
    }

    [TestMethod]
    public void ALineHasALimitAndABell()
    {
        Type(new string('x', LineEditor.Limit));
        Assert.AreEqual(LineEditor.Limit, _editor.Length);
        _output.Clear();
        Type("y");
        Assert.AreEqual("\u0007", _output.ToString());
        Assert.AreEqual(LineEditor.Limit, _editor.Length);
    }

    [TestMethod]
    public void HistoryGoesUpAndDown()
    {
        Keep("one");
        Keep("two");
        Keep("two");
        Keep("");
        Type("three" + Escape + "[A");
        Assert.AreEqual("two", Line());
        Type(Escape + "[A");
        Assert.AreEqual("one", Line());
        Type(Escape + "[A");
        Assert.AreEqual("one", Line());
        Type(Escape + "[B!");
        Assert.AreEqual("two!", Line());
        Type(Escape + "[B");
        Assert.AreEqual("", Line());
        Assert.AreEqual("", Screen.Of(_output));
    }

    [TestMethod]
    public void HistoryIsBounded()
    {
        for (int i = 0; i < 100; i++)
        {
            Keep("line " + i.ToString());
        }

        for (int i = 0; i < 50; i++)
        {
            Type(Escape + "[A");
        }

        Assert.AreEqual("line 92", Line());
        Keep(new string('x', LineEditor.Limit));
        Keep(new string('y', LineEditor.Limit));
        Type(Escape + "[A" + Escape + "[A" + Escape + "[A");
        Assert.AreEqual(new string('y', LineEditor.Limit), Line());
    }

    [TestMethod]
    public void AHiddenLineShowsNothing()
    {
        Keep("before");
        _output.Clear();
        _editor.Hidden = true;
        Type("secret" + Escape + "[D" + Escape + "[Dx\u007f" + Escape + "[H" + Escape + "[3~S");
        Assert.AreEqual("Secret", Line());
        Assert.AreEqual("", _output.ToString());
        Type(Escape + "[A");
        Assert.AreEqual("Secret", Line());
        _editor.Clear();
        for (int i = 0; i < LineEditor.Limit; i++)
        {
            Assert.AreEqual(0, (int)_editor.Line[i]);
        }
    }

    private void Keep(string line)
    {
        _editor.Clear();
        Type(line);
        _editor.Remember();
        _editor.Clear();
        _output.Clear();
    }

    private TerminalKey Type(string keys)
    {
        TerminalKey key = TerminalKey.None;
        byte[] bytes = Octets.Of(keys);
        for (int i = 0; i < bytes.Length; i++)
        {
            key = _editor.Take(bytes[i], _output);
        }

        return key;
    }

    private string Line()
    {
        return Octets.Text(_editor.Line, 0, _editor.Length);
    }
}
