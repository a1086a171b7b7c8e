using System;
using System.IO;
using System.Linq;
using System.Text;
using Netboot.Tool.Mirror;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Tests.Mirror;

[TestClass]
public sealed class FolderSurveyTests
{
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void Remove() => _folder.Dispose();

    /// <summary>The trees as their publishers lay them out.</summary>
    [TestMethod]
    [DataRow("vmlinuz-6.1.0-13-amd64 initrd.img-6.1.0-13-amd64 vmlinuz-5.10.0-8-amd64 initrd.img-5.10.0-8-amd64",
        "Linux 6.9 (/): vmlinuz-5.10.0-8-amd64 + initrd.img-5.10.0-8-amd64 []\nLinux 6.9 (/): vmlinuz-6.1.0-13-amd64 + initrd.img-6.1.0-13-amd64 []",
        DisplayName = "/boot")]
    [DataRow("debian-installer/amd64/linux debian-installer/amd64/initrd.gz",
        "Debian installer (amd64) (debian-installer/amd64): debian-installer/amd64/linux + debian-installer/amd64/initrd.gz []",
        DisplayName = "Debian's netboot.tar.gz")]
    [DataRow("deb/live/vmlinuz deb/live/initrd.img deb/live/filesystem.squashfs",
        "Debian Live (deb/live): deb/live/vmlinuz + deb/live/initrd.img [boot=live components fetch={mirror}deb/live/filesystem.squashfs]",
        DisplayName = "Debian Live")]
    [DataRow("f/.treeinfo f/images/pxeboot/vmlinuz f/images/pxeboot/initrd.img",
        "Fedora or a relative (f) (f/images/pxeboot): f/images/pxeboot/vmlinuz + f/images/pxeboot/initrd.img [inst.repo={mirror}f/ ip=dhcp]",
        DisplayName = "Fedora")]
    [DataRow("a/arch/boot/x86_64/vmlinuz-linux a/arch/boot/x86_64/initramfs-linux.img",
        "Arch Linux (a/arch/boot/x86_64): a/arch/boot/x86_64/vmlinuz-linux + a/arch/boot/x86_64/initramfs-linux.img "
        + "[archisobasedir=arch archiso_http_srv={mirror}a/ ip=dhcp cms_verify=y]",
        DisplayName = "Arch")]
    [DataRow("vmlinuz-lts initramfs-lts modloop-lts",
        "Alpine Linux (/): vmlinuz-lts + initramfs-lts [modloop={mirror}modloop-lts modules=loop,squashfs ip=dhcp "
        + "alpine_repo=http://dl-cdn.alpinelinux.org/alpine/latest-stable/main]",
        DisplayName = "Alpine")]
    [DataRow("t/vmlinuz-amd64 t/initramfs-amd64.xz",
        "Talos (t): t/vmlinuz-amd64 + t/initramfs-amd64.xz [talos.platform=metal slab_nomerge pti=on]", DisplayName = "Talos")]
    [DataRow("flatcar_production_pxe.vmlinuz flatcar_production_pxe_image.cpio.gz",
        "Flatcar (/): flatcar_production_pxe.vmlinuz + flatcar_production_pxe_image.cpio.gz [flatcar.first_boot=1]", DisplayName = "Flatcar")]
    [DataRow("boot/x86_64/loader/linux boot/x86_64/loader/initrd",
        "openSUSE (boot/x86_64/loader): boot/x86_64/loader/linux + boot/x86_64/loader/initrd [install={mirror}]", DisplayName = "openSUSE")]
    [DataRow("s/boot/aarch64/linux s/boot/aarch64/initrd",
        "openSUSE (s/boot/aarch64): s/boot/aarch64/linux + s/boot/aarch64/initrd [install={mirror}s/]", DisplayName = "openSUSE for arm64")]
    [DataRow("fedora-coreos-41-live-kernel.x86_64 fedora-coreos-41-live-initramfs.x86_64.img fedora-coreos-41-live-rootfs.x86_64.img",
        "Fedora CoreOS (/): fedora-coreos-41-live-kernel.x86_64 + fedora-coreos-41-live-initramfs.x86_64.img "
        + "[coreos.live.rootfs_url={mirror}fedora-coreos-41-live-rootfs.x86_64.img ignition.firstboot ignition.platform.id=metal]",
        DisplayName = "Fedora CoreOS")]
    [DataRow("vmlinuz amd-ucode.img initrd.img initrd-fallback.img",
        "Linux 6.9 (/): vmlinuz + amd-ucode.img + initrd.img []", DisplayName = "Microcode goes first")]
    [DataRow("kernel", "Linux 6.9 (/): kernel []", DisplayName = "A kernel with its initrd built in")]
    public void A_tree_is_recognised(string files, string expected)
    {
        foreach (string file in files.Split(' '))
        {
            bool kernel = file.Contains("vmlinuz", StringComparison.Ordinal) || file.EndsWith("linux", StringComparison.Ordinal)
                || file.EndsWith("linux26", StringComparison.Ordinal) || file == "kernel"
                || file.EndsWith("live-kernel.x86_64", StringComparison.Ordinal);
            _folder.Write(file, file.EndsWith(".iso", StringComparison.Ordinal) ? SampleFiles.Iso
                : kernel ? SampleFiles.BzImage("6.9") : SampleFiles.Gzip);
        }

        FolderSurvey survey = Survey();
        Assert.AreEqual(expected, string.Join('\n', survey.Entries.Select(Told)));
        Assert.IsEmpty(survey.NotOffered);
    }

