using System;
using System.Text;
using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Syslog;

namespace Netboot.IlOperations;

/// <summary>A log entry made a line for the syslog server.</summary>
public sealed class SyslogLineMade
{
    private readonly Log _log = new(new LogText());
    private readonly ByteWriter _line = new(SyslogLine.Capacity, SyslogLine.Capacity);
    private readonly byte[] _host = Encoding.ASCII.GetBytes("netboot");

    public SyslogLineMade()
    {
        byte[] text = Encoding.ASCII.GetBytes("http://10.77.0.2/boot.ipxe?mac=52-54-00-01-02-03&arch=x64&.ipxe");
        _log.Add(Subsystem.Dhcp, LogEvent.Offered, [0x52, 0x54, 0, 1, 2, 3], 0, 6, 0, 0, text, 0, text.Length);
    }

    public string Name => "syslog: a line made to be sent";

    public void Run()
    {
        _line.Clear();
        if (!SyslogLine.Write(_line, _log, 0, _host, new DateTime(2026, 11, 24, 21, 0, 0, 250), Environment.TickCount64))
        {
            throw new InvalidOperationException(Name);
        }
    }
}

/// <summary>A line that a booted system sent, up to its place in the log.</summary>
public sealed class SyslogLineRead
{
    private readonly Log _log = new(new LogText());
    private readonly byte[] _datagram = new byte[200];
    private readonly byte[] _sent =
        Encoding.ASCII.GetBytes("<14>1 2026-11-24T21:00:00.000000+00:00 live systemd 1 - - Reached target Multi-User System and all that comes with it.");

    public string Name => "syslog: a line read";

    public void Run()
    {
        // Reading moves the tag.
        Array.Copy(_sent, _datagram, _sent.Length);
        var message = new SyslogMessage();
        if (!message.Parse(_datagram, _sent.Length))
        {
            throw new InvalidOperationException(Name);
        }

        _log.Add(Subsystem.Machine, LogEvent.Said, [10, 0, 0, 9], 0, 4, message.Severity, 0, _datagram, message.Offset, message.Length);
    }
}
