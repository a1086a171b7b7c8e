using System.Diagnostics;

namespace Netboot.ApiGate;

/// <summary>
/// Asks the NuGet sources for packages, and does not wait for ever: a network that swallows requests answers nothing at all.
/// </summary>
public static class PackageRestore
{
    /// <summary>
    /// Runs <c>dotnet restore</c> with these arguments; what it says goes to the output. False when it fails or is not done in time.
    /// </summary>
    public static bool Run(string host, TimeSpan limit, IEnumerable<string> arguments)
    {
        using Process restore = Process.Start(new ProcessStartInfo(host, ["restore", .. arguments]))
            ?? throw new IOException($"{host} does not start");
        if (restore.WaitForExit(limit))
        {
            return restore.ExitCode == 0;
        }

        restore.Kill(entireProcessTree: true);
        restore.WaitForExit();
        Console.WriteLine($"no answer from the NuGet sources within {limit.TotalSeconds} seconds");
        return false;
    }
}