    [TestMethod]
    [DataRow("casper/vmlinuz casper/initrd", "casper/vmlinuz: Ubuntu's initrd loads the whole ISO file")]
    [DataRow("vmlinuz-6.1.0 initrd.img-5.10.0", "vmlinuz-6.1.0: which initrd is its own? There are initrd.img-5.10.0")]
    [DataRow("install.amd/vmlinuz install.amd/initrd.gz", "install.amd/vmlinuz: this initrd is for CDs and looks for one")]
    [DataRow("images/pxeboot/vmlinuz images/pxeboot/initrd.img", "images/pxeboot/vmlinuz: its installer needs the whole tree: there is no .treeinfo")]
    [DataRow("vmlinuz-1 initrd-2 initrd-3", "vmlinuz-1: which initrd is its own? There are initrd-2, initrd-3")]
    [DataRow("some.iso", "some.iso: there is no kernel in it that could be started from outside")]
    [DataRow("initrd.img", "initrd.img: an initrd without a kernel beside it")]
    [DataRow("vmlinuz.packed", "vmlinuz.packed: a packed kernel, which iPXE cannot unpack")]
    public void What_cannot_boot_is_named_with_its_reason(string files, string reason)
    {
        foreach (string file in files.Split(' '))
        {
            _folder.Write(file, file.EndsWith(".iso", StringComparison.Ordinal) ? SampleFiles.Iso
                : file.Contains("vmlinuz", StringComparison.Ordinal) && !file.EndsWith(".packed", StringComparison.Ordinal)
                    ? SampleFiles.BzImage("6.9") : SampleFiles.Gzip);
        }

        FolderSurvey survey = Survey();
        Assert.IsEmpty(survey.Entries);
        NotOffered found = survey.NotOffered.Single();
        StringAssert.StartsWith($"{found.Path}: {found.Reason}", reason);
    }

    /// <summary>nix-build -A kernel -A netbootRamdisk -A netbootIpxeScript: three results, each a link to a folder of links.</summary>
    [TestMethod]
    public void Nix_results_are_paired_by_their_script()
    {
        using var store = new TestFolder();
        Link("result", store, "aaa-linux", ("bzImage", SampleFiles.BzImage("6.12.5")));
        Link("result-2", store, "bbb-ramdisk", ("initrd", SampleFiles.Gzip));
        Link("result-3", store, "ccc-netboot.ipxe", ("netboot.ipxe", NixScript));
        Assert.AreEqual(
            "NixOS 6.12.5 (result-3): result/bzImage + result-2/initrd [init=/nix/store/x-nixos-system/init loglevel=4]",
            string.Join('\n', Survey(store.Path).Entries.Select(Told)));
    }

