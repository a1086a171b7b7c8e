using Netboot.Tool.Lab;

namespace Netboot.Tool.Tests.Lab;

[TestClass]
public sealed class MachineReportTests
{
    private const string Mac = "52:54:00:01:02:03";
    private const string Expected = "console=ttyS0 netboot.lab=1234";

    [TestMethod]
    public void Up_with_the_right_command_line_and_address() =>
        Assert.IsNull(Fault("NETBOOT-CMDLINE vmlinuz-amd64 console=ttyS0 netboot.lab=1234", "NETBOOT-MAC 52:54:00:01:02:03", "NETBOOT-OK"));

    [TestMethod]
    public void Without_ok_nothing_else_counts() =>
        StringAssert.Contains(Fault("NETBOOT-CMDLINE " + Expected, "NETBOOT-MAC " + Mac), "did not say NETBOOT-OK");

    [TestMethod]
    public void Another_runs_token_is_no_success()
    {
        var fault = Fault("NETBOOT-CMDLINE console=ttyS0 netboot.lab=12345", "NETBOOT-MAC " + Mac, "NETBOOT-OK");
        StringAssert.Contains(fault, "lacks netboot.lab=1234;");
    }

    [TestMethod]
    public void Another_machines_address_is_no_success()
    {
        StringAssert.Contains(Fault("NETBOOT-CMDLINE " + Expected, "NETBOOT-MAC 52:54:00:01:02:04", "NETBOOT-OK"), "not " + Mac);
        StringAssert.Contains(Fault("NETBOOT-CMDLINE " + Expected, "NETBOOT-OK"), "unknown");
    }

    [TestMethod]
    public void A_mark_inside_another_line_is_not_the_machines_word()
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
