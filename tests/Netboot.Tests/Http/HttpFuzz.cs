using System;
using System.Text;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Tests.Support;

namespace Netboot.Tests.Http;

/// <summary>
/// Broken heads and bodies, in any pieces, neither throw nor leave anything behind; good ones after them are answered as before.
/// </summary>
[TestClass]
public class HttpFuzz
{
    private const int Seed = 80;

    private static readonly byte[][] Seeds =
    [
        Bytes("GET /boot.ipxe?mac=52:54:00:12:34:56&serial=a%20b HTTP/1.1\r\nUser-Agent: iPXE/1.21.1\r\nHost: 10.0.0.1\r\nConnection: keep-alive\r\n\r\n"),
        Bytes("HEAD /snponly.efi HTTP/1.1\r\nHost: 10.0.0.1\r\nUser-Agent: UefiHttpBoot/1.0\r\nAccept: */*\r\n\r\n"),
        Bytes("POST /api HTTP/1.1\r\nHost: h\r\nCookie: a=b\r\nOrigin: http://h\r\nX-Netboot-Token: t\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n01234567890123456789"),
        Bytes("POST /api HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3000\r\n\r\n" + new string('b', 3000)),
        Bytes("GET /file HTTP/1.1\r\nHost: h\r\nRange: bytes=10-20\r\nIf-None-Match: \"x\"\r\n\r\n"),
        Bytes("GET http://h/%e2%82%ac/%2e%2e?a=%ff+%00&&=&a HTTP/1.0\r\n\r\n"),
        Bytes("GET / HTTP/1.1\r\nHost: h\r\nX-Long: " + new string('l', 3000) + "\r\nCookie: " + new string('c', 900) + "\r\n\r\n"),
        Bytes("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
    ];

    [TestMethod]
    public void Broken_requests_never_throw_and_leave_nothing_behind()
    {
        var random = new Random(Seed);
        var handler = new FakeHandler();
        var shared = new HttpShared(handler, new Log(new LogText()), new byte[HttpLimits.BufferSize]);
        var connection = new HttpConnection(shared);
        var packet = new byte[12_000];
        byte[] address = [10, 0, 0, 1];
        long now = 0;
        int answered = 0;
        int refused = 0;
        for (int i = 0; i < Fuzz.Packets; i++)
        {
            // Most inputs are short; a long random one now and then.
            int length = Fuzz.Make(random, Seeds, packet);
            length = i % 50 == 0 ? length : Math.Min(length, 4500);
            var reader = new FakeReader(random.Next(6000)) { Every = random.Next(1, 3) };
            if (random.Next(4) == 0)
            {
                reader.FailsAt = random.Next(3000);
            }

            handler.Reader = random.Next(3) == 0 ? reader : null;
            handler.Seekable = random.Next(2) == 0;
            int calls = handler.Calls;
            var peer = new FakePeer { Piece = random.Next(3) == 0 ? random.Next(1, 40) : 100_000, Ended = random.Next(2) == 0 };
            peer.Arrive(packet, 0, length);
            connection.Open(peer, address, now);
            int steps = 0;
            while (connection.Active)
            {
                // Time passes only when there is nothing more to read, so that every path ends by its own time-out.
                Assert.IsTrue(++steps < 30_000, "input " + i + " never ends");
                connection.Step(now);
                now += peer.Left == 0 ? 500 : 0;
                if (random.Next(5000) == 0)
                {
                    peer.Gone = true;
                }
            }

            Assert.AreEqual(1, peer.Closed);
            Assert.AreEqual(handler.Reader != null && handler.Calls > calls ? 1 : 0, reader.Closed, "input " + i);
            string sent = Encoding.Latin1.GetString(peer.SentBytes.Buffer, 0, Math.Min(peer.SentBytes.Length, 40));
            Assert.IsTrue(sent.Length == 0 || peer.Gone || sent.StartsWith("HTTP/1.1 ", StringComparison.Ordinal), sent);
            answered += handler.Calls > calls ? 1 : 0;
            refused += sent.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.AreEqual(0, shared.Counts[Counter.HttpFaults]);
        Assert.IsTrue(answered > Fuzz.Packets / 20 && refused > Fuzz.Packets / 20, "the generator must reach both: " + answered + " "
            + refused);
        handler.Reader = null;
        var good = new FakePeer();
        good.Arrive(Seeds[0], 0, Seeds[0].Length);
        connection.Open(good, address, now);
        connection.Step(now);
        Assert.IsTrue(good.Sent.EndsWith("\r\n\r\nhello", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Pieces_make_no_difference()
    {
        var random = new Random(Seed);
        var whole = new HttpRequest();
        var pieces = new HttpRequest();
        var wholeParser = new HttpRequestParser(whole);
        var piecesParser = new HttpRequestParser(pieces);
        var packet = new byte[5000];
        for (int i = 0; i < Fuzz.Packets; i++)
        {
            int length = Fuzz.Make(random, Seeds, packet);
            wholeParser.Start();
            int wholeTaken = wholeParser.Feed(packet, 0, length);
            piecesParser.Start();
            int taken = 0;
            while (taken < length && !piecesParser.Done)
            {
                taken += piecesParser.Feed(packet, taken, Math.Min(random.Next(1, 300), length - taken));
            }

            if (pieces.Status is 431 or 414)
            {
                // A line in pieces must fit in the buffer, one in a single read need not: it may be refused for its length, or for its
                // content, or taken.
                continue;
            }

            Assert.AreEqual(wholeParser.Done, piecesParser.Done, "input " + i);
            Assert.AreEqual(whole.Status, pieces.Status, "input " + i);
            if (wholeParser.Done && whole.Status == 0)
            {
                Assert.AreEqual(wholeTaken, taken, "input " + i);
                Assert.AreEqual(whole.Kept, pieces.Kept, "input " + i);
                Assert.AreEqual(whole.ContentLength, pieces.ContentLength);
                Assert.IsTrue(whole.Buffer.AsSpan(0, whole.Kept).SequenceEqual(pieces.Buffer.AsSpan(0, whole.Kept)), "input "
                    + i);
            }
        }
    }

    [TestMethod]
    public void A_download_makes_no_garbage()
    {
        var handler = new Loader();
        var connection = new HttpConnection(new HttpShared(handler, new Log(new LogText()), new byte[HttpLimits.BufferSize]));
        byte[] address = [10, 0, 0, 1];
        long before = 0;
        for (int i = 0; i < 200; i++)
        {
            if (i == 100)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            handler.Arrived = false;
            connection.Open(handler, address, 0);
            while (connection.Active)
            {
                connection.Step(0);
            }
        }

        // The media type in the head is made anew each time (it stays in flash otherwise); a chunk makes nothing.
        Assert.IsTrue(GC.GetAllocatedBytesForCurrentThread() - before <= 100 * 64, "bytes: "
            + (GC.GetAllocatedBytesForCurrentThread() - before));
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private sealed class Loader : Netboot.Bytes.LoaderReader, IHttpPeer, IHttpHandler
    {
        private static readonly byte[] Request =
            Bytes("GET /snponly.efi HTTP/1.1\r\nHost: 10.0.0.1\r\nUser-Agent: UefiHttpBoot/1.0\r\n\r\n");

        public bool Arrived { get; set; }

        public override int Length => 20_000;

        public override string Failure => null;

        public override bool Missing => false;

        public void Handle(HttpRequest request, HttpResponse response, long now) => response.Body(this, true);

        public bool Receive(HttpRequest request, HttpResponse response, bool isLong, long now) => throw new NotSupportedException();

        public int Receive(byte[] buffer, int offset, int count)
        {
            if (Arrived)
            {
                return 0;
            }

            Arrived = true;
            Request.CopyTo(buffer, offset);
            return Request.Length;
        }

        public int Send(byte[] buffer, int offset, int count) => count;

        public override int Read(int position, byte[] buffer, int offset, int count) => count;

        public override void Release(int position)
        {
        }

        public override void Close()
        {
        }

        void IHttpPeer.Close()
        {
        }
    }
}
