using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Netboot.Tool.Flash;

namespace Netboot.Tool.Tests.Flash;

/// <summary>Ports, the device's log, and nanoff's lines.</summary>
[TestClass]
public sealed class DeviceTests
{
    [TestMethod]
    [DataRow("/dev/ttyUSB0", "/dev/ttyUSB0 /dev/ttyS0 /dev/ttyS1")]
    [DataRow("/dev/ttyACM3", "/dev/ttyACM3")]
    [DataRow("/dev/cu.usbserial-10", "/dev/tty.usbserial-10 /dev/cu.usbserial-10 /dev/cu.Bluetooth-Incoming-Port /dev/cu.debug-console")]
    [DataRow("COM7", "COM7")]
    public void The_only_port_that_can_be_a_board_is_taken(string expected, string names) =>
        Assert.AreEqual(expected, PortChoice.Choose(names.Split(' ')));

    [TestMethod]
    [DataRow("", "data lines")]
    [DataRow("/dev/ttyS0", "/dev/ttyS0")]
    [DataRow("COM3 COM4", "COM3, COM4")]
    [DataRow("/dev/ttyUSB0 /dev/ttyUSB1", "/dev/ttyUSB0, /dev/ttyUSB1")]
    public void None_port_or_several_are_told_with_what_to_do(string names, string told)
    {
        string message = Assert.ThrowsExactly<FlashRefusedException>(() =>
            PortChoice.Choose(names.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Message;
        Assert.Contains(told, message);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void A_port_that_is_not_there_is_called_that()
    {
        Problem problem = new SerialPorts().Refusal("/dev/no-such-port")!;
        Assert.AreEqual("There is no serial port /dev/no-such-port.", problem.What);
        Assert.DoesNotContain("dialout", problem.Remedy);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void What_is_no_port_is_no_matter_of_rights()
    {
        using var folder = new TestFolder();
        Problem problem = new SerialPorts().Refusal(folder.Write("file", [1]))!;
        Assert.Contains("cannot be opened", problem.What);
        Assert.DoesNotContain("dialout", problem.Remedy);
    }

    [TestMethod]
    public void The_log_tells_the_page()
    {
        DeviceLog log = Log("garbage", "nanoCLR (Build 1.17.0.339)", "[Init] Waiting at http://0.0.0.0/",
            "[Init] Ready at http://192.168.1.5:8080/ now");
        Assert.AreEqual("http://192.168.1.5:8080/", log.Page!.ToString());
        Assert.AreEqual("1.17.0.339", log.Build);
        Assert.IsNull(log.Fatal);
    }

    [TestMethod]
    public void A_checksum_banner_ends_the_wait()
    {
        DeviceLog log = Log("nanoCLR (Build 1.17.0.400)", "* Invalid native checksum: System.Net 0x1234ABCD!=0x00005678 *");
        Assert.Contains("System.Net 0x1234ABCD!=0x00005678", log.Fatal!.What);
        Assert.Contains("1.17.0.400", log.Fatal.What);
        Assert.DoesNotContain("*", log.Fatal.What);
    }

    [TestMethod]
    public void Silence_is_told_by_how_far_the_device_came()
    {
        Assert.Contains("Nothing was heard", Log().Silence.What);
        Assert.Contains("no application", Log("nanoCLR (Build 1.17.0.339)", "Loading Deployment Assemblies.").Silence.What);
        Assert.Contains("not reported an address", Log("nanoCLR (Build 1.17.0.339)", "[Init] Netboot 0.1.0").Silence.What);
        Assert.Contains("nothing answers there", Log("[Init] at http://10.0.0.9/").Silence.What);
    }

    [TestMethod]
    public void The_devices_own_Wifi_is_no_page()
    {
        DeviceLog log = Log("[Init] Netboot 0.1.0",
            "[Init] Wi-Fi set-up: join netboot-0a1b, password abcd-efgh, then open http://192.168.4.1/");
        Assert.IsNull(log.Page);
        Assert.Contains("join netboot-0a1b", log.Silence.What);
    }

    [TestMethod]
    public void Settings_that_the_board_refuses_are_told()
    {
        using var bench =
            new FlashBench { DeviceSays = FlashBench.Healthy.Replace("Settings from netboot.cfg, now in settings.a",
            "netboot.cfg is not used: line 3: 'x' is not a section") };
        Assert.AreEqual(1, bench.Run(bench.Request()));
        Assert.Contains("did not accept the settings: line 3: 'x' is not a section", bench.Output);
    }

    [TestMethod]
    public void A_fixed_address_is_asked_though_the_log_says_nothing()
    {
        using var bench = new FlashBench { DeviceSays = "" };
        Assert.AreEqual(0, bench.Run(bench.Request() with { Address = "10.0.0.9", Mask = "255.255.255.0" }), bench.Output);
        Assert.Contains("The device answers: http://10.0.0.9/", bench.Output);
    }

    [TestMethod]
    public void Lines_end_at_returns_too()
    {
        List<string> lines = [];
        var splitter = new OutputLines(lines.Add);
        splitter.Add("one\r\ntw");
        splitter.Add("o\rthree \u001b[31mred\u001b[0m\n\n  \nfour");
        splitter.End();
        CollectionAssert.AreEqual(new[] { "one", "two", "three red", "four" }, lines);
    }

    [TestMethod]
    [DataRow(210, "Error E2000: Error connecting to nano device.", 2000)]
    [DataRow(210, "", 2002)]
    [DataRow(4003, "", 4003)]
    [DataRow(137, "", 137)]
    [DataRow(0, "E4000", 0)]
    public void nanoffs_code_is_what_it_prints_then_its_exit(int exit, string line, int code) =>
        Assert.AreEqual(code, NanoffCodes.Of(exit, [line]));

    [TestMethod]
    public void Every_known_code_and_any_other_have_words()
    {
        foreach (int code in new[] { 2000, 4000, 6002, 9007, 1234 })
        {
            Assert.IsGreaterThan(10, NanoffCodes.Explain(code)!.What.Length);
            Assert.IsGreaterThan(10, NanoffCodes.Explain(code)!.Remedy.Length);
        }

        Assert.IsNull(NanoffCodes.Explain(0));
    }

    [TestMethod]
    public void A_nanoff_that_never_ends_is_ended()
    {
        using var playback = new NanoffPlayback();
        playback.StayIn("update");
        using var folder = new SecretFolder();
        var nanoff = new Nanoff(playback.Program, folder.Path);
        var failure = Assert.ThrowsExactly<FlashFailedException>(() =>
            nanoff.Run(["--update"], TimeSpan.FromSeconds(2), _ => { }, CancellationToken.None));
        Assert.Contains("did not finish", failure.Problem.What);
    }

    private static DeviceLog Log(params string[] lines)
    {
        var log = new DeviceLog();
        lines.ToList().ForEach(log.Add);
        return log;
    }
}
