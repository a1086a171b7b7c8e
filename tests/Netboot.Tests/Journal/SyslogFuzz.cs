using System;
using System.Linq;
using System.Text;
using Netboot.Syslog;
using Netboot.Tests.Support;

namespace Netboot.Tests.Journal;

/// <summary>Whatever comes to port 514: nothing is thrown, nothing is read or written beyond the datagram.</summary>
[TestClass]
public class SyslogFuzz
{
    private const int Seed = 514;
    private const int Guard = 16;
    private const byte Mark = 0xA5;

    private static readonly byte[][] s_seeds =
    [
        .. new[]
        {
            "<6>ipxe: http://10.77.0.3/vmlinuz... ok", "<6>nas.home.arpa ipxe: x", "<13>Nov 24 21:00:00 live root: hello",
                "<13>Nov 24 21:00:00 root: hello\n\0",
            "<86>2026-11-24T21:00:00.123456+00:00 live sshd[812]: Accepted publickey for root",
            "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \u00ef\u00bb\u00bf'su root' failed",
            "<165>1 2003-10-11T22:14:15.003Z host evntslog - ID47 [exampleSDID@32473 iut=\"3\" a=\"\\\"]\\\\\"][b@1 c=\"d\"] An event",
            "<13>1 - - a - - - b", "<14>1 2026-11-24T21:00:00Z live systemd 1 - - Reached target",
        }.Select(Encoding.Latin1.GetBytes),
    ];

    [TestMethod]
    public void Any_datagram_is_read_within_its_length()
    {
        var random = new Random(Seed);
        var message = new SyslogMessage();
        var made = new byte[300];
        var packet = new byte[made.Length + Guard];
        int read = 0;
        for (int i = 0; i < Fuzz.Packets; i++)
        {
            int length = Fuzz.Make(random, s_seeds, made);
            Array.Copy(made, packet, length);
            packet.AsSpan(length).Fill(Mark);
            bool said = message.Parse(packet, length);
            Assert.IsTrue(message.Severity is >= 0 and <= 7);
            Assert.IsTrue(message.Offset >= 0 && message.Length >= 0 && message.Offset + message.Length <= length,
                "the text is within the datagram");
            Assert.IsTrue(said || message.Length == 0);
            Assert.IsTrue(packet.AsSpan(length).IndexOfAnyExcept(Mark) < 0, "nothing is written beyond it");
            if (message.Length > 0)
            {
                read++;
                Assert.IsTrue(packet[message.Offset] > 0x20 && packet[message.Offset + message.Length - 1] > 0x20);
            }
        }

        Assert.IsTrue(read > Fuzz.Packets / 2, "the generator must reach the texts: " + read);
    }

    [TestMethod]
    public void A_datagram_that_is_all_of_its_array_is_read_too()
    {
        var random = new Random(Seed + 1);
        var message = new SyslogMessage();
        var made = new byte[300];
        for (int i = 0; i < Fuzz.Packets; i++)
        {
            int length = Fuzz.Make(random, s_seeds, made);
            message.Parse(made[..length], length);
        }

        byte[] good = [.. s_seeds[0]];
        Assert.IsTrue(message.Parse(good, good.Length));
        Assert.AreEqual(3, message.Offset);
    }
}
