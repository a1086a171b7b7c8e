using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using Netboot.Api;
using Netboot.Device;
using Netboot.IlMeter.Allocations;
using Netboot.Tests.Boot;
using Netboot.Tests.Captures;
using Netboot.Tests.Device;
using Netboot.Tests.Page;
using Netboot.Tests.Support;

namespace Netboot.Tests.Budgets.Allocations;

/// <summary>
/// Drives a running device through all that it does after the start, one operation at a time. It runs beside the instrumented assembly (see
/// <see cref="AllocationBudgets"/>), so its device is the one that is counted.
/// </summary>
public static class AllocationDrive
{
    private const int Machines = 8;
    private const string Password = "correct-horse";

    /// <summary>avahi-resolve's question for the device, captured.</summary>
    private const string NameQuestion = "000000000002000000000000076e6574626f6f74056c6f63616c0000010001c00c001c0001";

    private const string SyslogLine = "<190>ipxe: http://192.168.1.10/images/1/vmlinuz... ok";

    /// <summary>Longer than two ticks: what the device does afterwards (journal, log, storing) belongs to the operation.</summary>
    private const int AfterMilliseconds = (2 * NetbootDevice.TickMilliseconds) + 50;

    private static readonly string[] s_pages =
    [
        "/", "/health", "/status", "/metrics", "/api/session", "/api/status", "/api/machines?from=0", "/api/profiles", "/api/log?after=0",
        "/api/settings", "/api/backup", "/api/mirror",
    ];

    private static readonly string[] s_lines =
        ["help", "status", "machines", "why 52:54:00:00:01:03", "log", "show", "machine 52:54:00:00:01:03 name desk"];

    private static readonly List<AllocationReading> s_readings = [];

    /// <summary>What each operation took.</summary>
    public static IReadOnlyList<AllocationReading> Run()
    {
        // A board runs them all when the program starts.
        foreach (Type type in typeof(NetbootDevice).Assembly.GetTypes().Where(t => !t.ContainsGenericParameters))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        s_readings.Clear();
        VirtualBoard board = ManyMachines.Board(64, 16);
        using var device = new RunningDevice(board, loaders: new BoardLoaders());
        Assert.IsTrue(device.UntilServing(TimeSpan.FromSeconds(10)) < TimeSpan.FromSeconds(10));
        Thread.Sleep(AfterMilliseconds);
        Boots(device);
        using var owner = new PageClient(board.EndOf(80), 9);
        Pages(device, owner);
        Changes(owner);
        Streams(device, owner);
        Consoles(device);
        Operation("log out", () => Do(owner.Post("/api/logout", "")));
        return s_readings;
    }

    private static void Boots(RunningDevice device)
    {
        var one = new BootClient(device, 20);
        Operation("half a second at rest", () => { });
        Operation("offer, UEFI x64", () => one.Discover(UefiX64.Discover00));
        Operation("offer, iPXE", () => one.Discover(UefiX64.Discover07));
        Operation("boot server answer (4011)", one.AskBootServer);
        Operation("loader by TFTP, 284,672 bytes", () => one.Fetch("snponly.efi", BoardLoaders.Size));
        Operation("loader by HTTP, 284,672 bytes", () => Assert.AreEqual(BoardLoaders.Size, one.Get("/snponly.efi").Length, 200_000));
        Operation("script, kernel and initrd", one.Script);
        Operation("eight machines boot at once", () =>
        {
            Thread[] machines = [.. Enumerable.Range(0, Machines).Select(i => new Thread(() => Try(new BootClient(device, i).Boot)))];
            s_failure = null;
            Array.ForEach(machines, m => m.Start());
            Array.ForEach(machines, m => m.Join());
            Assert.IsNull(s_failure, s_failure);
        });
        Operation("mDNS: a question for our name", () => Send(device, 5353, Convert.FromHexString(NameQuestion)));
        Operation("syslog: a machine's line", () => Send(device, 514, Encoding.ASCII.GetBytes(SyslogLine)));
    }

    private static void Pages(RunningDevice device, PageClient owner)
    {
        Operation("first password", () => owner.Enter("claim", Password).GetAwaiter().GetResult());
        Operation("log in", () => owner.Enter("login", Password).GetAwaiter().GetResult());
        foreach (string path in s_pages)
        {
            Operation("GET " + path, () => Do(owner.Get(path)));
        }

        var machine = new BootClient(device, 3);
        Operation("report of a machine", () => Assert.AreEqual("ok\n", machine.Get("/report?mac=52-54-00-00-01-03&stage=kernel")));
    }

