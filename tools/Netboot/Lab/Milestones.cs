using System;
using System.Linq;

namespace Netboot.Tool.Lab;

/// <summary>Which lines of the console and of the mirror show how far a machine has got.</summary>
internal static class Milestones
{
    private const string LinuxBanner = "Linux version ";

    /// <summary>Text of SeaBIOS, edk2, iPXE and Linux by which a person follows a boot; also their failures.</summary>
    private static readonly string[] Console =
    [
        "SeaBIOS (version", "BdsDxe: starting", ">>Start PXE", ">>Start HTTP", "Station IP address", "NBP filename", "NBP file downloaded",
        "PXE-E", "URI: http", "File Size:", "iPXE initialising", "iPXE 1.", "net0: ", "Filename: ", "Next server: ", "http://", "tftp://",
        "No such file", "No more network devices", "Boot failed", LinuxBanner, "NETBOOT-",
    ];

    /// <summary>Of Linux, SeaBIOS and edk2.</summary>
    private static readonly string[] DeadEnds =
    [
        "Kernel panic", "No bootable device", "No bootable option or device was found",
    ];

    public static bool TellsOnConsole(string line) => IsDeadEnd(line) || Console.Any(mark => line.Contains(mark, StringComparison.Ordinal));

    /// <summary>A line that nothing follows by itself: the boot has failed, and waiting for its limit would show nothing more.</summary>
    public static bool IsDeadEnd(string line) => DeadEnds.Any(mark => line.Contains(mark, StringComparison.Ordinal));

    public static Stage? OfConsole(string line) =>
        line == MachineReport.OkMark ? Stage.Ok
        : line.Contains(LinuxBanner, StringComparison.Ordinal) ? Stage.Linux
        : null;

    /// <summary>The mirror's log line is "ADDRESS METHOD PATH STATUS …", with the machine's MAC in brackets once that is known.</summary>
    public static Stage? OfMirror(string line) =>
        line.Split(' ').Where(word => !word.StartsWith('(')).ToArray() is not [_, "GET", var path, "200", ..] ? null
        : path.StartsWith("/vmlinuz", StringComparison.Ordinal) || path.EndsWith("/bzImage", StringComparison.Ordinal)
            || path.EndsWith("/kernel", StringComparison.Ordinal) ? Stage.Kernel
        : path.EndsWith(".ipxe", StringComparison.Ordinal) ? Stage.Script
        : null;
}
