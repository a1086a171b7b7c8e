using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading;
using System.Threading.Tasks;
using Netboot.Tool.Mirror.Fill;

namespace Netboot.Tool.Tests.Mirror.Fill;

/// <summary>Files of this machine: pairs, Nix results, ISO files.</summary>
[TestClass]
public sealed class AddLocalTests
{
    private readonly TestFolder _here = new();
    private FillBench _bench = null!;

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private static byte[] Cpio => "070701 and no multiple of four"u8.ToArray();

    [TestInitialize]
    public async Task Start() => _bench = await FillBench.StartAsync(Cancellation);

    [TestCleanup]
    public async Task Stop()
    {
        await _bench.DisposeAsync();
        _here.Dispose();
    }

    /// <summary>Whatever the files are called, they are a pair in the mirror.</summary>
    [TestMethod]
    public async Task A_kernel_and_its_initrd_are_added()
    {
        await _bench.AddAsync(
            Pair("linux26", SampleFiles.BzImage("6.12.5"), "console=ttyS0 quiet", ("root.cpio.gz", SampleFiles.Gzip)), Cancellation);
        Assert.AreEqual("Linux 6.12.5 (linux-6.12.5): linux-6.12.5/vmlinuz + linux-6.12.5/initrd [console=ttyS0 quiet]", _bench.Offered());
        CollectionAssert.AreEqual(SampleFiles.Gzip, Read("linux-6.12.5/initrd"));
    }

    /// <summary>Linux takes archives one behind the other, each at a multiple of four.</summary>
    [TestMethod]
    public async Task Several_initrds_become_one()
    {
        await _bench.AddAsync(
            Pair("bzImage", SampleFiles.BzImage("6.1"), null, ("ucode", Cpio), ("main", SampleFiles.Gzip)), Cancellation, name: "pair");
        Assert.AreEqual("Linux 6.1 (pair): pair/vmlinuz + pair/initrd []", _bench.Offered());
        CollectionAssert.AreEqual((byte[])[.. Cpio, 0, 0, .. SampleFiles.Gzip], Read("pair/initrd"));
        StringAssert.Contains(_bench.Lines, "The 2 initrds are one file now, in the order in which they were named.");
    }

    [TestMethod]
    public async Task A_program_keeps_its_name()
    {
        await _bench.AddAsync(new PairSource(_here.Write("memtest86+x64.efi", SampleFiles.Pe(0x8664, 10)), [], null), Cancellation);
        Assert.AreEqual("Memtest86+ (memtest86+x64/memtest86+x64.efi): memtest86+x64/memtest86+x64.efi []", _bench.Offered());
    }

    [TestMethod]
    public void Files_that_are_not_what_they_are_taken_for_are_refused()
    {
        string gzip = _here.Write("vmlinuz.gz", SampleFiles.Gzip);
        string kernel = _here.Write("vmlinuz", SampleFiles.BzImage("6.1"));
        string program = _here.Write("x.efi", SampleFiles.Pe(0x8664, 10));
        Refused(() => new PairSource(gzip, [], null), $"{gzip} is not a kernel or a UEFI program: it is packed, or an initrd.");
        Refused(
            () => new PairSource(kernel, [kernel], null),
            $"{kernel} is not an initrd: it does not begin as a cpio archive does, or as a packed one.");
        Refused(() => new PairSource(program, [gzip], null), $"{program} is not Linux: it takes no --initrd and no --command-line.");
    }

