using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Tests.Http;

/// <summary>The frame of a mirror's answer, whole and byte by byte.</summary>
[TestClass]
public class ReplyReaderTests
{
    [TestMethod]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello")]
    [DataRow("HTTP/1.0 200\nContent-Length:5\n\nhello", "hello")]
    [DataRow("HTTP/1.1 200 OK\r\ncontent-LENGTH:   5  \r\nX: y\r\n\r\nhelloMORE", "hello")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n003;a=b\r\nllo\r\n0\r\nX: y\r\n\r\nMORE", "hello")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 99\r\n\r\nA \r\n0123456789\r\n0\r\n\r\n", "0123456789")]
    [DataRow("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok")]
    [DataRow("HTTP/1.1 200 OK\r\n\r\nto the end", "to the end")]
    [DataRow("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "")]
    [DataRow("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n", "")]
    public void A_body_is_read_to_its_end_however_it_comes(string answer, string body)
    {
        for (int piece = 1; piece < 64; piece = (piece * 2) + 1)
        {
            var reader = new ReplyReader();
            Assert.AreEqual(body, Read(reader, answer, piece, true));
            Assert.IsTrue(reader.Done);
        }
    }

    [TestMethod]
    [DataRow("SSH-2.0-OpenSSH_9.2\r\n", (int)FetchFault.NotHttp)]
    [DataRow("<html>", (int)FetchFault.NotHttp)]
    [DataRow("HTTP/2 200\r\n\r\n", (int)FetchFault.NotHttp)]
    [DataRow("HTTP/1.1 abc\r\n\r\n", (int)FetchFault.NotHttp)]
    [DataRow("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", (int)FetchFault.NotHttp)]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", (int)FetchFault.BadLength)]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", (int)FetchFault.BadLength)]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n", (int)FetchFault.BadLength)]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", (int)FetchFault.BadLength)]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", (int)FetchFault.BadChunk)]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", (int)FetchFault.BadChunk)]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n123456789\r\n", (int)FetchFault.BadChunk)]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n", (int)FetchFault.BadChunk)]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nhello\r\n", (int)FetchFault.BadChunk)]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", (int)FetchFault.BrokeOff)]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", (int)FetchFault.BrokeOff)]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Le", (int)FetchFault.BrokeOff)]
    [DataRow("", (int)FetchFault.NoAnswer)]
    public void What_is_no_answer_is_named(string answer, int fault)
    {
        for (int piece = 1; piece < 64; piece = (piece * 2) + 1)
        {
            var reader = new ReplyReader();
            Read(reader, answer, piece, true);
            Assert.AreEqual(fault, (int)reader.Fault);
        }
    }

    [TestMethod]
    public void A_head_without_end_is_not_read_for_ever()
    {
        var reader = new ReplyReader();
        Read(reader, "HTTP/1.1 200 OK\r\n", 99, false);
        byte[] line = Octets.Of("X-Filler: 0123456789012345678901234567890123456789\r\n");
        for (int i = 0; i < 300; i++)
        {
            reader.Feed(line, 0, line.Length);
        }

        Assert.AreEqual((int)FetchFault.HeadTooLong, (int)reader.Fault);
    }

    [TestMethod]
    public void What_matters_of_a_head_is_kept()
    {
        var reader = new ReplyReader();
        Read(reader,
            "HTTP/1.1 301 Moved\r\nLocation: https://nas/x?y\r\nContent-Encoding: gzip\r\nContent-Type: Text/HTML; charset=x\r\nContent-Length: 99999999999\r\n\r\n", 7, false);
        Assert.AreEqual(301, reader.Status);
        Assert.AreEqual("https://nas/x?y", Octets.Text(reader.Location, 0, reader.Location.Length));
        Assert.IsTrue(reader.IsEncoded);
        Assert.IsTrue(reader.IsHtml);
        Assert.AreEqual("99999999999", reader.Length.ToString());
        Assert.AreEqual("99999999999", reader.Due.ToString());
    }

    // Drives it as a fetch does: the frame is fed, the body's bytes are taken past it.
    private static string Read(ReplyReader reader, string answer, int piece, bool close)
    {
        byte[] bytes = Octets.Of(answer);
        var body = new ByteWriter(64, 4096);
        int at = 0;
        while (at < bytes.Length && !reader.Done && reader.Fault == FetchFault.None)
        {
            int count = bytes.Length - at < piece ? bytes.Length - at : piece;
            if (reader.Due > 0)
            {
                count = reader.Due < count ? (int)reader.Due : count;
                body.Raw(bytes, at, count);
                reader.Took(count);
                at += count;
            }
            else
            {
                at += reader.Feed(bytes, at, count);
            }
        }

        if (close)
        {
            reader.Closed();
        }

        return body.ToString();
    }
}
