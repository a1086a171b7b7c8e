using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Netboot.Tool.Lab;

/// <summary>One machine that boots one case with one iPXE: switches it on, watches its screen, and judges.</summary>
internal sealed class ScriptMachine
{
    /// <summary>
    /// The longest case takes some four minutes: ten attempts with growing pauses, each of some seconds when nobody answers, and the wait
    /// at the end.
    /// </summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(9);

    /// <summary>A machine that has not shown its script by then makes room for the next one anyway.</summary>
    private static readonly TimeSpan ScriptLimit = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly IsolatedRun _run;
    private readonly string _mirror;
    private readonly List<string> _device = [];
    private LabMachine _machine;
    private BootTrace _trace;

    public ScriptMachine(IsolatedRun run, ScriptCase script, IpxeBuild build, BootFiles files)
    {
        Case = script;
        Build = build;
        _run = run;
        _mirror = files.Mirror;
        _trace = NewTrace();
        var client = LabClient.Named(script.Uefi ? "uefi" : "bios") with
        {
            Machine = firmware => script.Uefi ? QemuMachines.Uefi(firmware) : QemuMachines.Bios(firmware, build.Folder),
        };
        _machine = new LabMachine(run, client, files, _trace);
    }

    public ScriptCase Case { get; }

    public IpxeBuild Build { get; }

    public string Title => $"{Case.Name} with iPXE {Build.Version}";

    public string Mac => _machine.Mac;

    public LabMachine Machine => _machine;

    /// <summary>The last lines of its screen.</summary>
    public IReadOnlyList<string> Screen => _trace.Lines().TryGetValue("machine", out var lines) ? [.. lines.Select(WithoutTime)] : [];

    /// <summary>What the servers' logs say about it.</summary>
    public string Log
    {
        get
        {
            lock (_device)
            {
                return string.Join('\n', _device);
            }
        }
    }

    public void TakeDeviceLine(string line)
    {
        lock (_device)
        {
            _device.Add(line);
        }
    }

    /// <summary>
    /// Boots it; returns what is wrong, or null. Only so many machines boot at a time: the others wait for <paramref name="places"/>.
    /// </summary>
    public async Task<string?> Boot(LabNetwork network, int index, string folder, SemaphoreSlim places, DevicePage page,
        CancellationToken cancellation)
    {
        using var place = await Place.Take(places, cancellation).ConfigureAwait(false);
        var own = Directory.CreateDirectory(Path.Combine(folder, $"machine-{index}")).FullName;
        var outage = Case.OwnMirror == 0 ? null : new MirrorOutage(_run, network, _mirror, Case.OwnMirror, cancellation);
        Func<LiveProcess> powerOn = () => _machine.PowerOn(network, LabNetwork.Tap(index), own);
        var fault = await BootOnce(powerOn, place, page, Case.Screen, outage, cancellation).ConfigureAwait(false);
        if (fault is not null || Case.Again.Length == 0)
        {
            return fault ?? outage?.Fault;
        }

        _trace = NewTrace();
        _machine = _machine.Again(_trace);
        fault = await BootOnce(powerOn, place, page, Case.Again, null, cancellation).ConfigureAwait(false);
        return fault is null ? null : "when switched on again: " + fault;
    }

    private async Task<string?> BootOnce(
        Func<LiveProcess> powerOn, Place place, DevicePage page, string shows, MirrorOutage? outage, CancellationToken cancellation)
    {
        var process = powerOn();
        var started = TimeProvider.System.GetTimestamp();
        var ended = Task.WhenAll(process.Exited, process.Drained);
        long failed = 0;
        var pressed = Case.Press.Length == 0;
        JsonElement? journal = null;
        while (!ended.IsCompleted && !_machine.Said.IsCompleted && TimeProvider.System.GetElapsedTime(started) < Limit
            && (Case.End != ScriptEnd.NextDevice || ScriptVerdict.Shows(Screen, GoesOn) is not null))
        {
            await Task.WhenAny(ended, _machine.Said, Task.Delay(Look, cancellation)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            var screen = Screen;
            if (!pressed && ScriptVerdict.Shows(screen, Case.PressAt) is null)
            {
                pressed = true;
                process.Type(Case.Press);
            }

            // From here on it mostly waits.
            if (outage is { Killed: true } || (Case.End == ScriptEnd.Restarts
                && (screen.Any(line => line.StartsWith("Netboot: profile", StringComparison.Ordinal))
                || TimeProvider.System.GetElapsedTime(started) > ScriptLimit)))
            {
                place.Dispose();
            }

            if (failed == 0 && Case.End == ScriptEnd.Restarts && ScriptVerdict.SaysNotBooted(screen))
            {
                // Its report came before these words.
                failed = TimeProvider.System.GetTimestamp();
                journal = page.Machine(Mac);
            }
        }

        _machine.TakeUnfinished();
        var wait = failed != 0 && ended.IsCompleted ? TimeProvider.System.GetElapsedTime(failed) : (TimeSpan?)null;
        var fault = Judge(process, shows, wait, journal);
        process.End();
        return fault;
    }

    private string? Judge(LiveProcess process, string shows, TimeSpan? wait, JsonElement? journal)
    {
        var screen = Screen;
        switch (Case.End)
        {
            case ScriptEnd.Up:
                return ScriptVerdict.Shows(screen, shows) ?? _machine.Fault(process);
            case ScriptEnd.NextDevice:
                return ScriptVerdict.Shows(screen, shows) ?? ScriptVerdict.Shows(screen, GoesOn);
            default:
                return ScriptVerdict.OfFailure(Case, screen, wait)
                    ?? (Case.At is null ? null : ScriptVerdict.OfJournal(Case, screen, Log.Split('\n'), journal));
        }
    }

    // SeaBIOS has nothing else in its boot order; edk2 has, and trying that takes minutes.
    private string GoesOn => Case.Uefi ? "BdsDxe: failed to start" : "No bootable device";

    private BootTrace NewTrace() => new(_run.Output, Title, quiet: true);

    // The trace puts the time before each line.
    private static string WithoutTime(string line) => line.Length > 9 ? line[9..] : line;
}
