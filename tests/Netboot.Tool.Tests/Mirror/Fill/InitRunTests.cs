using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Netboot.Tool.Mirror;
using Netboot.Tool.Mirror.Check;
using Netboot.Tool.Mirror.Fill;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Tests.Mirror.Fill;

[TestClass]
public sealed class InitRunTests
{
    private readonly TestFolder _folder = new();
    private readonly TestFolder _loaders = new();
    private readonly StringWriter _lines = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private string Mirror => Path.Combine(_folder.Path, "mirror");

    [TestInitialize]
    public void Start()
    {
        _loaders.Write("undionly.kpxe", [1, 2, 3]);
        _loaders.Write("ipxe-arm64.efi", SampleFiles.Pe(0xAA64, 10));
        _loaders.Write("own.efi", SampleFiles.Pe(0x8664, 10));
        _loaders.Write("notes.txt", [1]);
    }

    [TestCleanup]
    public void Remove()
    {
        _folder.Dispose();
        _loaders.Dispose();
    }

    /// <summary>By the names that machines ask for: a NAS knows no others.</summary>
    [TestMethod]
    public async Task A_folder_becomes_a_mirror()
    {
        await InitAsync();
        CollectionAssert.AreEqual(
            new[]
            {
                "README.txt", "SHA256SUMS", "loaders/ipxe-arm64.efi", "loaders/own.efi", "loaders/snponly-arm64.efi",
                "loaders/undionly.kpxe",
            },
            Directory.GetFiles(Mirror, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Mirror, path))
                .Order(System.StringComparer.Ordinal).ToArray());
        Assert.AreEqual(
            "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81", FolderSums.Read(Mirror).Of("loaders/undionly.kpxe"));
        // Loaders are what machines come with, and not what they boot.
        Assert.IsEmpty(FolderSurvey.Of(new Links(Mirror, []), new IsoImages()).Entries);
    }

    [TestMethod]
    public async Task Run_again_it_changes_nothing_and_says_so()
    {
        await InitAsync();
        string[] before = FillBench.Everything(Mirror);
        _lines.GetStringBuilder().Clear();
        await InitAsync();
        CollectionAssert.AreEqual(before, FillBench.Everything(Mirror));
        Assert.AreEqual(
            $"{Mirror}: is there.\nloaders/: left 4 as they were.\nREADME.txt: left as it was.\nSHA256SUMS: left as it was.\n",
            _lines.ToString());
    }

    [TestMethod]
    public async Task What_is_there_is_left_and_told()
    {
        _folder.Write("mirror/loaders/undionly.kpxe", [9]);
        _folder.Write("mirror/README.txt", "mine"u8);
        string line = $"{new string('a', 64)}  film.mkv";
        _folder.Write("mirror/SHA256SUMS", System.Text.Encoding.ASCII.GetBytes(line + "\n"));
        await InitAsync();
        CollectionAssert.AreEqual(new byte[] { 9 }, File.ReadAllBytes(Path.Combine(Mirror, "loaders/undionly.kpxe")));
        Assert.AreEqual("mine", File.ReadAllText(Path.Combine(Mirror, "README.txt")));
        Assert.AreEqual(line, File.ReadAllLines(Path.Combine(Mirror, "SHA256SUMS"))[0]);
        string hash = await FolderSums.HashAsync(Path.Combine(Mirror, "loaders/undionly.kpxe"), Cancellation);
        Assert.AreEqual(hash, FolderSums.Read(Mirror).Of("loaders/undionly.kpxe"));
        string told = _lines.ToString();
        string other = Path.Combine(_loaders.Path, "undionly.kpxe");
        StringAssert.Contains(told, $"loaders/undionly.kpxe: left as it is. It differs from {other}; delete it");
        StringAssert.Contains(told, "README.txt: left as it is; its text is not this command's.");
        StringAssert.Contains(told, "SHA256SUMS: has the loaders too now; its other lines are as they were.");
    }

    /// <summary>A loader that changed under its checksum: that is what a checksum is for.</summary>
    [TestMethod]
    public async Task A_loader_that_is_not_what_the_list_says_is_told_each_time()
    {
        await InitAsync();
        string good = FolderSums.Read(Mirror).Of("loaders/undionly.kpxe")!;
        _folder.Write("mirror/loaders/undionly.kpxe", [9]);
        for (int i = 0; i < 2; i++)
        {
            _lines.GetStringBuilder().Clear();
            await InitAsync();
            StringAssert.Contains(_lines.ToString(), "loaders/undionly.kpxe: is not what SHA256SUMS says.");
            Assert.AreEqual(good, FolderSums.Read(Mirror).Of("loaders/undionly.kpxe"));
        }
    }

    [TestMethod]
    public async Task Without_loaders_nothing_is_made()
    {
        FillException failed = await Assert.ThrowsExactlyAsync<FillException>(() =>
            InitRun.RunAsync(Mirror, [Path.Combine(_folder.Path, "none")], new FillOutput(_lines, bars: false), Cancellation));
        StringAssert.Contains(failed.Message, "apt install ipxe");
        Assert.IsFalse(Directory.Exists(Mirror));
    }

    /// <summary>The way of a new user: init, add, list, serve, check.</summary>
    [TestMethod]
    public async Task What_was_added_is_listed_served_and_good()
    {
        await using FillBench bench = await FillBench.StartAsync(Cancellation);
        bench.PublishDebian();
        await InitRun.RunAsync(bench.Mirror, [_loaders.Path], bench.Output, Cancellation);
        await bench.AddAsync("debian", Cancellation);
        Assert.AreEqual(
            "Debian installer (amd64) (debian-stable/debian-installer/amd64): debian-stable/debian-installer/amd64/linux "
            + "+ debian-stable/debian-installer/amd64/initrd.gz []", bench.Offered());
        StringAssert.Contains(
            bench.Lines, "Added: Debian installer (amd64) (debian-stable/debian-installer/amd64), 304 kB, for BIOS, UEFI x86_64.");
        await using var server = new MirrorServer(new IPEndPoint(IPAddress.Loopback, 0), new MirrorOptions(bench.Mirror));
        await server.StartAsync(Cancellation);
        using var client = MirrorCheckRun.Client();
        CheckReport report = await new MirrorCheckRun(client).RunAsync(new($"http://{server.EndPoint}/boot.ipxe"), _ => { }, Cancellation);
        Assert.IsTrue(report.Good, string.Join('\n', report.Files.Select(CheckCommand.Line)));
        CollectionAssert.AreEqual(
            new[]
            {
                "/boot.ipxe", "/debian-stable/debian-installer/amd64/linux", "/debian-stable/debian-installer/amd64/initrd.gz",
                "/own/vmlinuz", "/own/initrd.img",
            },
            report.Files.Select(file => file.Url.AbsolutePath).ToArray());
        byte[] loader = await client.GetByteArrayAsync($"http://{server.EndPoint}/loaders/undionly.kpxe", Cancellation);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, loader);
    }

    private Task InitAsync() => InitRun.RunAsync(Mirror, [_loaders.Path], new FillOutput(_lines, bars: false), Cancellation);
}
