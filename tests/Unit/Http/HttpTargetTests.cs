using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Tests.Http;

/// <summary>URLs of mirrors: where to connect, what to ask, where a redirection leads.</summary>
[TestClass]
public class HttpTargetTests
{
    [TestMethod]
    [DataRow("http://10.0.0.1/a/b?c=d", "10.0.0.1", 80, "GET /a/b?c=d HTTP/1.1\r\nHost: 10.0.0.1\r\n")]
    [DataRow("HTTP://nas:8080", "nas", 8080, "GET / HTTP/1.1\r\nHost: nas:8080\r\n")]
    [DataRow("http://nas:/x#part", "nas", 80, "GET /x HTTP/1.1\r\nHost: nas:\r\n")]
    [DataRow("http://nas?q", "nas", 80, "GET /?q HTTP/1.1\r\nHost: nas\r\n")]
    public void A_URL_is_taken_apart(string url, string host, int port, string request)
    {
        var target = new HttpTarget();
        Assert.AreEqual((int)FetchFault.None, (int)target.Set(Octets.Of(url)));
        Assert.AreEqual(host, target.Host);
        Assert.AreEqual(port, target.Port);
        var writer = new ByteWriter(512, 512);
        target.WriteRequest(writer);
        Assert.IsTrue(writer.ToString().StartsWith(request));
        Assert.IsTrue(writer.ToString().EndsWith("\r\nConnection: close\r\n\r\n"));
    }

    [TestMethod]
    [DataRow("https://nas/", (int)FetchFault.Https)]
    [DataRow("ftp://nas/", (int)FetchFault.BadUrl)]
    [DataRow("http://", (int)FetchFault.BadUrl)]
    [DataRow("http:///x", (int)FetchFault.BadUrl)]
    [DataRow("http://:80/x", (int)FetchFault.BadUrl)]
    [DataRow("http://nas:x/", (int)FetchFault.BadUrl)]
    [DataRow("http://nas:70000/", (int)FetchFault.BadUrl)]
    [DataRow("http://[::1]/", (int)FetchFault.BadUrl)]
    [DataRow("http://me:secret@nas/", (int)FetchFault.BadUrl)]
    [DataRow("http://nas/a b", (int)FetchFault.BadUrl)]
    [DataRow("http://nas/a\r\nX: y", (int)FetchFault.BadUrl)]
    public void What_cannot_be_fetched_is_refused(string url, int fault) =>
        Assert.AreEqual(fault, (int)new HttpTarget().Set(Octets.Of(url)));

    [TestMethod]
    [DataRow("http://other/y", "http://other/y")]
    [DataRow("//other:81/y", "http://other:81/y")]
    [DataRow("/y?z", "http://nas:8080/y?z")]
    [DataRow("y", "http://nas:8080/a/y")]
    [DataRow("y:z/", "")]
    [DataRow("tftp://nas/", "")]
    [DataRow("", "")]
    public void A_redirection_is_followed_from_where_it_was_said(string location, string url)
    {
        var target = new HttpTarget();
        target.Set(Octets.Of("http://nas:8080/a/b?c/d"));
        Assert.AreEqual((int)(url == "" ? FetchFault.BadRedirect : FetchFault.None), (int)target.Follow(Octets.Of(location)));
        if (url != "")
        {
            Assert.AreEqual(url, Octets.Text(target.Url, 0, target.Url.Length));
        }
    }

    [TestMethod]
    public void A_redirection_to_https_is_known_as_such()
    {
        var target = new HttpTarget();
        target.Set(Octets.Of("http://nas/"));
        Assert.AreEqual((int)FetchFault.Https, (int)target.Follow(Octets.Of("https://nas/")));
    }
}
