using System.Diagnostics;
using Netboot.ApiGate.Tests;

namespace Netboot.Firmware.Tests;

/// <summary>
/// A copy of this repository's sources whose only source of nanoFramework's packages is a folder. So what it builds does not depend on what
/// a network offers, and what other builds keep in <c>artifacts/</c> stays as it is.
/// </summary>
internal sealed class Clone : IDisposable
{
    private readonly TestFolder _folder = new();

    public Clone()
    {
        var list = new ProcessStartInfo("git", ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        };
        using Process git = Process.Start(list) ?? throw new InvalidOperationException("git does not start");
        string[] files = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        Assert.AreEqual(0, git.ExitCode, "git ls-files");
        foreach (string file in files.Where(file => File.Exists(Path.Combine(Repository.Root, file))))
        {
            string copy = At(file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Repository.Root, file), copy);
        }

        Libraries = StandInFeed.Write(At("feed"));

        // Beside the project that restores them, so that everything else comes from where it always does.
        File.WriteAllText(
            At("tools/NanoFrameworkPackages/NuGet.config"),
            """
            <configuration>
              <packageSources>
                <clear />
                <add key="stand-ins" value="../../feed" />
              </packageSources>
            </configuration>
            """);
    }

    /// <summary>What the stand-in packages hold, in the order of the deployment image.</summary>
    public IReadOnlyList<(string Assembly, byte[] Pe, string Use)> Libraries { get; }

    public string At(string path) => Path.Combine(_folder.Path, path);

    /// <summary>Builds a project of the copy, and fails the test when the build does.</summary>
    public async Task<string> Build(string project, params string[] options)
    {
        (int exitCode, string output) = await DotnetBuild.Run(At(project), options);
        Assert.AreEqual(0, exitCode, output);
        return output;
    }

    public void Dispose() => _folder.Dispose();
}
