using Netboot.Bytes;

namespace Netboot.Journal;

/// <summary>A copy of one log entry, for who looks at more than its line. One object can be filled again and again.</summary>
public sealed class LogEntry
{
    /// <summary>What it tells.</summary>
    public LogEvent What { get; internal set; }

    /// <summary>The machine: <see cref="MachineLength"/> bytes.</summary>
    public byte[] Machine { get; } = new byte[MacText.Size];

    /// <summary>6 for an Ethernet address, 4 for an IPv4 address, 0 for none.</summary>
    public int MachineLength { get; internal set; }

    /// <summary>See <see cref="LogEvent"/>.</summary>
    public int Number { get; internal set; }

    /// <summary>See <see cref="LogEvent"/>.</summary>
    public int Milliseconds { get; internal set; }

    /// <summary>The text: <see cref="TextLength"/> bytes.</summary>
    public byte[] Text { get; } = new byte[Log.TextCapacity];

    /// <summary>Length of <see cref="Text"/>.</summary>
    public int TextLength { get; internal set; }

    /// <summary>Where, in a failed transfer's text, the reason begins: after the file's name and ": ". The length of the text when it has none.</summary>
    public int ReasonOffset
    {
        get { return AfterColon(0); }
    }

    /// <summary>Where, behind "the machine ended it: ", the machine's own words begin.</summary>
    public int WordsOffset
    {
        get { return AfterColon(ReasonOffset); }
    }

    /// <summary>Whether the text ends so.</summary>
    public bool TextEndsWith(string end)
    {
        byte[] bytes = Octets.Of(end);
        return TextLength >= bytes.Length && Octets.Equal(Text, TextLength - bytes.Length, bytes, 0, bytes.Length);
    }

    private int AfterColon(int offset)
    {
        int colon = Octets.IndexOf(Text, offset, TextLength - offset, (byte)':');
        return colon < 0 || colon + 2 > TextLength ? TextLength : colon + 2;
    }

    /// <summary>Whether the text is that.</summary>
    public bool TextIs(string text)
    {
        return Octets.Is(Text, 0, TextLength, Octets.Of(text));
    }
}