    /// <summary>A Nix result is a link to a folder of links into the store.</summary>
    [TestMethod]
    public async Task A_nix_result_is_added_without_its_links()
    {
        string kernel = _here.Write("store/aaa-linux/bzImage", SampleFiles.BzImage("6.12.5"));
        string initrd = _here.Write("store/bbb-ramdisk/initrd", SampleFiles.Gzip);
        string result = _here.Write("store/ccc-netboot/netboot.ipxe",
            "#!ipxe\nkernel bzImage init=/nix/store/x-system/init initrd=initrd loglevel=4 ${cmdline}\ninitrd initrd\nboot\n"u8);
        string folder = Path.GetDirectoryName(result)!;
        File.CreateSymbolicLink(Path.Combine(folder, "bzImage"), kernel);
        File.CreateSymbolicLink(Path.Combine(folder, "initrd"), initrd);
        File.CreateSymbolicLink(Path.Combine(_here.Path, "result"), folder);
        await _bench.AddAsync(Path.Combine(_here.Path, "result"), Cancellation, name: "blackhole");
        Assert.AreEqual(
            "NixOS 6.12.5 (blackhole): blackhole/bzImage + blackhole/initrd [init=/nix/store/x-system/init loglevel=4]", _bench.Offered());
        Assert.IsTrue(Directory.GetFiles(Path.Combine(_bench.Mirror, "blackhole")).All(file => new FileInfo(file).LinkTarget == null));
        CollectionAssert.AreEqual(SampleFiles.Gzip, Read("blackhole/initrd"));
    }

    /// <summary>A NixOS system's own tree: half of the store hangs from it, and a machine needs two files of that.</summary>
    [TestMethod]
    public async Task Of_a_systems_tree_the_kernel_initrd_and_command_line_are_taken()
    {
        _here.Write("system/kernel", SampleFiles.BzImage("6.12.5"));
        _here.Write("system/initrd", SampleFiles.Gzip);
        _here.Write("system/kernel-params", "loglevel=4\n"u8);
        string init = _here.Write("system/init", "#!/bin/sh\n"u8);
        _here.Write("system/sw/bin/bash", [1]);
        await _bench.AddAsync(Path.Combine(_here.Path, "system"), Cancellation);
        Assert.AreEqual($"Linux 6.12.5 (system): system/kernel + system/initrd [init={init} loglevel=4]", _bench.Offered());
        CollectionAssert.AreEqual(
            new[] { "cmdline", "initrd", "kernel" },
            Directory.GetFileSystemEntries(Path.Combine(_bench.Mirror, "system")).Select(Path.GetFileName).Order().ToArray());
    }

    /// <summary>nixos-images has such: the script names its files by names of their own.</summary>
    [TestMethod]
    public async Task A_script_comes_with_the_files_that_it_loads()
    {
        _here.Write("tree/sub/netboot-x86_64-linux.ipxe",
            "#!ipxe\nkernel ../my%20kernel quiet || goto no\ninitrd gone\nchain http://elsewhere.invalid/x ||\n"u8);
        _here.Write("tree/my kernel", SampleFiles.BzImage("6.1"));
        _here.Write("tree/other", [1]);
        await _bench.AddAsync(Path.Combine(_here.Path, "tree"), Cancellation);
        CollectionAssert.AreEqual(SampleFiles.BzImage("6.1"), Read("tree/my kernel"));
        Assert.IsTrue(File.Exists(Path.Combine(_bench.Mirror, "tree/sub/netboot-x86_64-linux.ipxe")));
        Assert.IsFalse(File.Exists(Path.Combine(_bench.Mirror, "tree/other")));
        StringAssert.Contains(_bench.Lines, "\nsub/netboot-x86_64-linux.ipxe loads sub/gone, which is not there.\n");
    }

    /// <summary>What a live system's kernel loads next is in the ISO file too.</summary>
    [TestMethod]
    public async Task Of_an_iso_file_kernel_initrd_and_what_they_load_are_taken()
    {
        string iso = _here.Write("debian live.iso", new SampleIso().Make(
            ("live/vmlinuz", SampleFiles.BzImage("6.1")), ("live/initrd.img", SampleFiles.Gzip),
            ("live/filesystem.squashfs", "hsqs"u8.ToArray()), ("pool/package.deb", [1])));
        await _bench.AddAsync(iso, Cancellation);
        Assert.AreEqual(
            "Debian Live (debian live/live): debian live/live/vmlinuz + debian live/live/initrd.img "
            + "[boot=live components fetch={mirror}debian%20live/live/filesystem.squashfs]", _bench.Offered());
        CollectionAssert.AreEqual("hsqs"u8.ToArray(), Read("debian live/live/filesystem.squashfs"));
        Assert.IsFalse(Directory.Exists(Path.Combine(_bench.Mirror, "debian live", "pool")));
    }

