using System;
using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Syslog;

namespace Netboot.Tests.Journal;

[TestClass]
public class SyslogLineTests
{
    private static readonly byte[] Mac = { 0x52, 0x54, 0, 0x12, 0x34, 0x56 };

    [TestMethod]
    public void A_line_is_of_RFC_5424_with_the_time_of_its_entry()
    {
        var log = new Log(new LogText());
        byte[] file = Octets.Of("snponly.efi");
        log.Add(Subsystem.Dhcp, LogEvent.Offered, Mac, 0, 6, 0, 0, file, 0, file.Length);
        log.Peek(0, out Subsystem _, out LogEvent _, out long time);
        var line = new ByteWriter(SyslogLine.Capacity, SyslogLine.Capacity);
        Assert.IsTrue(SyslogLine.Write(line, log, 0, Octets.Of("lab"), new DateTime(2026, 3, 4, 5, 6, 8, 257), time + 1250));
        Assert.AreEqual("<134>1 2026-03-04T05:06:07.007Z lab netboot - DHCP - [DHCP] Offering to boot 52:54:00:12:34:56: snponly.efi",
            line.ToString());
    }

    [TestMethod]
    public void Without_a_clock_there_is_no_time()
    {
        var log = new Log(new LogText());
        log.Add(Subsystem.Init, LogEvent.Note, 0, "Netboot 1.0");
        Assert.AreEqual("<134>1 - netboot netboot - Init - [Init] Netboot 1.0", Line(log, 0));
    }

    [TestMethod]
    public void What_is_wrong_is_said_louder()
    {
        var log = new Log(new LogText());
        log.Add(Subsystem.Tftp, LogEvent.CannotListen, 69, "socket error 10048");
        log.Add(Subsystem.Init, LogEvent.Fault, 0, "HTTP: no memory");
        byte[] name = Octets.Of("x");
        log.Add(Subsystem.Pxe, LogEvent.Diagnosis, Mac, 0, 6, (int)WhyCode.LoaderMissing, 0, name, 0, name.Length);
        Assert.AreEqual("<131>1 - netboot netboot - TFTP - [TFTP] Cannot listen on port 69: socket error 10048", Line(log, 0));
        Assert.AreEqual("<132>1 - netboot netboot - Init - [Init] Survived a fault: HTTP: no memory", Line(log, 1));
        Assert.IsTrue(Line(log, 2).StartsWith("<132>1 - netboot netboot - PXE - [PXE] 52:54:00:12:34:56 "));
    }

    [TestMethod]
    public void What_machines_said_is_not_passed_on()
    {
        var log = new Log(new LogText());
        byte[] text = Octets.Of("ipxe: hello");
        log.Add(Subsystem.Machine, LogEvent.Said, Mac, 0, 6, 6, 0, text, 0, text.Length);
        log.Add(Subsystem.Machine, LogEvent.Note, 0, "3 lines from machines dropped");
        Assert.IsNull(Line(log, 0));
        Assert.AreEqual("<134>1 - netboot netboot - Log - [Log] 3 lines from machines dropped", Line(log, 1));
        Assert.IsNull(Line(log, 2));
    }

    [TestMethod]
    public void The_longest_line_fits()
    {
        var log = new Log(new LogText());
        var text = new byte[Log.TextCapacity];
        log.Add(Subsystem.Mirror, LogEvent.TransferFailed, Mac, 0, 6, int.MinValue, int.MinValue, text, 0, text.Length);
        log.Add(Subsystem.Pxe, LogEvent.Diagnosis, Mac, 0, 6, (int)WhyCode.MirrorSlow, int.MaxValue, text, 0, text.Length);
        for (int i = 0; i < 2; i++)
        {
            var line = new ByteWriter(SyslogLine.Capacity, SyslogLine.Capacity);
            Assert.IsTrue(SyslogLine.Write(line, log, i, new byte[24], new DateTime(2026, 3, 4, 5, 6, 8, 257), 0));
            Assert.IsFalse(line.Overflowed);
        }
    }

    [TestMethod]
    public void Lost_lines_are_said()
    {
        var line = new ByteWriter(SyslogLine.Capacity, SyslogLine.Capacity);
        SyslogLine.WriteLost(line, 12, Octets.Of("netboot"), DateTime.MinValue);
        Assert.AreEqual("<132>1 - netboot netboot - Init - [Init] 12 lines were lost: they came too fast to be sent", line.ToString());
    }

    private static string Line(Log log, int index)
    {
        var line = new ByteWriter(SyslogLine.Capacity, SyslogLine.Capacity);
        return SyslogLine.Write(line, log, index, Octets.Of("netboot"), DateTime.MinValue, 0) ? line.ToString() : null;
    }
}
