using System;
using System.Collections.Generic;
using System.Linq;

namespace Netboot.Tool.Bench;

/// <summary>Measured times in order. Percentiles are by nearest rank: each is a time that was measured.</summary>
internal sealed class Distribution(IEnumerable<TimeSpan> times)
{
    private readonly TimeSpan[] _sorted = [.. times.Order()];

    public int Count => _sorted.Length;

    public TimeSpan? Median => Percentile(50);

    public TimeSpan? Worst => Percentile(100);

    /// <summary>The smallest time that <paramref name="percent"/> of all do not exceed; null without any.</summary>
    public TimeSpan? Percentile(double percent) =>
        _sorted.Length == 0 ? null : _sorted[Math.Max(0, (int)Math.Ceiling(percent / 100 * _sorted.Length) - 1)];
}
