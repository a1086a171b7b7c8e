using System.Diagnostics;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>
/// Legitimate attempts, started at even intervals, each on a thread of its own: one that has to wait does not hold up the next.
/// </summary>
internal sealed class Crowd
{
    private Crowd(int asked, IReadOnlyList<TimeSpan> times)
    {
        Asked = asked;
        Times = new Distribution(times);
    }

    public int Asked { get; }

    public int Served => Times.Count;

    /// <summary>How long those that were served took.</summary>
    public Distribution Times { get; }

    /// <summary>Makes the attempts; each answers whether it got what it asked for.</summary>
    public static Crowd Run(int count, TimeSpan apart, CancellationToken cancellation, Func<int, bool> attempt)
    {
        var times = new List<TimeSpan>();
        Exception? fault = null;
        var threads = new Thread[count];
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            Pacer.WaitUntil(start + (long)(i * apart.TotalSeconds * Stopwatch.Frequency));
            cancellation.ThrowIfCancellationRequested();
            var index = i;
            threads[i] = new Thread(() =>
            {
                try
                {
                    var began = Stopwatch.GetTimestamp();
                    if (attempt(index))
                    {
                        var taken = Stopwatch.GetElapsedTime(began);
                        lock (times)
                        {
                            times.Add(taken);
                        }
                    }
                }
                catch (Exception e)
                {
                    // Thrown below: on this thread it would end the program.
                    fault = e;
                }
            });
            threads[i].Start();
        }

        Array.ForEach(threads, thread => thread.Join());
        cancellation.ThrowIfCancellationRequested();
        return fault is null
            ? new Crowd(count, times) : throw new InvalidOperationException($"A legitimate attempt broke: {fault.Message}", fault);
    }

    public Figure Figure(string what) => Hostile.Figure.Served(what, Served, Asked);

    /// <summary>Both figures: how many, and in what time.</summary>
    public IEnumerable<Figure> Figures(string what) => [Figure(what), Hostile.Figure.Seconds(what + ", median", Times)];
}
