using System;
using System.Threading;
using Netboot.Api;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Loops;
using Netboot.Syslog;
using Netboot.Tests.Captures;
using Netboot.Tests.Journal;
using Netboot.Tests.Page;
using Netboot.Tests.Setup;

namespace Netboot.Tests.Device;

/// <summary>
/// A device that runs for years: every service is started a minute before one of the moments at which 32 bits of the clock are used up (of
/// milliseconds, and of the journal's hundredths), and does after it what it did before.
/// </summary>
[TestClass]
[DoNotParallelize]
public class LongRuns
{
    private const long Days25 = 1L << 31;
    private const long Days50 = 1L << 32;
    private const long Days249 = 10L << 31;
    private const long Days497 = 10L << 32;
    private const long Day = 24L * 3600 * 1000;
    private const int Minute = 60000;

    [TestCleanup]
    public void Now() => DeviceClock.Ahead = 0;

    [DataRow(Days25)]
    [DataRow(Days50)]
    [DataRow(Days249)]
    [DataRow(Days497)]
    [TestMethod]
    public void Boot_server_and_HTTP_of_a_running_device_serve_across_it(long moment)
    {
        // The true clock's pace, so that no loop seems to hang.
        Pretend(moment - 2000);
        using var device = new RunningDevice(RunningDevice.BoardWithSettings());
        Assert.IsTrue(device.UntilServing(TimeSpan.FromSeconds(20)) <= TimeSpan.FromSeconds(20));
        int rounds = 0;
        for (; DeviceClock.Now < moment + 1500; rounds++)
        {
            Assert.IsTrue(device.BootServerAnswers() || device.BootServerAnswers(), "boot server");
            Assert.IsTrue(device.HttpAnswers(), "HTTP");

            // The clock itself has to go past the moment.
            Thread.Sleep(20);
        }

        Assert.IsGreaterThan(3, rounds);
        Assert.IsTrue(device.Device.Log.Counts[Counter.SyslogReceived] == 0 && device.Device.Log.Counts[Counter.MdnsUnsent] == 0);
        Assert.AreEqual(0, device.Device.Log.Counts[Counter.LoopFaults]);
        Assert.AreEqual(0, device.Device.Supervisor.Restarts);
        Assert.AreEqual(0, device.Board.Reboots);
        Assert.IsNull(device.Device.Unhealthy);
    }

    [DataRow(Days25)]
    [DataRow(Days50)]
    [DataRow(Days249)]
    [DataRow(Days497)]
    [TestMethod]
    public void A_diagnosis_has_its_line_for_each_of_thirty_machines(long moment)
    {
        var bench = new JournalBench { Now = moment - Minute };
        byte[] packet = (byte[])UefiX64.Discover00.Clone();
        for (byte i = 0; i < 30; i++)
        {
            packet[DhcpMessage.HardwareAddressOffset + 5] = i;
            int before = bench.Device.Log.Added;
            bench.Packet(packet, false);
            bench.Wait(14000);
            Assert.AreEqual((int)WhyCode.NoRequest, (int)bench.Record.Why);
            Assert.AreEqual(2, bench.Device.Log.Added - before, "offer and diagnosis of machine " + i);
            Assert.IsTrue(bench.Record.Ago is >= 14000 and < 15000, "seen " + bench.Record.Ago + " ms ago");
        }
    }

    [DataRow(100)]
    [DataRow(249)]
    [DataRow(400)]
    [DataRow(500)]
    [DataRow(1000)]
    [TestMethod]
    public void A_machine_that_was_silent_for_days_is_told_so_and_begins_anew(int days)
    {
        var bench = new JournalBench();
        bench.Packet(UefiX64.Discover00, false);
        bench.Wait(14000);
        for (int i = 0; i < days * 4; i++)
        {
            bench.Now += Day / 4;
            bench.Wait(1000);
        }

        Assert.AreEqual(int.MaxValue, bench.Record.Ago, "24 days or more");
        Assert.AreEqual(1, bench.Record.Boots);
        bench.Packet(UefiX64.Discover00, false);
        Assert.AreEqual(2, bench.Record.Boots);
        Assert.AreEqual((int)MachineState.Booting, (int)bench.Record.State);
        Assert.IsLessThan(1000, bench.Record.Ago);
    }

    [DataRow(Days25)]
    [DataRow(Days50)]
    [DataRow(Days249)]
    [DataRow(Days497)]
    [TestMethod]
    public void Log_lines_are_as_old_as_they_are(long moment)
    {
        Pretend(moment - Minute);
        var log = new Log(new LogText());
        log.Add(Subsystem.Init, LogEvent.Note, 0, "before");
        Pretend(moment + Minute);
        log.Add(Subsystem.Init, LogEvent.Note, 0, "after");
        log.Write(0, new ByteWriter(100, 100), out long before);
        log.Write(1, new ByteWriter(100, 100), out long after);
        Assert.IsTrue(after - before is >= 2 * Minute and < (2 * Minute) + 5000, (after - before) + " ms");
    }

