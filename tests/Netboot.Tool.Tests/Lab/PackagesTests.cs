using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Tests.Lab;

[TestClass]
public sealed class PackagesTests
{
    [TestMethod]
    public void Only_installed_packages_count()
    {
        var missing = HostPackages.Missing(
            ["ovmf", "seabios", "ipxe-qemu"], "ovmf 2022.11 installed\nseabios  not-installed\n");
        CollectionAssert.AreEqual(new[] { "seabios", "ipxe-qemu" }, missing.ToArray());
    }

    [TestMethod]
    public void Mirror_is_the_hosts_own_Debian()
    {
        Assert.AreEqual(
            "http://deb.debian.org/debian",
            PrivateApt.MirrorIn("https://deb.nodesource.com/ nodistro Node\nhttp://deb.debian.org/debian-security/ Debian Debian-Security\nhttp://deb.debian.org/debian/ Debian Debian\n"));
        Assert.IsNull(PrivateApt.MirrorIn("http://archive.ubuntu.com/ubuntu/ Ubuntu Ubuntu\n"));
    }

    [TestMethod]
    public void Metapackage_leads_to_its_kernel()
    {
        Assert.AreEqual(
            "linux-image-6.1.0-50-cloud-arm64:arm64",
            PrivateApt.FirstDependency("linux-image-cloud-arm64:arm64\n  Depends: linux-image-6.1.0-50-cloud-arm64:arm64\n"));
        Assert.IsNull(PrivateApt.FirstDependency("linux-image-cloud-arm64\n"));
    }

    [TestMethod]
    public void Modules_come_after_what_they_depend_on()
    {
        using var folder = new TestFolder();
        folder.Write("net/virtio_net.ko", "\0license=GPL\0depends=virtio,net_failover\0name=virtio_net\0"u8);
        folder.Write("net/net_failover.ko", "\0depends=failover\0"u8);
        folder.Write("core/failover.ko", "\0depends=\0"u8);
        folder.Write("virtio/virtio.ko", "\0license=GPL\0"u8);
        folder.Write("virtio/virtio-rng.ko", "\0depends=virtio\0"u8);

        var order = KernelModules.InOrder(folder.Path, "virtio_net", "virtio_rng", "built_in").Select(file => Path.GetFileName(file));

        CollectionAssert.AreEqual(
            new[] { "virtio.ko", "failover.ko", "net_failover.ko", "virtio_net.ko", "virtio-rng.ko" }, order.ToArray());
    }

    [TestMethod]
    public void Cache_is_whole_only_while_nothing_changed()
    {
        using var folder = new TestFolder();
        Assert.IsNull(CacheManifest.Verify(folder.Path), "no manifest");

        folder.Write("vmlinuz", [1, 2, 3]);
        folder.Write("modules/00-virtio.ko", [4]);
        CacheManifest.Write(folder.Path, ["kernel_6.1"]);
        CollectionAssert.AreEqual(new[] { "kernel_6.1" }, CacheManifest.Verify(folder.Path)?.ToArray());

        folder.Write("vmlinuz", [1, 2, 4]);
        Assert.IsNull(CacheManifest.Verify(folder.Path), "a changed file");

        folder.Write("vmlinuz", [1, 2, 3]);
        Assert.IsNotNull(CacheManifest.Verify(folder.Path));

        File.Delete(Path.Combine(folder.Path, "modules/00-virtio.ko"));
        Assert.IsNull(CacheManifest.Verify(folder.Path), "a lost file");
    }

    [TestMethod]
    public void Listening_ports_are_read_from_the_kernels_table()
    {
        const string Table =
            """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0200000A:0043 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0
               1: 00000000:0FAB 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0
               2: 00000000:0050 00000000:0000 01 00000000:00000000 00:00000000 00000000     0        0 1 2 0
            """;
        CollectionAssert.AreEqual(new[] { 67, 4011, 80 }, BoundPorts.LocalPorts(Table, state: null).ToArray());
        CollectionAssert.AreEqual(new[] { 80 }, BoundPorts.LocalPorts(Table, "01").ToArray());
    }

    /// <summary>apt-get has no option that waits for the lock of the package lists.</summary>
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [SupportedOSPlatform("linux")]
    public void Another_apt_that_is_at_work_is_waited_for()
    {
        if (!File.Exists("/usr/bin/apt-get"))
        {
            Assert.Inconclusive("Debian's apt-get is needed.");
        }

        using var lists = new TestFolder();
        Directory.CreateDirectory(Path.Combine(lists.Path, "partial"));
        string[] update =
        [
            "-o", $"Dir::State::lists={lists.Path}", "-o", "Dir::Etc::sourcelist=/dev/null", "-o", "Dir::Etc::sourceparts=/dev/null",
                "update",
        ];
        using var other = new FileStream(Path.Combine(lists.Path, "lock"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        other.Lock(0, 0);
        string errors = HostCommand.TryRun("apt-get", update, HostCommand.QuickLimit).Errors;
        Assert.IsTrue(AptGet.IsLocked(errors), errors);
        using var done = new Timer(_ => other.Unlock(0, 0), null, 500, Timeout.Infinite);
        AptGet.Run(update, HostCommand.QuickLimit);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void An_apt_that_fails_for_another_reason_is_not_tried_again() =>
        Assert.ThrowsExactly<LabException>(() => AptGet.Run(["no-such-command"], HostCommand.QuickLimit));
}
