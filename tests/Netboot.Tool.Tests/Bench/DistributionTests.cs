using System;
using System.Linq;
using Netboot.Tool.Bench;

namespace Netboot.Tool.Tests.Bench;

[TestClass]
public sealed class DistributionTests
{
    [TestMethod]
    [DataRow(100, 50, 50)]
    [DataRow(100, 99, 99)]
    [DataRow(100, 100, 100)]
    [DataRow(3000, 99, 2970)]
    [DataRow(10, 99, 10)]
    [DataRow(10, 50, 5)]
    [DataRow(1, 50, 1)]
    [DataRow(3, 0, 1)]
    public void Percentiles_are_times_that_were_measured(int count, double percent, int expected)
    {
        var times = Enumerable.Range(1, count).Select(i => TimeSpan.FromMilliseconds(i)).Reverse();
        Assert.AreEqual(TimeSpan.FromMilliseconds(expected), new Distribution(times).Percentile(percent));
    }

    [TestMethod]
    public void Without_an_answer_there_is_no_percentile()
    {
        var nothing = new Distribution([]);
        Assert.AreEqual(0, nothing.Count);
        Assert.IsNull(nothing.Median);
        Assert.IsNull(nothing.Worst);
    }
}
