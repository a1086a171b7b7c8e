using Netboot.Http;
using Netboot.Logging;

namespace Netboot.Tests.Http;

/// <content>Files and parts of them: streamed, missing, failing.</content>
public partial class HttpConnectionTests
{
    [DataRow(1)]
    [DataRow(3)]
    [TestMethod]
    public void File_is_streamed_whole(int every)
    {
        var bench = new ConnectionBench();
        var reader = new FakeReader(50000) { Every = every };
        bench.Handler.Reader = reader;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Steps(300);
        bench.AssertBody(0, 50000, "HTTP/1.1 200 OK");
        Assert.IsTrue(bench.Peer.LargestChunk <= HttpLimits.ChunkSize);
        Assert.AreEqual(50000, reader.Released);
        Assert.AreEqual(1, reader.Closed);
        Assert.AreEqual(1, bench.Peer.Closed);
    }

    [TestMethod]
    public void Empty_file_is_sent()
    {
        var bench = new ConnectionBench();
        var reader = new FakeReader(0);
        bench.Handler.Reader = reader;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Steps(3);
        bench.AssertBody(0, 0, "HTTP/1.1 200 OK");
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void Head_of_a_file_tells_its_length()
    {
        var bench = new ConnectionBench();
        var reader = new FakeReader(50000) { Every = 2 };
        bench.Handler.Reader = reader;
        bench.Open().Arrive("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n");
        bench.Steps(5);
        Assert.IsTrue(bench.Peer.Sent.IndexOf("Content-Length: 50000\r\n") > 0);
        Assert.IsTrue(bench.Peer.Sent.EndsWith("\r\n\r\n"));
        Assert.AreEqual(0, reader.Released, "a stream is kept at its start for the GET");
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void Missing_file_is_404()
    {
        var bench = new ConnectionBench();
        bench.AssertFails(new FakeReader(5) { IsMissing = true }, "HTTP/1.1 404 Not Found\r\n");
    }

    [TestMethod]
    public void Failed_file_is_502_with_the_reason()
    {
        var bench = new ConnectionBench();
        bench.AssertFails(new FakeReader(5) { HasNoLength = true }, "HTTP/1.1 502 Bad Gateway\r\n");
        Assert.IsTrue(bench.Peer.Sent.IndexOf("The mirror said 503.") > 0);
    }

    [TestMethod]
    public void Silent_file_is_504_in_the_end()
    {
        var bench = new ConnectionBench();
        var reader = new FakeReader(5) { IsSilent = true };
        bench.Handler.Reader = reader;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Step();
        bench.Now += HttpLimits.SourceTimeout - 1;
        bench.Step();
        Assert.AreEqual("", bench.Peer.Sent);
        bench.Now++;
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 504 "));
        Assert.AreEqual(1, reader.Closed);
        Assert.AreEqual(1, bench.Shared.Counts[Counter.HttpLate]);
    }

    [TestMethod]
    public void File_that_fails_midway_is_cut_short()
    {
        var bench = new ConnectionBench();
        var reader = new FakeReader(50000) { FailsAt = 20000 };
        bench.Handler.Reader = reader;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Steps(100);
        Assert.IsTrue(bench.Peer.Sent.IndexOf("Content-Length: 50000\r\n") > 0);
        Assert.IsTrue(bench.Peer.SentBytes.Length < 30000);
        Assert.AreEqual(1, bench.Peer.Closed);
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void Reader_that_throws_ends_only_its_connection()
    {
        var bench = new ConnectionBench();
        var reader = new FakeReader(50000) { ThrowsAt = 20000 };
        bench.Handler.Reader = reader;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Steps(100);
        Assert.AreEqual(1, bench.Peer.Closed);
        Assert.AreEqual(1, reader.Closed);
        Assert.AreEqual(1, bench.Shared.Counts[Counter.HttpFaults]);
    }

    [TestMethod]
    public void Part_of_a_file_is_sent()
    {
        var bench = new ConnectionBench();
        bench.Handler.Reader = new FakeReader(50000);
        bench.Handler.Seekable = true;
        bench.Open().Arrive("GET /a HTTP/1.1\r\nHost: h\r\nRange: bytes=20000-39999\r\n\r\n");
        bench.Steps(100);
        Assert.IsTrue(bench.Peer.Sent.IndexOf("Content-Range: bytes 20000-39999/50000\r\n") > 0);
        bench.AssertBody(20000, 20000, "HTTP/1.1 206 Partial Content");
    }

    [TestMethod]
    public void Stream_that_cannot_seek_is_sent_whole()
    {
        var bench = new ConnectionBench();
        bench.Handler.Reader = new FakeReader(5000);
        bench.Open().Arrive("GET /a HTTP/1.1\r\nHost: h\r\nRange: bytes=2000-\r\n\r\n");
        bench.Steps(100);
        bench.AssertBody(0, 5000, "HTTP/1.1 200 OK");
    }

    [TestMethod]
    public void Part_of_a_text_is_sent()
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive("GET /a HTTP/1.1\r\nHost: h\r\nRange: bytes=1-3\r\n\r\n");
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 206 Partial Content\r\n"));
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 206 Partial Content\r\nContent-Length: 3\r\n"));
        Assert.IsTrue(bench.Peer.Sent.EndsWith("\r\nContent-Range: bytes 1-3/5\r\n\r\nell"));
    }

    [TestMethod]
    public void Part_behind_the_end_is_416()
    {
        var bench = new ConnectionBench();
        var reader = new FakeReader(50000);
        bench.Handler.Reader = reader;
        bench.Handler.Seekable = true;
        bench.Open().Arrive("GET /a HTTP/1.1\r\nHost: h\r\nRange: bytes=50000-\r\n\r\n");
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n"));
        Assert.IsTrue(bench.Peer.Sent.EndsWith("\r\nContent-Range: bytes */50000\r\n\r\n"));
        Assert.AreEqual(1, reader.Closed);
    }

    [TestMethod]
    public void Range_that_depends_on_a_version_is_the_whole()
    {
        var bench = new ConnectionBench();
        bench.Open().Arrive("GET /a HTTP/1.1\r\nHost: h\r\nRange: bytes=1-3\r\nIf-Range: \"x\"\r\n\r\n");
        bench.Step();
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 200 OK\r\n"));
    }
}
