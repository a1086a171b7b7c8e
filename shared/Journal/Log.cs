using System;
using Netboot.Bytes;

namespace Netboot.Journal;

/// <summary>
/// The last things that happened, in a ring of fixed size. Adding costs a few copies and makes no garbage: the text is put together
/// when somebody reads it. Oldest entries give way. Safe to call from every thread.
/// </summary>
public sealed class Log
{
    /// <summary>Entries kept at most. With their texts they take 3.3 KB of the board's heap.</summary>
    public const int Capacity = 48;

    /// <summary>Bytes of text kept with an entry: a bootfile URL, or a reason with what a machine said; longer ones are cut.</summary>
    public const int TextCapacity = 112;

    /// <summary>
    /// Bytes of all texts, a power of two: room for 48 lines of usual length (40 bytes). Each text takes what it has; where many are long, fewer entries are kept.
    /// </summary>
    private const int TextRing = 2048;

    // One byte that says what follows (0 nothing, 4 an address, 6 a MAC), then up to six bytes of it.
    private const int MachineSize = 7;

    private readonly object _lock = new object();
    private readonly LogEvent[] _events = new LogEvent[Capacity];
    private readonly Subsystem[] _subsystems = new Subsystem[Capacity];
    private readonly long[] _times = new long[Capacity];
    private readonly int[] _numbers = new int[Capacity];
    private readonly int[] _durations = new int[Capacity];
    private readonly byte[] _machines = new byte[Capacity * MachineSize];
    private readonly byte[] _texts = new byte[TextRing];
    private readonly byte[] _textLengths = new byte[Capacity];

    // Where a text begins, counted over all texts ever added; its place in the ring is the remainder. Differences stay right when the count wraps.
    private readonly int[] _textStarts = new int[Capacity];
    private int _textEnd;
    private int _next;
    private int _oldest;

    /// <summary>How many entries were ever added: the number of the next one.</summary>
    public int Added
    {
        get { return _next; }
    }

    /// <summary>The number of the oldest entry that is still there; <see cref="Added"/> when there is none.</summary>
    public int Oldest
    {
        get { return _oldest; }
    }

    /// <summary>
    /// Adds an entry. <paramref name="machine"/> is a MAC (6 bytes from <paramref name="machineOffset"/>) or an IPv4 address (4 bytes) by
    /// <paramref name="machineLength"/>, or null. <paramref name="text"/> may be null; at most <see cref="TextCapacity"/> bytes are kept.
    /// </summary>
    public void Add(
        Subsystem subsystem, LogEvent what, byte[] machine, int machineOffset, int machineLength, int number, int milliseconds, byte[] text, int textOffset, int textLength)
    {
        lock (_lock)
        {
            int slot = _next % Capacity;
            if (_next - _oldest == Capacity)
            {
                _oldest++;
            }

            _events[slot] = what;
            _subsystems[slot] = subsystem;
            _times[slot] = Environment.TickCount64;
            _numbers[slot] = number;
            _durations[slot] = milliseconds;
            if (machine == null)
            {
                machineLength = 0;
            }
            else
            {
                Array.Copy(machine, machineOffset, _machines, (slot * MachineSize) + 1, machineLength);
            }

            _machines[slot * MachineSize] = (byte)machineLength;
            AddText(slot, text, textOffset, text == null ? 0 : textLength);
            _next++;
        }
    }

    /// <summary>Adds an entry with a text made on the spot: for rare events, not for packet paths.</summary>
    public void Add(Subsystem subsystem, LogEvent what, int number, string text)
    {
        byte[] bytes = text == null ? null : Octets.Of(text);
        Add(subsystem, what, null, 0, 0, number, 0, bytes, 0, bytes == null ? 0 : bytes.Length);
    }

    /// <summary>
    /// Writes entry <paramref name="index"/> as one line without its end, such as <c>[DHCP] Offering to boot 52:54:00:12:34:56 …</c>.
    /// Gives false when it is not there (any more). <paramref name="time"/> gets the device's clock in milliseconds.
    /// </summary>
    public bool Write(int index, ByteWriter writer, out long time)
    {
        lock (_lock)
        {
            time = 0;
            if (index < _oldest || index >= _next)
            {
                return false;
            }

            int slot = index % Capacity;
            time = _times[slot];
            LogText.Write(
                writer, _subsystems[slot], _events[slot], _machines, slot * MachineSize, _numbers[slot], _durations[slot], _texts,
                _textStarts[slot] & (TextRing - 1), _textLengths[slot]);
            return true;
        }
    }

    /// <summary>Whose entry <paramref name="index"/> is, what it tells and when it was added; false when it is not there (any more).</summary>
    public bool Peek(int index, out Subsystem subsystem, out LogEvent what, out long time)
    {
        lock (_lock)
        {
            int slot = index % Capacity;
            bool there = index >= _oldest && index < _next;
            subsystem = there ? _subsystems[slot] : Subsystem.Init;
            what = there ? _events[slot] : LogEvent.None;
            time = there ? _times[slot] : 0;
            return there;
        }
    }

    /// <summary>
    /// Copies the machine that entry <paramref name="index"/> is about to <paramref name="target"/> (at least 6 bytes) and gives its length: 6 for a MAC,
    /// 4 for an IPv4 address, 0 for none or an entry that is not there.
    /// </summary>
    public int MachineOf(int index, byte[] target)
    {
        lock (_lock)
        {
            if (index < _oldest || index >= _next)
            {
                return 0;
            }

            int start = index % Capacity * MachineSize;
            int length = _machines[start];
            Array.Copy(_machines, start + 1, target, 0, length);
            return length;
        }
    }

    /// <summary>Copies entry <paramref name="index"/> to <paramref name="entry"/>; false when it is not there (any more).</summary>
    public bool Read(int index, LogEntry entry)
    {
        lock (_lock)
        {
            if (index < _oldest || index >= _next)
            {
                return false;
            }

            int slot = index % Capacity;
            entry.What = _events[slot];
            entry.Number = _numbers[slot];
            entry.Milliseconds = _durations[slot];
            entry.MachineLength = _machines[slot * MachineSize];
            Array.Copy(_machines, (slot * MachineSize) + 1, entry.Machine, 0, entry.MachineLength);
            entry.TextLength = _textLengths[slot];
            Array.Copy(_texts, _textStarts[slot] & (TextRing - 1), entry.Text, 0, entry.TextLength);
            return true;
        }
    }

    // A text stands in one piece: where the ring's end would cut it, it begins anew at the front. Entries whose text it overwrites are gone.
    private void AddText(int slot, byte[] text, int offset, int length)
    {
        length = length > TextCapacity ? TextCapacity : length;
        int place = _textEnd & (TextRing - 1);
        if (place + length > TextRing)
        {
            _textEnd += TextRing - place;
            place = 0;
        }

        if (length > 0)
        {
            Array.Copy(text, offset, _texts, place, length);
        }

        _textStarts[slot] = _textEnd;
        _textLengths[slot] = (byte)length;
        _textEnd += length;
        while (_oldest < _next && _textEnd - _textStarts[_oldest % Capacity] > TextRing)
        {
            _oldest++;
        }
    }
}
