namespace Netboot.Tool.Mirror.Survey;

/// <summary>What a known tree wants on the kernel's command line, or why its kernel alone boots nothing.</summary>
/// <param name="Title">What the tree is, for the menu.</param>
internal sealed record Layout(string Title, string CommandLine = "", string? Missing = null)
{
    /// <summary>More files to load after the initrds.</summary>
    public IReadOnlyList<EntryInitrd> Further { get; init; } = [];
}

/// <summary>
/// The trees that distributions publish, by the places of their files. A kernel and an initrd start in every case; what they look for next
/// stands on the command line, and each distribution has its own words for it.
/// </summary>
internal static class Layouts
{
    /// <summary>What marks the root of a tree of Fedora and its relatives; its installer looks for it.</summary>
    public const string TreeInfo = ".treeinfo";

    private const string Mirror = BootEntry.Mirror;

    /// <summary>Whether a file is a root file system that its kernel fetches by itself, though it is packed like an initrd (CoreOS).</summary>
    public static bool IsRoot(FoundFile file) => file.Name.Contains("-live-rootfs.", StringComparison.Ordinal);

    /// <summary>The layout of a kernel, null when it is of no known tree.</summary>
    public static Layout? Of(FoundFile kernel, FolderIndex files) =>
        Installer(kernel) ?? Disc(kernel) ?? Live(kernel, files) ?? Casper(kernel, files) ?? Anaconda(kernel, files) ?? Archiso(kernel)
        ?? Suse(kernel) ?? Alpine(kernel, files) ?? Proxmox(kernel, files) ?? ByName(kernel, files);

    private static Layout? Installer(FoundFile kernel)
    {
        const string Folder = "debian-installer/";
        int at = kernel.Folder.IndexOf(Folder, StringComparison.Ordinal);
        return at < 0 || kernel.Name != "linux" ? null
            : new Layout($"Debian installer ({kernel.Folder[(at + Folder.Length)..].TrimEnd('/')})");
    }

    private static Layout? Disc(FoundFile kernel)
    {
        string folder = kernel.Folder.TrimEnd('/');
        return folder[(folder.LastIndexOf('/') + 1)..].StartsWith("install.", StringComparison.Ordinal)
            ? new Layout("Debian", Missing: "this initrd is for CDs and looks for one: use the netboot files (netboot.tar.gz)") : null;
    }

    private static Layout? Live(FoundFile kernel, FolderIndex files) =>
        files.At(kernel.Folder + "filesystem.squashfs") is { } root && kernel.Folder.EndsWith("live/", StringComparison.Ordinal)
            ? new Layout("Debian Live", $"boot=live components fetch={Mirror}{FolderIndex.Url(root.Path)}") : null;

    // casper takes its root file system from the whole ISO file.
    private static Layout? Casper(FoundFile kernel, FolderIndex files)
    {
        if (!kernel.Folder.EndsWith("casper/", StringComparison.Ordinal))
        {
            return null;
        }

        FoundFile? iso = files.IsoOf(kernel, "casper/");
        return iso == null
            ? new Layout("Ubuntu", Missing:
                "Ubuntu's initrd loads the whole ISO file: put the one that this kernel is from beside the folder that holds casper/")
            : new Layout($"Ubuntu ({iso.Name})", $"ip=dhcp url={Mirror}{FolderIndex.Url(iso.Path)} cloud-config-url=/dev/null");
    }

    private static Layout? Anaconda(FoundFile kernel, FolderIndex files)
    {
        if (!kernel.Folder.EndsWith("images/pxeboot/", StringComparison.Ordinal))
        {
            return null;
        }

        string tree = FolderIndex.Up(FolderIndex.Up(kernel.Folder));
        return files.At(tree + TreeInfo) == null
            ? new Layout("Fedora or a relative", Missing: $"its installer needs the whole tree: there is no {tree}{TreeInfo}")
            : new Layout($"Fedora or a relative ({FolderIndex.Shown(tree)})", $"inst.repo={Mirror}{FolderIndex.Url(tree)} ip=dhcp");
    }

    // The slash at the end of archiso_http_srv and ip= are both needed (mkinitcpio-archiso, hooks/archiso_pxe_http).
    private static Layout? Archiso(FoundFile kernel)
    {
        foreach ((string folder, string title, string check) in
            (ReadOnlySpan<(string, string, string)>)[("arch", "Arch Linux", "cms_verify=y"), ("sysresccd", "SystemRescue", "checksum")])
        {
            int at = kernel.Folder.LastIndexOf(folder + "/boot/x86_64/", StringComparison.Ordinal);
            if (at == 0 || (at > 0 && kernel.Folder[at - 1] == '/'))
            {
                return new Layout(title,
                    $"archisobasedir={folder} archiso_http_srv={Mirror}{FolderIndex.Url(kernel.Folder[..at])} ip=dhcp {check}");
            }
        }

        return null;
    }

    private static Layout? Suse(FoundFile kernel)
    {
        foreach (string folder in (ReadOnlySpan<string>)["boot/x86_64/loader/", "boot/aarch64/"])
        {
            if (kernel.Name == "linux" && kernel.Folder.EndsWith(folder, StringComparison.Ordinal))
            {
                return new Layout("openSUSE", $"install={Mirror}{FolderIndex.Url(kernel.Folder[..^folder.Length])}");
            }
        }

        return null;
    }

    private static Layout? Alpine(FoundFile kernel, FolderIndex files)
    {
        const string Before = "vmlinuz";
        return kernel.Name.StartsWith(Before, StringComparison.Ordinal)
            && files.At(kernel.Folder + "modloop" + kernel.Name[Before.Length..]) is { } modules
            ? new Layout(
                "Alpine Linux",
                $"modloop={Mirror}{FolderIndex.Url(modules.Path)} modules=loop,squashfs ip=dhcp "
                + "alpine_repo=http://dl-cdn.alpinelinux.org/alpine/latest-stable/main")
            : null;
    }

    // Its installer looks for the ISO file as a file of that name in the initrd's root.
    private static Layout? Proxmox(FoundFile kernel, FolderIndex files)
    {
        if (kernel.Name != "linux26")
        {
            return null;
        }

        return files.IsoOf(kernel, "boot/") is not { } iso
            ? new Layout("Proxmox", Missing:
                "its installer needs the whole ISO file: put the one that this kernel is from beside its folder")
            : new Layout($"Proxmox ({iso.Name})", "ramdisk_size=16777216 rw quiet splash=silent")
            {
                Further = [new EntryInitrd(iso.Path, "/proxmox.iso", iso.Length)],
            };
    }

    private static Layout? ByName(FoundFile kernel, FolderIndex files)
    {
        string name = kernel.Name;
        if (name is "vmlinuz-amd64" or "vmlinuz-arm64" && files.At($"{kernel.Folder}initramfs{name["vmlinuz".Length..]}.xz") != null)
        {
            return new Layout("Talos", "talos.platform=metal slab_nomerge pti=on");
        }

        if (name == "flatcar_production_pxe.vmlinuz")
        {
            return new Layout("Flatcar", "flatcar.first_boot=1");
        }

        if (name.StartsWith("fedora-coreos-", StringComparison.Ordinal))
        {
            FoundFile? root = files.In(kernel.Folder).FirstOrDefault(IsRoot);
            return root == null
                ? new Layout("Fedora CoreOS", Missing: "its live-rootfs image is missing beside it")
                : new Layout("Fedora CoreOS",
                    $"coreos.live.rootfs_url={Mirror}{FolderIndex.Url(root.Path)} ignition.firstboot ignition.platform.id=metal");
        }

        return null;
    }
}