    /// <summary>The manual's netboot.x86_64-linux: one folder of links into three store paths.</summary>
    [TestMethod]
    public void A_nix_folder_of_links_is_one_entry()
    {
        using var store = new TestFolder();
        string kernel = store.Write("aaa-linux/bzImage", SampleFiles.BzImage("6.12.5"));
        string initrd = store.Write("bbb-ramdisk/initrd", SampleFiles.Gzip);
        Directory.CreateDirectory(Path.Combine(store.Path, "ddd-netboot"));
        File.CreateSymbolicLink(Path.Combine(store.Path, "ddd-netboot/bzImage"), kernel);
        File.CreateSymbolicLink(Path.Combine(store.Path, "ddd-netboot/initrd"), initrd);
        store.Write("ddd-netboot/netboot.ipxe", NixScript);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "result"), Path.Combine(store.Path, "ddd-netboot"));
        FolderSurvey survey = Survey(store.Path);
        Assert.AreEqual(
            "NixOS 6.12.5 (result): result/bzImage + result/initrd [init=/nix/store/x-nixos-system/init loglevel=4]",
            string.Join('\n', survey.Entries.Select(Told)));
        // Without the store among the folders that links may lead into, there is nothing that could be served.
        Assert.IsEmpty(Survey().Entries);
    }

    /// <summary>An ISO file is a folder: what stands in it about a tree holds, and it is its own whole medium.</summary>
    [TestMethod]
    [DataRow("live/vmlinuz live/initrd.img live/filesystem.squashfs",
        "Debian Live (a 1.iso/live): a 1.iso/live/vmlinuz + a 1.iso/live/initrd.img "
        + "[boot=live components fetch={mirror}a%201.iso/live/filesystem.squashfs]")]
    [DataRow("casper/vmlinuz casper/initrd",
        "Ubuntu (a 1.iso) (a 1.iso/casper): a 1.iso/casper/vmlinuz + a 1.iso/casper/initrd [ip=dhcp url={mirror}a%201.iso cloud-config-url=/dev/null]")]
    [DataRow("boot/linux26 boot/initrd.img",
        "Proxmox (a 1.iso) (a 1.iso/boot): a 1.iso/boot/linux26 + a 1.iso/boot/initrd.img + a 1.iso as /proxmox.iso "
        + "[ramdisk_size=16777216 rw quiet splash=silent]")]
    public void An_iso_file_is_a_folder(string files, string expected)
    {
        _folder.Write("a 1.iso", new SampleIso().Make([.. files.Split(' ').Select(file =>
            (file, file.Contains("linu", StringComparison.Ordinal) ? SampleFiles.BzImage("6.9") : SampleFiles.Gzip))]));
        FolderSurvey survey = Survey();
        Assert.AreEqual(expected, string.Join('\n', survey.Entries.Select(Told)));
        Assert.IsEmpty(survey.NotOffered);
    }

    /// <summary>Somebody's kernel beside a medium of another distribution, or of another version.</summary>
    [TestMethod]
    [DataRow("u/casper/vmlinuz u/casper/initrd", "casper/vmlinuz casper/initrd", "6.9",
        "Ubuntu (a.iso) (u/casper): u/casper/vmlinuz + u/casper/initrd [ip=dhcp url={mirror}a.iso cloud-config-url=/dev/null]")]
    [DataRow("u/casper/vmlinuz u/casper/initrd", "live/vmlinuz live/initrd.img", "6.9", null)]
    [DataRow("u/casper/vmlinuz u/casper/initrd", "casper/vmlinuz casper/initrd", "6.9 longer", null)]
    [DataRow("p/linux26 p/initrd.img", "boot/linux26 boot/initrd.img", "6.9",
        "Proxmox (a.iso) (p): p/linux26 + p/initrd.img + a.iso as /proxmox.iso [ramdisk_size=16777216 rw quiet splash=silent]")]
    [DataRow("p/linux26 p/initrd.img", "other/linux26 other/initrd.img", "6.9", null)]
    public void An_iso_file_is_a_kernels_own_if_the_kernel_is_in_it(string files, string inside, string version, string? expected)
    {
        byte[] kernel = SampleFiles.BzImage("6.9");
        byte[] other = version == "6.9" ? kernel : [.. kernel, 0];
        _folder.Write("a.iso", new SampleIso().Make([.. inside.Split(' ').Select(file =>
            (file, file.Contains("linu", StringComparison.Ordinal) ? other : SampleFiles.Gzip))]));
        foreach (string file in files.Split(' '))
        {
            _folder.Write(file, file.Contains("linu", StringComparison.Ordinal) ? kernel : SampleFiles.Gzip);
        }

        BootEntry[] found = [.. Survey().Entries.Where(entry => !entry.Kernel.Contains(".iso/", StringComparison.Ordinal))];
        Assert.AreEqual(expected, found.Length == 0 ? null : Told(found[0]));
    }

    /// <summary>Two builds, each with a kernel and an initrd of its own.</summary>
    [TestMethod]
    public void Nix_results_of_two_builds_are_not_mixed()
    {
        _folder.Write("attic/bzImage", SampleFiles.BzImage("6.1"));
        _folder.Write("result-2/initrd", SampleFiles.Gzip);
        _folder.Write("result-3/netboot.ipxe", NixScript);
        Assert.IsFalse(Survey().Entries.Any(entry => entry.Title.StartsWith("NixOS", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_link_to_a_folder_above_is_not_followed_for_ever()
    {
        _folder.Write("vmlinuz", SampleFiles.BzImage("6.9"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "again"), _folder.Path);
        Assert.HasCount(1, Survey().Entries);
    }

    [TestMethod]
    public void A_lone_kernel_of_each_machine_says_which_it_is_for()
    {
        _folder.Write("a/vmlinuz", SampleFiles.BzImage("6.9", machine: 0));
        _folder.Write("b/vmlinuz", SampleFiles.BzImage("6.9"));
        _folder.Write("c/Image", SampleFiles.Arm64Image());
        _folder.Write("d/Image", SampleFiles.Arm64Image(efi: false));
        _folder.Write("e/tool.efi", SampleFiles.Pe(0x8664, 10));
        _folder.Write("e/driver.efi", SampleFiles.Pe(0x8664, 11));
        _folder.Write("e/ipxe.efi", SampleFiles.Pe(0x8664, 10));
        _folder.Write("f/memtest", SampleFiles.BzImage("Memtest86+"));
        FolderSurvey survey = Survey();
        CollectionAssert.AreEqual(
            new[] { "a/vmlinuz BIOS", "b/vmlinuz BIOS, UEFI x86_64", "c/Image UEFI arm64", "e/tool.efi UEFI x86_64", "f/memtest BIOS, UEFI x86_64" },
            survey.Entries.Select(entry => $"{entry.Kernel} {entry.Machines}").ToArray());
        CollectionAssert.AreEqual(new[] { "d/Image" }, survey.NotOffered.Select(file => file.Path).ToArray());
    }

    [TestMethod]
    public void A_script_of_the_owners_is_an_entry_and_the_mirrors_own_is_not()
    {
        _folder.Write("boot.ipxe", SampleFiles.Script);
        _folder.Write("tools/wipe.ipxe", SampleFiles.Script);
        Assert.AreEqual("tools/wipe.ipxe any", string.Join(' ', Survey().Entries.Select(entry => $"{entry.Kernel} {entry.Machines}")));
    }

    private static byte[] NixScript => Encoding.ASCII.GetBytes(
        "#!ipxe\n# Use the cmdline variable\n# for more\nkernel bzImage init=/nix/store/x-nixos-system/init initrd=initrd loglevel=4 ${cmdline}\ninitrd initrd\nboot\n");

    private static string Told(BootEntry entry) => $"{entry.Title}: {entry.Kernel}"
        + string.Concat(entry.Initrds.Select(initrd => " + " + initrd.Path + (initrd.Name == null ? "" : " as " + initrd.Name)))
        + $" [{entry.CommandLine}]";

    private FolderSurvey Survey(params string[] allowed) => FolderSurvey.Of(new Links(_folder.Path, allowed), new IsoImages());

    private void Link(string name, TestFolder store, string output, (string Name, byte[] Content) file)
    {
        store.Write($"{output}-files/{file.Name}", file.Content);
        Directory.CreateDirectory(Path.Combine(store.Path, output));
        File.CreateSymbolicLink(Path.Combine(store.Path, output, file.Name), Path.Combine(store.Path, $"{output}-files", file.Name));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, name), Path.Combine(store.Path, output));
    }
}
