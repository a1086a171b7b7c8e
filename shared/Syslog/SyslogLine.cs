using System;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Syslog;

/// <summary>
/// Makes a log entry a line of RFC 5424: <c>&lt;134&gt;1 2026-11-24T21:00:00.250Z netboot netboot - DHCP - [DHCP] Offering to boot …</c>.
/// </summary>
public static class SyslogLine
{
    /// <summary>
    /// Longest line: the longest of the log with a header of at most 100 bytes. RFC 5424 section 6.1 lets every receiver take 480.
    /// </summary>
    public const int Capacity = 480;

    // RFC 5424 section 6.2.1.
    private const int Local0 = 16 * 8;
    private const int Error = 3;
    private const int Warning = 4;
    private const int Informational = 6;

    /// <summary>
    /// Writes entry <paramref name="index"/> of <paramref name="log"/> into an empty writer; false, and nothing is written, when it is not
    /// there (any more) or is a line that a machine sent by syslog: passed on, two devices could send it to and fro for ever.
    /// <paramref name="utcNow"/> is the time at <paramref name="now"/> on the device's clock, or <see cref="DateTime.MinValue"/> when
    /// nobody knows it.
    /// </summary>
    public static bool Write(ByteWriter writer, Log log, int index, byte[] host, DateTime utcNow, long now)
    {
        if (!log.Peek(index, out Subsystem subsystem, out LogEvent what, out long time) || what == LogEvent.Said)
        {
            return false;
        }

        WriteHead(writer, SeverityOf(what), host, subsystem, utcNow == DateTime.MinValue ? utcNow : utcNow.AddMilliseconds(time - now));
        if (log.Write(index, writer, out time))
        {
            return true;
        }

        writer.Clear();
        return false;
    }

    /// <summary>Writes that lines were lost before they could be sent.</summary>
    public static void WriteLost(ByteWriter writer, int lines, byte[] host, DateTime utcNow)
    {
        WriteHead(writer, Warning, host, Subsystem.Init, utcNow);
        writer.Text("[Init] ").Number(lines)
            .Text(lines == 1 ? " line was lost: it came too fast to be sent" : " lines were lost: they came too fast to be sent");
    }

    private static void WriteHead(ByteWriter writer, int severity, byte[] host, Subsystem subsystem, DateTime time)
    {
        writer.Byte('<').Number(Local0 + severity).Text(">1 ");
        if (time == DateTime.MinValue)
        {
            writer.Byte('-');
        }
        else
        {
            WriteTime(writer, time);
        }

        writer.Byte(' ').Raw(host).Text(" netboot - ");
        Subsystems.WriteName(writer, subsystem);
        writer.Text(" - ");
    }

    // RFC 3339 in UTC, with milliseconds.
    private static void WriteTime(ByteWriter writer, DateTime time)
    {
        writer.Number(time.Year).Byte('-');
        Two(writer, time.Month).Byte('-');
        Two(writer, time.Day).Byte('T');
        Two(writer, time.Hour).Byte(':');
        Two(writer, time.Minute).Byte(':');
        Two(writer, time.Second).Byte('.');
        int milliseconds = time.Millisecond;
        Two(writer, milliseconds / 10).Byte('0' + (milliseconds % 10)).Byte('Z');
    }

    private static ByteWriter Two(ByteWriter writer, int number) => writer.Byte('0' + (number / 10)).Byte('0' + (number % 10));

    private static int SeverityOf(LogEvent what)
    {
        switch (what)
        {
            case LogEvent.CannotListen:
                return Error;
            case LogEvent.Fault:
            case LogEvent.Diagnosis:
                return Warning;
            default:
                return Informational;
        }
    }
}
