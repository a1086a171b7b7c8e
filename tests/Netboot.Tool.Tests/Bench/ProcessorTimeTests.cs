using System;
using Netboot.Tool.Bench;

namespace Netboot.Tool.Tests.Bench;

[TestClass]
public sealed class ProcessorTimeTests
{
    [TestMethod]
    public void Own_and_childrens_times_are_added_up()
    {
        // Fields 14 to 17 are 300, 40, 5000 and 60; the name has spaces and brackets.
        const string Stat = "4711 (in.tftpd) (x y) S 1 2 3 4 5 6 7 8 9 10 300 40 5000 60 20 0 1 0 99 88 77";
        Assert.AreEqual(TimeSpan.FromSeconds(54), ProcessorTime.Parse(Stat));
    }

    [TestMethod]
    public void This_process_has_taken_some()
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.IsGreaterThan(TimeSpan.Zero, ProcessorTime.Of(Environment.ProcessId));
        }
    }
}
