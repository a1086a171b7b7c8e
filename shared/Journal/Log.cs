using System;
using Netboot.Bytes;

namespace Netboot.Journal;

/// <summary>
/// The last things that happened, in a ring of fixed size. Adding costs a few copies and makes no garbage: the text is put together
/// when somebody reads it. Oldest entries give way. Safe to call from every thread.
/// </summary>
public sealed class Log
{
    /// <summary>Entries kept. With their texts they take about 6 KB of the board's heap.</summary>
    public const int Capacity = 40;

    /// <summary>Bytes of text kept with an entry: a bootfile URL, or a reason with what a machine said; longer ones are cut.</summary>
    public const int TextCapacity = 112;

    private readonly object _lock = new object();
    private readonly LogEvent[] _events = new LogEvent[Capacity];
    private readonly Subsystem[] _subsystems = new Subsystem[Capacity];
    private readonly long[] _times = new long[Capacity];
    private readonly int[] _numbers = new int[Capacity];
    private readonly int[] _durations = new int[Capacity];
    private readonly byte[] _machines = new byte[Capacity * MachineSize];
    private readonly byte[] _texts = new byte[Capacity * TextCapacity];
    private readonly byte[] _textLengths = new byte[Capacity];
    private int _next;

    // One byte that says what follows (0 nothing, 4 an address, 6 a MAC), then up to six bytes of it.
    private const int MachineSize = 7;

    /// <summary>How many entries were ever added: the number of the next one. Read entries from <c>Added - Capacity</c> on.</summary>
    public int Added
    {
        get { return _next; }
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
            if (text == null)
            {
                textLength = 0;
            }
            else
            {
                textLength = textLength > TextCapacity ? TextCapacity : textLength;
                Array.Copy(text, textOffset, _texts, slot * TextCapacity, textLength);
            }

            _textLengths[slot] = (byte)textLength;
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
            if (index < 0 || index >= _next || index < _next - Capacity)
            {
                return false;
            }

            int slot = index % Capacity;
            time = _times[slot];
            LogText.Write(
                writer, _subsystems[slot], _events[slot], _machines, slot * MachineSize, _numbers[slot], _durations[slot], _texts, slot * TextCapacity, _textLengths[slot]);
            return true;
        }
    }
}
