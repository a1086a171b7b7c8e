using System;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;

namespace Netboot.Tests.Http;

[TestClass]
public partial class HttpConnectionTests
{
    [TestMethod]
    public void Get_is_answered_in_one_segment_and_closed()
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Step();
        Assert.AreEqual(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello",
            bench.Peer.Sent);
        Assert.AreEqual(bench.Peer.SentBytes.Length, bench.Peer.LargestChunk);
        Assert.AreEqual(1, bench.Peer.Closed);
        Assert.IsFalse(bench.Connection.Active);
        Assert.AreEqual("[HTTP] Answering 10.0.0.9: GET /a: 200", bench.LastLine());
    }

    [TestMethod]
    public void Head_is_the_same_without_the_body()
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n");
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.IndexOf("Content-Length: 5\r\n") > 0);
        Assert.IsTrue(bench.Peer.Sent.EndsWith("\r\n\r\n"));
    }

    [TestMethod]
    public void Post_hands_over_its_body()
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nabc");
        bench.Step();
        Assert.AreEqual(0, bench.Handler.Calls);
        bench.Peer.Arrive("def");
        bench.Step();
        Assert.AreEqual("abcdef", bench.Handler.Body);
        Assert.IsFalse(bench.Connection.Active);
    }

    [TestMethod]
    public void Client_that_expects_continue_gets_it()
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        bench.Step();
        Assert.AreEqual("HTTP/1.1 100 Continue\r\n\r\n", bench.Peer.Sent);
        bench.Peer.Arrive("ok");
        bench.Step();
        Assert.AreEqual("ok", bench.Handler.Body);
    }

    [TestMethod]
    public void Refusal_says_why_and_reads_the_rest()
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive("DELETE / HTTP/1.1\r\nHost: h\r\n\r\n");
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 405 Method Not Allowed\r\n"));
        Assert.IsTrue(bench.Peer.Sent.IndexOf("Allow: GET, HEAD, POST\r\n") > 0);
        Assert.AreEqual(0, bench.Peer.Closed);
        bench.Peer.Arrive(new string('z', 5000));
        bench.Peer.Ended = true;
        bench.Steps(10);
        Assert.AreEqual(0, bench.Peer.Left);
        Assert.AreEqual(1, bench.Peer.Closed);
        Assert.AreEqual(1, bench.Journal.Counters.BadRequests);
        Assert.AreEqual(0, bench.Handler.Calls);
        Assert.AreEqual("[HTTP] Answering 10.0.0.9: Only GET, HEAD and POST are known here.: 405", bench.LastLine());
    }

    [TestMethod]
    public void Refused_client_that_never_closes_is_left()
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive("DELETE / HTTP/1.1\r\n\r\n");
        bench.Step();
        bench.Now += HttpLimits.LingerQuiet;
        bench.Step();
        Assert.AreEqual(1, bench.Peer.Closed);
    }

    [TestMethod]
    public void Handler_that_throws_is_500_and_its_reader_is_closed()
    {
        var bench = new ConnectionBench();
        var reader = new FakeReader(10);
        bench.Handler.Reader = reader;
        bench.Handler.Throws = true;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 500 "));
        Assert.AreEqual(1, reader.Closed);
        Assert.AreEqual(1, bench.Journal.Counters.Faults);
        Assert.AreEqual(1, bench.Peer.Closed);
    }

    [TestMethod]
    public void Header_with_a_line_end_is_refused()
    {
        var bench = new ConnectionBench();
        bench.Handler.ExtraValue = Octets.Of("a\r\nSet-Cookie: b");
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 500 "));
        Assert.IsTrue(bench.Peer.Sent.IndexOf("Set-Cookie") < 0);
    }

    [TestMethod]
    public void Header_of_the_handler_is_sent()
    {
        var bench = new ConnectionBench();
        bench.Handler.ExtraValue = Octets.Of("v");
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.IndexOf("\r\nX-Extra: v\r\n\r\nhello") > 0);
    }

    [DataRow(204)]
    [DataRow(304)]
    [TestMethod]
    public void Status_without_a_body_has_none(int status)
    {
        var bench = new ConnectionBench();
        bench.Handler.Status = status;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.EndsWith("\r\n\r\n"));
        Assert.IsTrue(bench.Peer.Sent.IndexOf("Content-Length") < 0);
    }

    [TestMethod]
    public void Slow_client_lives_and_a_dead_one_is_left()
    {
        var bench = new ConnectionBench();
        var reader = new FakeReader(50000);
        bench.Handler.Reader = reader;
        bench.Peer.Room = 1000;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Step();
        for (int i = 0; i < 10; i++)
        {
            bench.Now += HttpLimits.StallTimeout - 1;
            bench.Peer.Room = 10;
            bench.Step();
            bench.Step();
            Assert.IsTrue(bench.Connection.Active);
        }

        bench.Now += HttpLimits.StallTimeout;
        bench.Step();
        Assert.IsFalse(bench.Connection.Active);
        Assert.AreEqual(1, bench.Journal.Counters.TimedOut);
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void Client_that_goes_away_closes_the_reader()
    {
        var bench = new ConnectionBench();
        var reader = new FakeReader(50000);
        bench.Handler.Reader = reader;
        bench.Peer.Room = 1000;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Step();
        bench.Peer.Gone = true;
        bench.Step();
        Assert.IsFalse(bench.Connection.Active);
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void Silent_connection_is_closed_without_a_word()
    {
        var bench = new ConnectionBench();
        bench.Open();
        bench.Now += HttpLimits.HeadTimeout;
        bench.Step();
        Assert.AreEqual("", bench.Peer.Sent);
        Assert.AreEqual(1, bench.Peer.Closed);
        Assert.AreEqual(1, bench.Journal.Counters.TimedOut);
    }

    [DataRow("GET / HTTP/1.1\r\nHost", 5000)]
    [DataRow("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab", 10000)]
    [TestMethod]
    public void Half_a_request_is_408(string text, int milliseconds)
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive(text);
        bench.Step();
        bench.Now += milliseconds - 1;
        bench.Step();
        Assert.AreEqual("", bench.Peer.Sent);
        bench.Now++;
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 408 Request Timeout\r\n"));
    }

    [TestMethod]
    public void Half_closed_client_still_gets_its_answer()
    {
        var bench = new ConnectionBench();
        bench.Peer.Ended = true;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.EndsWith("hello"));
    }

    [TestMethod]
    public void Only_a_late_request_may_be_evicted()
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive("GET");
        bench.Step();
        Assert.IsFalse(bench.Connection.IsLate(bench.Now + HttpLimits.EvictionAge - 1));
        Assert.IsTrue(bench.Connection.IsLate(bench.Now + HttpLimits.EvictionAge));
        bench.Handler.Reader = new FakeReader(100000);
        bench.Peer.Room = 100;
        bench.Peer.Arrive(" / HTTP/1.0\r\n\r\n");
        bench.Step();
        Assert.IsFalse(bench.Connection.IsLate(bench.Now + 9999));
    }

    [TestMethod]
    public void AGetThatFindsNoMemoryIsTriedOnceMoreAndThenAskedToComeAgain()
    {
        var bench = new ConnectionBench();
        bench.Handler.Starved = 1;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Steps(3);
        Assert.AreEqual(2, bench.Handler.Calls);
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 200 OK\r\n"));

        bench = new ConnectionBench();
        bench.Handler.Starved = 99;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Steps(3);
        Assert.AreEqual(2, bench.Handler.Calls);
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 503 "));
        Assert.IsTrue(bench.Peer.Sent.Contains("\r\nRetry-After: 1\r\n"));
        Assert.IsTrue(bench.LastLine().Contains("503"));
    }

    [TestMethod]
    public void APostThatFindsNoMemoryIsNotDoneTwice()
    {
        var bench = new ConnectionBench();
        bench.Handler.Starved = 1;
        bench.Open().Arrive("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab");
        bench.Steps(3);
        Assert.AreEqual(1, bench.Handler.Calls);
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 503 "));
    }
}
