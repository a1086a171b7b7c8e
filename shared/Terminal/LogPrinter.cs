using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Terminal;

/// <summary>
/// Hands new log lines to a sink, a few at a time: on the board a line on the USB port stops every thread for the millisecond that it
/// takes.
/// </summary>
public sealed class LogPrinter
{
    /// <summary>Lines at once: about 400 bytes, 4 ms of a port at 921,600 baud. With a tick of 200 ms that is 20 lines a second.</summary>
    private const int LinesAtOnce = 4;

    private readonly Log _log;
    private readonly ILogSink _sink;
    private readonly ByteWriter _line = new ByteWriter(Log.LineCapacity, Log.LineCapacity);
    private int _next;

    /// <summary>Prints what <paramref name="log"/> gets, from its first line on.</summary>
    public LogPrinter(Log log, ILogSink sink)
    {
        _log = log;
        _sink = sink;
    }

    /// <summary>Prints what has come; the rest waits for the next time. Lines that the log has dropped by then are counted.</summary>
    public void Step()
    {
        int added = _log.Added;
        int lost = _log.Oldest - _next;
        if (lost > 0)
        {
            _sink.Print("[Init] " + lost.ToString() + " lines came too fast to be shown");
            _next += lost;
        }

        for (int i = 0; i < LinesAtOnce && _next < added; i++)
        {
            _line.Clear();
            if (_log.Write(_next++, _line, out long _))
            {
                _sink.Print(_line.ToString());
            }
        }
    }
}
