using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace Netboot.Tool.Testing;

/// <summary>A program whose output goes straight to this one's.</summary>
internal static class PassedThrough
{
    /// <summary>The exit code, or -1 if it had to be killed after <paramref name="limit"/>.</summary>
    public static int Run(IReadOnlyList<string> command, string folder, TimeSpan limit)
    {
        var start = new ProcessStartInfo(command[0]) { WorkingDirectory = folder, UseShellExecute = false };
        for (int i = 1; i < command.Count; i++)
        {
            start.ArgumentList.Add(command[i]);
        }

        // Build servers that outlive their build would hold the output open for whoever reads it to its end.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        if (!process.WaitForExit(limit))
        {
            Console.WriteLine($"{string.Join(' ', command)} had not ended after {limit.TotalMinutes:0} minutes.");
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return -1;
        }

        return process.ExitCode;
    }
}
