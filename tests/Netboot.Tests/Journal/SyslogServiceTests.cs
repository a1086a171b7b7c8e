using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Tests.Device;

namespace Netboot.Tests.Journal;

/// <summary>Syslog over sockets of the PC: machines are other addresses of loopback.</summary>
[TestClass]
public class SyslogServiceTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [TestMethod]
    public void A_line_of_a_machine_goes_into_the_log_under_its_address()
    {
        var bench = new SyslogBench("");
        bench.Say("127.0.0.9", "<6>ipxe: hello\n");
        bench.Say("127.0.0.9", "<6>ipxe: \n");
        Assert.AreEqual("[Log] 127.0.0.9: ipxe: hello", bench.Lines().Single(l => l.StartsWith("[Log] 127", StringComparison.Ordinal)));
        Assert.AreEqual(2, bench.Log.Counts[Counter.SyslogReceived]);
        Assert.AreEqual(0, bench.Log.Counts[Counter.SyslogMalformed] + bench.Log.Counts[Counter.SyslogDropped]);
    }

    [TestMethod]
    public void Only_the_own_subnet_is_heard_and_not_the_device_itself()
    {
        var bench = new SyslogBench("");
        bench.Say("127.0.0.1", "<6>ipxe: from itself");
        bench.Board.Mask = [255, 255, 255, 0];
        bench.Say("127.0.1.9", "<6>ipxe: from elsewhere");
        bench.Board.Mask = null;
        bench.Say("127.0.0.9", "<6>ipxe: no mask is known");
        Assert.AreEqual(3, bench.Log.Counts[Counter.SyslogDropped]);
        Assert.AreEqual("[Log] Listening on port 514", bench.Lines().Single());
    }

    [TestMethod]
    public void What_has_nothing_in_it_is_counted()
    {
        var bench = new SyslogBench("");
        bench.Say("127.0.0.9", "");
        bench.Say("127.0.0.9", "<6>\0\r\n");
        Assert.AreEqual(2, bench.Log.Counts[Counter.SyslogMalformed]);
        Assert.AreEqual(1, bench.Lines().Count);
    }

    [TestMethod]
    public void A_long_line_is_cut()
    {
        var bench = new SyslogBench("");
        bench.Say("127.0.0.9", "<6>ipxe: " + new string('x', 2000));
        Assert.AreEqual("[Log] 127.0.0.9: ipxe: ".Length + Log.TextCapacity - "ipxe: ".Length, bench.Lines()[1].Length);
    }

    [TestMethod]
    public void A_flood_is_cut_off_and_told_of_in_one_line()
    {
        var bench = new SyslogBench("");
        bench.Log.Add(Subsystem.Dhcp, LogEvent.Note, 0, "what matters");
        for (int i = 0; i < 300; i++)
        {
            bench.Say("127.0.0.9", "<6>ipxe: flood " + i);
            bench.Now += 100;
        }

        bench.Now += 70_000;
        bench.Step();
        List<string> lines = bench.Lines();
        Assert.AreEqual(300, bench.Log.Counts[Counter.SyslogReceived]);
        int taken = lines.Count(l => l.Contains("flood", StringComparison.Ordinal));
        Assert.IsTrue(taken is > 20 and < 40, $"{taken} of 300 lines in 30 s");
        Assert.AreEqual(300, taken + bench.Log.Counts[Counter.SyslogDropped] + bench.Log.Counts[Counter.LinesLeftOut]);
        Assert.IsTrue(bench.Log.Counts[Counter.LinesLeftOut] < 10, "the rest is within the log's own limits");
        Assert.IsTrue(lines.Any(l => l.Contains("what matters", StringComparison.Ordinal)));
        string[] told =
            [.. lines.Where(l => l.EndsWith("lines from machines dropped: more than the log has room for", StringComparison.Ordinal))];
        Assert.AreEqual(2, told.Length, string.Join("\n", told));
        Assert.AreEqual(bench.Log.Counts[Counter.SyslogDropped], told.Sum(l => int.Parse(l.Split(' ')[1], CultureInfo.InvariantCulture)),
            string.Join("\n", told));
    }

    [TestMethod]
    public void The_log_is_sent_in_its_order_without_what_machines_said()
    {
        var bench = new SyslogBench("[device]\nname = lab\n[log]\nsyslog = 127.0.0.2:{0}\n");
        for (int i = 0; i < 20; i++)
        {
            bench.Log.Add(Subsystem.Tftp, LogEvent.Note, 0, "line " + i);
        }

        bench.Say("127.0.0.9", "<6>ipxe: hello");
        bench.Step(40);
        string[] sent = bench.Received();
        Assert.AreEqual(21, sent.Length);
        for (int i = 0; i < 20; i++)
        {
            StringAssert.Matches(sent[i],
                new($@"^<134>1 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ lab netboot - TFTP - \[TFTP\] line {i}$"));
        }

        StringAssert.EndsWith(sent[20], " lab netboot - Log - [Log] Listening on port 514");
        Assert.IsTrue(bench.Lines().Any(l => l.Contains("ipxe: hello", StringComparison.Ordinal)), "it was taken");
        Assert.AreEqual(21, bench.Log.Counts[Counter.SyslogSent]);
        bench.Step(10);
        Assert.AreEqual(0, bench.Received().Length, "nothing twice");
    }

    [TestMethod]
    public void One_step_sends_one_line()
    {
        var bench = new SyslogBench("[log]\nsyslog = 127.0.0.2:{0}\n");
        bench.Log.Add(Subsystem.Tftp, LogEvent.Note, 0, "one");
        bench.Log.Add(Subsystem.Tftp, LogEvent.Note, 0, "two");
        Assert.IsTrue(bench.Service.Step(bench.Now), "there is more to do");
        Assert.AreEqual(1, bench.Log.Counts[Counter.SyslogSent]);
    }

    [TestMethod]
    public void Lines_that_the_log_lost_are_said()
    {
        var bench = new SyslogBench("[log]\nsyslog = 127.0.0.2:{0}\n");
        for (int i = 0; i < Log.Capacity + 12; i++)
        {
            bench.Log.Add(Subsystem.Tftp, LogEvent.Note, 0, "line " + i);
        }

        bench.Step(80);
        string[] sent = bench.Received();

        // The thirteenth went when the service said that it listens.
        StringAssert.EndsWith(sent[0], "[Init] 13 lines were lost: they came too fast to be sent");
        StringAssert.EndsWith(sent[1], "[TFTP] line 13");
        Assert.AreEqual(Log.Capacity + 1, sent.Length);
        Assert.AreEqual(13, bench.Log.Counts[Counter.SyslogUnsent]);
    }

    [TestMethod]
    public void What_was_logged_before_the_network_is_sent_when_it_is_there()
    {
        var bench = new SyslogBench("[log]\nsyslog = 127.0.0.2:{0}\n");
        bench.Board.PullCable();
        bench.Log.Add(Subsystem.Init, LogEvent.Note, 0, "Netboot");
        bench.Step(5);
        Assert.AreEqual(0, bench.Log.Counts[Counter.SyslogSent]);
        bench.Board.PlugCable();
        bench.Step(5);
        StringAssert.EndsWith(bench.Received()[0], "[Init] Netboot");
    }

    [TestMethod]
    public void Settings_that_change_nothing_lose_no_line()
    {
        var bench = new SyslogBench("[log]\nsyslog = 127.0.0.2:{0}\n");
        bench.Log.Add(Subsystem.Init, LogEvent.Note, 0, "one");
        bench.Log.Add(Subsystem.Init, LogEvent.Note, 0, "two");
        bench.Step(1);
        bench.Use("[device]\nname = other\n[log]\nsyslog = 127.0.0.2:{0}\n");
        bench.Step(5);
        string[] sent = bench.Received();
        StringAssert.EndsWith(sent[1], " other netboot - Init - [Init] two");
    }

    [TestMethod]
    public void Without_a_receiver_nothing_is_sent_nor_what_was_before_there_was_one()
    {
        var bench = new SyslogBench("");
        bench.Log.Add(Subsystem.Init, LogEvent.Note, 0, "before");
        bench.Step(5);
        bench.Use("[log]\nsyslog = 127.0.0.2:{0}\n");
        bench.Log.Add(Subsystem.Init, LogEvent.Note, 0, "after");
        bench.Step(5);
        StringAssert.EndsWith(bench.Received().Single(), "[Init] after");
    }

    [TestMethod]
    public void The_device_does_not_send_to_itself()
    {
        var bench = new SyslogBench("[log]\nsyslog = 127.0.0.1\n");
        bench.Log.Add(Subsystem.Init, LogEvent.Note, 0, "one");
        bench.Step(20);
        Assert.AreEqual(0, bench.Log.Counts[Counter.SyslogSent] + bench.Log.Counts[Counter.SyslogReceived]);
        Assert.AreEqual(1, bench.Lines().Count(l => l == "[Init] The log is not sent: the address in [log] syslog is this device's own"));
    }

    [DataRow("127.255.255.255")]
    [DataRow("127.0.0.0")]
    [TestMethod]
    public void The_device_does_not_send_to_its_whole_subnet(string receiver)
    {
        var bench = new SyslogBench("[log]\nsyslog = " + receiver + "\n");
        bench.Log.Add(Subsystem.Init, LogEvent.Note, 0, "one");
        bench.Step(20);
        Assert.AreEqual(0, bench.Log.Counts[Counter.SyslogSent] + bench.Log.Counts[Counter.SyslogUnsent]);
        Assert.AreEqual(1, bench.Lines()
            .Count(l => l == "[Init] The log is not sent: the address in [log] syslog is the subnet's broadcast, or the subnet itself"));
    }

    [TestMethod]
    public void A_receiver_that_cannot_be_reached_costs_its_lines_and_nothing_else()
    {
        // A socket that is bound to loopback has no way to the world.
        var bench = new SyslogBench("[log]\nsyslog = 192.0.2.1\n");
        bench.Log.Add(Subsystem.Init, LogEvent.Note, 0, "one");
        bench.Step(20);
        Assert.AreEqual(0, bench.Log.Counts[Counter.SyslogSent]);
        Assert.AreEqual(2, bench.Log.Counts[Counter.SyslogUnsent]);
        bench.Say("127.0.0.9", "<6>ipxe: hello");
        Assert.AreEqual(1, bench.Lines().Count(l => l.EndsWith("ipxe: hello", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Two_devices_that_send_to_each_other_do_not_go_on_for_ever()
    {
        var one = new SyslogBench("");
        var two = new SyslogBench("");
        one.Board.Own = [127, 0, 0, 3];
        two.Board.Own = [127, 0, 0, 4];
        one.Step(2);
        two.Step(2);
        one.UseText($"[log]\nsyslog = 127.0.0.4:{two.Board.EndOf(514).Port}\n");
        two.UseText($"[log]\nsyslog = 127.0.0.3:{one.Board.EndOf(514).Port}\n");
        one.Log.Add(Subsystem.Init, LogEvent.Note, 0, "ping");
        for (int i = 0; i < 50; i++)
        {
            one.Step();
            two.Step();
        }

        Assert.AreEqual(1, one.Log.Counts[Counter.SyslogSent]);
        Assert.AreEqual(0, two.Log.Counts[Counter.SyslogSent]);
        Assert.AreEqual("[Log] 127.0.0.3: netboot: [Init] ping", two.Lines().Last());
    }

    [TestMethod]
    public void A_running_device_does_both()
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 5000 };
        server.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        var board = new VirtualBoard();
        byte[] settings = Encoding.ASCII.GetBytes($"[log]\nsyslog = {server.LocalEndPoint}\n");
        board.Write(SettingsStore.ImportFile, settings, settings.Length);
        using var device = new RunningDevice(board);
        Assert.IsTrue(SpinWait.SpinUntil(() => board.EndOf(514) != null, Soon));
        List<string> sent = [SyslogBench.Receive(server), SyslogBench.Receive(server)];
        StringAssert.Matches(sent[0], new(@"^<134>1 \S+Z netboot netboot - Init - \[Init\] Netboot "));

        using var machine = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        machine.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.9"), 0));
        machine.SendTo(Encoding.ASCII.GetBytes("<6>ipxe: hello"), board.EndOf(514));
        Assert.IsTrue(SpinWait.SpinUntil(() =>
            device.HttpAnswers() && Status(device).Contains("[Log] 127.0.0.9: ipxe: hello", StringComparison.Ordinal), Soon));
        StringAssert.Matches(Status(device), new(@"SYSLOG: received 1, dropped 0, malformed 0, sent \d+, unsent 0"));

        device.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "the last line");
        while (!sent[^1].EndsWith("[Init] the last line", StringComparison.Ordinal))
        {
            sent.Add(SyslogBench.Receive(server));
        }

        Assert.IsFalse(sent.Exists(l => l.Contains("ipxe: hello", StringComparison.Ordinal)));
        Assert.AreEqual(sent.Count, sent.Distinct().Count(), "none twice: " + string.Join("\n", sent));
    }

    [TestMethod]
    public void A_port_that_another_program_has_is_told_once_and_tried_again()
    {
        var bench = new SyslogBench("") { Refuses = true };
        for (int i = 0; i < 100; i++)
        {
            bench.Step();
            bench.Now += 5000;
        }

        Assert.AreEqual(1, bench.Lines().Count(l => l.StartsWith("[Log] Cannot listen on port 514: ", StringComparison.Ordinal)));
        bench.Refuses = false;
        bench.Now += 60_000;
        bench.Step();
        Assert.AreEqual("[Log] Listening on port 514", bench.Lines().Last());
    }

    private static string Status(RunningDevice device) =>
        Netboot.Tests.Support.Pieces.Text(new Netboot.Api.StatusText(device.Device, Environment.TickCount64));
}
