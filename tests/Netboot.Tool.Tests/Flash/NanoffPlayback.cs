using System;
using System.IO;
using System.Linq;

namespace Netboot.Tool.Tests.Flash;

/// <summary>A stand-in nanoff in a folder of its own: outputs to play back, and what it was given.</summary>
internal sealed class NanoffPlayback : IDisposable
{
    private const string Assembly = "StandIn.Nanoff";

    private readonly TestFolder _folder = new();

    public NanoffPlayback()
    {
        foreach (string extension in new[] { ".dll", ".runtimeconfig.json" })
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, Assembly + extension), Path.Combine(_folder.Path, Assembly + extension));
        }

        Play("update", "update-ok");
        Play("deploy", "deploy-ok");
        Play("network", "network-ok");
        Play("files", "files-ok");
    }

    public string Program => Path.Combine(_folder.Path, Assembly + ".dll");

    public string[] Calls => Exists("calls.txt") ? File.ReadAllLines(PathOf("calls.txt")) : [];

    /// <summary>The lines of an output in Flash/Outputs, without what says where it is from.</summary>
    public static string[] Lines(string output) =>
        [.. File.ReadLines(OutputPath(output)).Where(line => !line.StartsWith("##", StringComparison.Ordinal))
            .SelectMany(line => line.Split("<CR>")).Select(line => line.TrimEnd()).Where(line => line.Length > 0)];

    public void Play(string step, string output, int exit = 0)
    {
        File.Copy(OutputPath(output), PathOf(step + ".txt"), overwrite: true);

        // As the operating system hands it on: Linux and macOS keep 8 bits.
        File.WriteAllText(PathOf(step + ".exit"), exit.ToString());
    }

    public void StayIn(string step) => File.WriteAllText(PathOf(step + ".wait"), "");

    public bool Exists(string name) => File.Exists(PathOf(name));

    public string Read(string name) => File.ReadAllText(PathOf(name));

    public void Dispose() => _folder.Dispose();

    private static string OutputPath(string output) => Path.Combine(AppContext.BaseDirectory, "Flash", "Outputs", output + ".txt");

    private string PathOf(string name) => Path.Combine(_folder.Path, name);
}
