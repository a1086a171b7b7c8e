using System.ComponentModel;
using System.Diagnostics;

namespace Netboot.Tool.Flash;

/// <summary>Runs nanoff and passes on its output line by line as it comes.</summary>
internal sealed class Nanoff(string program, string temporaryFolder)
{
    private const int ReadBuffer = 1024;

    /// <summary>
    /// Runs it and returns its exit code. Kills it, with everything that it started, on cancellation and after <paramref name="limit"/>.
    /// </summary>
    public int Run(IReadOnlyList<string> arguments, TimeSpan limit, Action<string> onLine, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = StartInfo(arguments) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new FlashFailedException(new Problem($"nanoff cannot be started ({program}): {e.Message}",
                "Name a different one with --nanoff."));
        }

        // It asks no questions; if a later version does, it must not wait for ever.
        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit);
        object gate = new();
        void OnLine(string line)
        {
            lock (gate)
            {
                onLine(line);
            }
        }

        Task output = ReadAsync(process.StandardOutput, OnLine);
        Task errors = ReadAsync(process.StandardError, OnLine);
        try
        {
            process.WaitForExitAsync(deadline.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            throw new FlashFailedException(new Problem(
                $"nanoff did not finish within {limit.TotalMinutes:0} minutes.", "Press the board's reset button. " + NanoffCodes.OtherCable));
        }

        Task.WaitAll(output, errors);
        return process.ExitCode;
    }

    private ProcessStartInfo StartInfo(IReadOnlyList<string> arguments)
    {
        bool assembly = program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var info = new ProcessStartInfo(assembly ? "dotnet" : program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in assembly ? [program, .. arguments] : arguments)
        {
            info.ArgumentList.Add(argument);
        }

        info.Environment["NANOFRAMEWORK_TELEMETRY_OPTOUT"] = "1";

        // It is made for .NET 8; the version that runs this tool will do.
        info.Environment["DOTNET_ROLL_FORWARD"] = "Major";

        // While it updates, nanoff keeps the board's configuration, including the Wi-Fi password, in a temporary file.
        info.Environment["TMPDIR"] = temporaryFolder;
        info.Environment["TMP"] = temporaryFolder;
        info.Environment["TEMP"] = temporaryFolder;

        // These are for the settings file; nanoff does not need them.
        info.Environment.Remove(PagePassword.Variable);
        info.Environment.Remove(NetworkSettings.WifiVariable);
        return info;
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> onLine)
    {
        var lines = new OutputLines(onLine);
        var buffer = new char[ReadBuffer];
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            lines.Add(buffer.AsSpan(0, count));
        }

        lines.End();
    }
}
