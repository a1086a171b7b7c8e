using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Netboot.Tool.Flash;

namespace Netboot.Tool.Tests.Flash;

/// <summary>The netboot command itself, as a process, with a stand-in nanoff and a pseudo-terminal as the board's port.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
[SupportedOSPlatform("linux")]
public sealed class FlashProcessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [TestMethod]
    public async Task It_flashes_waits_for_the_devices_word_and_answer()
    {
        using var port = new PseudoTerminal();
        using var nanoff = new NanoffPlayback();
        using var files = new TestFolder();
        using var page = new TcpListener(IPAddress.Loopback, 0);
        page.Start();
        Task<string> asked = AnswerOnce(page);
        using Process process = Start(port, nanoff, files, "--mirror", "http://10.0.0.2/");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        SpinWait.SpinUntil(() => nanoff.Exists("settings.cfg") || process.HasExited, Limit);
        var talk = new Timer(_ =>
            port.Write($"[Init] Ready at http://{page.LocalEndpoint}/\r\n"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Assert.IsTrue(process.WaitForExit(Limit));
        await talk.DisposeAsync();
        Assert.AreEqual(0, process.ExitCode, await output);
        Assert.Contains($"The device answers: http://{page.LocalEndpoint}/", await output);
        Assert.Contains("this port has no reset line", await output);
        Assert.StartsWith("GET /health HTTP/1.1", await asked);
    }

    [TestMethod]
    [DataRow("TERM", 130)]
    [DataRow("INT", 130)]
    [DataRow("HUP", 130)]
    public void A_signal_midway_leaves_no_secret_behind(string signal, int exit)
    {
        using var port = new PseudoTerminal();
        using var nanoff = new NanoffPlayback();
        using var files = new TestFolder();
        nanoff.StayIn("files");
        using Process process = Start(port, nanoff, files, "--password", "midway-secret");
        WaitFor(nanoff, process);
        string secret = nanoff.Read("settings.cfg.from");
        Assert.IsTrue(File.Exists(secret));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(secret));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(secret)!));
        int standIn = int.Parse(nanoff.Read("waiting"));
        Send(signal, process);
        Assert.IsTrue(process.WaitForExit(Limit));
        Assert.AreEqual(exit, process.ExitCode);
        Assert.IsFalse(Directory.Exists(Path.GetDirectoryName(secret)));
        Assert.IsFalse(Directory.Exists($"/proc/{standIn}") && File.ReadAllText($"/proc/{standIn}/stat").Split(' ')[2] != "Z",
            "nanoff still runs");
        Assert.DoesNotContain("midway-secret", process.StandardOutput.ReadToEnd());
    }

    [TestMethod]
    public void What_a_killed_run_left_is_removed_by_the_next()
    {
        using var port = new PseudoTerminal();
        using var nanoff = new NanoffPlayback();
        using var files = new TestFolder();
        nanoff.StayIn("files");
        using Process process = Start(port, nanoff, files, "--password", "midway-secret");
        WaitFor(nanoff, process);
        string folder = Path.GetDirectoryName(nanoff.Read("settings.cfg.from"))!;
        Send("KILL", process);
        Assert.IsTrue(process.WaitForExit(Limit));
        Send("KILL", int.Parse(nanoff.Read("waiting")));

        // Nothing can be done about SIGKILL itself. (Any other test that flashes at this moment may be the next run, too.)
        using var another = new SecretFolder();
        Assert.IsEmpty(SecretFolder.RemoveLeftovers());
        Assert.IsFalse(Directory.Exists(folder));
        Assert.IsTrue(Directory.Exists(another.Path), "that of a living process stays");
    }

    private static Process Start(PseudoTerminal port, NanoffPlayback nanoff, TestFolder files, params string[] more)
    {
        // A signal that whoever started the tests ignores (nohup, a shell's "&") would be ignored here too. env becomes dotnet: the process
        // stays the same.
        var info = new ProcessStartInfo("env") { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        string[] arguments =
        [
            "--default-signal=HUP,INT,TERM", "dotnet", typeof(FlashCommand).Assembly.Location, "flash", "--board", "olimex-esp32-poe",
                "--port", port.Name, "--nanoff", nanoff.Program,
            "--image", files.Write("app.bin", "NFMRK2 and an application"u8), "--timeout", "30", .. more,
        ];
        arguments.ToList().ForEach(info.ArgumentList.Add);
        return Process.Start(info)!;
    }

    private static void WaitFor(NanoffPlayback nanoff, Process process)
    {
        SpinWait.SpinUntil(() => nanoff.Exists("waiting") || process.HasExited, Limit);
        Assert.IsFalse(process.HasExited, process.HasExited ? process.StandardOutput.ReadToEnd() : "");
        SpinWait.SpinUntil(() => nanoff.Read("waiting").Length > 0, Limit);
    }

    private static void Send(string signal, Process process) => Send(signal, process.Id);

    private static void Send(string signal, int id)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", id.ToString()])!;
        kill.WaitForExit();
    }

    private static async Task<string> AnswerOnce(TcpListener listener)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        var request = new byte[1024];
        int count = await client.GetStream().ReadAsync(request);
        await client.GetStream().WriteAsync("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        return Encoding.ASCII.GetString(request, 0, count);
    }
}
