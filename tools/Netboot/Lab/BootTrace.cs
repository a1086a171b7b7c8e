using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Netboot.Tool.Lab;

/// <summary>What happened in one boot, from every source, with the time since power-on. Sources report from threads of their own.</summary>
/// <param name="quiet">Whether to show nothing while it boots.</param>
internal sealed class BootTrace(LabOutput output, string title, bool quiet = false)
{
    /// <summary>A failure report shows this much of each source: a screenful.</summary>
    private const int TailLines = 25;

    /// <summary>Lines kept of each source; a kernel prints some 300.</summary>
    private const int KeptLines = 2000;

    private readonly object _lock = new();
    private readonly Dictionary<string, Queue<string>> _lines = new(StringComparer.Ordinal);
    private readonly SortedDictionary<Stage, TimeSpan> _stages = [];
    private long _powerOn;

    public IReadOnlyDictionary<Stage, TimeSpan> Stages
    {
        get
        {
            lock (_lock)
            {
                return new SortedDictionary<Stage, TimeSpan>(_stages);
            }
        }
    }

    public Stage Last => Stages.Keys.DefaultIfEmpty(Stage.PowerOn).Max();

    private TimeSpan Elapsed => _powerOn == 0 ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(_powerOn);

    public void PowerOn() => _powerOn = TimeProvider.System.GetTimestamp();

    /// <summary>Takes a line; the first line of a stage gives the stage its time. Before power-on there are no stages.</summary>
    public void Take(string source, string line, Stage? stage, bool tell)
    {
        lock (_lock)
        {
            var elapsed = Elapsed;
            if (!_lines.TryGetValue(source, out var kept))
            {
                _lines.Add(source, kept = new Queue<string>());
            }

            kept.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds,8:0.000} {line}"));
            if (kept.Count > KeptLines)
            {
                kept.Dequeue();
            }

            var first = stage is { } reached && _powerOn != 0 && _stages.TryAdd(reached, elapsed);
            if ((first || tell) && !quiet)
            {
                output.Event(title, elapsed, source, line, first ? stage : null);
            }
        }
    }

    /// <summary>The last lines of each source, for the report of a failure.</summary>
    public IReadOnlyDictionary<string, string[]> Tails()
    {
        lock (_lock)
        {
            return _lines.ToDictionary(source => source.Key, source => source.Value.TakeLast(TailLines).ToArray(), StringComparer.Ordinal);
        }
    }

    /// <summary>All kept lines of each source.</summary>
    public IReadOnlyDictionary<string, string[]> Lines()
    {
        lock (_lock)
        {
            return _lines.ToDictionary(source => source.Key, source => source.Value.ToArray(), StringComparer.Ordinal);
        }
    }
}
