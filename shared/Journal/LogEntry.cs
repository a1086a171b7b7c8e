using Netboot.Bytes;

namespace Netboot.Journal;

/// <summary>
/// A log entry as its bytes stand in the ring, or in a copy. First <see cref="LogEvent"/>, with the top bit set when there are numbers; then the subsystem and
/// a piece of the time, which only <see cref="Log"/> reads; the length of the text; the length of the machine (6 for an Ethernet address, 4 for an IPv4 address,
/// 0 for none), the machine, the two numbers, the text.
/// </summary>
public static class LogEntry
{
    /// <summary>Bytes before the machine.</summary>
    public const int Header = 4;

    /// <summary>Where, from an entry's start, the length of the machine is; the machine follows.</summary>
    public const int MachinePlace = 3;

    /// <summary>Bytes of both numbers.</summary>
    public const int NumbersSize = 8;

    /// <summary>Set in the first byte when there are numbers.</summary>
    public const int Numbered = 0x80;

    /// <summary>Most bytes of an entry.</summary>
    public const int MaximumSize = Header + MacText.Size + NumbersSize + Log.TextCapacity;

    /// <summary>What it tells.</summary>
    public static LogEvent What(byte[] entry, int at)
    {
        return (LogEvent)(entry[at] & ~Numbered);
    }

    /// <summary>See <see cref="LogEvent"/>.</summary>
    public static int Number(byte[] entry, int at)
    {
        return entry[at] < Numbered ? 0 : Octets.ReadInt32(entry, at + Header + entry[at + MachinePlace]);
    }

    /// <summary>See <see cref="LogEvent"/>.</summary>
    public static int Milliseconds(byte[] entry, int at)
    {
        return entry[at] < Numbered ? 0 : Octets.ReadInt32(entry, at + Header + entry[at + MachinePlace] + 4);
    }

    /// <summary>Where its text begins.</summary>
    public static int TextOffset(byte[] entry, int at)
    {
        return at + Header + entry[at + MachinePlace] + (entry[at] < Numbered ? 0 : NumbersSize);
    }

    /// <summary>Length of its text.</summary>
    public static int TextLength(byte[] entry, int at)
    {
        return entry[at + 2];
    }

    /// <summary>Where, in the text of a copy, the reason of a failed transfer begins: after the file's name and ": ". Its end when it has none.</summary>
    public static int ReasonOffset(byte[] entry)
    {
        return AfterColon(entry, TextOffset(entry, 0));
    }

    /// <summary>Where, behind "the machine ended it: ", the machine's own words begin.</summary>
    public static int WordsOffset(byte[] entry)
    {
        return AfterColon(entry, ReasonOffset(entry));
    }

    /// <summary>Where the text of a copy ends.</summary>
    public static int End(byte[] entry)
    {
        return TextOffset(entry, 0) + TextLength(entry, 0);
    }

    /// <summary>Whether the text of a copy ends so.</summary>
    public static bool TextEndsWith(byte[] entry, string end)
    {
        int length = end.Length;
        return TextLength(entry, 0) >= length && Octets.StartsWith(entry, End(entry) - length, length, end);
    }

    /// <summary>Whether the text of a copy is that.</summary>
    public static bool TextIs(byte[] entry, string text)
    {
        return Octets.Is(entry, TextOffset(entry, 0), TextLength(entry, 0), text);
    }

    private static int AfterColon(byte[] entry, int offset)
    {
        int end = End(entry);
        int colon = Octets.IndexOf(entry, offset, end - offset, (byte)':');
        return colon < 0 || colon + 2 > end ? end : colon + 2;
    }
}
