using System;
using System.Text;
using Netboot.Http;
using Netboot.Tests.Support;

namespace Netboot.Tests.Http;

/// <summary>Whatever a mirror sends, in whatever pieces: nothing is thrown, every byte is consumed once, and it comes to an end.</summary>
[TestClass]
public class ReplyFuzz
{
    private const int Seed = 81;

    private static readonly byte[][] Seeds =
    [
        Bytes("HTTP/1.1 200 OK\r\nContent-Length: 12\r\nContent-Type: text/html\r\n\r\nhello, world"),
        Bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n00a;x=y\r\n0123456789\r\n0\r\nA: b\r\n\r\n"),
        Bytes("HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/" + new string('x', 400) + "\r\nContent-Length: 0\r\n\r\n"),
        Bytes("HTTP/1.0 200 OK\r\nX: " + new string('y', 9000) + "\r\n\r\nbody"),
        Bytes("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"),
    ];

    [TestMethod]
    public void Broken_answers_never_throw_and_come_to_an_end()
    {
        var random = new Random(Seed);
        var packet = new byte[12_000];
        int whole = 0;
        int faults = 0;
        for (int i = 0; i < Fuzz.Packets; i++)
        {
            int length = Fuzz.Make(random, Seeds, packet);
            length = i % 50 == 0 ? length : Math.Min(length, 2000);
            var reader = new ReplyReader();
            int at = 0;
            while (at < length && !reader.Done && reader.Fault == FetchFault.None)
            {
                int count = Math.Min(random.Next(1, 700), length - at);
                if (reader.Due > 0)
                {
                    count = (int)Math.Min(count, reader.Due);
                    reader.Took(count);
                    at += count;
                    continue;
                }

                int taken = reader.Feed(packet, at, count);
                Assert.IsTrue(taken >= 0 && taken <= count, "within its piece");
                Assert.IsTrue(taken > 0 || reader.Due > 0 || reader.Done || reader.Fault != FetchFault.None, "it moves on");
                at += taken;
            }

            reader.Closed();
            Assert.IsTrue(reader.Done || reader.Fault != FetchFault.None, "an end, one way or the other");
            whole += reader.Done ? 1 : 0;
            faults += reader.Done ? 0 : 1;
        }

        Assert.IsTrue(whole > Fuzz.Packets / 100 && faults > Fuzz.Packets / 100, whole + " whole, " + faults + " broken");
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
