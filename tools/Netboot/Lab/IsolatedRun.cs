using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace Netboot.Tool.Lab;

/// <summary>
/// A run in network namespaces of its own (the lab, a bench): everything that it makes is in its ledger and bears its name, so that nothing
/// is left behind.
/// </summary>
internal abstract class IsolatedRun(LabOutput output)
{
    private readonly ConcurrentBag<LiveProcess> _processes = [];

    public RunName Name { get; } = RunName.Own();

    public LabOutput Output { get; } = output;

    public Ledger Ledger { get; } = new();

    public string Folder => Path.Combine(Leftovers.TemporaryFolder, Name.ToString());

    /// <summary>Does what the run is for; returns whether it succeeded.</summary>
    public abstract bool Execute(CancellationToken cancellation);

    /// <summary>Records a process, to prove at the end that it is gone.</summary>
    public LiveProcess Started(LiveProcess process)
    {
        _processes.Add(process);
        return process;
    }

    /// <summary>Undoes everything that the run made, and checks; returns whether nothing is left. Can be called more than once.</summary>
    public bool CleanUp()
    {
        var failures = Ledger.Close();
        var left = Leftovers.Of(Name, _processes.Select(process => process.Id));
        foreach (var failure in failures)
        {
            Output.Bad($"Could not be undone: {failure}");
        }

        foreach (var thing in left)
        {
            Output.Bad($"Left behind: {thing}");
        }

        if (failures.Count == 0 && left.Count == 0)
        {
            Output.Note("Cleaned up: no namespace, link, process or temporary file of this run is left.");
        }

        return failures.Count == 0 && left.Count == 0;
    }

    /// <summary>Starts a server in a namespace; it ends with the run, or with the part of the ledger that it is in.</summary>
    public LiveProcess Serve(string name, string place, IReadOnlyList<string> command, System.Action<string> onLine) =>
        Ledger.Make(
            name,
            () => Started(LiveProcess.Start($"The {name}", "ip", LabNetwork.In(place, command), onLine)),
            process => process.End());

    protected void RemoveLeftovers()
    {
        foreach (var thing in Leftovers.Remove())
        {
            Output.Note($"Removed what a killed run had left behind: {thing}.");
        }
    }

    protected void MakeFolder() =>
        Ledger.Make("temporary folder", () => Directory.CreateDirectory(Folder), folder => folder.Delete(recursive: true));
}
