using System;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;

namespace Netboot.Tests.Http;

[TestClass]
public class HttpConnectionTests
{
    private const string Get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static readonly byte[] Address = { 10, 0, 0, 9 };

    private FakeHandler _handler = new FakeHandler();
    private HttpCounters _counters = new HttpCounters();
    private Log _log = new Log();
    private HttpBodies _bodies = new HttpBodies();
    private FakePeer _peer = new FakePeer();
    private HttpConnection _connection;
    private long _now;

    [TestMethod]
    public void GetIsAnsweredInOneSegmentAndClosed()
    {
        Open().Arrive(Get);
        Step();
        Assert.AreEqual(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello",
            _peer.Sent);
        Assert.AreEqual(_peer.SentBytes.Length, _peer.LargestChunk);
        Assert.AreEqual(1, _peer.Closed);
        Assert.IsFalse(_connection.Active);
        Assert.AreEqual("[HTTP] Answering 10.0.0.9: GET /a: 200", LastLine());
    }

    [TestMethod]
    public void HeadIsTheSameWithoutTheBody()
    {
        Open().Arrive("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n");
        Step();
        Assert.IsTrue(_peer.Sent.IndexOf("Content-Length: 5\r\n") > 0);
        Assert.IsTrue(_peer.Sent.EndsWith("\r\n\r\n"));
    }

    [TestMethod]
    public void PostHandsOverItsBody()
    {
        Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nabc");
        Step();
        Assert.AreEqual(0, _handler.Calls);
        _peer.Arrive("def");
        Step();
        Assert.AreEqual("abcdef", _handler.Body);
        Assert.IsFalse(_connection.Active);
    }

    [TestMethod]
    public void LargeBodyArrivesWhole()
    {
        string body = new string('b', HttpLimits.BodySize);
        Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 16384\r\n\r\n" + body);
        Steps(50);
        Assert.AreEqual(HttpLimits.BodySize, _handler.Body.Length);
        Assert.AreEqual(1, _peer.Closed);
    }

    [TestMethod]
    public void ClientThatExpectsContinueGetsIt()
    {
        Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        Step();
        Assert.AreEqual("HTTP/1.1 100 Continue\r\n\r\n", _peer.Sent);
        _peer.Arrive("ok");
        Step();
        Assert.AreEqual("ok", _handler.Body);
    }

    [TestMethod]
    public void SecondLargeBodyIsAskedToComeAgain()
    {
        Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\nx");
        Step();
        HttpConnection first = _connection;
        _peer = new FakePeer();
        Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\nx");
        Step();
        Assert.IsTrue(_peer.Sent.StartsWith("HTTP/1.1 503 "));
        Assert.IsTrue(_peer.Sent.IndexOf("Retry-After: 1\r\n") > 0);
        Assert.IsTrue(first.Active);
    }

    [TestMethod]
    public void LargeBodyThatStoppedGivesWay()
    {
        Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\nx");
        Step();
        HttpConnection first = _connection;
        _now += HttpLimits.BodyIdle;
        _peer = new FakePeer();
        Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\n" + new string('y', 9000));
        Steps(20);
        Assert.IsTrue(_peer.Sent.StartsWith("HTTP/1.1 200 "));
        Assert.IsFalse(first.Active);
        Assert.AreEqual(1, _counters.Evicted);
    }

    [TestMethod]
    public void RefusalSaysWhyAndReadsTheRest()
    {
        Open().Arrive("DELETE / HTTP/1.1\r\nHost: h\r\n\r\n");
        Step();
        Assert.IsTrue(_peer.Sent.StartsWith("HTTP/1.1 405 Method Not Allowed\r\n"));
        Assert.IsTrue(_peer.Sent.IndexOf("Allow: GET, HEAD, POST\r\n") > 0);
        Assert.AreEqual(0, _peer.Closed);
        _peer.Arrive(new string('z', 5000));
        _peer.Ended = true;
        Steps(10);
        Assert.AreEqual(0, _peer.Left);
        Assert.AreEqual(1, _peer.Closed);
        Assert.AreEqual(1, _counters.BadRequests);
        Assert.AreEqual(0, _handler.Calls);
        Assert.AreEqual("[HTTP] Answering 10.0.0.9: Only GET, HEAD and POST are known here.: 405", LastLine());
    }

