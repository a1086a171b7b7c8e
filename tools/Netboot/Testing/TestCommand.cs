using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Testing;

/// <summary>
/// <c>netboot test</c>: builds everything, the firmware through the API gate too, runs every test project, then boots every client in the
/// lab and counts offers. Ends with a line <c>N passed, N failed</c>; CI calls it.
/// </summary>
internal static class TestCommand
{
    private const string Solution = "Netboot.nanoFramework.sln";

    private static readonly Stopwatch Elapsed = Stopwatch.StartNew();

    /// <summary>A build or a test project that has not ended by then hangs; CI's own limit is 90 minutes.</summary>
    private static readonly TimeSpan StepLimit = TimeSpan.FromMinutes(20);

    public static Command Create()
    {
        var noLab = new Option<bool>("--no-lab") { Description = "Leave out the lab and the bench (they need Linux and root)." };
        var command = new Command("test", "Build everything, run all tests, boot every client in the lab.") { noLab };
        command.SetAction(result => Run(!result.GetValue(noLab)));
        return command;
    }

    private static int Run(bool withLab)
    {
        string root = FindRoot();
        string results = Path.Combine(root, "artifacts", "test-results");
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        var tally = new Tally();
        Title("Building everything; the device's code against the device's API");
        tally.Count("build",
            Step(["dotnet", "build", Path.Combine(root, Solution), "-c", "Release", "--nologo", "-v", "minimal"], root) == 0);
        if (tally.Failed == 0)
        {
            RunProjects(tally, root, results, withLab);
        }

        if (withLab)
        {
            foreach (string client in LabClient.Names)
            {
                Self(tally, root, "lab", client);
            }

            // What no client of the lab covers otherwise: loaders that the device does not have, boots that fail, and many machines at
            // once.
            Self(tally, root, "lab", "uefi", "--loaders-from", "mirror");
            Self(tally, root, "lab", "--scripts");
            Self(tally, root, "bench", "offers", "--seconds", "30");

            // Strangers: what they bring about is judged, how long it takes is not, because the machine may be busy.
            Self(tally, root, "bench", "hostile", "--seconds", "3", "--no-times");
        }

        foreach (string failure in tally.Failures)
        {
            Console.WriteLine("FAILED: " + failure);
        }

        Console.WriteLine(FormattableString.Invariant($"{tally.Passed} passed, {tally.Failed} failed"));
        return tally.Failed == 0 ? 0 : 1;
    }

    private static void RunProjects(Tally tally, string root, string results, bool withLab)
    {
        foreach (string project in TestProjects(root))
        {
            string name = Path.GetFileNameWithoutExtension(project);
            Title(name);
            int exit = Step(
                [
                    "dotnet", "test", project, "-c", "Release", "--no-build", "--nologo",
                    "--logger", $"trx;LogFileName={name}.trx", "--results-directory", results,
                    .. withLab ? Array.Empty<string>() : ["--filter", "TestCategory!=Lab"],
                ],
                root);
            tally.Add(name, exit, Path.Combine(results, name + ".trx"));
        }
    }

    private static void Title(string name) =>
        Console.WriteLine(FormattableString.Invariant($"== {name} (after {Elapsed.Elapsed:mm\\:ss})"));

    /// <summary>A step that is this program itself, counted as one test.</summary>
    private static void Self(Tally tally, string root, params string[] arguments)
    {
        string name = string.Join(' ', arguments);
        Title(name);
        tally.Count(name, Step(SelfCommand.With([.. arguments, "--plain"]), root) == 0);
    }

    /// <summary>Every project below tests/ that names the test SDK.</summary>
    private static IEnumerable<string> TestProjects(string root) =>
        Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.csproj", SearchOption.AllDirectories)
            .Where(p => File.ReadAllText(p).Contains("Microsoft.NET.Test.Sdk", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static int Step(IReadOnlyList<string> command, string root) => PassedThrough.Run(command, root, StepLimit);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"{Solution} is in no folder above {AppContext.BaseDirectory}: 'netboot test' runs from a clone of the repository.");
    }
}
