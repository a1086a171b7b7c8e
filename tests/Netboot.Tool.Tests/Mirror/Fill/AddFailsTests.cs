using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Netboot.Tool.Mirror.Fill;

namespace Netboot.Tool.Tests.Mirror.Fill;

/// <summary>Whatever goes wrong on the way, the folder is as it was.</summary>
[TestClass]
public sealed class AddFailsTests
{
    private const string Images = "/dists/stable/main/installer-amd64/current/images/";
    private FillBench _bench = null!;
    private string[] _before = null!;

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestInitialize]
    public async Task Start()
    {
        _bench = await FillBench.StartAsync(Cancellation);
        _bench.PublishDebian();
        _before = FillBench.Everything(_bench.Mirror);
    }

    [TestCleanup]
    public async Task Stop() => await _bench.DisposeAsync();

    [TestMethod]
    [DataRow("damaged", "its SHA-256 is ")]
    [DataRow("missing", "there is no such file on the server (404)")]
    [DataRow("cut", "broke off after ")]
    [DataRow("short", "broke off after ")]
    [DataRow("reset", "not reached: ")]
    [DataRow("silent", "no answer, or no more of it, for 0.4 s.")]
    [DataRow("broken", "the server answered 503 ")]
    public async Task A_bad_download_leaves_nothing(string kind, string expected)
    {
        // The kernel comes first, so a part of the whole is there already.
        string path = Images + "netboot/debian-installer/amd64/initrd.gz";
        _bench.Odd[path] = context => AnswerAsync(context, kind, _bench.Mirror);
        FillException failed = await Assert.ThrowsExactlyAsync<FillException>(() =>
            _bench.AddAsync("debian", Cancellation, quiet: kind == "silent" ? TimeSpan.FromMilliseconds(400) : null));
        StringAssert.StartsWith(failed.Message, $"{_bench.Server.ToString().TrimEnd('/')}{path}: {expected}");
        CollectionAssert.AreEqual(_before, FillBench.Everything(_bench.Mirror));
    }

    [TestMethod]
    public async Task A_file_that_the_list_does_not_name_is_not_fetched()
    {
        _bench.Files[Images + "SHA256SUMS"] = "d41d8cd98f00b204e9800998ecf8427e  ./netboot/debian-installer/amd64/linux\n"u8.ToArray();
        bool asked = false;
        _bench.Odd[Images + FillBench.Linux] = _ => Task.FromResult(asked = true);
        FillException failed = await Assert.ThrowsExactlyAsync<FillException>(() => _bench.AddAsync("debian", Cancellation));
        StringAssert.EndsWith(failed.Message, $"SHA256SUMS: has no SHA-256 or SHA-512 of {FillBench.Linux}: does this release have it?");
        Assert.IsFalse(asked);
        CollectionAssert.AreEqual(_before, FillBench.Everything(_bench.Mirror));
    }

    [TestMethod]
    public async Task A_server_that_is_not_there_leaves_nothing()
    {
        using var client = Downloads.Client();
        var source = new DistributionSource(
            Distributions.All[0], null, false, new Uri("http://127.0.0.1:9/"), new Downloads(client, _bench.Output));
        FillException failed = await Assert.ThrowsExactlyAsync<FillException>(() => _bench.AddAsync(source, Cancellation));
        StringAssert.Contains(failed.Message, "/SHA256SUMS: not reached: ");
        CollectionAssert.AreEqual(_before, FillBench.Everything(_bench.Mirror));
    }

    /// <summary>A list of checksums that never ends would fill the memory.</summary>
    [TestMethod]
    public async Task A_list_without_end_is_given_up()
    {
        _bench.Odd[Images + "SHA256SUMS"] = async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
            }
        };
        FillException failed = await Assert.ThrowsExactlyAsync<FillException>(() => _bench.AddAsync("debian", Cancellation));
        StringAssert.EndsWith(failed.Message, "is longer than any list of checksums.");
    }

    [TestMethod]
    public async Task Files_that_do_not_boot_are_not_added()
    {
        _bench.PublishDebian(kernel: "<html>"u8.ToArray());
        FillException failed = await Assert.ThrowsExactlyAsync<FillException>(() => _bench.AddAsync("debian", Cancellation));
        Assert.AreEqual(
            "Nothing in it can be booted:\n  debian-stable/debian-installer/amd64/initrd.gz: an initrd without a kernel beside it.",
            failed.Message);
        CollectionAssert.AreEqual(_before, FillBench.Everything(_bench.Mirror));
    }

    [TestMethod]
    public async Task A_folder_that_is_there_is_replaced_only_when_asked()
    {
        await _bench.AddAsync("debian", Cancellation);
        string extra = Path.Combine(_bench.Mirror, "debian-stable", "note");
        File.WriteAllText(extra, "mine");
        File.AppendAllText(Path.Combine(_bench.Mirror, FolderSums.FileName), $"{new string('b', 64)}  debian-stable/note\n");
        string[] once = FillBench.Everything(_bench.Mirror);
        FillException refused = await Assert.ThrowsExactlyAsync<FillException>(() => _bench.AddAsync("debian", Cancellation));
        StringAssert.EndsWith(refused.Message, "debian-stable is there already. Choose another --name, or replace it with --replace.");
        CollectionAssert.AreEqual(once, FillBench.Everything(_bench.Mirror));

        _bench.PublishDebian(kernel: SampleFiles.BzImage("6.2"));
        await _bench.AddAsync("debian", Cancellation, replace: true);
        Assert.IsFalse(File.Exists(extra));
        Assert.IsNull(FolderSums.Read(_bench.Mirror).Of("debian-stable/note"));
        string linux = "debian-stable/debian-installer/amd64/linux";
        CollectionAssert.AreEqual(SampleFiles.BzImage("6.2"), File.ReadAllBytes(Path.Combine(_bench.Mirror, linux)));
        Assert.AreEqual(
            await FolderSums.HashAsync(Path.Combine(_bench.Mirror, linux), Cancellation), FolderSums.Read(_bench.Mirror).Of(linux));
        Assert.HasCount(0, Directory.GetFileSystemEntries(_bench.Mirror, ".*"));
    }

    /// <summary>A newer release that cannot be had must not cost the older one.</summary>
    [TestMethod]
    public async Task A_replacement_that_fails_leaves_the_old_one()
    {
        await _bench.AddAsync("debian", Cancellation);
        string[] once = FillBench.Everything(_bench.Mirror);
        _bench.Odd[Images + FillBench.Linux] = context => AnswerAsync(context, "cut", _bench.Mirror);
        await Assert.ThrowsExactlyAsync<FillException>(() => _bench.AddAsync("debian", Cancellation, replace: true));
        CollectionAssert.AreEqual(once, FillBench.Everything(_bench.Mirror));
    }

    [TestMethod]
    [DataRow("loaders")]
    [DataRow(".hidden")]
    [DataRow("../up")]
    [DataRow("a/b")]
    [DataRow("")]
    public async Task A_name_that_is_no_folders_is_refused(string name)
    {
        await Assert.ThrowsExactlyAsync<FillException>(() => _bench.AddAsync("debian", Cancellation, name: name));
        CollectionAssert.AreEqual(_before, FillBench.Everything(_bench.Mirror));
    }

    [TestMethod]
    public async Task Two_commands_do_not_fill_a_folder_at_once()
    {
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        byte[] kernel = _bench.Files[Images + FillBench.Linux];
        _bench.Odd[Images + FillBench.Linux] = async context =>
        {
            begun.SetResult();
            await go.Task;
            await context.Response.Body.WriteAsync(kernel);
        };
        Task first = _bench.AddAsync("debian", Cancellation);
        await begun.Task;
        FillException refused = await Assert.ThrowsExactlyAsync<FillException>(
            () => _bench.AddAsync("debian", Cancellation, name: "second"));
        StringAssert.StartsWith(refused.Message, $"Another 'netboot mirror' command is filling {_bench.Mirror}: wait for it");
        go.SetResult();
        await first;
        StringAssert.StartsWith(_bench.Offered(), "Debian installer (amd64) (debian-stable/");
    }

    /// <summary>A command was killed, or the power went, between moving the old folder away and the new one in.</summary>
    [TestMethod]
    public async Task What_a_killed_command_left_is_cleared_and_what_it_moved_comes_back()
    {
        string work = Path.Combine(_bench.Mirror, ".netboot-work");
        Directory.CreateDirectory(Path.Combine(work, "new", "half"));
        File.WriteAllText(Path.Combine(work, "lock"), "");
        File.WriteAllText(Path.Combine(work, "archive.zip"), "half");
        Directory.CreateDirectory(Path.Combine(work, "old"));
        Directory.Move(Path.Combine(_bench.Mirror, "own"), Path.Combine(work, "old", "own"));
        await _bench.AddAsync("debian", Cancellation);
        string[] after = FillBench.Everything(_bench.Mirror);
        Assert.IsFalse(after.Any(path => path.Contains(".netboot-work", StringComparison.Ordinal)));
        CollectionAssert.IsSubsetOf(_before.Where(path => path.Contains("/own", StringComparison.Ordinal)).ToArray(), after);
    }

    private static async Task AnswerAsync(HttpContext context, string kind, string mirror)
    {
        byte[] file = SampleFiles.Gzip;
        switch (kind)
        {
            case "damaged":
                await context.Response.Body.WriteAsync((byte[])[.. file[..^1], 99]);
                return;
            case "missing":
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            case "broken":
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            case "reset":
                context.Abort();
                return;
            default:
                break;
        }

        context.Response.ContentLength = 5_000_000;
        await context.Response.Body.WriteAsync(file);
        await context.Response.Body.FlushAsync();
        // It goes on once the other side has begun to write.
        string begun = Path.GetFileName(context.Request.Path.Value!);
        string work = Path.Combine(mirror, ".netboot-work");
        Assert.IsTrue(SpinWait.SpinUntil(
            () => Directory.GetFiles(work, begun, SearchOption.AllDirectories).Length > 0, TimeSpan.FromSeconds(20)));
        if (kind == "silent")
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        else if (kind == "cut")
        {
            context.Abort();
        }
    }
}
