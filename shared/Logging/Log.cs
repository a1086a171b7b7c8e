using System;
using Netboot.Bytes;

namespace Netboot.Logging;

/// <summary>
/// The last things that happened, in a ring of fixed size. Adding costs a few copies and makes no garbage: the text is put together
/// when somebody reads it. Oldest entries give way, and lines are limited (see <see cref="LineLimit"/>). Safe to call from every thread.
/// </summary>
public sealed class Log
{
    /// <summary>Entries kept at most.</summary>
    public const int Capacity = 48;

    /// <summary>Bytes of text kept with an entry: a bootfile URL, or a reason with what a machine said; longer ones are cut.</summary>
    public const int TextCapacity = 112;

    /// <summary>Bytes of the longest line: an entry's text with what stands around it.</summary>
    public const int LineCapacity = 256;

    /// <summary>
    /// Bytes of all entries: each takes what it has, 45 for the usual line. A boot's lines take less; where many are long, fewer entries
    /// are kept.
    /// </summary>
    internal const int RingSize = 2148;

    // Of an entry's time, bits 32 and up stand above the subsystem: with 5 of them four years pass before an age is told wrong.
    private const int SubsystemBits = 3;

    // The entries, each in one piece (see LogEntry). It is the lock as well.
    private readonly byte[] _ring = new byte[RingSize];

    // By number of the entry: where it begins, and the low half of its time in milliseconds.
    private readonly ushort[] _starts = new ushort[Capacity];
    private readonly int[] _times = new int[Capacity];
    private readonly int[] _limits = new int[LineLimit.Size];
    private readonly ILineFormat _format;
    private ILineOwners _owners;
    private int _end;
    private int _next;
    private int _oldest;

    /// <summary>An empty log whose lines read as <paramref name="format"/> writes them.</summary>
    public Log(ILineFormat format)
    {
        _format = format;
    }

    /// <summary>How many entries were ever added: the number of the next one.</summary>
    public int Added => _next;

    /// <summary>How often what happened: a number for each <see cref="Counter"/>, which goes on below zero after 2,147,483,647.</summary>
    public readonly int[] Counts = new int[Counter.Count];

    /// <summary>Counts a fault that a loop survived. Several loops have them; the others' counters are one thread's each.</summary>
    public void CountFault()
    {
        lock (_ring)
        {
            Counts[Counter.LoopFaults]++;
        }
    }

    /// <summary>The number of the oldest entry that is still there; <see cref="Added"/> when there is none.</summary>
    public int Oldest => _oldest;

    /// <summary>
    /// Adds an entry. <paramref name="machine"/> is a MAC (6 bytes from <paramref name="machineOffset"/>) or an IPv4 address (4 bytes) by
    /// <paramref name="machineLength"/>, or null. <paramref name="text"/> may be null; at most <see cref="TextCapacity"/> bytes are kept.
    /// </summary>
    public void Add(
        Subsystem subsystem, LogEvent what, byte[] machine, int machineOffset, int machineLength, int number, int milliseconds,
        byte[] text, int textOffset, int textLength)
    {
        if (Admits(subsystem, what, machine, machineOffset, machineLength, text == null ? 0 : textLength))
        {
            Put(subsystem, what, machine, machineOffset, machineLength, number, milliseconds, text, textOffset, textLength);
        }
    }

    /// <summary>Limits lines from now on, by who knows whose machines are the owner's.</summary>
    public void Limit(ILineOwners owners) => _owners = owners;

    /// <summary>Whether there is room for a line; one that has to be left out is counted.</summary>
    public bool Admits(Subsystem subsystem, LogEvent what, byte[] machine, int machineOffset, int machineLength, int textLength)
    {
        ILineOwners known = _owners;
        if (known == null || LineLimit.IsFree(subsystem, what))
        {
            return true;
        }

        bool owners = machine != null && LineLimit.IsOwners(what) && known.IsOwners(machine, machineOffset, machineLength);
        return Admits(what, machine, machineOffset, machineLength, textLength, owners);
    }

    /// <summary>The same for who knows whether it is one of the owner's machines.</summary>
    public bool Admits(LogEvent what, byte[] machine, int machineOffset, int machineLength, int textLength, bool owners)
    {
        int source = machine == null ? 0 : Octets.ReadInt32(machine, machineOffset + machineLength - 4);
        lock (_ring)
        {
            if (LineLimit.Take(_limits, what, source, owners, LogEntry.Header + LogEntry.NumbersSize + machineLength + textLength,
                _owners.Time))
            {
                return true;
            }

            Counts[Counter.LinesLeftOut]++;
            return false;
        }
    }

