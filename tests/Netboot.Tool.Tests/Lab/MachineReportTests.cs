using Netboot.Tool.Lab;

namespace Netboot.Tool.Tests.Lab;

[TestClass]
public sealed class MachineReportTests
{
    private const string Mac = "52:54:00:01:02:03";
    private const string Expected = "console=ttyS0 netboot.lab=1234";

    [TestMethod]
    public void UpWithTheRightCommandLineAndAddress() =>
        Assert.IsNull(Fault("NETBOOT-CMDLINE vmlinuz-amd64 console=ttyS0 netboot.lab=1234", "NETBOOT-MAC 52:54:00:01:02:03", "NETBOOT-OK"));

    [TestMethod]
    public void WithoutOkNothingElseCounts() =>
        StringAssert.Contains(Fault("NETBOOT-CMDLINE " + Expected, "NETBOOT-MAC " + Mac), "did not say NETBOOT-OK");

    [TestMethod]
    public void AnotherRunsTokenIsNoSuccess()
    {
        var fault = Fault("NETBOOT-CMDLINE console=ttyS0 netboot.lab=12345", "NETBOOT-MAC " + Mac, "NETBOOT-OK");
        StringAssert.Contains(fault, "lacks netboot.lab=1234;");
    }

    [TestMethod]
    public void AnotherMachinesAddressIsNoSuccess()
    {
        StringAssert.Contains(Fault("NETBOOT-CMDLINE " + Expected, "NETBOOT-MAC 52:54:00:01:02:04", "NETBOOT-OK"), "not " + Mac);
        StringAssert.Contains(Fault("NETBOOT-CMDLINE " + Expected, "NETBOOT-OK"), "unknown");
    }

    [TestMethod]
    public void AMarkInsideAnotherLineIsNotTheMachinesWord()
    {
        var fault = Fault("NETBOOT-CMDLINE " + Expected, "NETBOOT-MAC " + Mac, "[    0.1] Kernel command line: x NETBOOT-OK");
        Assert.IsNotNull(fault);
    }

    private static string? Fault(params string[] lines)
    {
        var report = new MachineReport();
        foreach (var line in lines)
        {
            report.Take(line);
        }

        return report.Fault(Expected, Mac);
    }
}
