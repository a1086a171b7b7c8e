using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Tests.Http;

/// <summary>Bodies that are made while they are sent, and answers that take a while to find out.</summary>
[TestClass]
public class HttpConnectionPiecesTests
{
    [TestMethod]
    public void Pieces_go_out_as_chunks_that_add_up()
    {
        var bench = new ConnectionBench();
        bench.Handler.Text = "0123456789";
        bench.Handler.Pieces = 500;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Steps(20);
        string sent = bench.Peer.Sent;
        Assert.IsTrue(sent.Contains("\r\nTransfer-Encoding: chunked\r\n"));
        Assert.IsFalse(sent.Contains("Content-Length"));
        Assert.IsTrue(sent.EndsWith("\r\n0\r\n\r\n"));
        Assert.IsTrue(bench.Peer.LargestChunk <= HttpLimits.ChunkSize);
        Assert.AreEqual(5000, Body(bench.Peer, "0123456789"));
        Assert.AreEqual(1, bench.Peer.Closed);
    }

    [TestMethod]
    public void One_piece_of_the_largest_size_fits()
    {
        var bench = new ConnectionBench();
        bench.Handler.Text = new string('x', HttpPieces.PieceSize);
        bench.Handler.Pieces = 3;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Steps(20);
        Assert.AreEqual(3 * HttpPieces.PieceSize, Body(bench.Peer, "x"));
    }

    [TestMethod]
    public void A_piece_that_is_too_long_breaks_the_answer_off_so_that_the_client_knows()
    {
        var bench = new ConnectionBench();
        bench.Handler.Text = new string('x', HttpLimits.BufferSize + 1);
        bench.Handler.Pieces = 1;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Steps(20);
        Assert.IsFalse(bench.Peer.Sent.Contains("0\r\n\r\n"));
        Assert.AreEqual(1, bench.Peer.Closed);
    }

    [TestMethod]
    public void HTTP_10_gets_pieces_until_the_end_of_the_connection()
    {
        var bench = new ConnectionBench();
        bench.Handler.Text = "abc";
        bench.Handler.Pieces = 2;
        bench.Open().Arrive("GET / HTTP/1.0\r\n\r\n");
        bench.Steps(20);
        Assert.IsFalse(bench.Peer.Sent.Contains("chunked"));
        Assert.IsTrue(bench.Peer.Sent.EndsWith("\r\n\r\nabcabc"));
    }

    [TestMethod]
    public void A_part_of_pieces_is_the_whole()
    {
        var bench = new ConnectionBench();
        bench.Handler.Pieces = 2;
        bench.Open().Arrive("GET / HTTP/1.1\r\nHost: h\r\nRange: bytes=0-3\r\n\r\n");
        bench.Steps(20);
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 200 OK\r\n"));
        Assert.AreEqual(10, Body(bench.Peer, "hello"));
    }

    [TestMethod]
    public void Head_of_pieces_has_no_body()
    {
        var bench = new ConnectionBench();
        bench.Handler.Pieces = 2;
        bench.Open().Arrive("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
        bench.Steps(20);
        Assert.IsTrue(bench.Peer.Sent.EndsWith("\r\n\r\n"));
        Assert.IsFalse(bench.Peer.Sent.Contains("hello"));
    }

    [TestMethod]
    public void A_peer_with_little_room_gets_the_same()
    {
        var bench = new ConnectionBench();
        bench.Handler.Text = "0123456789";
        bench.Handler.Pieces = 500;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Peer.Room = 0;
        for (int i = 0; i < 2000 && bench.Peer.Closed == 0; i++)
        {
            bench.Peer.Room = 7;
            bench.Step();
        }

        Assert.AreEqual(5000, Body(bench.Peer, "0123456789"));
    }

    [TestMethod]
    public void Work_is_done_in_steps_and_then_answered()
    {
        var bench = new ConnectionBench();
        bench.Handler.WorkSteps = 5;
        bench.Open().Arrive(ConnectionBench.Get);
        bench.Steps(4);
        Assert.AreEqual("", bench.Peer.Sent);
        bench.Steps(3);
        Assert.IsTrue(bench.Peer.Sent.StartsWith("HTTP/1.1 201 "));
        Assert.IsTrue(bench.Peer.Sent.EndsWith("hello\n"));
    }

    /// <summary>Takes the chunks apart (RFC 9112 7.1); all must hold the same text again and again. Gives the length of the body.</summary>
    private static int Body(FakePeer peer, string text)
    {
        byte[] sent = peer.SentBytes.Buffer;
        byte[] expected = Octets.Of(text);
        int at = peer.Sent.IndexOf("\r\n\r\n") + 4;
        int total = 0;
        while (true)
        {
            int end = Octets.IndexOf(sent, at, peer.SentBytes.Length - at, (byte)'\r');
            int size = Octets.ParseHex(sent, at, end - at);
            at = end + 2;
            if (size == 0)
            {
                Assert.AreEqual(peer.SentBytes.Length, at + 2);
                return total;
            }

            for (int i = 0; i < size; i++, total++)
            {
                if (sent[at + i] != expected[total % expected.Length])
                {
                    Assert.AreEqual(-1, total);
                }
            }

            Assert.AreEqual((int)'\r', (int)sent[at + size]);
            at += size + 2;
        }
    }
}
