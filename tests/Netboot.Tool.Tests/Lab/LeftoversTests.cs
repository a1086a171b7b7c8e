using System;
using System.Linq;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Tests.Lab;

[TestClass]
public sealed class LeftoversTests
{
    [TestMethod]
    public void Only_dead_runs_are_leftovers()
    {
        string[] names = ["nblab-10-500-1-router", "nblab-11-600-1-router", "nblab-11-600", "docker0", "nblab-x-1", "nblab-12"];

        var leftovers = Leftovers.OfDeadRuns(names, run => run.ProcessId == 10).ToArray();

        CollectionAssert.AreEqual(new[] { "nblab-11-600-1-router", "nblab-11-600" }, leftovers);
    }

    [TestMethod]
    public void Name_of_a_run_is_read_back()
    {
        var run = new RunName(1234, 987654321);
        Assert.IsTrue(RunName.TryParse(run + "-3-mirror", out var read));
        Assert.AreEqual(run, read);
        Assert.IsTrue(run.Owns("nblab-1234-987654321-3-mirror"));
        Assert.IsFalse(run.Owns("nblab-1234-987654322-3-mirror"), "the same pid, given to a later process");
        Assert.IsFalse(run.Owns("nblab-123-987654321-3-mirror"));
    }

    [TestMethod]
    [DataRow("4 (a b) c) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 209223 0", 209223UL)]
    [DataRow("4 (sh) S 1 2", null)]
    [DataRow("", null)]
    public void Start_time_is_found_behind_any_name(string stat, object? expected) =>
        Assert.AreEqual((ulong?)expected, RunName.ParseStartTime(stat));

    [TestMethod]
    public void This_process_lives()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("Reads /proc.");
        }

        Assert.IsTrue(RunName.Own().OwnerLives());
        Assert.IsFalse((RunName.Own() with { StartTime = 1 }).OwnerLives());
    }
}
