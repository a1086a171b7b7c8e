using System.Diagnostics;

namespace Netboot.ApiGate.Tests;

/// <summary><c>dotnet build</c> as a person runs it.</summary>
internal static class DotnetBuild
{
    /// <summary>Builds a project; gives the exit code and all that was said.</summary>
    public static async Task<(int ExitCode, string Output)> Run(string project, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { "build", project, "-nodeReuse:false" }.Concat(options).Where(text => text.Length > 0))
        {
            start.ArgumentList.Add(argument);
        }

        // A build started by "dotnet test" would else run with the settings of that one.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
            .ToList())
        {
            start.Environment.Remove(name);
        }

        using Process build = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start");
        Task<string> errors = build.StandardError.ReadToEndAsync();
        string output = await build.StandardOutput.ReadToEndAsync() + await errors;
        await build.WaitForExitAsync();
        return (build.ExitCode, output);
    }
}