    [TestMethod]
    [DataRow("casper/vmlinuz", "casper/initrd", "Ubuntu (a.iso) (a/a.iso/casper)")]
    [DataRow("boot/linux26", "boot/initrd.img", "Proxmox (a.iso) (a/a.iso/boot)")]
    [DataRow("arch/boot/x86_64/vmlinuz-linux", "arch/boot/x86_64/initramfs-linux.img", "Arch Linux (a/a.iso/arch/boot/x86_64)")]
    public async Task An_iso_file_whose_kernel_loads_the_rest_is_taken_whole(string kernel, string initrd, string title)
    {
        byte[] image = new SampleIso().Make((kernel, SampleFiles.BzImage("6.1")), (initrd, SampleFiles.Gzip));
        await _bench.AddAsync(_here.Write("a.iso", image), Cancellation);
        StringAssert.StartsWith(_bench.Offered(), title + ": ");
        CollectionAssert.AreEqual(image, Read("a/a.iso"));
        StringAssert.Contains(_bench.Lines, "The ISO file is taken whole: ");
    }

    [TestMethod]
    public async Task Whoever_has_nothing_to_boot_hears_why()
    {
        string iso = _here.Write("b.iso", new SampleIso().Make(
            ("install.amd/vmlinuz", SampleFiles.BzImage("6.1")), ("install.amd/initrd.gz", SampleFiles.Gzip)));
        string[] before = FillBench.Everything(_bench.Mirror);
        FillException refused = await Assert.ThrowsExactlyAsync<FillException>(() => _bench.AddAsync(iso, Cancellation));
        StringAssert.Contains(refused.Message, "\n  b.iso/install.amd/vmlinuz: this initrd is for CDs and looks for one");
        _here.Write("tree/.treeinfo", "x"u8);
        _here.Write("tree/images/pxeboot/vmlinuz", SampleFiles.BzImage("6.1"));
        _here.Write("tree/images/pxeboot/initrd.img", SampleFiles.Gzip);
        refused = await Assert.ThrowsExactlyAsync<FillException>(() => _bench.AddAsync(Path.Combine(_here.Path, "tree"), Cancellation));
        StringAssert.EndsWith(refused.Message, "its kernel loads the whole tree: copy that into the mirror as it is (cp -rL).");
        CollectionAssert.AreEqual(before, FillBench.Everything(_bench.Mirror));
    }

    /// <summary>Debian's /boot/initrd.img is root's alone; a web server reads as somebody else.</summary>
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [SupportedOSPlatform("linux")]
    public async Task Everybody_may_read_what_was_added()
    {
        string initrd = _here.Write("initrd.img", SampleFiles.Gzip);
        File.SetUnixFileMode(initrd, UnixFileMode.UserRead);
        var pair = new PairSource(_here.Write("vmlinuz", SampleFiles.BzImage("6.1")), [initrd], null);
        await _bench.AddAsync(pair, Cancellation, name: "pair");
        string fresh = _here.Write("fresh", [1]);
        Assert.AreEqual(File.GetUnixFileMode(fresh), File.GetUnixFileMode(Path.Combine(_bench.Mirror, "pair", "initrd")));
    }

    private static void Refused(Func<object> action, string message) =>
        Assert.AreEqual(message, Assert.ThrowsExactly<FillException>(() => action()).Message);

    private PairSource Pair(string kernel, byte[] content, string? line, params (string Name, byte[] Content)[] initrds) =>
        new(_here.Write(kernel, content), [.. initrds.Select(initrd => _here.Write(initrd.Name, initrd.Content))], line);

    private byte[] Read(string path) => File.ReadAllBytes(Path.Combine(_bench.Mirror, path));
}
