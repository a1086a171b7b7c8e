using System;
using System.Collections.Generic;
using System.Linq;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Tests.Lab;

[TestClass]
public sealed class ComparisonTests
{
    private static readonly LabClient Bios = LabClient.Named("bios");
    private static readonly LabClient HttpBoot = LabClient.Named("uefi-http");

    [TestMethod]
    public void Medians_are_compared()
    {
        var comparison = Comparison.Of(Bios, 3, Boots(5.0, 30.0, 5.4), Boots(5.0, 5.2, 1.0));
        Assert.AreEqual(5.4, comparison.Device!.Value.TotalSeconds, 1e-6);
        Assert.AreEqual(5.0, comparison.Peer!.Value.TotalSeconds, 1e-6);
        Assert.AreEqual(1.08, comparison.Ratio!.Value, 1e-6);
        Assert.IsTrue(comparison.Met);
    }

    [TestMethod]
    public void An_even_number_takes_the_middle_of_two() =>
        Assert.AreEqual(6.0, Comparison.Of(Bios, 2, Boots(5, 7), Boots(5, 5)).Device!.Value.TotalSeconds, 1e-6);

    [TestMethod]
    public void Slower_than_the_bar_fails()
    {
        Assert.IsFalse(Comparison.Of(Bios, 1, Boots(5.51), Boots(5.0)).Met);
        Assert.IsTrue(Comparison.Of(Bios, 1, Boots(5.5), Boots(5.0)).Met);
    }

    [TestMethod]
    public void A_failed_boot_is_no_time()
    {
        Assert.IsFalse(Comparison.Of(Bios, 2, [.. Boots(1), Failed()], Boots(5, 5)).Met);
        Assert.IsFalse(Comparison.Of(Bios, 1, Boots(1), [Failed()]).Met);
    }

    [TestMethod]
    public void A_client_without_peer_only_has_to_boot()
    {
        Assert.AreEqual("no peer", Comparison.Of(HttpBoot, 1, Boots(9), []).Verdict);
        Assert.IsTrue(Comparison.Of(HttpBoot, 1, Boots(9), []).Met);
        Assert.IsFalse(Comparison.Of(HttpBoot, 1, [Failed()], []).Met);
    }

    private static BootResult[] Boots(params double[] seconds) =>
    [
        .. seconds.Select(time => new BootResult(
            Bios, "device", null, new Dictionary<Stage, TimeSpan> { [Stage.Ok] = TimeSpan.FromSeconds(time) }, Stage.Ok)),
    ];

    private static BootResult Failed() => new(Bios, "device", "not up", new Dictionary<Stage, TimeSpan>(), Stage.PowerOn);
}
