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
    private readonly byte[] _machine;
    private readonly byte[] _buffer = new byte[MacText.Size];
    private readonly ByteWriter _line = new ByteWriter(Log.LineCapacity, Log.LineCapacity);
    private readonly long _now;
    private readonly int _first;
    private readonly int _end;
    private readonly int _lost;
    private bool _any;

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
        if (index == 0)
        {
            writer.Text("{\"next\":").Number(_end).Text(",\"lost\":").Number(_lost).Text(",\"lines\":[");
            return true;
        }

        int number = _first + index - 1;
        if (number < _end)
        {
            WriteLine(writer, number);
            return true;
        }

        if (number == _end)
        {
            writer.Text("]}");
            return true;
        }

        return false;
    }

    private void WriteLine(ByteWriter writer, int number)
    {
        _line.Clear();
        if ((_machine != null && !IsOfMachine(number)) || !_device.Log.Write(number, _line, out long time))
        {
            return;
        }

        writer.Text(_any ? ",{\"n\":" : "{\"n\":").Number(number).Text(",\"ago\":").Number(Ago(_now - time)).Text(",\"text\":");
        JsonText.Printable(writer, _line.Buffer, 0, _line.Length).Byte('}');
        _any = true;
    }

    // What is longer ago than 24 days is 24 days ago.
    private static int Ago(long milliseconds) => milliseconds > int.MaxValue ? int.MaxValue : (int)milliseconds;

    private bool IsOfMachine(int number)
    {
        int length = _device.Log.MachineOf(number, _buffer);
        bool known = length == MacText.Size || (length == 4 && _device.Journal.MacOf(_buffer, 0, _buffer));
        return known && Octets.Equal(_buffer, 0, _machine, 0, MacText.Size);
    }
}