    /// <summary>Adds the line of an event whatever the limits say: for callers that asked before.</summary>
    public void Put(
        Subsystem subsystem, LogEvent what, byte[] machine, int machineOffset, int machineLength, int number, int milliseconds,
        byte[] text, int textOffset, int textLength)
    {
        bool cut = false;
        if (text == null)
        {
            textLength = 0;
        }
        else if (textLength > TextCapacity)
        {
            textLength = TextCut.CutLength(text, textOffset, textLength, TextCapacity);
            cut = true;
        }

        if (machine == null)
        {
            machineLength = 0;
        }

        int first = (int)what;
        int size = LogEntry.Header + machineLength + textLength;
        if ((number | milliseconds) != 0)
        {
            first |= LogEntry.Numbered;
            size += LogEntry.NumbersSize;
        }

        byte[] ring = _ring;
        lock (ring)
        {
            long now = DeviceClock.Now;
            int slot = _next % Capacity;
            int at = MakeRoom(size);
            _starts[slot] = (ushort)at;
            _times[slot] = (int)now;
            ring[at] = (byte)first;
            ring[at + 1] = (byte)((int)subsystem | ((int)(now >> 32) << SubsystemBits));
            ring[at + 2] = (byte)textLength;
            ring[at + LogEntry.MachinePlace] = (byte)machineLength;
            at += LogEntry.Header;
            if (machineLength != 0)
            {
                Array.Copy(machine, machineOffset, ring, at, machineLength);
                at += machineLength;
            }

            if (first >= LogEntry.Numbered)
            {
                Octets.WriteInt32(ring, at, number);
                Octets.WriteInt32(ring, at + 4, milliseconds);
                at += LogEntry.NumbersSize;
            }

            if (textLength != 0)
            {
                Array.Copy(text, textOffset, ring, at, textLength);
                if (cut)
                {
                    TextCut.WriteMark(ring, at + textLength);
                }
            }

            _end = at + textLength;
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
        lock (_ring)
        {
            if (!Peek(index, out Subsystem subsystem, out LogEvent what, out time))
            {
                return false;
            }

            byte[] ring = _ring;
            int at = _starts[index % Capacity];
            writer.Text(Subsystems.Head(subsystem));
            _format.Write(
                writer, what, ring, at + LogEntry.MachinePlace, LogEntry.Number(ring, at), LogEntry.Milliseconds(ring, at),
                ring, LogEntry.TextOffset(ring, at), LogEntry.TextLength(ring, at));
            return true;
        }
    }

    /// <summary>
    /// Whose entry <paramref name="index"/> is, what it tells and when it was added; false when it is not there (any more).
    /// </summary>
    public bool Peek(int index, out Subsystem subsystem, out LogEvent what, out long time)
    {
        lock (_ring)
        {
            subsystem = Subsystem.Init;
            what = LogEvent.None;
            time = 0;
            if (index < _oldest || index >= _next)
            {
                return false;
            }

            int slot = index % Capacity;
            int at = _starts[slot];
            int second = _ring[at + 1];
            subsystem = (Subsystem)(second & ((1 << SubsystemBits) - 1));
            what = LogEntry.What(_ring, at);
            time = ((long)(second >> SubsystemBits) << 32) | (uint)_times[slot];
            return true;
        }
    }

    /// <summary>
    /// Copies the machine that entry <paramref name="index"/> is about to <paramref name="target"/> (at least 6 bytes) and gives its
    /// length: 6 for a MAC, 4 for an IPv4 address, 0 for none or an entry that is not there.
    /// </summary>
    public int MachineOf(int index, byte[] target)
    {
        lock (_ring)
        {
            if (index < _oldest || index >= _next)
            {
                return 0;
            }

            int start = _starts[index % Capacity] + LogEntry.MachinePlace;
            int length = _ring[start];
            Array.Copy(_ring, start + 1, target, 0, length);
            return length;
        }
    }

    // Where an entry of that size goes: where the ring's end would cut it, it begins anew at the front. Entries that stand there are gone.
    private int MakeRoom(int size)
    {
        int at = _end;
        int oldest = _next - _oldest == Capacity ? _oldest + 1 : _oldest;
        if (at + size > RingSize)
        {
            // What stands in the rest is from the ring's last turn.
            while (oldest < _next && _starts[oldest % Capacity] >= at)
            {
                oldest++;
            }

            at = 0;
        }

        while (oldest < _next && (uint)(_starts[oldest % Capacity] - at) < (uint)size)
        {
            oldest++;
        }

        _oldest = oldest;
        return at;
    }
}
