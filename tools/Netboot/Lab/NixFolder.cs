using System.IO;

namespace Netboot.Tool.Lab;

/// <summary>
/// What Nix leaves of <c>nix-build -A netboot</c>: <c>result</c>, a link to a folder of links into three paths of the store. The store's
/// place is taken by a folder of the run.
/// </summary>
internal sealed class NixFolder
{
    private const string Kernel = "bzImage";
    private const string Initrd = "initrd";

    private NixFolder(string served, string store)
    {
        Served = served;
        Store = store;
    }

    /// <summary>The folder that is served.</summary>
    public string Served { get; }

    /// <summary>Where its links lead to.</summary>
    public string Store { get; }

    /// <summary>Makes the folder with its links; <paramref name="commandLine"/> goes into NixOS's own script.</summary>
    public static NixFolder Make(string folder, string commandLine)
    {
        var made = new NixFolder(
            Directory.CreateDirectory(Path.Combine(folder, "served")).FullName, Directory.CreateDirectory(Path.Combine(folder, "store")).FullName);
        var result = Directory.CreateDirectory(Path.Combine(made.Store, "4-netboot")).FullName;
        made.Link(result, "1-linux", Kernel);
        made.Link(result, "2-netboot-ramdisk", Initrd);
        var script = made.Link(result, "3-netboot.ipxe", "netboot.ipxe");
        File.WriteAllText(script,
            $"#!ipxe\n# Use the cmdline variable to allow the user to specify custom kernel params\n# when chainloading this script.\n"
            + $"kernel {Kernel} init=/nix/store/5-nixos-system/init initrd={Initrd} {commandLine} ${{cmdline}}\ninitrd {Initrd}\nboot\n");
        File.CreateSymbolicLink(Path.Combine(made.Served, "result"), result);
        return made;
    }

    /// <summary>Puts the kernel and the initrd where the links lead to.</summary>
    public void Fill(string kernel, string initrd)
    {
        File.Copy(kernel, Path.Combine(Store, "1-linux", Kernel));
        File.Copy(initrd, Path.Combine(Store, "2-netboot-ramdisk", Initrd));
    }

    private string Link(string result, string path, string name)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(Store, path)).FullName, name);
        File.CreateSymbolicLink(Path.Combine(result, name), file);
        return file;
    }
}
