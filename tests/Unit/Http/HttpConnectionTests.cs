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
    private Log _log = new Log();
    private HttpJournal _journal;
    private HttpBodies _bodies = new HttpBodies();
    private FakePeer _peer = new FakePeer();
    private HttpConnection _connection;
    private long _now;

    [TestMethod]
    public void Get_is_answered_in_one_segment_and_closed()
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
    public void Head_is_the_same_without_the_body()
    {
        Open().Arrive("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n");
        Step();
        Assert.IsTrue(_peer.Sent.IndexOf("Content-Length: 5\r\n") > 0);
        Assert.IsTrue(_peer.Sent.EndsWith("\r\n\r\n"));
    }

    [TestMethod]
    public void Post_hands_over_its_body()
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
    public void Large_body_arrives_whole()
    {
        string body = new string('b', HttpLimits.BodySize);
        Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 16384\r\n\r\n" + body);
        Steps(50);
        Assert.AreEqual(HttpLimits.BodySize, _handler.Body.Length);
        Assert.AreEqual(1, _peer.Closed);
    }

    [TestMethod]
    public void Client_that_expects_continue_gets_it()
    {
        Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        Step();
        Assert.AreEqual("HTTP/1.1 100 Continue\r\n\r\n", _peer.Sent);
        _peer.Arrive("ok");
        Step();
        Assert.AreEqual("ok", _handler.Body);
    }

    [TestMethod]
    public void Second_large_body_is_asked_to_come_again()
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
    public void Large_body_that_stopped_gives_way()
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
        Assert.AreEqual(1, _journal.Counters.Evicted);
    }

    [TestMethod]
    public void Refusal_says_why_and_reads_the_rest()
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
        Assert.AreEqual(1, _journal.Counters.BadRequests);
        Assert.AreEqual(0, _handler.Calls);
        Assert.AreEqual("[HTTP] Answering 10.0.0.9: Only GET, HEAD and POST are known here.: 405", LastLine());
    }

    [TestMethod]
    public void Refused_client_that_never_closes_is_left()
    {
        Open().Arrive("DELETE / HTTP/1.1\r\n\r\n");
        Step();
        _now += HttpLimits.LingerQuiet;
        Step();
        Assert.AreEqual(1, _peer.Closed);
    }

    [TestMethod]
    public void Handler_that_throws_is_500_and_its_reader_is_closed()
    {
        var reader = new FakeReader(10);
        _handler.Reader = reader;
        _handler.Throws = true;
        Open().Arrive(Get);
        Step();
        Assert.IsTrue(_peer.Sent.StartsWith("HTTP/1.1 500 "));
        Assert.AreEqual(1, reader.Closed);
        Assert.AreEqual(1, _journal.Counters.Faults);
        Assert.AreEqual(1, _peer.Closed);
    }

    [TestMethod]
    public void Header_with_a_line_end_is_refused()
    {
        _handler.ExtraValue = Octets.Of("a\r\nSet-Cookie: b");
        Open().Arrive(Get);
        Step();
        Assert.IsTrue(_peer.Sent.StartsWith("HTTP/1.1 500 "));
        Assert.IsTrue(_peer.Sent.IndexOf("Set-Cookie") < 0);
    }

    [TestMethod]
    public void Header_of_the_handler_is_sent()
    {
        _handler.ExtraValue = Octets.Of("v");
        Open().Arrive(Get);
        Step();
        Assert.IsTrue(_peer.Sent.IndexOf("\r\nX-Extra: v\r\n\r\nhello") > 0);
    }

    [DataRow(204)]
    [DataRow(304)]
    [TestMethod]
    public void Status_without_a_body_has_none(int status)
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
    public void File_is_streamed_whole(int every)
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
    public void Empty_file_is_sent()
    {
        var reader = new FakeReader(0);
        _handler.Reader = reader;
        Open().Arrive(Get);
        Steps(3);
        AssertBody(0, 0, "HTTP/1.1 200 OK");
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void Head_of_a_file_tells_its_length()
    {
        var reader = new FakeReader(50000) { Every = 2 };
        _handler.Reader = reader;
        Open().Arrive("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n");
        Steps(5);
        Assert.IsTrue(_peer.Sent.IndexOf("Content-Length: 50000\r\n") > 0);
        Assert.IsTrue(_peer.Sent.EndsWith("\r\n\r\n"));
        Assert.AreEqual(0, reader.Released, "a stream is kept at its start for the GET");
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void Missing_file_is_404()
    {
        AssertFails(new FakeReader(5) { IsMissing = true }, "HTTP/1.1 404 Not Found\r\n");
    }

    [TestMethod]
    public void Failed_file_is_502_with_the_reason()
    {
        AssertFails(new FakeReader(5) { HasNoLength = true }, "HTTP/1.1 502 Bad Gateway\r\n");
        Assert.IsTrue(_peer.Sent.IndexOf("The mirror said 503.") > 0);
    }

    [TestMethod]
    public void Silent_file_is_504_in_the_end()
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
        Assert.AreEqual(1, _journal.Counters.TimedOut);
    }

    [TestMethod]
    public void File_that_fails_midway_is_cut_short()
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
    public void Reader_that_throws_ends_only_its_connection()
    {
        var reader = new FakeReader(50000) { ThrowsAt = 20000 };
        _handler.Reader = reader;
        Open().Arrive(Get);
        Steps(100);
        Assert.AreEqual(1, _peer.Closed);
        Assert.AreEqual(1, reader.Closed);
        Assert.AreEqual(1, _journal.Counters.Faults);
    }

    [TestMethod]
    public void Part_of_a_file_is_sent()
    {
        _handler.Reader = new FakeReader(50000);
        _handler.Seekable = true;
        Open().Arrive("GET /a HTTP/1.1\r\nHost: h\r\nRange: bytes=20000-39999\r\n\r\n");
        Steps(100);
        Assert.IsTrue(_peer.Sent.IndexOf("Content-Range: bytes 20000-39999/50000\r\n") > 0);
        AssertBody(20000, 20000, "HTTP/1.1 206 Partial Content");
    }

    [TestMethod]
    public void Stream_that_cannot_seek_is_sent_whole()
    {
        _handler.Reader = new FakeReader(5000);
        Open().Arrive("GET /a HTTP/1.1\r\nHost: h\r\nRange: bytes=2000-\r\n\r\n");
        Steps(100);
        AssertBody(0, 5000, "HTTP/1.1 200 OK");
    }

    [TestMethod]
    public void Part_of_a_text_is_sent()
    {
        Open().Arrive("GET /a HTTP/1.1\r\nHost: h\r\nRange: bytes=1-3\r\n\r\n");
        Step();
        Assert.IsTrue(_peer.Sent.StartsWith("HTTP/1.1 206 Partial Content\r\n"));
        Assert.IsTrue(_peer.Sent.EndsWith("Content-Length: 3\r\nContent-Range: bytes 1-3/5\r\n\r\nell"));
    }

    [TestMethod]
    public void Part_behind_the_end_is_416()
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
    public void Range_that_depends_on_a_version_is_the_whole()
    {
        Open().Arrive("GET /a HTTP/1.1\r\nHost: h\r\nRange: bytes=1-3\r\nIf-Range: \"x\"\r\n\r\n");
        Step();
        Assert.IsTrue(_peer.Sent.StartsWith("HTTP/1.1 200 OK\r\n"));
    }

    [TestMethod]
    public void Slow_client_lives_and_a_dead_one_is_left()
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
        Assert.AreEqual(1, _journal.Counters.TimedOut);
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void Client_that_goes_away_closes_the_reader()
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
    public void Silent_connection_is_closed_without_a_word()
    {
        Open();
        _now += HttpLimits.HeadTimeout;
        Step();
        Assert.AreEqual("", _peer.Sent);
        Assert.AreEqual(1, _peer.Closed);
        Assert.AreEqual(1, _journal.Counters.TimedOut);
    }

    [DataRow("GET / HTTP/1.1\r\nHost", 5000)]
    [DataRow("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab", 10000)]
    [TestMethod]
    public void Half_a_request_is_408(string text, int milliseconds)
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
    public void Half_closed_client_still_gets_its_answer()
    {
        _peer.Ended = true;
        Open().Arrive(Get);
        Step();
        Assert.IsTrue(_peer.Sent.EndsWith("hello"));
    }

    [TestMethod]
    public void Only_a_late_request_may_be_evicted()
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
        if (_journal == null)
        {
            _journal = new HttpJournal(_log);
        }

        _connection = new HttpConnection(_handler, _bodies, _journal, new byte[HttpLimits.BufferSize]);
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
