namespace Netboot.Tool.Mirror.Fill;

/// <summary>A file of a distribution.</summary>
/// <param name="Name">Its name in the list of checksums, and its URL below the release's folder; <c>*</c> stands for what changes.</param>
/// <param name="As">What it is called in the mirror, with the folders that its system wants; null: as its last name.</param>
internal sealed record DistributionFile(string Name, string? As = null)
{
    /// <summary>It is an archive, of which these files are taken; <c>*</c> stands for what changes.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];
}

/// <summary>
/// What of a distribution is fetched, and from where. <c>{version}</c> and <c>{arch}</c> stand in every text for what was asked for.
/// </summary>
/// <param name="Name">What people write.</param>
/// <param name="Base">Its publisher's own server, or a public mirror that it names; <c>--from</c> takes another.</param>
/// <param name="Folder">A release's folder below that.</param>
/// <param name="Sums">Its list of checksums, below the folder; <c>{file}</c> when each file has its own.</param>
internal sealed record Distribution(string Name, string Base, string Folder, string Sums, IReadOnlyList<DistributionFile> Files)
{
    /// <summary>The release that is fetched when none is named; null when its publisher has no name for the newest.</summary>
    public string? Version { get; init; }

    /// <summary>The folder of the newest release, where that is called otherwise.</summary>
    public string? NewestFolder { get; init; }

    /// <summary>Its word for PCs.</summary>
    public string Amd64 { get; init; } = "x86_64";

    /// <summary>Its word for 64-bit ARM; null when it has no such files there.</summary>
    public string? Arm64 { get; init; } = "aarch64";

    /// <summary>
    /// The kernel's command line, for what <c>mirror list</c> does not know by its files: <c>{folder}</c> is the release's URL,
    /// <c>{name}</c> the folder's name in the mirror, <c>{mirror}</c> the mirror's URL when a machine asks.
    /// </summary>
    public string? CommandLine { get; init; }

    /// <summary>What is fetched, in a few words.</summary>
    public required string What { get; init; }

    /// <summary>How a release is named, as an example.</summary>
    public required string Example { get; init; }
}

/// <summary>The distributions that <c>netboot mirror add</c> fetches by name.</summary>
internal static class Distributions
{
    /// <summary>One row for each. What each kernel loads next, and so which files it takes, is in <see cref="Survey.Layouts"/>.</summary>
    public static readonly IReadOnlyList<Distribution> All =
    [
        new("debian", "https://deb.debian.org/debian", "dists/{version}/main/installer-{arch}/current/images", "SHA256SUMS",
        [
            new("netboot/debian-installer/{arch}/linux", "debian-installer/{arch}/linux"),
            new("netboot/debian-installer/{arch}/initrd.gz", "debian-installer/{arch}/initrd.gz"),
        ])
        {
            What = "installer", Example = "debian:bookworm", Version = "stable", Amd64 = "amd64", Arm64 = "arm64",
        },
        // Its initrd loads the whole ISO file, out of which machines boot.
        new("ubuntu", "https://releases.ubuntu.com", "{version}", "SHA256SUMS", [new("ubuntu-*-live-server-{arch}.iso")])
        {
            What = "server installer, the ISO file (3 GB)", Example = "ubuntu:26.04", Version = "24.04", Amd64 = "amd64", Arm64 = null,
        },
        new("fedora", "https://dl.fedoraproject.org/pub/fedora/linux", "releases/{version}/Everything/{arch}/os", ".treeinfo",
            [new("images/pxeboot/vmlinuz"), new("images/pxeboot/initrd.img")])
        {
            What = "installer; the rest comes from the server", Example = "fedora:43", CommandLine = "inst.repo={folder} ip=dhcp",
        },
        // The single files have no published checksums, the archive of them has.
        new("alpine", "https://dl-cdn.alpinelinux.org/alpine", "{version}/releases/{arch}", "latest-releases.yaml",
        [
            new("alpine-netboot-*-{arch}.tar.gz") { Members = ["boot/vmlinuz-lts", "boot/initramfs-lts", "boot/modloop-lts"] },
        ])
        {
            What = "system in RAM", Example = "alpine:v3.22", Version = "latest-stable",
            // Packages by http: its initrd has no certificates.
            CommandLine = "modloop={mirror}{name}/modloop-lts modules=loop,squashfs ip=dhcp "
                + "alpine_repo=http://dl-cdn.alpinelinux.org/alpine/{version}/main",
        },
        // Kernel and initrd have no published checksums, and load the rest of the ISO file.
        new("arch", "https://geo.mirror.pkgbuild.com", "iso/{version}", "sha256sums.txt", [new("archlinux-*{arch}.iso")])
        {
            What = "live system, the ISO file (1.3 GB)", Example = "arch:2026.11.01", Version = "latest", Arm64 = null,
        },
        new("talos", "https://github.com/siderolabs/talos/releases", "download/{version}", "sha256sum.txt",
            [new("vmlinuz-{arch}"), new("initramfs-{arch}.xz")])
        {
            What = "system in RAM", Example = "talos:v1.11.5", NewestFolder = "latest/download", Amd64 = "amd64", Arm64 = "arm64",
        },
        new("flatcar", "https://{version}.release.flatcar-linux.net", "{arch}-usr/current", "{file}.DIGESTS",
            [new("flatcar_production_pxe.vmlinuz"), new("flatcar_production_pxe_image.cpio.gz")])
        {
            What = "system in RAM", Example = "flatcar:beta", Version = "stable", Amd64 = "amd64", Arm64 = "arm64",
        },
        new("memtest86+", "https://memtest.org/download", "v{version}", "sha256sum.txt",
            // Version 8 is one program for both kinds of firmware.
            [new("mt86plus_{version}.binaries.zip") { Members = ["memtest64.bin", "memtest64.efi", "mt86p_*_x86_64"] }])
        {
            What = "test of the machine's memory", Example = "memtest86+:7.20", Version = "7.20", Arm64 = null,
        },
    ];

    /// <summary>The distribution that a text such as <c>debian:bookworm</c> names, and its release; null when it names none.</summary>
    public static (Distribution Distribution, string? Version)? Find(string text)
    {
        string[] parts = text.Split(':', 2);
        Distribution? found = All.FirstOrDefault(row => row.Name == parts[0]);
        return found == null ? null : (found, parts.Length > 1 && parts[1].Length > 0 ? parts[1] : null);
    }
}
