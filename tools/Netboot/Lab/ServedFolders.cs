using System.IO;

namespace Netboot.Tool.Lab;

/// <summary>A folder that the device serves, and the one that its links lead into.</summary>
internal sealed record ServedFolder(string Path, string Links);

/// <summary>Folders as people have them who never prepared one for netboot.</summary>
internal sealed class ServedFolders
{
    private const string Kernel = "bzImage";
    private const string Initrd = "initrd";

    private ServedFolders(ServedFolder result, ServedFolder published, ServedFolder iso)
    {
        Result = result;
        Published = published;
        Iso = iso;
    }

    /// <summary>
    /// What Nix leaves of <c>nix-build -A netboot</c>: <c>result</c>, a link to a folder of links into three paths of the store. The store's
    /// place is taken by a folder of the run.
    /// </summary>
    public ServedFolder Result { get; }

    /// <summary>
    /// What <c>tools/nixos/netboot-mirror.nix</c> leaves: <c>nixos</c>, a link to a folder of links to one folder of links for each system.
    /// </summary>
    public ServedFolder Published { get; }

    /// <summary>An ISO file, with a kernel, an initrd and their command line in a folder of it (nixos-generators' kexec format).</summary>
    public ServedFolder Iso { get; }

    /// <summary>Makes them. The ISO file is made only when it is <paramref name="wanted"/>, for that takes xorriso.</summary>
    public static ServedFolders Make(string folder, string commandLine, string kernel, string initrd, bool wanted)
    {
        var store = Directory.CreateDirectory(Path.Combine(folder, "store")).FullName;
        var result = Directory.CreateDirectory(Path.Combine(store, "4-netboot")).FullName;
        var served = Directory.CreateDirectory(Path.Combine(folder, "served")).FullName;
        File.Copy(kernel, Link(store, result, "1-linux", Kernel));
        File.Copy(initrd, Link(store, result, "2-netboot-ramdisk", Initrd));
        File.WriteAllText(
            Link(store, result, "3-netboot.ipxe", "netboot.ipxe"),
            "#!ipxe\n# Use the cmdline variable to allow the user to specify custom kernel params\n# when chainloading this script.\n"
            + $"kernel {Kernel} init=/nix/store/5-nixos-system/init initrd={Initrd} {commandLine} ${{cmdline}}\ninitrd {Initrd}\nboot\n");
        File.CreateSymbolicLink(Path.Combine(served, "result"), result);
        var systems = Directory.CreateDirectory(Path.Combine(store, "6-netboot-systems")).FullName;
        File.CreateSymbolicLink(Path.Combine(systems, "blackhole"), result);
        var published = Directory.CreateDirectory(Path.Combine(folder, "published")).FullName;
        File.CreateSymbolicLink(Path.Combine(published, "nixos"), systems);
        var media = Directory.CreateDirectory(Path.Combine(folder, "media")).FullName;
        if (wanted)
        {
            MakeIso(Directory.CreateDirectory(Path.Combine(folder, "medium", "boot")).FullName, media, commandLine, kernel, initrd);
        }

        return new ServedFolders(new ServedFolder(served, store), new ServedFolder(published, store), new ServedFolder(media, media));
    }

    private static void MakeIso(string boot, string media, string commandLine, string kernel, string initrd)
    {
        File.Copy(kernel, Path.Combine(boot, "kernel"));
        File.Copy(initrd, Path.Combine(boot, "initrd"));
        File.WriteAllText(Path.Combine(boot, "cmdline"), commandLine);
        HostCommand.Run(
            "xorriso", ["-as", "mkisofs", "-quiet", "-R", "-o", Path.Combine(media, "some system.iso"), Path.GetDirectoryName(boot)!]);
    }

    private static string Link(string store, string result, string path, string name)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(store, path)).FullName, name);
        File.CreateSymbolicLink(Path.Combine(result, name), file);
        return file;
    }
}
