using Netboot.Logging;

namespace Netboot.Syslog;

/// <summary>
/// How many lines machines may put into the log: it is short, and a flood must not push out what the device itself has to say. Fixed size;
/// who was quiet longest gives way.
/// </summary>
public sealed class SyslogLimit
{
    /// <summary>
    /// Sources that are told apart: more machines than boot at once; for those beyond, the limits of all together are left.
    /// </summary>
    public const int Sources = 8;

    private const int SourceBurst = 5;
    private const int SourceInterval = 500;

    // All together: ten a second.
    private const int AllBurst = 10;
    private const int AllInterval = 100;

    // At ten a second the log would hold nothing else after five seconds. So it is half of its entries in one go, and then one in two
    // seconds.
    private const int ShareBurst = Log.Capacity / 2;
    private const int ShareInterval = 2000;

    private const int All = Sources;
    private const int Share = Sources + 1;

    private readonly int[] _addresses = new int[Sources];

    // Until when the lines that were let through would last if one came each interval: a bucket in one number (the last two are those of
    // all).
    private readonly int[] _due = new int[Sources + 2];

    /// <summary>
    /// Whether one more line of a source (its IPv4 address as a number) may pass at <paramref name="now"/>, in milliseconds.
    /// </summary>
    public bool Take(int address, long now)
    {
        int time = (int)now;
        return Take(Find(address, time), time, SourceBurst, SourceInterval)
            && Take(All, time, AllBurst, AllInterval)
            && Take(Share, time, ShareBurst, ShareInterval);
    }

    private int Find(int address, int time)
    {
        int oldest = 0;
        for (int i = 0; i < Sources; i++)
        {
            if (_addresses[i] == address)
            {
                return i;
            }

            if (_due[i] - _due[oldest] < 0)
            {
                oldest = i;
            }
        }

        _addresses[oldest] = address;
        _due[oldest] = time;
        return oldest;
    }

    private bool Take(int place, int time, int burst, int interval)
    {
        // Nobody can be further ahead than his burst: a larger number is the clock's wrap after 24 days of silence.
        int ahead = _due[place] - time;
        ahead = ahead < 0 || ahead > burst * interval ? 0 : ahead;
        if (ahead > (burst - 1) * interval)
        {
            return false;
        }

        _due[place] = time + ahead + interval;
        return true;
    }
}
