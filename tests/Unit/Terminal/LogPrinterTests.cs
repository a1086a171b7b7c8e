using System.Collections;
using Netboot.Journal;
using Netboot.Terminal;

namespace Netboot.Tests.Terminal;

[TestClass]
public class LogPrinterTests : ILogSink
{
    private readonly ArrayList _printed = new ArrayList();

    public void Print(string line)
    {
        _printed.Add(line);
    }

    [TestMethod]
    public void ItPrintsAFewLinesAtATime()
    {
        var log = new Log();
        var printer = new LogPrinter(log, this);
        for (int i = 0; i < 6; i++)
        {
            log.Add(Subsystem.Init, LogEvent.Note, 0, "line " + i.ToString());
        }

        printer.Step();
        Assert.AreEqual(4, _printed.Count);
        printer.Step();
        printer.Step();
        Assert.AreEqual(6, _printed.Count);
        Assert.AreEqual("[Init] line 5", (string)_printed[5]);
    }

    [TestMethod]
    public void WhatTheLogDroppedIsCounted()
    {
        var log = new Log();
        var printer = new LogPrinter(log, this);
        for (int i = 0; i < Log.Capacity + 3; i++)
        {
            log.Add(Subsystem.Init, LogEvent.Note, 0, "line " + i.ToString());
        }

        printer.Step();
        Assert.AreEqual("[Init] 3 lines came too fast to be shown", (string)_printed[0]);
        Assert.AreEqual("[Init] line 3", (string)_printed[1]);
    }
}
