using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Syslog;

namespace Netboot.Tests.Journal;

/// <summary>Lines as their senders write them.</summary>
[TestClass]
public class SyslogMessageTests
{
    // iPXE, src/net/udp/syslog.c: <PRI>, host and domain if DHCP gave them, "ipxe: ", the line; its empty lines are sent too.
    [TestMethod]
    [DataRow("<6>ipxe: http://10.77.0.3/vmlinuz... ok", 6, "ipxe: http://10.77.0.3/vmlinuz... ok")]
    [DataRow("<3>nas.home.arpa ipxe: Could not boot: Connection timed out (https://ipxe.org/4c0a6092)", 3,
        "ipxe: Could not boot: Connection timed out (https://ipxe.org/4c0a6092)")]
    [DataRow("<6>nas ipxe: hello", 6, "ipxe: hello")]
    [DataRow("<6>ipxe: ", 6, "")]
    [DataRow("<6>nas ipxe: ", 6, "")]

    // rsyslog's RSYSLOG_TraditionalForwardFormat and RSYSLOG_ForwardFormat; a day of one digit has a blank before it.
    [DataRow("<13>Nov 24 21:00:00 live root: hello", 5, "root: hello")]
    [DataRow("<30>Nov  4 21:00:00 live systemd[1]: Started OpenSSH server.", 6, "systemd[1]: Started OpenSSH server.")]
    [DataRow("<6>Nov 24 21:00:00 live kernel: [    1.234567] virtio_net virtio0 ens3: renamed from eth0", 6,
        "kernel: [    1.234567] virtio_net virtio0 ens3: renamed from eth0")]
    [DataRow("<86>2026-11-24T21:00:00.123456+00:00 live sshd[812]: Accepted publickey for root", 6,
        "sshd[812]: Accepted publickey for root")]

    // BusyBox syslogd -R passes on what programs hand it: a time, no host; klogd's and logger's lines, with the NUL that uClibc's syslog()
    // sends.
    [DataRow("<13>Nov 24 21:00:00 root: hello\n", 5, "root: hello")]
    [DataRow("<28>Nov 24 21:00:00 udhcpc[99]: lease of 10.0.0.9 obtained", 4, "udhcpc[99]: lease of 10.0.0.9 obtained")]

    // RFC 5424 section 6.5, its four examples; rsyslog's RSYSLOG_SyslogProtocol23Format and systemd-netlogd; util-linux' logger --rfc5424.
    [DataRow("<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \u00ef\u00bb\u00bf'su root' failed for lonvick on /dev/pts/8", 2, "su: 'su root' failed for lonvick on /dev/pts/8")]
    [DataRow("<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time to make the do-nuts.", 5,
        "myproc: %% It's time to make the do-nuts.")]
    [DataRow("<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut=\"3\" eventSource=\"Application\" eventID=\"1011\"] \u00ef\u00bb\u00bfAn application event log entry...", 5, "evntslog: An application event log entry...")]
    [DataRow("<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut=\"3\"][examplePriority@32473 class=\"high\"]", 5, "")]
    [DataRow("<14>1 2026-11-24T21:00:00.000000+00:00 live systemd 1 - - Reached target Multi-User System.", 6,
        "systemd: Reached target Multi-User System.")]
    [DataRow("<13>1 - - - - - - bare", 5, "bare")]
    [DataRow("<13>1 2026-11-24T21:00:00Z h a - - [x@1 y=\"a\\\"]b\\\\\"] said", 5, "a: said")]
    public void TagAndMessageAreFound(string line, int severity, string expected) => Check(line, severity, expected);

    // RFC 3164 section 4.3.3: whatever it is, it is text.
    [TestMethod]
    [DataRow("hello", 5, "hello")]
    [DataRow("<>x", 5, "<>x")]
    [DataRow("<192>x", 5, "<192>x")]
    [DataRow("<1x>y", 5, "<1x>y")]
    [DataRow("<13", 5, "<13")]
    [DataRow("<13>1 apple a day", 5, "1 apple a day")]
    [DataRow("<13>1 2026-11-24T21:00:00Z h", 5, "1 2026-11-24T21:00:00Z h")]
    [DataRow("<13>1 2026-11-24T21:00:00Z h a - - [x y=\"never closed] said", 5, "1 2026-11-24T21:00:00Z h a - - [x y=\"never closed] said")]
    [DataRow("<13>no tag at all", 5, "no tag at all")]
    public void What_is_unknown_is_text(string line, int severity, string expected) => Check(line, severity, expected);

    [TestMethod]
    public void Nothing_is_refused_and_ends_are_cleaned()
    {
        var message = new SyslogMessage();
        Assert.IsFalse(message.Parse(new byte[0], 0));
        Assert.IsFalse(message.Parse(Bytes("<13>"), 4));
        Assert.IsFalse(message.Parse(new byte[] { 0, 10, 13, 32, 127 }, 5));
        byte[] bytes = { (byte)'<', (byte)'6', (byte)'>', (byte)'a', 0, (byte)'b', 13, 10, 0, (byte)'x' };
        Assert.IsTrue(message.Parse(bytes, 9));
        Assert.AreEqual(3, message.Offset);
        Assert.AreEqual(3, message.Length);
    }

    [TestMethod]
    public void It_is_logged_in_Pixiecores_shape()
    {
        var log = new Log(new LogText());
        var message = new SyslogMessage();
        byte[] bytes = Bytes("<6>ipxe: a\u001b[1mb");
        message.Parse(bytes, bytes.Length);
        log.Add(Subsystem.Machine, LogEvent.Said, new byte[] { 0x52, 0x54, 0, 0x12, 0x34, 0x56 }, 0, 6, message.Severity, 0, bytes,
            message.Offset, message.Length);
        var line = new ByteWriter(200, 200);
        log.Write(0, line, out long _);
        Assert.AreEqual("[Log] 52:54:00:12:34:56: ipxe: a.[1mb", line.ToString());
    }

    private static void Check(string line, int severity, string expected)
    {
        byte[] bytes = Bytes(line);
        var message = new SyslogMessage();
        Assert.IsTrue(message.Parse(bytes, bytes.Length) || expected == "");
        Assert.AreEqual(severity, message.Severity);
        Assert.AreEqual(expected, Octets.Text(bytes, message.Offset, message.Length));
    }

    // One byte for each character: the byte order mark is written as its three bytes.
    private static byte[] Bytes(string text)
    {
        char[] characters = text.ToCharArray();
        var bytes = new byte[characters.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)characters[i];
        }

        return bytes;
    }
}
