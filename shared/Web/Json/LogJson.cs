using Netboot.Api;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Logging;

namespace Netboot.Web;

/// <summary><c>GET /api/log</c>: the log lines from a number on, all or one machine's; a piece for each.</summary>
internal sealed class LogJson : HttpPieces
{
    /// <summary>Lines looked at in one answer: 100 ms of a board. Who wants the rest asks again from <c>next</c> on.</summary>
    internal const int Lines = 16;

    // Bytes of a line with its numbers, should a machine's whole text be of signs that take six (\u003c).
    private const int LargestLine = (5 * Log.TextCapacity) + Log.LineCapacity + 40;

    private readonly DeviceApi _device;
    private readonly JsonWriter _json = new JsonWriter();
    private readonly byte[] _machine;
    private readonly byte[] _buffer = new byte[MacText.Size];
    private readonly ByteWriter _line = new ByteWriter(Log.LineCapacity, Log.LineCapacity);
    private readonly long _now;
    private readonly int _first;
    private readonly int _end;
    private readonly int _lost;

    /// <summary>
    /// The lines from number <paramref name="after"/> on; <paramref name="machine"/> is an Ethernet address, or null for all.
    /// </summary>
    internal LogJson(DeviceApi device, int after, byte[] machine, long now)
    {
        _device = device;
        _machine = machine;
        _now = now;
        int added = device.Log.Added;
        int oldest = device.Log.Oldest;

        // A number of before a restart is beyond the end: the reader begins anew.
        _first = after < oldest || after > added ? oldest : after;
        _lost = after > 0 && after < oldest ? oldest - after : 0;
        _end = added - _first > Lines ? _first + Lines : added;
    }

    /// <inheritdoc/>
    public override int Largest => LargestLine;

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        JsonWriter json = _json.In(writer);
        if (index == 0)
        {
            json.Begin('{').Name("next").Value(_end).Name("lost").Value(_lost).Name("lines").Begin('[');
            return true;
        }

        int number = _first + index - 1;
        if (number < _end)
        {
            WriteLine(json, number);
            return true;
        }

        if (number == _end)
        {
            json.End(']').End('}');
            return true;
        }

        return false;
    }

    private void WriteLine(JsonWriter json, int number)
    {
        _line.Clear();
        if ((_machine != null && !IsOfMachine(number)) || !_device.Log.Write(number, _line, out long time))
        {
            return;
        }

        json.Begin('{').Name("n").Value(number).Name("ago").Time(_now - time).Name("text").Printable(_line).End('}');
    }

    private bool IsOfMachine(int number)
    {
        int length = _device.Log.MachineOf(number, _buffer);
        bool known = length == MacText.Size || (length == 4 && _device.Journal.MacOf(_buffer, 0, _buffer));
        return known && Octets.Equal(_buffer, 0, _machine, 0, MacText.Size);
    }
}
