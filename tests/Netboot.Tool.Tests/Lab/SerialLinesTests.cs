using System.Collections.Generic;
using System.Text;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Tests.Lab;

[TestClass]
public sealed class SerialLinesTests
{
    private readonly List<string> _lines = [];

    [TestMethod]
    public void Colours_are_dropped_and_lines_cut()
    {
        Feed("\x1b[1m\x1b[37mSeaBIOS\x1b[0m (version 1)\r\n\r\nnext\n");
        CollectionAssert.AreEqual(new[] { "SeaBIOS (version 1)", "next" }, _lines);
    }

    [TestMethod]
    public void Moving_the_cursor_ends_a_line()
    {
        Feed("\x1b[2J\x1b[01;01H>>Start PXE over IPv4.\x1b[04;01HPXE-E16\x1b[05;01H");
        CollectionAssert.AreEqual(new[] { ">>Start PXE over IPv4.", "PXE-E16" }, _lines);
    }

    [TestMethod]
    public void A_sequence_may_be_cut_between_two_reads()
    {
        var console = Feed("a\x1b", "[3", "1mb\n");
        CollectionAssert.AreEqual(new[] { "ab" }, _lines);
        Assert.AreEqual("", console.Unfinished);
    }

    [TestMethod]
    public void Progress_painted_with_backspaces_is_one_line()
    {
        var console = Feed("http://10.77.0.3/k... 1%\b\b9%\b\bok\nwait");
        CollectionAssert.AreEqual(new[] { "http://10.77.0.3/k... ok" }, _lines);
        Assert.AreEqual("wait", console.Unfinished);
    }

    [TestMethod]
    public void Backspace_at_the_start_is_harmless()
    {
        Feed("\b\b\bx\n");
        CollectionAssert.AreEqual(new[] { "x" }, _lines);
    }

    [TestMethod]
    public void A_line_without_end_is_cut()
    {
        Feed(new string('x', 10000));
        Assert.HasCount(2, _lines);
    }

    private SerialLines Feed(params string[] parts)
    {
        var console = new SerialLines(_lines.Add);
        foreach (var part in parts)
        {
            console.Feed(Encoding.Latin1.GetBytes(part));
        }

        return console;
    }
}