    private static void Changes(PageClient owner)
    {
        Operation("boot once", () => Do(owner.Post("/api/once", "mac=52:54:00:00:01:05&profile=profile3")));
        Operation("another profile for a machine", () => Set(owner, "machine 52:54:00:00:01:06", "profile", "profile2"));
        Operation("a machine's name", () => Set(owner, "machine 52:54:00:00:01:06", "name", "printer"));
        Operation("a new machine", () => Set(owner, "machine 52:54:00:00:02:01", "name", "new"));
        Operation("a profile's command line", () => Set(owner, "profile profile4", "command-line", "console=ttyS0 quiet"));
        Operation("ignore a machine", () => Do(owner.Post("/api/ignore", "mac=52:54:00:00:01:07")));
        Operation("a machine less", () => Do(owner.Post("/api/settings/remove", "section=machine+52:54:00:00:02:01")));
        string text = Text(owner.Get("/api/settings"));
        string backup = Text(owner.Get("/api/backup"));
        Operation("all settings replaced", () => Do(owner.Post("/api/settings", text)));
        Operation("restore a backup", () => Do(owner.Post("/api/restore", backup)));
        Operation("settings with an error", () => Assert.AreEqual(422, Status(owner.Post("/api/settings", text + "[nonsense]\n"))));
        Operation("another password", () => Do(owner.Post("/api/password", $"old={Password}&new={Password}1")));
        owner.Enter("login", Password + "1").GetAwaiter().GetResult();
        Operation("wake a machine", () => Status(owner.Post("/api/wake", "mac=52:54:00:00:01:05")));
    }

    private static void Streams(RunningDevice device, PageClient owner)
    {
        using var mirror = new TinyMirror();
        string loader = "whole-" + BoardLoaders.Size;
        Set(owner, "mirror", "loaders", mirror.Url);
        Set(owner, "machine 52:54:00:00:01:08", "loader", loader);
        Operation("loader from the mirror, 284,672 bytes", () => new BootClient(device, 21).Fetch(loader, BoardLoaders.Size));
        Set(owner, "mirror", "url", mirror.Url + "whole-30000/");
        Operation("GET /api/mirror/list, 30,000 bytes", () => Do(owner.Get("/api/mirror/list")));
        Operation("mirror check, 284,672 bytes", () =>
        {
            Do(owner.Post("/api/mirror/check", "url=" + Uri.EscapeDataString(mirror.Url + loader)));
            Assert.IsTrue(SpinWait.SpinUntil(() => device.Device.MirrorCheck.State == MirrorCheckState.Done, 10_000), "the check ends");
        });
    }

    private static void Consoles(RunningDevice device)
    {
        var terminal = new TypedTerminal();
        device.Device.OfferConsole(terminal, null);
        Operation("console: the first key opens it", () => terminal.Type("", AfterMilliseconds));
        foreach (string line in s_lines)
        {
            Operation("console: " + line, () => terminal.Type(line, AfterMilliseconds));
        }
    }

    private static string s_failure;

    private static void Try(Action boot)
    {
        try
        {
            boot();
        }
        catch (Exception e)
        {
            // Told when all have ended: on a thread of its own it would end the test's process.
            s_failure = e.ToString();
        }
    }

    private static void Operation(string name, Action operation)
    {
        AllocationRecorder.Begin(name);
        operation();
        Thread.Sleep(AfterMilliseconds);
        s_readings.Add(AllocationRecorder.End());
    }

    private static void Send(RunningDevice device, int port, byte[] datagram)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SendTo(datagram, device.Board.EndOf(port));
    }

    private static void Set(PageClient owner, string section, string key, string value) =>
        Do(owner.Post("/api/settings/set", $"section={Uri.EscapeDataString(section)}&key={key}&value={Uri.EscapeDataString(value)}"));

    private static void Do(System.Threading.Tasks.Task<HttpResponseMessage> call)
    {
        using HttpResponseMessage answer = call.GetAwaiter().GetResult();
        string text = answer.Content.ReadAsStringAsync().GetAwaiter().GetResult();
        Assert.IsTrue(answer.IsSuccessStatusCode, $"{answer.RequestMessage.RequestUri}: {answer.StatusCode} {text}");
    }

    private static int Status(System.Threading.Tasks.Task<HttpResponseMessage> call)
    {
        using HttpResponseMessage answer = call.GetAwaiter().GetResult();
        return (int)answer.StatusCode;
    }

    private static string Text(System.Threading.Tasks.Task<HttpResponseMessage> call)
    {
        using HttpResponseMessage answer = call.GetAwaiter().GetResult();
        return answer.Content.ReadAsStringAsync().GetAwaiter().GetResult();
    }
}
