using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Netboot.Tool.Mirror.Fill;

namespace Netboot.Tool.Tests.Mirror.Fill;

/// <summary>Each row of the table against a server with its publisher's layout; the real servers are not asked here.</summary>
[TestClass]
public sealed class AddDistributionTests
{
    private FillBench _bench = null!;

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private static byte[] Kernel => SampleFiles.BzImage("6.9");

    [TestInitialize]
    public async Task Start() => _bench = await FillBench.StartAsync(Cancellation);

    [TestCleanup]
    public async Task Stop() => await _bench.DisposeAsync();

    [TestMethod]
    [DataRow("debian:bookworm", false, "debian-bookworm",
        "Debian installer (amd64) (N/debian-installer/amd64): N/debian-installer/amd64/linux + N/debian-installer/amd64/initrd.gz []")]
    [DataRow("debian", true, "debian-stable-arm64",
        "Debian installer (arm64) (N/debian-installer/arm64): N/debian-installer/arm64/linux + N/debian-installer/arm64/initrd.gz []")]
    [DataRow("ubuntu", false, "ubuntu-24.04",
        "Ubuntu (U) (N/U/casper): N/U/casper/vmlinuz + N/U/casper/initrd [ip=dhcp url={mirror}N/U cloud-config-url=/dev/null]")]
    [DataRow("fedora:43", false, "fedora-43",
        "Linux 6.9 (N): N/vmlinuz + N/initrd.img [inst.repo={server}releases/43/Everything/x86_64/os ip=dhcp]")]
    [DataRow("alpine:v3.22", false, "alpine-v3.22",
        "Alpine Linux (N): N/vmlinuz-lts + N/initramfs-lts [modloop={mirror}N/modloop-lts modules=loop,squashfs ip=dhcp "
        + "alpine_repo=http://dl-cdn.alpinelinux.org/alpine/v3.22/main]")]
    [DataRow("arch", false, "arch-latest",
        "Arch Linux (N/A/arch/boot/x86_64): N/A/arch/boot/x86_64/vmlinuz-linux + N/A/arch/boot/x86_64/initramfs-linux.img "
        + "[archisobasedir=arch archiso_http_srv={mirror}N/A/ ip=dhcp cms_verify=y]")]
    [DataRow("talos", false, "talos", "Talos (N): N/vmlinuz-amd64 + N/initramfs-amd64.xz [talos.platform=metal slab_nomerge pti=on]")]
    [DataRow("talos:v1.11.5", true, "talos-v1.11.5-arm64",
        "Talos (N): N/vmlinuz-arm64 + N/initramfs-arm64.xz [talos.platform=metal slab_nomerge pti=on]")]
    [DataRow("flatcar:beta", false, "flatcar-beta",
        "Flatcar (N): N/flatcar_production_pxe.vmlinuz + N/flatcar_production_pxe_image.cpio.gz [flatcar.first_boot=1]")]
    [DataRow("memtest86+", false, "memtest86+-7.20", "Memtest86+ (N/memtest64.efi): N/memtest64.efi []")]
    [DataRow("memtest86+:8.00", false, "memtest86+-8.00", "Memtest86+ (N/mt86p_800_x86_64): N/mt86p_800_x86_64 []")]
    public async Task A_distribution_is_added_and_offered(string text, bool arm, string name, string expected)
    {
        PublishAll();
        await _bench.AddAsync(text, Cancellation, arm);
        expected = expected.Replace("N/", name + "/").Replace("(N)", $"({name})").Replace("/U", "/ubuntu-24.04.3-live-server-amd64.iso")
            .Replace("(U)", "(ubuntu-24.04.3-live-server-amd64.iso)").Replace("/A/", "/archlinux-x86_64.iso/")
            .Replace("{server}", _bench.Server.ToString());
        Assert.AreEqual(expected, _bench.Offered());
        FolderSums sums = FolderSums.Read(_bench.Mirror);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(_bench.Mirror, name), "*", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(_bench.Mirror, file);
            Assert.AreEqual(await FolderSums.HashAsync(file, Cancellation), sums.Of(path), path);
        }
    }

    [TestMethod]
    public void Every_row_has_its_test()
    {
        var tested = typeof(AddDistributionTests).GetMethod(nameof(A_distribution_is_added_and_offered))!
            .GetCustomAttributes(typeof(DataRowAttribute), false).Cast<DataRowAttribute>()
            .Select(row => ((string)row.Data[0]!).Split(':')[0]);
        CollectionAssert.AreEquivalent(Distributions.All.Select(row => row.Name).ToArray(), tested.Distinct().ToArray());
    }

    [TestMethod]
    [DataRow("fedora", false, "fedora has no name for its newest release: write which one, as in fedora:43.")]
    [DataRow("arch", true, "arch has no files for 64-bit ARM that boot from the network.")]
    [DataRow("debian:../../etc", false, "'../../etc' is not the name of a release: write it as in debian:bookworm.")]
    [DataRow("debain", false, "'debain' is neither a distribution (debian, ")]
    public async Task What_cannot_be_fetched_is_said_before_anything_is_asked(string text, bool arm, string expected)
    {
        FillException refused = await Assert.ThrowsExactlyAsync<FillException>(() => _bench.AddAsync(text, Cancellation, arm));
        StringAssert.StartsWith(refused.Message, expected);
        Assert.AreEqual(0, _bench.Requests);
    }

    private void PublishAll()
    {
        _bench.PublishDebian("bookworm");
        byte[] arm = SampleFiles.Arm64Image();
        _bench.Publish("/dists/stable/main/installer-arm64/current/images", "SHA256SUMS",
            ("netboot/debian-installer/arm64/linux", arm), ("netboot/debian-installer/arm64/initrd.gz", SampleFiles.Gzip));
        _bench.Publish("/24.04", "SHA256SUMS",
            ("ubuntu-24.04.3-live-server-amd64.iso", new SampleIso().Make(("casper/vmlinuz", Kernel), ("casper/initrd", SampleFiles.Gzip))),
            ("ubuntu-24.04.3-desktop-amd64.iso", [1]));
        const string Os = "/releases/43/Everything/x86_64/os";
        _bench.Files[Os + "/images/pxeboot/vmlinuz"] = Kernel;
        _bench.Files[Os + "/images/pxeboot/initrd.img"] = SampleFiles.Gzip;
        _bench.Files[Os + "/.treeinfo"] = Encoding.ASCII.GetBytes(
            $"[checksums]\nimages/pxeboot/vmlinuz = sha256:{Sum(Kernel)}\nimages/pxeboot/initrd.img = sha256:{Sum(SampleFiles.Gzip)}\n");
        byte[] tar = Tar(("boot/vmlinuz-lts", Kernel), ("boot/initramfs-lts", SampleFiles.Gzip), ("boot/modloop-lts", "hsqs"u8.ToArray()),
            ("boot/vmlinuz-virt", Kernel), ("../evil", [1]));
        _bench.Files["/v3.22/releases/x86_64/alpine-netboot-3.22.1-x86_64.tar.gz"] = tar;
        _bench.Files["/v3.22/releases/x86_64/latest-releases.yaml"] = Encoding.ASCII.GetBytes(
            $"---\n-\n  file: alpine-netboot-3.22.1-x86_64.tar.gz\n  sha256: {Sum(tar)}\n");
        byte[] arch = ArchIso();
        _bench.Publish("/iso/latest", "sha256sums.txt", ("archlinux-x86_64.iso", arch), ("archlinux-2026.11.01-x86_64.iso", arch));
        _bench.Publish("/latest/download", "sha256sum.txt", ("vmlinuz-amd64", Kernel), ("initramfs-amd64.xz", SampleFiles.Gzip));
        _bench.Publish("/download/v1.11.5", "sha256sum.txt", ("vmlinuz-arm64", arm), ("initramfs-arm64.xz", SampleFiles.Gzip));
        foreach ((string file, byte[] content) in ((string, byte[])[])
            [("flatcar_production_pxe.vmlinuz", Kernel), ("flatcar_production_pxe_image.cpio.gz", SampleFiles.Gzip)])
        {
            _bench.Files["/amd64-usr/current/" + file] = content;
            _bench.Files[$"/amd64-usr/current/{file}.DIGESTS"] = Encoding.ASCII.GetBytes(
                $"# MD5 HASH\n{new string('0', 32)}  {file}\n"
                + $"# SHA512 HASH\n{System.Convert.ToHexStringLower(SHA512.HashData(content))}  {file}\n");
        }

        _bench.Publish("/v7.20", "sha256sum.txt",
            ("mt86plus_7.20.binaries.zip", Zip(("memtest64.efi", SampleFiles.Pe(0x8664, 10)), ("memtest32.efi", [1]))));
        _bench.Publish("/v8.00", "sha256sum.txt",
            ("mt86plus_8.00.binaries.zip", Zip(("mt86p_800_x86_64", SampleFiles.BzImage("memtest86+")))));
    }

    private static byte[] ArchIso() => new SampleIso().Make(
        ("arch/boot/x86_64/vmlinuz-linux", Kernel), ("arch/boot/x86_64/initramfs-linux.img", SampleFiles.Gzip));

    private static string Sum(byte[] content) => System.Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        var bytes = new MemoryStream();
        using (var tar = new TarWriter(new GZipStream(bytes, CompressionMode.Compress)))
        {
            foreach ((string name, byte[] content) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
