using System.Net.Sockets;
using Netboot.Tests.Http;

namespace Netboot.Tests.Setup;

[TestClass]
public class SetupPageTests
{
    private const string Host = "Host: 192.168.4.1\r\n";

    [TestMethod]
    public void The_page_has_a_form_and_a_policy()
    {
        var bench = new SetupPageBench();
        string answer = bench.Get("/", Host);
        Assert.IsTrue(answer.StartsWith("HTTP/1.1 200 OK\r\n"));
        Assert.IsTrue(answer.IndexOf("Content-Security-Policy: default-src 'none'") > 0);
        Assert.IsTrue(answer.IndexOf("<form method=\"post\" action=\"/setup\"") > 0);
        Assert.AreEqual(32, Token(answer).Length);
    }

    [TestMethod]
    [DataRow("/generate_204", "Host: connectivitycheck.gstatic.com\r\n")]
    [DataRow("/hotspot-detect.html", "Host: captive.apple.com\r\n")]
    [DataRow("/", "Host: www.msftconnecttest.com\r\n")]
    [DataRow("/favicon.ico", "Host: 192.168.4.1\r\n")]
    public void Probes_are_sent_to_the_page(string path, string host)
    {
        var bench = new SetupPageBench();
        string answer = bench.Get(path, host);
        Assert.IsTrue(answer.StartsWith("HTTP/1.1 302 Found\r\n"));
        Assert.IsTrue(answer.IndexOf("\r\nLocation: http://192.168.4.1/\r\n") > 0);
    }

    [TestMethod]
    public void A_network_is_stored_once()
    {
        var bench = new SetupPageBench();
        string token = Token(bench.Get("/", Host));
        string answer = bench.Post(Host + "Origin: http://192.168.4.1\r\n", "network=My+net%26%C3%B6&password=p%25ss+word&token=" + token);
        Assert.IsTrue(answer.StartsWith("HTTP/1.1 200 OK\r\n"));
        Assert.AreEqual("My net&ö", bench.Board.Network);
        Assert.AreEqual("p%ss word", bench.Board.WifiPassword);
        Assert.IsTrue(answer.IndexOf("nanodevice_0ABC01") > 0);
        Assert.IsTrue(answer.IndexOf("p%ss word") < 0);
        Assert.IsTrue(bench.Handler.Entered);
        bench.Post(Host, "network=other&password=12345678&token=" + token);
        Assert.AreEqual("My net&ö", bench.Board.Network);
    }

    [TestMethod]
    public void An_open_network_has_an_empty_password()
    {
        var bench = new SetupPageBench();
        bench.Post(Host, "network=cafe&password=&token=" + Token(bench.Get("/", Host)));
        Assert.AreEqual("cafe", bench.Board.Network);
        Assert.AreEqual("", bench.Board.WifiPassword);
    }

    [TestMethod]
    [DataRow("Host: 192.168.4.1\r\nOrigin: http://evil.example\r\n", "403")]
    [DataRow("Host: 192.168.4.1\r\nOrigin: null\r\n", "403")]
    [DataRow("Host: 192.168.4.1\r\nOrigin: http://192.168.4.1.evil.example\r\n", "403")]
    [DataRow("Host: 192.168.4.1\r\nOrigin: https://192.168.4.1\r\n", "403")]
    [DataRow("Host: evil.example\r\n", "421")]
    [DataRow("Host: 192.168.4.1:8080\r\n", "421")]
    public void Another_sites_post_changes_nothing(string headers, string status)
    {
        var bench = new SetupPageBench();
        string token = Token(bench.Get("/", Host));
        string answer = bench.Post(headers, "network=evil&password=12345678&token=" + token);
        Assert.IsTrue(answer.StartsWith("HTTP/1.1 " + status + " "));
        Assert.IsNull(bench.Board.Network);

        // And it does not use up the page's token.
        bench.Post(Host, "network=good&password=12345678&token=" + token);
        Assert.AreEqual("good", bench.Board.Network);
    }

    [TestMethod]
    public void A_post_without_the_token_changes_nothing_and_keeps_the_name()
    {
        var bench = new SetupPageBench();
        string token = Token(bench.Get("/", Host));
        string answer = bench.Post(Host, "network=evil%22%3E%3Cscript%3E&password=12345678");
        Assert.IsTrue(answer.StartsWith("HTTP/1.1 403 "));
        Assert.IsTrue(answer.IndexOf("value=\"evil&quot;&gt;&lt;script&gt;\"") > 0);
        Assert.IsTrue(answer.IndexOf("<script>") < 0);
        Assert.IsNull(bench.Board.Network);

        // The token was used: it counts once.
        Assert.IsTrue(bench.Post(Host, "network=x&password=12345678&token=" + token).StartsWith("HTTP/1.1 403 "));
        string another = Token(bench.Get("/", Host));
        Assert.IsTrue(another != token);
        Assert.IsTrue(bench.Post(Host, "network=x&password=12345678&token=" + another.Substring(0, 31)).StartsWith("HTTP/1.1 403 "));
        Assert.IsNull(bench.Board.Network);
    }

    [TestMethod]
    public void What_is_wrong_is_said_on_the_page()
    {
        var bench = new SetupPageBench();
        bench.Board.WifiFault = "a Wi-Fi password must have 8 to 63 characters";
        string answer = bench.Post(Host, "network=home&password=short&token=" + Token(bench.Get("/", Host)));
        Assert.IsTrue(answer.StartsWith("HTTP/1.1 422 "));
        Assert.IsTrue(answer.IndexOf("role=\"alert\">a Wi-Fi password must have 8 to 63 characters<") > 0);
        Assert.IsTrue(answer.IndexOf("value=\"home\"") > 0);
        Assert.IsTrue(answer.IndexOf("short\"") < 0);
        Assert.IsFalse(bench.Handler.Entered);
        Assert.IsTrue(bench.Post(Host, "network=&password=12345678&token=" + Token(answer)).StartsWith("HTTP/1.1 422 "));
        Assert.IsTrue(bench.Post(Host, "network=home&password=" + new string('x', 300) + "&token=" + Token(bench.Get("/", Host)))
            .StartsWith("HTTP/1.1 422 "));
        Assert.IsNull(bench.Board.Network);
    }

    private static string Token(string page)
    {
        int at = page.IndexOf("name=\"token\" value=\"");
        return at < 0 ? "" : page.Substring(at + 20, 32);
    }
}