    [TestMethod]
    public void RefusedClientThatNeverClosesIsLeft()
    {
        Open().Arrive("DELETE / HTTP/1.1\r\n\r\n");
        Step();
        _now += HttpLimits.LingerTimeout;
        Step();
        Assert.AreEqual(1, _peer.Closed);
    }

    [TestMethod]
    public void HandlerThatThrowsIs500AndItsReaderIsClosed()
    {
        var reader = new FakeReader(10);
        _handler.Reader = reader;
        _handler.Throws = true;
        Open().Arrive(Get);
        Step();
        Assert.IsTrue(_peer.Sent.StartsWith("HTTP/1.1 500 "));
        Assert.AreEqual(1, reader.Closed);
        Assert.AreEqual(1, _counters.Faults);
        Assert.AreEqual(1, _peer.Closed);
    }

    [TestMethod]
    public void HeaderWithALineEndIsRefused()
    {
        _handler.ExtraValue = Octets.Of("a\r\nSet-Cookie: b");
        Open().Arrive(Get);
        Step();
        Assert.IsTrue(_peer.Sent.StartsWith("HTTP/1.1 500 "));
        Assert.IsTrue(_peer.Sent.IndexOf("Set-Cookie") < 0);
    }

    [TestMethod]
    public void HeaderOfTheHandlerIsSent()
    {
        _handler.ExtraValue = Octets.Of("v");
        Open().Arrive(Get);
        Step();
        Assert.IsTrue(_peer.Sent.IndexOf("\r\nX-Extra: v\r\n\r\nhello") > 0);
    }

    [DataRow(204)]
    [DataRow(304)]
    [TestMethod]
    public void StatusWithoutABodyHasNone(int status)
    {
        _handler.Status = status;
        Open().Arrive(Get);
        Step();
        Assert.IsTrue(_peer.Sent.EndsWith("\r\n\r\n"));
        Assert.IsTrue(_peer.Sent.IndexOf("Content-Length") < 0);
    }

    [DataRow(1)]
    [DataRow(3)]
    [TestMethod]
    public void FileIsStreamedWhole(int every)
    {
        var reader = new FakeReader(50000) { Every = every };
        _handler.Reader = reader;
        Open().Arrive(Get);
        Steps(300);
        AssertBody(0, 50000, "HTTP/1.1 200 OK");
        Assert.IsTrue(_peer.LargestChunk <= HttpLimits.ChunkSize);
        Assert.AreEqual(50000, reader.Released);
        Assert.AreEqual(1, reader.Closed);
        Assert.AreEqual(1, _peer.Closed);
    }

