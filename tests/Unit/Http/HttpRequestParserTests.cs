using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Tests.Http;

[TestClass]
public class HttpRequestParserTests
{
    [TestMethod]
    public void Ipxe_script_request_is_read()
    {
        var request = new HttpRequest();
        HttpRequestParser parser = Feed(
            request,
            "GET /boot.ipxe?mac=52:54:00:12:34:56&hostname=two%20words HTTP/1.1\r\nUser-Agent: iPXE/1.21.1\r\nConnection: keep-alive\r\nHost: 192.168.1.5\r\n\r\n");
        Assert.IsTrue(parser.Done);
        Assert.AreEqual(0, request.Status);
        Assert.IsTrue(request.Method == HttpMethod.Get);
        Assert.IsTrue(request.PathIs(Octets.Of("/boot.ipxe")));
        Assert.IsTrue(request.HeaderIs(HttpHeader.Host, Octets.Of("192.168.1.5")));
        Assert.AreEqual("52:54:00:12:34:56", Query(request, "mac"));
        Assert.AreEqual("two words", Query(request, "hostname"));
        Assert.IsNull(Query(request, "uuid"));
    }

    [TestMethod]
    public void Byte_by_byte_is_the_same()
    {
        var request = new HttpRequest();
        var parser = new HttpRequestParser(request);
        parser.Start();
        byte[] bytes =
            Octets.Of("POST /api HTTP/1.1\r\nhOsT: a\r\nX-Skipped: b\r\ncontent-length:  12 \r\nCookie: s=1\r\nX-Netboot-Token: t\r\nOrigin: http://a\r\n\r\nbody");
        int taken = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            taken += parser.Feed(bytes, i, 1);
        }

