using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Netboot.Tool.Lab;

/// <summary>What a run that was killed outright (kill -9, power) left behind, and the proof that this run leaves nothing.</summary>
internal static class Leftovers
{
    public static string TemporaryFolder => Path.GetTempPath();

    /// <summary>Those of the names found on the host whose run's owner is gone.</summary>
    public static IEnumerable<string> OfDeadRuns(IEnumerable<string> names, Predicate<RunName> ownerLives) =>
        names.Where(name => RunName.TryParse(name, out var run) && !ownerLives(run.Value));

    /// <summary>Removes what dead runs left behind; returns what was removed.</summary>
    public static IReadOnlyList<string> Remove()
    {
        var removed = new List<string>();
        foreach (var name in OfDeadRuns(NetworkNamespaces.OfTheLab(), run => run.OwnerLives()))
        {
            foreach (var process in NetworkNamespaces.ProcessesIn(name))
            {
                NetworkNamespaces.Kill(process);
                removed.Add($"process {process} in {name}");
            }

            NetworkNamespaces.Delete(name);
            removed.Add($"namespace {name}");
        }

        foreach (var name in OfDeadRuns(Folders(), run => run.OwnerLives()))
        {
            Directory.Delete(Path.Combine(TemporaryFolder, name), recursive: true);
            removed.Add($"folder {name}");
        }

        return removed;
    }

    /// <summary>What is still there of a run: namespaces, folders, and those of its processes that are running.</summary>
    public static IReadOnlyList<string> Of(RunName run, IEnumerable<int> processes) =>
    [
        .. NetworkNamespaces.OfTheLab().Where(run.Owns).Select(name => $"namespace {name}"),
        .. Folders().Where(run.Owns).Select(name => $"folder {name}"),
        .. processes.Where(id => Directory.Exists($"/proc/{id}")).Select(id => $"process {id}"),
    ];

    private static IEnumerable<string> Folders() =>
        Directory.EnumerateDirectories(TemporaryFolder, RunName.Prefix + "*").Select(folder => Path.GetFileName(folder));
}
