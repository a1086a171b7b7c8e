using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace Netboot.Tool.Lab;

/// <summary>One machine in QEMU: its address, its serial console, and what it said there.</summary>
internal sealed class LabMachine
{
    private const string ConsoleSource = "machine";

    private readonly IsolatedRun _run;
    private readonly LabClient _client;
    private readonly BootFiles _files;
    private readonly SerialLines _console;
    private readonly MachineReport _report = new();

    /// <summary>The machine's last word: OK (null), or the line with which it gave up.</summary>
    private readonly TaskCompletionSource<string?> _said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly string _uuid;

    public LabMachine(IsolatedRun run, LabClient client, BootFiles files, BootTrace trace)
        : this(run, client, files, trace, RandomMac(), Guid.NewGuid().ToString())
    {
    }

    private LabMachine(IsolatedRun run, LabClient client, BootFiles files, BootTrace trace, string mac, string uuid)
    {
        Mac = mac;
        _uuid = uuid;
        _run = run;
        _client = client;
        _files = files;
        Trace = trace;
        _console = new SerialLines(TakeConsoleLine);
    }

    public string Mac { get; }

    public BootTrace Trace { get; }

    /// <summary>Ends when the machine said OK or gave up.</summary>
    public Task Said => _said.Task;

    /// <summary>The same machine, to be switched on another time.</summary>
    public LabMachine Again(BootTrace trace) => new(_run, _client, _files, trace, Mac, _uuid);

    /// <summary>Switches it on, on a tap of the network's bridge; what it writes is in the folder.</summary>
    public LiveProcess PowerOn(LabNetwork network, string tap, string folder)
    {
        var command = new MachineFirmware(folder, _files.PlainFirmware, tap, Mac, _uuid).CommandLine(_client);
        Trace.PowerOn();
        return _run.Ledger.Make(
            $"machine {_client.Name} on {tap}",
            () => _run.Started(LiveProcess.StartConsole(
                $"The machine ({command[0]})",
                "ip",
                LabNetwork.In(network.Machine, command),
                bytes => _console.Feed(bytes.Span),
                line => Trace.Take(ConsoleSource, "QEMU: " + line, null, tell: true))),
            process => process.End());
    }

    /// <summary>Puts its last, unfinished line into the trace.</summary>
    public void TakeUnfinished()
    {
        if (_console.Unfinished is { Length: > 0 } unfinished)
        {
            Trace.Take(ConsoleSource, unfinished, null, tell: false);
        }
    }

    /// <summary>
    /// Null if it is up and is what it was told to be; otherwise what is wrong, and how its process ended if it has.
    /// </summary>
    public string? Fault(LiveProcess process)
    {
        var fault = _report.Fault(_client.CommandLine(_files.Token), Mac);
        return _report.SaidOk ? fault : $"{fault}: {(_said.Task.IsCompleted ? _said.Task.Result : process.Ending)}";
    }

    private void TakeConsoleLine(string line)
    {
        _report.Take(line);
        Trace.Take(ConsoleSource, line, Milestones.OfConsole(line), Milestones.TellsOnConsole(line));
        if (_report.SaidOk)
        {
            _said.TrySetResult(null);
        }
        else if (Milestones.IsDeadEnd(line))
        {
            _said.TrySetResult(line);
        }
    }

    /// <summary>QEMU's own prefix, and the rest at random: the machine proves that it is this one.</summary>
    private static string RandomMac()
    {
        var bytes = RandomNumberGenerator.GetBytes(3);
        return $"52:54:00:{bytes[0]:x2}:{bytes[1]:x2}:{bytes[2]:x2}";
    }
}