        Assert.IsTrue(parser.Done);
        Assert.AreEqual(0, request.Status);
        Assert.AreEqual(bytes.Length - 4, taken);
        Assert.AreEqual(12, request.ContentLength);
        Assert.IsTrue(request.HeaderIs(HttpHeader.Host, Octets.Of("a")));
        Assert.IsTrue(request.HeaderIs(HttpHeader.Cookie, Octets.Of("s=1")));
        Assert.IsTrue(request.HeaderIs(HttpHeader.Token, Octets.Of("t")));
        Assert.IsTrue(request.HeaderIs(HttpHeader.Origin, Octets.Of("http://a")));
        Assert.IsFalse(request.Has(HttpHeader.Range));
    }

    [TestMethod]
    public void Bare_line_feeds_and_leading_empty_lines_are_taken()
    {
        var request = new HttpRequest();
        HttpRequestParser parser = Feed(request, "\r\n\nGET / HTTP/1.0\n\n");
        Assert.IsTrue(parser.Done);
        Assert.AreEqual(0, request.Status);
        Assert.AreEqual(0, request.Minor);
    }

    [TestMethod]
    public void Absolute_form_names_the_host()
    {
        var request = new HttpRequest();
        HttpRequestParser parser = Feed(request, "GET http://10.0.0.1:80/a%2Fb?x HTTP/1.1\r\nHost: other\r\n\r\n");
        Assert.AreEqual(0, request.Status);
        Assert.IsTrue(request.PathIs(Octets.Of("/a/b")));
        Assert.IsTrue(request.HeaderIs(HttpHeader.Host, Octets.Of("10.0.0.1:80")));
    }

    [DataRow("GET / HTTP/1.1\r\n\r\n", 400)]
    [DataRow("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /\r\n\r\n", 400)]
    [DataRow("GET  / HTTP/1.1\r\n\r\n", 400)]
    [DataRow("GET / x HTTP/1.1\r\n\r\n", 400)]
    [DataRow("GET / HTTP/2.0\r\n\r\n", 505)]
    [DataRow("GET / HTPT/1.1\r\n\r\n", 400)]
    [DataRow("GET * HTTP/1.1\r\n\r\n", 400)]
    [DataRow("GET http://a HTTP/1.1\r\n\r\n", 400)]
    [DataRow("GET /a%2 HTTP/1.0\r\n\r\n", 400)]
    [DataRow("GET /a%zz HTTP/1.0\r\n\r\n", 400)]
    [DataRow("GET /a%00 HTTP/1.0\r\n\r\n", 400)]
    [DataRow("GET /a%0d%0a HTTP/1.0\r\n\r\n", 400)]
    [DataRow("GET /?a=%ff HTTP/1.0\r\n\r\n", 400)]
    [DataRow("GET /?a=%4 HTTP/1.0\r\n\r\n", 400)]
    [DataRow("GET /../a HTTP/1.0\r\n\r\n", 400)]
    [DataRow("GET /a/%2e%2E/b HTTP/1.0\r\n\r\n", 400)]
    [DataRow("GET /a/.. HTTP/1.0\r\n\r\n", 400)]
    [DataRow("GET /a%5c..%5cb HTTP/1.0\r\n\r\n", 400)]
    [DataRow("DELETE / HTTP/1.1\r\n\r\n", 405)]
    [DataRow("get / HTTP/1.1\r\n\r\n", 405)]
    [DataRow("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400)]
    [DataRow("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400)]
    [DataRow("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400)]
    [DataRow("GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n", 400)]
    [DataRow("POST / HTTP/1.1\r\nHost: a\r\n\r\n", 411)]
    [DataRow("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 411)]
    [DataRow("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 16385\r\n\r\n", 413)]
    [DataRow("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400)]
    [DataRow("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n", 400)]
    [DataRow("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400)]
    [DataRow("POST / HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nContent-Length: 1\r\n\r\n", 417)]
    [TestMethod]
    public void Bad_head_is_refused_with_a_reason(string head, int status)
    {
        var request = new HttpRequest();
        HttpRequestParser parser = Feed(request, head);
        Assert.IsTrue(parser.Done);
        Assert.AreEqual(status, request.Status);
        Assert.IsTrue(request.Reason.Length > 10);
    }

    [DataRow("GET /..a/b..c/...?../.. HTTP/1.0\r\n\r\n")]
    [DataRow("GET /%e2%82%ac?m=%C3%BC+%0a HTTP/1.0\r\n\r\n")]
    [DataRow("POST / HTTP/1.1\r\nHost:\r\nContent-Length: 0\r\n\r\n")]
    [DataRow("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 16384\r\nContent-Length: 16384\r\n\r\n")]
    [TestMethod]
    public void Unusual_head_is_taken(string head)
    {
        var request = new HttpRequest();
        HttpRequestParser parser = Feed(request, head);
        Assert.IsTrue(parser.Done);
        Assert.AreEqual(0, request.Status);
    }

    [TestMethod]
    public void Tls_hello_is_told_at_once()
    {
        var request = new HttpRequest();
        var parser = new HttpRequestParser(request);
        parser.Start();
        parser.Feed(new byte[] { 0x16, 3, 1, 2, 0 }, 0, 5);
        Assert.IsTrue(parser.Done);
        Assert.AreEqual(400, request.Status);
    }

    [DataRow(1)]
    [DataRow(7)]
    [DataRow(1000)]
    [DataRow(9000)]
    [TestMethod]
    public void Overlong_unknown_header_is_read_past(int piece)
    {
        var request = new HttpRequest();
        var parser = new HttpRequestParser(request);
        parser.Start();
        FeedPieces(parser, "GET /x HTTP/1.1\r\nHost: a\r\nX-Long: " + new string('x', 7000) + "\r\nCookie: c\r\n\r\n", piece);
        Assert.IsTrue(parser.Done);
        Assert.AreEqual(0, request.Status);
        Assert.IsTrue(request.HeaderIs(HttpHeader.Cookie, Octets.Of("c")));
        Assert.IsTrue(request.PathIs(Octets.Of("/x")));
    }

    [DataRow(1)]
    [DataRow(500)]
    [DataRow(9000)]
    [TestMethod]
    public void Overlong_cookie_is_refused_and_not_ignored(int piece)
    {
        var request = new HttpRequest();
        var parser = new HttpRequestParser(request);
        parser.Start();
        FeedPieces(parser, "GET /x HTTP/1.1\r\nHost: a\r\nCookie: " + new string('x', 2000) + "\r\n\r\n", piece);
        Assert.AreEqual(431, request.Status);
    }

    [DataRow(1)]
    [DataRow(500)]
    [DataRow(9000)]
    [TestMethod]
    public void Overlong_request_line_is_414(int piece)
    {
        var request = new HttpRequest();
        var parser = new HttpRequestParser(request);
        parser.Start();
        FeedPieces(parser, "GET /" + new string('x', 2000) + " HTTP/1.1\r\nHost: a\r\n\r\n", piece);
        Assert.AreEqual(414, request.Status);
    }

    [DataRow("X-Many: 1234567890\r\n")]
    [DataRow("\r\n")]
    [TestMethod]
    public void Endless_head_is_refused(string line)
    {
        var request = new HttpRequest();
        var parser = new HttpRequestParser(request);
        parser.Start();
        if (line.Length > 2)
        {
            FeedPieces(parser, "GET / HTTP/1.1\r\n", 100);
        }

        for (int i = 0; i < 5000 && !parser.Done; i++)
        {
            FeedPieces(parser, line, 100);
        }

        Assert.AreEqual(431, request.Status);
    }

    private static HttpRequestParser Feed(HttpRequest request, string text)
    {
        var parser = new HttpRequestParser(request);
        parser.Start();
        FeedPieces(parser, text, 100000);
        return parser;
    }

    private static void FeedPieces(HttpRequestParser parser, string text, int piece)
    {
        byte[] bytes = Octets.Of(text);
        for (int i = 0; i < bytes.Length; i += piece)
        {
            int count = bytes.Length - i < piece ? bytes.Length - i : piece;
            parser.Feed(bytes, i, count);
        }
    }

    private static string Query(HttpRequest request, string name)
    {
        var writer = new ByteWriter(64, 64);
        return request.Query(Octets.Of(name), writer) ? writer.ToString() : null;
    }
}