    [DataRow(Days25)]
    [DataRow(Days50)]
    [DataRow(Days249)]
    [DataRow(Days497)]
    [TestMethod]
    public void Limits_of_lines_and_of_tries_run_on(long moment)
    {
        long start = moment - Minute;
        var bucket = new TokenBucket(4, 1000);
        var lines = new SyslogLimit();
        var served = new ServedNetworks(new VirtualBoard());
        int passed = 0;
        int taken = 0;
        for (int second = 0; second < 120; second++)
        {
            passed += bucket.Take(start + (second * 1000)) ? 1 : 0;
            taken += lines.Take(7, start + (second * 1000)) ? 1 : 0;
        }

        Assert.AreEqual(120, passed);

        // Its share of the log is 24 lines at once and then one in two seconds.
        Assert.AreEqual(24 + 60, taken, 2);

        Assert.IsTrue(served.Heard(0x0A020001, moment - 1000));
        Assert.IsFalse(served.Heard(0x0A020001, moment + 1000));
    }

    [DataRow(Days25)]
    [DataRow(Days50)]
    [DataRow(Days249)]
    [DataRow(Days497)]
    [TestMethod]
    public void Sessions_and_waits_after_wrong_passwords_last_as_long_as_ever(long moment)
    {
        Pretend(moment - Minute);
        var bench = new PageBench { Now = moment - Minute };
        bench.LogIn();
        bench.Now = moment - 500;
        for (int i = 0; i < 4; i++)
        {
            Assert.AreEqual(403, bench.Post("/api/login", "password=wrong-one"));
        }

        Assert.AreEqual(429, bench.Post("/api/login", "password=" + PageBench.Password));
        bench.Now = moment + 600;
        Assert.AreEqual(200, bench.Get("/api/status"));
        Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
        bench.TakeSession();
        bench.Now += Sessions.IdleMilliseconds - 1000;
        Assert.AreEqual(200, bench.Get("/api/status"));
        bench.Now += Sessions.IdleMilliseconds;
        Assert.AreEqual(401, bench.Get("/api/status"));
    }

    [DataRow(Days25)]
    [DataRow(Days50)]
    [DataRow(Days249)]
    [DataRow(Days497)]
    [TestMethod]
    public void What_is_known_of_other_servers_lasts_as_long_as_ever(long moment)
    {
        long start = moment - Minute;
        var others = new OtherServers();
        others.IsDue(start);
        Assert.IsFalse(others.IsDue(start + 9000));
        Assert.IsTrue(others.IsDue(start + 10000));
        others.Asked(start + 10000);
        others.Heard(1, OtherServerKind.Dhcp, true, start + 10000);
        Assert.IsFalse(others.IsDue(moment + Minute));
        Assert.IsTrue(others.IsDue(start + 610000));
        Assert.AreEqual(1, others.Count);
        others.Asked(start + 10000 + (3600 * 1000));
        Assert.AreEqual(0, others.Count);
    }

    [DataRow(Days25)]
    [DataRow(Days50)]
    [TestMethod]
    public void The_name_is_announced_and_answered(long moment)
    {
        using var bench = new MdnsBench { Now = moment - 1500 };
        bench.Step();
        Assert.AreEqual(1, bench.Log.Counts[Counter.MdnsSent]);
        bench.Now += 1000;
        bench.Step();
        bench.Now += 1000;
        bench.Step();
        Assert.AreEqual(2, bench.Log.Counts[Counter.MdnsSent]);
        bench.ToAll();
        using System.Net.Sockets.Socket asker = MdnsBench.Asker("127.0.0.9", 0);
        for (int second = 0; second < 60; second++)
        {
            bench.Now += 1000;
            Assert.IsTrue(bench.Send(asker, bench.Question(1, 1)));
            Assert.IsNotNull(MdnsBench.Receive(asker));
        }
    }

    [DataRow(Days25)]
    [DataRow(Days50)]
    [TestMethod]
    public void Lines_go_to_the_syslog_server(long moment)
    {
        var bench = new SyslogBench("[log]\nsyslog = 127.0.0.2:{0}\n") { Now = moment - Minute };
        int sent = 0;
        for (int i = 0; i < 120; i++)
        {
            bench.Service.Step(bench.Now);
            bench.Log.Add(Subsystem.Init, LogEvent.Note, 0, "line " + i);
            bench.Service.Step(bench.Now);
            bench.Now += 1000;
            sent = bench.Log.Counts[Counter.SyslogSent];
        }

        Assert.IsGreaterThanOrEqualTo(120, sent);
    }

    [DataRow(Days25)]
    [DataRow(Days50)]
    [TestMethod]
    public void A_loop_is_taken_to_hang_when_it_hangs_and_only_then(long moment)
    {
        Pretend(moment - 1000);
        var board = new VirtualBoard();
        var log = new Log(new LogText());
        var loop = new ServiceLoop(board, null, [new MachineJournal(log, new OtherServers())], log);
        var supervisor = new Supervisor(board, board, [loop], log, null);
        supervisor.Start(DeviceClock.Now);
        loop.Start();
        for (long at = moment - 1000; at < moment + 2000; at = DeviceClock.Now)
        {
            supervisor.Step(at);

            // As above: the clock has to go on.
            Thread.Sleep(50);
        }

        Assert.AreEqual(0, board.Reboots);
        Assert.AreEqual(0, supervisor.Restarts);
        Assert.IsTrue(SpinWait.SpinUntil(() => loop.LastBeat > moment, TimeSpan.FromSeconds(10)));
        supervisor.Step(loop.LastBeat + Supervisor.HangMilliseconds + 1000);
        Assert.AreEqual(1, board.Reboots);
        loop.Stop();
    }

    private static void Pretend(long now) => DeviceClock.Ahead = now - Environment.TickCount64;
}
