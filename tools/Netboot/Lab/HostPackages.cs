using System;
using System.Collections.Generic;
using System.Linq;

namespace Netboot.Tool.Lab;

/// <summary>The host's own packages, which the lab runs. Only missing ones are installed.</summary>
internal static class HostPackages
{
    /// <summary>A mirror at 1 MB/s delivers QEMU and its libraries in about two minutes; after this limit something is wrong.</summary>
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(15);

    /// <summary>dnsmasq-base is the program without the service, which would take port 53 of the host.</summary>
    private static readonly string[] Always = ["iproute2", "ethtool", "dnsmasq-base", "debian-archive-keyring"];

    private const string Installed = "installed";

    /// <summary>Installs those of these packages, and of the ones that every run needs, that are missing.</summary>
    public static void Ensure(IEnumerable<string> packages, LabOutput output)
    {
        var needed = Always.Concat(packages).Distinct().ToArray();
        var status = HostCommand.TryRun(
            "dpkg-query", ["--show", "--showformat", "${Package} ${Version} ${db:Status-Status}\n", .. needed], HostCommand.QuickLimit);
        var missing = Missing(needed, status.Output);
        if (missing.Count == 0)
        {
            output.Note("Packages: all installed.");
            return;
        }

        output.Note($"Packages: installing {string.Join(", ", missing)}.");
        AptGet.Run(["update", "-q"], InstallLimit);
        AptGet.Run(["install", "-q", "-y", "--no-install-recommends", .. missing], InstallLimit);
    }

    /// <summary>Those of the needed packages that dpkg-query's answer does not name as installed.</summary>
    public static IReadOnlyList<string> Missing(IEnumerable<string> needed, string dpkgAnswer)
    {
        var installed = dpkgAnswer.Split('\n')
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length == 3 && fields[2] == Installed)
            .Select(fields => fields[0])
            .ToHashSet(StringComparer.Ordinal);
        return [.. needed.Where(name => !installed.Contains(name))];
    }
}
