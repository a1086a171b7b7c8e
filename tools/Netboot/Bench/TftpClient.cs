using System;
using System.Collections.Generic;
using System.Diagnostics;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Bench;

/// <summary>A real TFTP client with one set of options; the command fetches a file by name into a local one.</summary>
internal sealed record TftpClient(string Title, Func<string, string, IReadOnlyList<string>> Command)
{
    /// <summary>16 MB at 0.3 MB/s; a fetch that takes longer hangs.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static readonly IReadOnlyList<string> Packages = ["atftp", "curl"];

    public static readonly IReadOnlyList<TftpClient> All =
    [
        new("atftp, blksize 512", (name, file) => Atftp(name, file)),
        new("atftp, blksize 1468", (name, file) => Atftp(name, file, "blksize 1468")),
        new("atftp, blksize 1468, windowsize 4", (name, file) => Atftp(name, file, "blksize 1468", "windowsize 4")),
        new("curl, blksize 1468", (name, file) =>
            ["curl", "--silent", "--show-error", "--tftp-blksize", "1468", "--output", file,
            $"tftp://{BenchNetwork.ServerAddress}/{name}"]),
    ];

    /// <summary>Fetches; returns the time from the client's start to its end.</summary>
    public TimeSpan Fetch(string clientNamespace, string name, string file) => NamespaceThread.Run(clientNamespace, () =>
    {
        var command = Command(name, file);
        var start = new ProcessStartInfo(command[0]) { RedirectStandardError = true, UseShellExecute = false };
        for (var i = 1; i < command.Count; i++)
        {
            start.ArgumentList.Add(command[i]);
        }

        using var process = new Process { StartInfo = start };
        var began = Stopwatch.GetTimestamp();
        HostCommand.Start(process);
        if (!process.WaitForExit(Limit))
        {
            process.Kill();
            throw new LabException($"`{string.Join(' ', command)}` did not end within {Limit.TotalSeconds:0} s.");
        }

        var taken = Stopwatch.GetElapsedTime(began);
        var errors = process.StandardError.ReadToEnd().Trim();
        return process.ExitCode == 0 ? taken
            : throw new LabException($"`{string.Join(' ', command)}` ended with {process.ExitCode}: {errors}");
    });

    private static IReadOnlyList<string> Atftp(string name, string file, params string[] options)
    {
        List<string> command = ["atftp"];
        foreach (var option in options)
        {
            command.AddRange(["--option", option]);
        }

        return [.. command, "--get", "--remote-file", name, "--local-file", file, BenchNetwork.ServerAddress];
    }
}
