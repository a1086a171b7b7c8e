using Netboot.Bytes;

namespace Netboot.Logging;

/// <summary>
/// A log entry as its bytes stand in the ring. First <see cref="LogEvent"/>, with the top bit set when there are numbers; then the
/// subsystem and a piece of the time, which only <see cref="Log"/> reads; the length of the text; the length of the machine (6 for an
/// Ethernet address, 4 for an IPv4 address, 0 for none), the machine, the two numbers, the text.
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

    /// <summary>What it tells.</summary>
    public static LogEvent What(byte[] entry, int at) => (LogEvent)(entry[at] & ~Numbered);

    /// <summary>See <see cref="LogEvent"/>.</summary>
    public static int Number(byte[] entry, int at) =>
        entry[at] < Numbered ? 0 : Octets.ReadInt32(entry, at + Header + entry[at + MachinePlace]);

    /// <summary>See <see cref="LogEvent"/>.</summary>
    public static int Milliseconds(byte[] entry, int at) =>
        entry[at] < Numbered ? 0 : Octets.ReadInt32(entry, at + Header + entry[at + MachinePlace] + 4);

    /// <summary>Where its text begins.</summary>
    public static int TextOffset(byte[] entry, int at) => at + Header + entry[at + MachinePlace] + (entry[at] < Numbered ? 0 : NumbersSize);

    /// <summary>Length of its text.</summary>
    public static int TextLength(byte[] entry, int at) => entry[at + 2];
}
