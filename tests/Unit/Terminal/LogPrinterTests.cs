using Netboot.Journal;
using Netboot.Logging;
using Netboot.Terminal;

namespace Netboot.Tests.Terminal;

[TestClass]
public class LogPrinterTests
{
    [TestMethod]
    public void It_prints_a_few_lines_at_a_time()
    {
        var sink = new ListSink();
        var log = new Log(new LogText());
        var printer = new LogPrinter(log, sink);
        for (int i = 0; i < 6; i++)
        {
            log.Add(Subsystem.Init, LogEvent.Note, 0, "line " + i.ToString());
        }

        printer.Step();
        Assert.AreEqual(4, sink.Lines.Count);
        printer.Step();
        printer.Step();
        Assert.AreEqual(6, sink.Lines.Count);
        Assert.AreEqual("[Init] line 5", (string)sink.Lines[5]);
    }

    [TestMethod]
    public void What_the_log_dropped_is_counted()
    {
        var sink = new ListSink();
        var log = new Log(new LogText());
        var printer = new LogPrinter(log, sink);
        for (int i = 0; i < Log.Capacity + 3; i++)
        {
            log.Add(Subsystem.Init, LogEvent.Note, 0, "line " + i.ToString());
        }

        printer.Step();
        Assert.AreEqual("[Init] 3 lines came too fast to be shown", (string)sink.Lines[0]);
        Assert.AreEqual("[Init] line 3", (string)sink.Lines[1]);
    }
}