    [TestMethod]
    public void EmptyFileIsSent()
    {
        var reader = new FakeReader(0);
        _handler.Reader = reader;
        Open().Arrive(Get);
        Steps(3);
        AssertBody(0, 0, "HTTP/1.1 200 OK");
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void HeadOfAFileTellsItsLength()
    {
        var reader = new FakeReader(50000) { Every = 2 };
        _handler.Reader = reader;
        Open().Arrive("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n");
        Steps(5);
        Assert.IsTrue(_peer.Sent.IndexOf("Content-Length: 50000\r\n") > 0);
        Assert.IsTrue(_peer.Sent.EndsWith("\r\n\r\n"));
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void MissingFileIs404()
    {
        AssertFails(new FakeReader(5) { IsMissing = true }, "HTTP/1.1 404 Not Found\r\n");
    }

    [TestMethod]
    public void FailedFileIs502WithTheReason()
    {
        AssertFails(new FakeReader(5) { HasNoLength = true }, "HTTP/1.1 502 Bad Gateway\r\n");
        Assert.IsTrue(_peer.Sent.IndexOf("The mirror said 503.") > 0);
    }

    [TestMethod]
    public void SilentFileIs504InTheEnd()
    {
        var reader = new FakeReader(5) { IsSilent = true };
        _handler.Reader = reader;
        Open().Arrive(Get);
        Step();
        _now += HttpLimits.SourceTimeout - 1;
        Step();
        Assert.AreEqual("", _peer.Sent);
        _now++;
        Step();
        Assert.IsTrue(_peer.Sent.StartsWith("HTTP/1.1 504 "));
        Assert.AreEqual(1, reader.Closed);
        Assert.AreEqual(1, _counters.TimedOut);
    }

    [TestMethod]
    public void FileThatFailsMidwayIsCutShort()
    {
        var reader = new FakeReader(50000) { FailsAt = 20000 };
        _handler.Reader = reader;
        Open().Arrive(Get);
        Steps(100);
        Assert.IsTrue(_peer.Sent.IndexOf("Content-Length: 50000\r\n") > 0);
        Assert.IsTrue(_peer.SentBytes.Length < 30000);
        Assert.AreEqual(1, _peer.Closed);
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void ReaderThatThrowsEndsOnlyItsConnection()
    {
        var reader = new FakeReader(50000) { ThrowsAt = 20000 };
        _handler.Reader = reader;
        Open().Arrive(Get);
        Steps(100);
        Assert.AreEqual(1, _peer.Closed);
        Assert.AreEqual(1, reader.Closed);
        Assert.AreEqual(1, _counters.Faults);
    }

    [TestMethod]
    public void PartOfAFileIsSent()
    {
        _handler.Reader = new FakeReader(50000);
        _handler.Seekable = true;
        Open().Arrive("GET /a HTTP/1.1\r\nHost: h\r\nRange: bytes=20000-39999\r\n\r\n");
        Steps(100);
        Assert.IsTrue(_peer.Sent.IndexOf("Content-Range: bytes 20000-39999/50000\r\n") > 0);
        AssertBody(20000, 20000, "HTTP/1.1 206 Partial Content");
    }

    [TestMethod]
    public void StreamThatCannotSeekIsSentWhole()
    {
        _handler.Reader = new FakeReader(5000);
        Open().Arrive("GET /a HTTP/1.1\r\nHost: h\r\nRange: bytes=2000-\r\n\r\n");
        Steps(100);
        AssertBody(0, 5000, "HTTP/1.1 200 OK");
    }

    [TestMethod]
    public void PartOfATextIsSent()
    {
        Open().Arrive("GET /a HTTP/1.1\r\nHost: h\r\nRange: bytes=1-3\r\n\r\n");
        Step();
        Assert.IsTrue(_peer.Sent.StartsWith("HTTP/1.1 206 Partial Content\r\n"));
        Assert.IsTrue(_peer.Sent.EndsWith("Content-Length: 3\r\nContent-Range: bytes 1-3/5\r\n\r\nell"));
    }

    [TestMethod]
    public void PartBehindTheEndIs416()
    {
        var reader = new FakeReader(50000);
        _handler.Reader = reader;
        _handler.Seekable = true;
        Open().Arrive("GET /a HTTP/1.1\r\nHost: h\r\nRange: bytes=50000-\r\n\r\n");
        Step();
        Assert.IsTrue(_peer.Sent.StartsWith("HTTP/1.1 416 Range Not Satisfiable\r\n"));
        Assert.IsTrue(_peer.Sent.EndsWith("Content-Length: 0\r\nContent-Range: bytes */50000\r\n\r\n"));
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void RangeThatDependsOnAVersionIsTheWhole()
    {
        Open().Arrive("GET /a HTTP/1.1\r\nHost: h\r\nRange: bytes=1-3\r\nIf-Range: \"x\"\r\n\r\n");
        Step();
        Assert.IsTrue(_peer.Sent.StartsWith("HTTP/1.1 200 OK\r\n"));
    }

    [TestMethod]
    public void SlowClientLivesAndADeadOneIsLeft()
    {
        var reader = new FakeReader(50000);
        _handler.Reader = reader;
        _peer.Room = 1000;
        Open().Arrive(Get);
        Step();
        for (int i = 0; i < 10; i++)
        {
            _now += HttpLimits.StallTimeout - 1;
            _peer.Room = 10;
            Step();
            Step();
            Assert.IsTrue(_connection.Active);
        }

        _now += HttpLimits.StallTimeout;
        Step();
        Assert.IsFalse(_connection.Active);
        Assert.AreEqual(1, _counters.TimedOut);
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void ClientThatGoesAwayClosesTheReader()
    {
        var reader = new FakeReader(50000);
        _handler.Reader = reader;
        _peer.Room = 1000;
        Open().Arrive(Get);
        Step();
        _peer.Gone = true;
        Step();
        Assert.IsFalse(_connection.Active);
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void SilentConnectionIsClosedWithoutAWord()
    {
        Open();
        _now += HttpLimits.HeadTimeout;
        Step();
        Assert.AreEqual("", _peer.Sent);
        Assert.AreEqual(1, _peer.Closed);
        Assert.AreEqual(1, _counters.TimedOut);
    }

    [DataRow("GET / HTTP/1.1\r\nHost", 5000)]
    [DataRow("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab", 10000)]
    [TestMethod]
    public void HalfARequestIs408(string text, int milliseconds)
    {
        Open().Arrive(text);
        Step();
        _now += milliseconds - 1;
        Step();
        Assert.AreEqual("", _peer.Sent);
        _now++;
        Step();
        Assert.IsTrue(_peer.Sent.StartsWith("HTTP/1.1 408 Request Timeout\r\n"));
    }

    [TestMethod]
    public void HalfClosedClientStillGetsItsAnswer()
    {
        _peer.Ended = true;
        Open().Arrive(Get);
        Step();
        Assert.IsTrue(_peer.Sent.EndsWith("hello"));
    }

    [TestMethod]
    public void OnlyALateRequestMayBeEvicted()
    {
        Open().Arrive("GET");
        Step();
        Assert.IsFalse(_connection.IsLate(_now + HttpLimits.EvictionAge - 1));
        Assert.IsTrue(_connection.IsLate(_now + HttpLimits.EvictionAge));
        _handler.Reader = new FakeReader(100000);
        _peer.Room = 100;
        _peer.Arrive(" / HTTP/1.0\r\n\r\n");
        Step();
        Assert.IsFalse(_connection.IsLate(_now + 9999));
    }


    private void AssertFails(FakeReader reader, string start)
    {
        _handler.Reader = reader;
        Open().Arrive(Get);
        Steps(3);
        Assert.IsTrue(_peer.Sent.StartsWith(start));
        Assert.AreEqual(1, reader.Closed);
        Assert.AreEqual(1, _peer.Closed);
    }

    private void AssertBody(int first, int length, string statusLine)
    {
        byte[] sent = _peer.SentBytes.Buffer;
        int body = _peer.SentBytes.Length - length;
        Assert.AreEqual(statusLine, Octets.Text(sent, 0, statusLine.Length));
        Assert.AreEqual("\r\n\r\n", Octets.Text(sent, body - 4, 4));
        for (int i = 0; i < length; i++)
        {
            if (sent[body + i] != FakeReader.At(first + i))
            {
                Assert.AreEqual(-1, i);
            }
        }
    }

    private string LastLine()
    {
        var line = new ByteWriter(200, 200);
        _log.Write(_log.Added - 1, line, out long time);
        return line.ToString();
    }

    private FakePeer Open()
    {
        _connection = new HttpConnection(_handler, _bodies, _counters, _log, new byte[HttpLimits.BufferSize]);
        _connection.Open(_peer, Address, _now);
        return _peer;
    }

    private void Step()
    {
        _connection.Step(_now);
    }

    private void Steps(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _connection.Step(_now);
        }
    }
}
