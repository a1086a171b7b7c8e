using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace Netboot.Tool.Lab;

/// <summary>Builds the initrd of the lab: busybox, the driver of the network card, and an init that reports and powers off.</summary>
internal static class Initrd
{
    /// <summary>Begins a word of the command line that names a file which has to be there.</summary>
    public const string FileWord = "lab.file=";

    private const uint ConsoleMajor = 5;
    private const uint ConsoleMinor = 1;

    public static void Build(string file, string busybox, IReadOnlyList<string> modules)
    {
        using var output = new GZipStream(File.Create(file), CompressionLevel.Optimal);
        var archive = new CpioWriter(output);
        foreach (var folder in new[] { "bin", "dev", "proc", "sys", "modules" })
        {
            archive.Directory(folder);
        }

        archive.CharacterDevice("dev/console", ConsoleMajor, ConsoleMinor);
        archive.Executable("bin/busybox", File.ReadAllBytes(busybox));
        archive.SymbolicLink("bin/sh", "busybox");
        foreach (var module in modules)
        {
            archive.Executable("modules/" + Path.GetFileName(module), File.ReadAllBytes(module));
        }

        archive.Executable("init", Encoding.ASCII.GetBytes(Script(modules.Select(module => Path.GetFileName(module)))));
        archive.End();
    }

    /// <summary>The kernel's own lines may fall between the marks, so its messages are turned off first.</summary>
    public static string Script(IEnumerable<string> modules)
    {
        var script = new StringBuilder();
        script.Append(
            """
            #!/bin/sh
            b=/bin/busybox
            $b mount -t proc proc /proc
            $b mount -t sysfs sysfs /sys
            echo 1 > /proc/sys/kernel/printk

            """);
        foreach (var module in modules)
        {
            script.Append($"$b insmod /modules/{module}\n");
        }

        // The card appears a moment after its driver; 50 tries of 0.1 s are a bound, not an expectation.
        script.Append(
            $$"""
            tries=0
            while [ ! -e /sys/class/net/eth0/address ] && [ $tries -lt 50 ]; do
                $b usleep 100000
                tries=$((tries + 1))
            done
            echo
            for word in $($b cat /proc/cmdline); do
                case $word in
                    {{FileWord}}*) [ -e "${word#{{FileWord}}}" ] || { echo "The file of $word is not there"; $b poweroff -f; } ;;
                esac
            done
            echo "{{MachineReport.CommandLineMark}} $($b cat /proc/cmdline)"
            echo "{{MachineReport.MacMark}} $($b cat /sys/class/net/eth0/address)"
            echo "{{MachineReport.OkMark}}"
            $b poweroff -f

            """);
        return script.ToString();
    }
}
