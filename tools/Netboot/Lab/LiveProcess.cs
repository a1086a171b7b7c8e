using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Netboot.Tool.Lab;

/// <summary>A process that runs beside the lab (a server, a machine); its output is passed on as it comes.</summary>
internal sealed class LiveProcess : IDisposable
{
    /// <summary>A killed process is gone in milliseconds; one that is not is stuck in the kernel.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private const int ReadBuffer = 4096;

    private readonly Process _process;

    private LiveProcess(string name, Process process)
    {
        Name = name;
        _process = process;
        Id = process.Id;
        Exited = process.WaitForExitAsync();
    }

    public string Name { get; }

    public int Id { get; }

    /// <summary>Completes when the process has ended and all its output has been passed on.</summary>
    public Task Exited { get; }

    /// <summary>Starts a process whose output is lines of text.</summary>
    public static LiveProcess Start(string name, string program, IReadOnlyList<string> arguments, Action<string> onLine)
    {
        var process = new Process { StartInfo = HostCommand.StartInfo(program, arguments) };
        process.OutputDataReceived += (_, line) => HandOn(onLine, line.Data);
        process.ErrorDataReceived += (_, line) => HandOn(onLine, line.Data);
        HostCommand.Start(process);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new LiveProcess(name, process);
    }

    /// <summary>Starts a process whose output is a serial console: bytes, where a line may stay unfinished for seconds.</summary>
    public static LiveProcess StartConsole(
        string name, string program, IReadOnlyList<string> arguments, Action<ReadOnlyMemory<byte>> onBytes, Action<string> onErrorLine)
    {
        var process = new Process { StartInfo = HostCommand.StartInfo(program, arguments) };
        process.ErrorDataReceived += (_, line) => HandOn(onErrorLine, line.Data);
        HostCommand.Start(process);
        process.BeginErrorReadLine();
        var live = new LiveProcess(name, process);
        live.Drained = live.ReadAsync(onBytes);
        return live;
    }

    /// <summary>For a console: completes when its last byte has been passed on.</summary>
    public Task Drained { get; private set; } = Task.CompletedTask;

    /// <summary>For a console: types keys.</summary>
    public void Type(string keys)
    {
        _process.StandardInput.Write(keys);
        _process.StandardInput.Flush();
    }

    public string Ending => _process.HasExited ? $"{Name} ended with {_process.ExitCode}" : $"{Name} runs (pid {Id})";

    public bool HasExited => _process.HasExited;

    /// <summary>Ends this process, by its own id, and waits until it is gone.</summary>
    public void End()
    {
        if (_process.HasExited)
        {
            return;
        }

        _process.Kill();
        if (!_process.WaitForExit(EndLimit))
        {
            throw new LabException($"{Name} (pid {Id}) did not end within {EndLimit.TotalSeconds:0} s after it was killed.");
        }
    }

    public void Dispose() => _process.Dispose();

    private async Task ReadAsync(Action<ReadOnlyMemory<byte>> onBytes)
    {
        var buffer = new byte[ReadBuffer];
        var stream = _process.StandardOutput.BaseStream;
        int count;
        while ((count = await stream.ReadAsync(buffer)) > 0)
        {
            onBytes(buffer.AsMemory(0, count));
        }
    }

    private static void HandOn(Action<string> onLine, string? line)
    {
        if (line is not null)
        {
            onLine(line);
        }
    }
}
