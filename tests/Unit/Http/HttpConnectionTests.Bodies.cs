using Netboot.Http;
using Netboot.Logging;

namespace Netboot.Tests.Http;

/// <content>Bodies that are too long for the connection's own buffer.</content>
public partial class HttpConnectionTests
{
    [TestMethod]
    public void Large_body_arrives_whole()
    {
        var bench = new ConnectionBench();
        string body = new string('b', HttpLimits.BodySize);
        bench.Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 16384\r\n\r\n" + body);
        bench.Steps(HttpLimits.BodySize / HttpLimits.PieceSize);
        Assert.AreEqual(HttpLimits.BodySize, bench.Handler.Body.Length);
        Assert.AreEqual(1, bench.Peer.Closed);
    }

    [TestMethod]
    public void Second_large_body_is_asked_to_come_again()
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\nx");
        bench.Step();
        HttpConnection first = bench.Connection;
        bench.Peer = new FakePeer();
        bench.Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\nx");
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 503 "));
        Assert.IsTrue(bench.Peer.Sent.IndexOf("Retry-After: 1\r\n") > 0);
        Assert.IsTrue(first.Active);
    }

    [TestMethod]
    public void Large_body_that_stopped_gives_way()
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\nx");
        bench.Step();
        HttpConnection first = bench.Connection;
        bench.Now += HttpLimits.BodyIdle;
        bench.Peer = new FakePeer();
        bench.Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\n" + new string('y', 9000));
        bench.Steps(1 + (9000 / HttpLimits.PieceSize));
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 200 "));
        Assert.IsFalse(first.Active);
        Assert.AreEqual(1, bench.Shared.Counts[Counter.HttpEvicted]);
    }

    [TestMethod]
    public void Long_body_that_the_handler_declines_is_not_read_and_takes_no_place()
    {
        var bench = new ConnectionBench();
        bench.Handler.Declines = 401;
        bench.Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\nx");
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 401 "));
        Assert.AreEqual(0, bench.Handler.Calls);
        HttpConnection first = bench.Connection;
        bench.Handler.Declines = 0;
        bench.Peer = new FakePeer();
        bench.Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\n" + new string('y', 9000));
        bench.Steps(1 + (9000 / HttpLimits.PieceSize));
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 200 "));
        Assert.IsTrue(first.Active);
        Assert.AreEqual(2, bench.Handler.Asked);
    }

    [TestMethod]
    public void Long_body_that_breaks_off_or_does_not_come_in_time_never_reaches_the_handler()
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\nx");
        bench.Step();
        bench.Peer.Gone = true;
        bench.Step();
        Assert.IsFalse(bench.Connection.Active);
        bench.Peer = new FakePeer();
        bench.Open().Arrive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\nx");
        bench.Step();
        bench.Now += HttpLimits.LongBodyTimeout;
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 408 "));
        Assert.AreEqual(0, bench.Handler.Calls);
    }
}
