using System;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Logging;

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
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\n\r\nhello",
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
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"));
        Assert.IsTrue(bench.Peer.Sent.EndsWith("\r\n\r\n"));
    }

    [TestMethod]
    public void After_head_the_get_comes_by_the_same_connection()
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n");
        bench.Steps(3);
        Assert.AreEqual(0, bench.Peer.Closed);
        Assert.IsTrue(bench.Peer.Sent.IndexOf("Connection") < 0);
        Assert.IsFalse(bench.Connection.GivesWay(bench.Now + HttpLimits.KeptAge - 1));
        bench.Now += 2000;
        bench.Peer.Arrive(ConnectionBench.Get);
        bench.Steps(3);
        Assert.AreEqual(2, bench.Handler.Calls);
        Assert.IsTrue(bench.Peer.Sent.EndsWith("\r\n\r\nhello"));
        Assert.AreEqual(1, bench.Peer.Closed);
    }

    [TestMethod]
    public void After_head_a_silent_connection_is_closed_in_time()
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n");
        bench.Step();
        bench.Now += HttpLimits.HeadTimeout;
        bench.Step();
        Assert.AreEqual(1, bench.Peer.Closed);
        Assert.IsFalse(bench.Connection.Active);
    }

    [DataRow("HEAD /a HTTP/1.0\r\n\r\n")]
    [DataRow("HEAD /a HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n")]
    [DataRow("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n")]
    [TestMethod]
    public void After_head_the_connection_is_closed_for_who_cannot_or_will_not_go_on(string request)
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive(request);
        bench.Steps(3);
        bench.Now += HttpLimits.LingerQuiet;
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.IndexOf("\r\nConnection: close\r\n") > 0);
        Assert.AreEqual(1, bench.Peer.Closed);
        Assert.AreEqual(1, bench.Handler.Calls);
    }

    [TestMethod]
    public void A_body_that_is_not_wanted_is_not_waited_for()
    {
        var bench = new ConnectionBench();
        bench.Handler.Declines = 421;
        bench.Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n");
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 421 "));
        Assert.AreEqual(0, bench.Handler.Calls);
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
        Assert.AreEqual(1, bench.Shared.Counts[Counter.HttpBad]);
        Assert.AreEqual(0, bench.Handler.Calls);
        Assert.AreEqual("[HTTP] Answering 10.0.0.9: Only GET, HEAD and POST are supported.: 405", bench.LastLine());
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
        Assert.AreEqual(1, bench.Shared.Counts[Counter.HttpFaults]);
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
        Assert.AreEqual(1, bench.Shared.Counts[Counter.HttpLate]);
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
        Assert.AreEqual(1, bench.Shared.Counts[Counter.HttpLate]);
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
    public void Who_sends_nothing_gives_way_at_once_and_half_a_request_a_little_later()
    {
        var bench = new ConnectionBench();
        bench.Open();
        bench.Step();
        Assert.IsFalse(bench.Connection.GivesWay(HttpLimits.SilentAge - 1));
        Assert.IsTrue(bench.Connection.GivesWay(HttpLimits.SilentAge));
        bench.Peer.Arrive("GET");
        bench.Step();
        Assert.IsFalse(bench.Connection.GivesWay(HttpLimits.EvictionAge - 1));
        Assert.IsTrue(bench.Connection.GivesWay(HttpLimits.EvictionAge));
    }

    [TestMethod]
    public void Who_takes_its_answer_at_the_least_rate_keeps_its_place_and_who_takes_less_gives_way()
    {
        var bench = new ConnectionBench();
        bench.Handler.Reader = new FakeReader(500000);
        bench.Peer.Room = 1000;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Step();
        Assert.IsFalse(bench.Connection.GivesWay(HttpLimits.SendAge - 1));
        for (int i = 0; i < 50; i++)
        {
            bench.Now += 100;
            bench.Peer.Room = 100 * HttpLimits.LeastRate;
            bench.Step();
            Assert.IsFalse(bench.Connection.GivesWay(bench.Now));
        }

        int late = 0;
        for (int i = 0; i < 50; i++)
        {
            bench.Now += 100;
            bench.Peer.Room = 10 * HttpLimits.LeastRate;
            late += bench.Connection.GivesWay(bench.Now) ? 1 : 0;
            bench.Step();
        }

        Assert.IsTrue(late >= 35);
    }

    [TestMethod]
    public void What_is_taken_at_once_is_no_credit_for_more_than_two_seconds()
    {
        var bench = new ConnectionBench();
        bench.Handler.Reader = new FakeReader(500000);
        bench.Peer.Room = 300000;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Steps(200);
        Assert.IsFalse(bench.Connection.GivesWay(HttpLimits.EnoughCredit - 1));
        Assert.IsTrue(bench.Connection.GivesWay(2000));
    }

    [TestMethod]
    public void Who_waits_for_its_file_gives_way_after_a_while_and_a_change_never()
    {
        var bench = new ConnectionBench();
        bench.Handler.Reader = new FakeReader(10) { IsSilent = true };
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Step();
        Assert.IsFalse(bench.Connection.GivesWay(HttpLimits.WaitAge - 1));
        Assert.IsTrue(bench.Connection.GivesWay(HttpLimits.WaitAge));
        bench.Handler.Reader = null;
        bench.Handler.WorkSteps = 99;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Step();
        Assert.IsFalse(bench.Connection.GivesWay(HttpLimits.WaitAge * 2));
    }

    [TestMethod]
    public void A_get_that_finds_no_memory_is_tried_once_more_and_then_asked_to_come_again()
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
    public void A_post_that_finds_no_memory_is_not_done_twice()
    {
        var bench = new ConnectionBench();
        bench.Handler.Starved = 1;
        bench.Open().Arrive("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab");
        bench.Steps(3);
        Assert.AreEqual(1, bench.Handler.Calls);
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 503 "));
    }
}
