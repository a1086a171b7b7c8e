namespace Netboot.Logging;

/// <summary>
/// What may go into the log, which is short: neither a stranger's flood nor one machine that asks again and again may push out what the
/// owner wants to see. Three limits: of a source's lines of one kind; of a kind's lines of all strangers; and of the bytes that all
/// strangers together write. Machines of the settings, and those that booted, share a room of their own. What the device says of itself,
/// and what the page's own guard lets through, is free. All numbers are in one array; times are in units of 10 ms.
/// </summary>
internal static class LineLimit
{
    /// <summary>Numbers that it keeps.</summary>
    internal const int Size = OwnersShare + 1;

    // Sources of a kind that are told apart: more machines than boot at once. The one whose limit ends first gives way.
    private const int Sources = 8;
    private const int SourceDues = Sources;
    private const int KindDues = SourceDues + Sources;
    private const int StrangersShare = KindDues + (int)LogEvent.PageUsed + 1;
    private const int OwnersShare = StrangersShare + 1;

    // Eight lines of a kind in one go, as a machine that is told to try ten times makes with growing pauses; then one in two seconds.
    private const int Burst = 8;
    private const int SourceInterval = 200;

    // All strangers' lines of a kind: one in five seconds.
    private const int KindInterval = 500;

    // All strangers: half of the ring in one go, then five bytes a second, a line in ten. So what the owner's machines and the device said
    // stays for minutes.
    private const int StrangersCost = 20;
    private const int MostOfStrangers = Log.RingSize / 2 * StrangersCost;

    // The owner's machines: all of the ring, then a hundred bytes a second, two lines.
    private const int OwnersCost = 1;
    private const int MostOfOwners = Log.RingSize * OwnersCost;

    /// <summary>
    /// Whether lines of an event are not limited here: what the device says of itself, and log-ins and changes, which the page limits.
    /// </summary>
    internal static bool IsFree(Subsystem subsystem, LogEvent what)
    {
        switch (what)
        {
            case LogEvent.Note:
                // Machines make the device ask the mirror, which then has something to say.
                return subsystem != Subsystem.Mirror;
            case LogEvent.None:
            case LogEvent.Listening:
            case LogEvent.CannotListen:
            case LogEvent.Woken:
            case LogEvent.PageUsed:
                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// Whether an event is one of a boot, for which the owner's machines have a room of their own. The others anybody can provoke in their
    /// name.
    /// </summary>
    internal static bool IsOwners(LogEvent what)
    {
        switch (what)
        {
            case LogEvent.Malformed:
            case LogEvent.NotAnswered:
            case LogEvent.FileMissing:
            case LogEvent.Request:
            case LogEvent.OtherServer:
                return false;
            default:
                return true;
        }
    }

    /// <summary>
    /// Whether one more line of <paramref name="size"/> bytes has room at <paramref name="time"/>; then it is counted.
    /// <paramref name="source"/> is the end of the machine's address, 0 for a line of no machine.
    /// </summary>
    internal static bool Take(int[] numbers, LogEvent what, int source, bool owners, int size, int time)
    {
        int share = owners ? OwnersShare : StrangersShare;
        int cost = size * (owners ? OwnersCost : StrangersCost);
        int most = owners ? MostOfOwners : MostOfStrangers;
        bool isShared = source != 0;
        if (isShared && !HasRoom(numbers, share, time, cost, most))
        {
            return false;
        }

        // What machines say by syslog has limits of its own for each source (see SyslogLimit), and a diagnosis is told once.
        if (what != LogEvent.Said && what != LogEvent.Diagnosis)
        {
            int kind = KindDues + (int)what;
            if (!owners && !HasRoom(numbers, kind, time, KindInterval, Burst * KindInterval))
            {
                return false;
            }

            int place = SourceDues + Find(numbers, (source * 31) + (int)what, time);
            if (!HasRoom(numbers, place, time, SourceInterval, Burst * SourceInterval))
            {
                return false;
            }

            Use(numbers, place, time, SourceInterval, Burst * SourceInterval);
            if (!owners)
            {
                Use(numbers, kind, time, KindInterval, Burst * KindInterval);
            }
        }

        if (isShared)
        {
            Use(numbers, share, time, cost, most);
        }

        return true;
    }

    private static int Find(int[] numbers, int key, int time)
    {
        int first = 0;
        for (int i = 0; i < Sources; i++)
        {
            if (numbers[i] == key)
            {
                return i;
            }

            if (numbers[SourceDues + i] - numbers[SourceDues + first] < 0)
            {
                first = i;
            }
        }

        numbers[first] = key;
        numbers[SourceDues + first] = time;
        return first;
    }

    // A bucket in one number: until when what was let through would last if it came as slowly as it may.
    private static bool HasRoom(int[] numbers, int place, int time, int cost, int most) => Ahead(numbers[place], time, most) + cost <= most;

    private static void Use(int[] numbers, int place, int time, int cost, int most) =>
        numbers[place] = time + Ahead(numbers[place], time, most) + cost;

    // Nobody can be further ahead than the burst: a larger number is the clock's wrap, after a long silence.
    private static int Ahead(int due, int time, int most)
    {
        int ahead = due - time;
        return ahead < 0 || ahead > most ? 0 : ahead;
    }
}
