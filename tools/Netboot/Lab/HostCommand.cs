using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Threading;

namespace Netboot.Tool.Lab;

/// <summary>A short command of the host, run to its end; a failure carries the command and what it wrote to stderr.</summary>
internal static class HostCommand
{
    /// <summary>Commands of ip, ethtool and dpkg end in milliseconds; package downloads name their own, longer limit.</summary>
    public static readonly TimeSpan QuickLimit = TimeSpan.FromSeconds(30);

    public static string Run(string program, IReadOnlyList<string> arguments, CancellationToken cancellation = default) =>
        Run(program, arguments, QuickLimit, cancellation);

    public static string Run(string program, IReadOnlyList<string> arguments, TimeSpan limit, CancellationToken cancellation)
    {
        var result = TryRun(program, arguments, limit, cancellation);
        return result.ExitCode == 0
            ? result.Output
            : throw new LabException($"`{Line(program, arguments)}` ended with {result.ExitCode}: {result.Errors.Trim()}");
    }

    /// <summary>For commands whose exit code is an answer.</summary>
    public static CommandResult TryRun(
        string program, IReadOnlyList<string> arguments, TimeSpan limit, CancellationToken cancellation = default)
    {
        using var process = new Process { StartInfo = StartInfo(program, arguments) };
        var output = new StringBuilder();
        var errors = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        Start(process);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit);
        try
        {
            process.WaitForExitAsync(deadline.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new LabException($"`{Line(program, arguments)}` did not end within {limit.TotalSeconds:0} s: {errors.ToString().Trim()}");
        }

        return new CommandResult(process.ExitCode, output.ToString(), errors.ToString());
    }

    public static ProcessStartInfo StartInfo(string program, IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        // Output is parsed, so it has to be in one language; and apt must not ask questions.
        info.Environment["LC_ALL"] = "C.UTF-8";
        info.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        return info;
    }

    public static void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new LabException($"`{process.StartInfo.FileName}` cannot be started: {e.Message}", e);
        }
    }

    public static string Line(string program, IReadOnlyList<string> arguments) => program + " " + string.Join(' ', arguments);

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            text.Append(line).Append('\n');
        }
    }
}

internal readonly record struct CommandResult(int ExitCode, string Output, string Errors);
