using System;
using System.Text.Json;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Tests.Lab;

[TestClass]
public sealed class ScriptVerdictTests
{
    private static readonly ScriptCase Kernel = new("k", "kernel = k", ScriptEnd.Restarts, "http://10.77.0.3/k", "kernel", "2d");
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    private static readonly string[] Screen =
    [
        "http://10.77.0.3/k... No such file or directory (http://ipxe.org/2d0c613b)",
        "Netboot: NOT BOOTED. Attempt 10 of 10 failed too:",
        "Netboot: http://10.77.0.3/k (error 2d0c613b)",
    ];

    private const string Log = "device: [HTTP] 52:54:00:00:00:01 failed at kernel (iPXE error 2d0c613b, see https://ipxe.org/2d0c613b)";

    [TestMethod]
    public void A_failure_that_says_all_is_right()
    {
        Assert.IsTrue(ScriptVerdict.SaysNotBooted(Screen));
        Assert.IsNull(ScriptVerdict.OfFailure(Kernel, Screen, Minute));
        Assert.IsNull(ScriptVerdict.OfJournal(Kernel, Screen, [Log], Journal("""{"state":"failed","why":{"code":"x"}}""")));
    }

    [TestMethod]
    public void The_screen_has_to_name_the_URL_after_the_words()
    {
        Assert.AreEqual("its screen does not say NOT BOOTED", ScriptVerdict.OfFailure(Kernel, Screen[..1], Minute));
        Assert.AreEqual("its screen does not say that http://10.77.0.3/k failed", ScriptVerdict.OfFailure(Kernel, Screen[..2], Minute));
        Assert.IsFalse(ScriptVerdict.SaysNotBooted(Screen[..2]));
    }

    [TestMethod]
    [DataRow(null, "it did not restart")]
    [DataRow(20, "it restarted 20 s after saying so, not after a minute")]
    [DataRow(500, "it restarted 500 s after saying so, not after a minute")]
    public void It_has_to_restart_after_its_wait(int? seconds, string expected) =>
        Assert.AreEqual(expected, ScriptVerdict.OfFailure(Kernel, Screen, seconds is { } wait ? TimeSpan.FromSeconds(wait) : null));

    [TestMethod]
    [DataRow(Log, """{"state":"up"}""", "the page says up, not failed")]
    [DataRow(Log, """{"state":"failed"}""", "the page does not say why it failed")]
    [DataRow(Log, null, "the page says nothing about it, not failed")]
    [DataRow("failed at initrd0 (iPXE error 2d0c613b)", null, "the device's log does not say that it failed at kernel with 2d0c613b")]
    [DataRow("failed at kernel (iPXE error 2e0c613b)", null, "the device's log does not say that it failed at kernel with 2d0c613b")]
    public void Log_and_page_have_to_say_so(string log, string? machine, string expected) =>
        Assert.AreEqual(expected, ScriptVerdict.OfJournal(Kernel, Screen, [log], machine is null ? null : Journal(machine)));

    [TestMethod]
    public void The_error_has_to_be_of_its_kind() =>
        Assert.AreEqual(
            "its error is 2d0c613b, not of the class 2e",
            ScriptVerdict.OfJournal(Kernel with { Errors = "2e" }, Screen, [Log], Journal("""{"state":"failed","why":{}}""")));

    [TestMethod]
    [DataRow("ipxe_1.0.0+git-20190125.36a4c85-5.1_all", "1.0.0")]
    [DataRow("ipxe_1.21.1+git20250501.dad20602+dfsg-1_all", "1.21.1")]
    [DataRow("ipxe_2.0.0-5_all", "2.0.0")]
    public void A_version_is_that_of_its_package(string package, string expected) =>
        Assert.AreEqual(expected, IpxeBuild.VersionIn(package));

    private static JsonElement Journal(string json) => JsonDocument.Parse(json).RootElement;
}
