using System.Globalization;

namespace Netboot.Tool.Run;

/// <summary>Finds which program holds a port, so that the message about a port that is taken can name it.</summary>
internal static class PortOwner
{
    private const string SocketLink = "socket:[";

    /// <summary>
    /// The program on a UDP or TCP port of this machine's network namespace, as "name (pid N)", or null if that cannot be found out.
    /// </summary>
    public static string? Find(int port, bool udp)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        HashSet<string> inodes = [];
        foreach (string table in udp ? new[] { "udp", "udp6" } : ["tcp", "tcp6"])
        {
            string path = "/proc/net/" + table;
            if (File.Exists(path))
            {
                inodes.UnionWith(InodesOn(port, File.ReadLines(path)));
            }
        }

        return inodes.Count == 0 ? null : OwnerOf(inodes);
    }

    /// <summary>The socket inodes on a local port in the lines of /proc/net/udp or tcp (tcp: listening ones).</summary>
    internal static IEnumerable<string> InodesOn(int port, IEnumerable<string> lines)
    {
        string suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (string line in lines.Skip(1))
        {
            string[] columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > 9 && columns[1].EndsWith(suffix, StringComparison.Ordinal))
            {
                yield return columns[9];
            }
        }
    }

    private static string? OwnerOf(HashSet<string> inodes)
    {
        foreach (string process in Directory.GetDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), out _)))
        {
            try
            {
                foreach (string descriptor in Directory.GetFiles(process + "/fd"))
                {
                    string? target = new FileInfo(descriptor).LinkTarget;
                    if (target != null && target.StartsWith(SocketLink, StringComparison.Ordinal)
                        && inodes.Contains(target[SocketLink.Length..^1]))
                    {
                        return $"{File.ReadAllText(process + "/comm").Trim()} (pid {Path.GetFileName(process)})";
                    }
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A process that has ended, or another user's, cannot be asked; the next one may be the right one.
                continue;
            }
        }

        return null;
    }
}
