using System;
using System.IO;
using System.Reflection;
using System.Threading;
using Netboot.Board;
using Netboot.Device;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Loops;
using Netboot.Settings;
using Netboot.Tests.Captures;

namespace Netboot.Tests.Device;

/// <summary>Whatever happens to it, the device serves again within 10 s, or after the restart it asks for.</summary>
[TestClass]
public class BadDays
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [TestMethod]
    public void A_pulled_cable_is_survived_as_soon_as_it_is_back()
    {
        using var device = new RunningDevice(RunningDevice.BoardWithSettings());
        Assert.IsTrue(device.UntilServing(Limit) <= Limit);
        device.Board.PullCable();
        Assert.IsTrue(SpinWait.SpinUntil(() => !device.BootServerAnswers(), Limit), "the device is away");
        device.Board.PlugCable();
        Assert.IsTrue(device.UntilServing(Limit) <= Limit);
        Assert.AreEqual(0, device.Board.Reboots);
    }

    [TestMethod]
    public void Sockets_that_die_without_a_word_are_made_again()
    {
        using var device = new RunningDevice(RunningDevice.BoardWithSettings());
        Assert.IsTrue(device.UntilServing(Limit) <= Limit);
        for (int i = 0; i < 3; i++)
        {
            device.Board.BreakSockets();
            Assert.IsTrue(device.UntilServing(Limit) <= Limit, "time " + i);
        }

        Assert.IsTrue(device.Device.Log.Counts[Counter.LoopFaults] > 0);
    }

    [TestMethod]
    public void A_device_whose_service_threads_were_all_killed_serves_again()
    {
        using var device = new RunningDevice(RunningDevice.BoardWithSettings());
        Assert.IsTrue(device.UntilServing(Limit) <= Limit);
        device.Board.Deaths = 2;
        Assert.IsTrue(SpinWait.SpinUntil(() => device.Device.Supervisor.Restarts >= 2, Limit), "both loops got a new thread");
        Assert.IsTrue(device.UntilServing(Limit) <= Limit);
        Assert.AreEqual(0, device.Board.Reboots);
    }

    [TestMethod]
    public void A_full_flash_loses_nothing_but_the_change()
    {
        VirtualBoard board = RunningDevice.BoardWithSettings();
        using var device = new RunningDevice(board);
        Assert.IsTrue(device.UntilServing(Limit) <= Limit);
        board.FlashFull = true;
        var error = new SettingsError();
        DeviceSettings changed = SettingsEditor.Set(device.Device.Rules.Settings, "device", "name", "other", error);
        Assert.IsFalse(device.Device.Save(changed, error));
        Assert.IsTrue(error.ToString().Length > 0);
        Assert.AreEqual("netboot", System.Text.Encoding.ASCII.GetString(device.Device.Rules.Settings.Name));
        Assert.IsTrue(device.UntilServing(Limit) <= Limit);
        board.FlashFull = false;
        Assert.IsTrue(device.Device.Save(changed, error));
        using var next = new NextStart(board);
        Assert.AreEqual("other", System.Text.Encoding.ASCII.GetString(next.Device.Rules.Settings.Name));
    }

    [TestMethod]
    public void A_next_boot_profile_is_used_once_also_across_a_restart()
    {
        VirtualBoard board = RunningDevice.BoardWithSettings();
        using (var device = new RunningDevice(board))
        {
            Assert.IsTrue(device.UntilServing(Limit) <= Limit);
            const string Script = "/boot.ipxe?mac=52-54-00-4c-4b-43&arch=x64";

            // Of a machine that was not heard nothing is used up; then it is, from this computer's address.
            StringAssert.Contains(device.Get(Script), "profile disk");
            byte[] request = (byte[])UefiX64.Request05.Clone();
            System.Net.IPAddress.Loopback.GetAddressBytes().CopyTo(request, 12);
            int answers = device.Device.Log.Counts[Counter.DhcpAnswers];
            using var machine = new System.Net.Sockets.UdpClient(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
            machine.Send(request, request.Length, board.EndOf(4011));
            Assert.IsTrue(SpinWait.SpinUntil(() => device.Device.Log.Counts[Counter.DhcpAnswers] > answers, Limit));
            int writes = board.Writes;
            StringAssert.Contains(device.Get(Script), "profile disk");
            StringAssert.Contains(device.Get(Script), "profile live");
            Assert.IsTrue(SpinWait.SpinUntil(() => board.Writes > writes, Limit), "that it was used is stored");
        }

        using var next = new NextStart(board);
        Assert.AreEqual(MachineTable.None, next.Device.Rules.Settings.Machines.Once(0));
    }

    [TestMethod]
    public void A_loop_whose_thread_ended_gets_a_new_one()
    {
        var board = new VirtualBoard();
        var log = new Log(new LogText());
        var service = new ThreadKiller();
        var loop = new ServiceLoop(board, null, [service], log);
        var supervisor = new Supervisor(board, board, [loop], log, null);
        loop.Start();
        for (int i = 0; i < 3; i++)
        {
            int steps = service.Steps;
            service.Kill = true;
            Assert.IsTrue(SpinWait.SpinUntil(() => !loop.IsAlive, Limit), "the thread ends");
            Assert.IsTrue(SpinWait.SpinUntil(() => Stepped(supervisor, service, steps), Limit), "and serves again");
        }

        Assert.AreEqual(3, supervisor.Restarts);
        Assert.AreEqual(0, board.Reboots);
        loop.Stop();
    }

    [TestMethod]
    public void A_loop_that_hangs_ends_in_a_restart_whose_reason_is_kept()
    {
        var board = new VirtualBoard();
        var log = new Log(new LogText());
        var service = new ThreadKiller();
        var loop = new ServiceLoop(board, null, [service], log);
        var supervisor = new Supervisor(board, board, [loop], log, null);
        loop.Start();
        service.Hang = true;
        Assert.IsTrue(SpinWait.SpinUntil(() => service.Hanging, Limit));
        long beat = loop.LastBeat;
        supervisor.Step(beat + Supervisor.HangMilliseconds);
        Assert.AreEqual(0, board.Reboots);
        supervisor.Step(beat + Supervisor.HangMilliseconds + 1);
        Assert.AreEqual(1, board.Reboots);
        service.Hang = false;
        loop.Stop();

        var next = new Supervisor(board, board, [], log, null);
        next.Start(0);
        Assert.AreEqual("the loop of killer hung", next.LastReason);
        next.Start(0);
        Assert.IsNull(next.LastReason, "told once");
    }

    [TestMethod]
    public void A_main_thread_that_hangs_ends_in_a_restart_whose_reason_is_kept()
    {
        var board = new VirtualBoard();
        var supervisor = new Supervisor(board, board, [], new Log(new LogText()), null);
        IService watch = supervisor;
        watch.Step(Supervisor.HangMilliseconds * 2);
        Assert.AreEqual(0, board.Reboots, "it has not begun");
        supervisor.Step(1000);
        watch.Step(1000 + Supervisor.HangMilliseconds);
        Assert.AreEqual(0, board.Reboots);
        watch.Step(1001 + Supervisor.HangMilliseconds);
        Assert.AreEqual(1, board.Reboots);
        watch.Step(1002 + Supervisor.HangMilliseconds);
        Assert.AreEqual(1, board.Reboots, "once");
        var next = new Supervisor(board, board, [], new Log(new LogText()), null);
        next.Start(0);
        Assert.AreEqual("the main thread hung", next.LastReason);
    }

    [TestMethod]
    public void A_main_thread_that_waits_for_the_storage_for_ever_does_not_stop_its_restart()
    {
        var board = new VirtualBoard();
        var storage = new StuckStorage();
        var supervisor = new Supervisor(board, storage, [], new Log(new LogText()), null);
        supervisor.Step(1000);
        ((IService)supervisor).Step(1001 + Supervisor.HangMilliseconds);
        Assert.AreEqual(1, board.Reboots);
        storage.Stuck.Set();
    }

    [TestMethod]
    public void The_loop_of_the_pages_watches_the_main_thread()
    {
        var board = new VirtualBoard();
        var device = new NetbootDevice(board, board, board, board, board, 80);
        device.Tick();
        FieldInfo field = typeof(NetbootDevice).GetField("_pages", BindingFlags.NonPublic | BindingFlags.Instance);
        ((ServiceLoop)field.GetValue(device)).Round(Environment.TickCount64 + Supervisor.HangMilliseconds + 1000);
        device.Stop();
        Assert.AreEqual(1, board.Reboots);
    }

    [TestMethod]
    [DataRow(1000, int.MaxValue, "too little is free")]
    [DataRow(60_000, 900, "enough is free, but only in small pieces")]
    public void Memory_that_does_not_come_back_ends_in_a_restart_after_what_can_go_went(int free, int piece, string what)
    {
        var board = new VirtualBoard { Free = free, Piece = piece };
        int spared = 0;
        var supervisor = new Supervisor(board, board, [], new Log(new LogText()), () => spared++);
        supervisor.Start(0);
        long now = Supervisor.MemoryCheckMilliseconds;
        supervisor.Step(now);
        Assert.IsTrue(supervisor.IsStarved, what);
        now = Steps(supervisor, now, Supervisor.StarvedMilliseconds);
        Assert.AreEqual(1, spared);
        now = Steps(supervisor, now, Supervisor.StarvedMilliseconds - Supervisor.PieceMilliseconds);
        Assert.AreEqual(0, board.Reboots);
        Steps(supervisor, now, Supervisor.PieceMilliseconds);
        Assert.AreEqual(1, board.Reboots);
        Assert.AreEqual(1, spared);
    }

    [TestMethod]
    public void Memory_that_comes_back_in_time_costs_nothing()
    {
        var board = new VirtualBoard { Piece = 900 };
        int spared = 0;
        var supervisor = new Supervisor(board, board, [], new Log(new LogText()), () => spared++);
        supervisor.Start(0);
        long now = 0;
        for (int peak = 0; peak < 5; peak++)
        {
            board.Piece = 900;
            now = Steps(supervisor, now, Supervisor.StarvedMilliseconds - Supervisor.PieceMilliseconds);
            Assert.IsTrue(supervisor.IsStarved);
            board.Piece = int.MaxValue;
            now = Steps(supervisor, now, Supervisor.PieceMilliseconds);
            Assert.IsFalse(supervisor.IsStarved);
        }

        Assert.AreEqual(0, board.Reboots + spared);
    }

    [TestMethod]
    public void A_device_that_cannot_serve_scripts_does_not_call_itself_healthy()
    {
        VirtualBoard board = RunningDevice.BoardWithSettings();
        using var device = new RunningDevice(board);
        Assert.IsTrue(device.UntilServing(Limit) <= Limit);
        board.Piece = 900;
        Assert.IsTrue(SpinWait.SpinUntil(() => device.Device.Unhealthy == "not enough memory to serve scripts", Limit));
        board.Piece = int.MaxValue;
        Assert.IsTrue(SpinWait.SpinUntil(() => device.Device.Unhealthy == null, Limit));
    }

    [TestMethod]
    public void A_restart_happens_even_when_its_reason_cannot_be_kept()
    {
        var board = new VirtualBoard { FlashFull = true };
        new Supervisor(board, board, [], new Log(new LogText()), null).Restart("a reason");
        Assert.AreEqual(1, board.Reboots);
    }

    private static long Steps(Supervisor supervisor, long now, int milliseconds)
    {
        for (long end = now + milliseconds; now < end;)
        {
            now += Supervisor.PieceMilliseconds;
            supervisor.Step(now);
        }

        return now;
    }

    private static bool Stepped(Supervisor supervisor, ThreadKiller service, int steps)
    {
        supervisor.Step(Environment.TickCount64);
        Thread.Sleep(10);
        return service.Steps > steps;
    }

    /// <summary>The same storage, switched on again.</summary>
    private sealed class NextStart : IDisposable
    {
        public NextStart(VirtualBoard board)
        {
            Device = new NetbootDevice(board, board, board, board, board, 80);
            Device.Start();
        }

        public NetbootDevice Device { get; }

        public void Dispose() => Device.Stop();
    }

    /// <summary>A service that takes its thread with it: what it throws cannot even be written down.</summary>
    private sealed class ThreadKiller : IService
    {
        public bool Kill { get; set; }

        public bool Hang { get; set; }

        public bool Hanging { get; private set; }

        public int Steps { get; private set; }

        public string Name => Kill && !(Kill = false) ? throw new InvalidOperationException("no name either") : "killer";

        public bool Step(long now)
        {
            if (Kill)
            {
                throw new InvalidOperationException("killed");
            }

            while (Hang)
            {
                Hanging = true;
                Thread.Sleep(10);
            }

            Steps++;
            return false;
        }

        public void Reset()
        {
        }
    }

    // A write that never comes back.
    private sealed class StuckStorage : IStorage
    {
        public ManualResetEventSlim Stuck { get; } = new();

        public int Length(string name) => -1;

        public Stream OpenRead(string name) => null;

        public void Write(string name, byte[] content, int length) => Stuck.Wait();

        public void Write(string name, StorageContent content) => Stuck.Wait();

        public void Delete(string name)
        {
        }
    }
}
