using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Netboot.Tool.Lab;

/// <summary>The host's named network namespaces, as ip keeps them.</summary>
internal static class NetworkNamespaces
{
    private const string Folder = "/run/netns";

    /// <summary>A killed process is gone in milliseconds.</summary>
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<string> OfTheLab() =>
        Directory.Exists(Folder)
            ? [.. Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Where(IsOfTheLab)]
            : [];

    public static void Delete(string name) => HostCommand.Run("ip", ["netns", "delete", name]);

    /// <summary>The processes inside a namespace.</summary>
    public static IReadOnlyList<int> ProcessesIn(string name) =>
    [
        .. HostCommand.Run("ip", ["netns", "pids", name])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => int.Parse(line, NumberStyles.None, CultureInfo.InvariantCulture)),
    ];

    public static void Kill(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
            process.WaitForExit(KillLimit);
        }
        catch (ArgumentException)
        {
            // It ended by itself after it was listed, which is just as well.
        }
    }

    private static bool IsOfTheLab(string name) => RunName.TryParse(name, out _);
}
