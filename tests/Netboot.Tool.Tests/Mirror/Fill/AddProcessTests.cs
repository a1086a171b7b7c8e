using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading;
using System.Threading.Tasks;
using Netboot.Tool.Mirror.Fill;

namespace Netboot.Tool.Tests.Mirror.Fill;

/// <summary>The command itself, as a process: its end by a signal, and on a disk that is full.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
[SupportedOSPlatform("linux")]
public sealed class AddProcessTests
{
    private const string Images = "/dists/stable/main/installer-amd64/current/images/";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly string Program = typeof(FillRun).Assembly.Location;

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow("INT")]
    [DataRow("TERM")]
    public async Task A_signal_midway_leaves_nothing(string signal)
    {
        await using FillBench bench = await FillBench.StartAsync(Cancellation);
        bench.PublishDebian();
        string[] before = FillBench.Everything(bench.Mirror);
        bench.Odd[Images + FillBench.Linux] = async context =>
        {
            context.Response.ContentLength = 5_000_000;
            await context.Response.Body.WriteAsync(new byte[200_000]);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        // A signal that whoever started the tests ignores would be ignored here too. env becomes dotnet: the process stays the same.
        using Process process = Start("env", ["--default-signal=INT,TERM", "dotnet", Program, .. Arguments(bench.Mirror, bench)]);
        string part = Path.Combine(bench.Mirror, ".netboot-work/new/debian-stable/debian-installer/amd64/linux");
        Assert.IsTrue(SpinWait.SpinUntil(() => File.Exists(part) || process.HasExited, Limit));
        Assert.IsFalse(process.HasExited);
        using (Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString()]))
        {
            await kill.WaitForExitAsync(Cancellation);
        }

        string errors = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.AreEqual(130, process.ExitCode, errors);
        Assert.AreEqual("Stopped. Nothing was added; the folder is as it was.\n", errors);
        CollectionAssert.AreEqual(before, FillBench.Everything(bench.Mirror));
    }

    /// <summary>A small file system of the process's own; with a length it is known at once, without one when it is full.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_full_disk_leaves_nothing(bool lengthKnown)
    {
        await using FillBench bench = await FillBench.StartAsync(Cancellation);
        bench.PublishDebian();
        long sent = 0;
        bench.Odd[Images + FillBench.Linux] = async context =>
        {
            context.Response.ContentLength = lengthKnown ? 8_000_000 : null;
            for (; sent < 8_000_000; sent += 100_000)
            {
                await context.Response.Body.WriteAsync(new byte[100_000], context.RequestAborted);
            }
        };
        string disk = Directory.CreateDirectory(Path.Combine(bench.Mirror, "disk")).FullName;
        string script = $"mount -t tmpfs -o size=2m tmpfs {disk} && echo mine > {disk}/own && \"$@\"; echo $?; "
            + $"cd {disk} && find . | sort && cat own";
        using Process process = Start("unshare",
            ["--mount", "--map-root-user", "sh", "-c", script, "sh", "dotnet", Program, .. Arguments(disk, bench)]);
        Task<string> output = process.StandardOutput.ReadToEndAsync(Cancellation);
        string errors = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        StringAssert.EndsWith(await output, "\n1\n.\n./own\nmine\n", errors);
        StringAssert.EndsWith(errors, "Nothing was added; the folder is as it was.\n");
        StringAssert.Contains(errors, lengthKnown ? "disk was full" : "No space left on device");
    }

    [TestMethod]
    public async Task The_command_says_what_it_did()
    {
        await using FillBench bench = await FillBench.StartAsync(Cancellation);
        bench.PublishDebian();
        using Process process = Start("dotnet", [Program, .. Arguments(bench.Mirror, bench), "--name", "installer"]);
        string output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.AreEqual(0, process.ExitCode, output);
        Assert.AreEqual(
            $"fetching {bench.Server.ToString().TrimEnd('/')}{Images}{FillBench.Linux} (304 kB)\n"
            + $"fetching {bench.Server.ToString().TrimEnd('/')}{Images}netboot/debian-installer/amd64/initrd.gz (8 bytes)\n"
            + "Added: Debian installer (amd64) (installer/debian-installer/amd64), 304 kB, for BIOS, UEFI x86_64.\n"
            + "SHA256SUMS has its 2 files.\n", output);
    }

    [TestMethod]
    [DataRow("", "Name the mirror's folder and what to add to it")]
    [DataRow("/srv", "Say what to add")]
    [DataRow("/srv debian --kernel /dev/null", "SOURCE and --kernel are two ways")]
    [DataRow("/srv debian --initrd /dev/null", "--initrd goes with --kernel.")]
    [DataRow("/srv --kernel /dev/null --from http://a/", "--from is for a distribution, and does not go with --kernel.")]
    [DataRow("/srv debian --from ftp://a/", "--from takes an http:// or https:// address")]
    [DataRow("/srv --kernel /nowhere/vmlinuz", "File does not exist: '/nowhere/vmlinuz'.")]
    public void A_line_that_makes_no_sense_is_refused(string line, string expected)
    {
        var result = Netboot.Tool.Mirror.AddCommand.Create().Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        StringAssert.StartsWith(result.Errors.First().Message, expected);
    }

    private static string[] Arguments(string mirror, FillBench bench) =>
        ["mirror", "add", mirror, "debian", "--from", bench.Server.ToString()];

    private static Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
    })!;
}
