using Netboot.Settings;

namespace Netboot.Tests.Page;

/// <summary>Who may ask for what: field notes E1, and what the page promises.</summary>
[TestClass]
public class AccessTests
{
    [TestMethod]
    [DataRow("/api/status")]
    [DataRow("/api/machines")]
    [DataRow("/api/profiles")]
    [DataRow("/api/log")]
    [DataRow("/api/settings")]
    [DataRow("/api/backup")]
    [DataRow("/api/mirror")]
    [DataRow("/metrics")]
    [DataRow("/status")]
    public void Without_a_session_nothing_is_read(string target)
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Get(target));
        bench.Cookie = null;
        Assert.AreEqual(401, bench.Get(target));
        bench.Cookie = "netboot=00112233445566778899aabbccddeeff";
        Assert.AreEqual(401, bench.Get(target));
        bench.Cookie = "netboot=";
        Assert.AreEqual(401, bench.Get(target));
    }

    [TestMethod]
    [DataRow("/api/logout", "")]
    [DataRow("/api/password", "old=a&new=b")]
    [DataRow("/api/settings", "")]
    [DataRow("/api/settings/set", "section=device&key=name&value=x")]
    [DataRow("/api/settings/remove", "section=device")]
    [DataRow("/api/restore", "")]
    [DataRow("/api/once", "mac=525400123456&profile=")]
    [DataRow("/api/ignore", "mac=525400123456")]
    [DataRow("/api/wake", "mac=525400123456")]
    [DataRow("/api/mirror/check", "")]
    [DataRow("/api/reboot", "")]
    [DataRow("/api/reset", "password=x")]
    public void A_change_needs_session_and_token(string target, string body)
    {
        PageBench bench = new PageBench().LogIn();
        string token = bench.Token;
        string cookie = bench.Cookie;
        bench.Token = null;
        Assert.AreEqual(403, bench.Post(target, body));
        bench.Token = "00112233445566778899aabbccddeeff";
        Assert.AreEqual(403, bench.Post(target, body));
        bench.Token = token;
        bench.Cookie = null;
        Assert.AreEqual(401, bench.Post(target, body));
        Assert.AreEqual(405, bench.Get(target == "/api/settings" ? "/api/reboot" : target));
        bench.Cookie = cookie;
        Assert.AreEqual(200, bench.Get("/api/settings"));
        Assert.IsTrue(bench.Has("[page]\n# password is set but not shown\n"));
        Assert.AreEqual(0, bench.Console.Reboots);
    }

    [TestMethod]
    [DataRow("evil.example", 421)]
    [DataRow("netboot.evil.example", 421)]
    [DataRow("netboot.local.evil", 421)]
    [DataRow("xnetboot", 421)]
    [DataRow("netboot:8080", 421)]
    [DataRow("netboot:", 421)]
    [DataRow("127.0.0.1", 421)]
    [DataRow("", 421)]
    [DataRow("netboot.fritz.box", 421)]
    [DataRow("netboot.lan.evil.example", 421)]
    [DataRow("netboot.home.arpa.evil", 421)]
    [DataRow("netboot.xlan", 421)]
    [DataRow("netboot.", 200)]
    [DataRow("netboot", 200)]
    [DataRow("NetBoot.Local", 200)]
    [DataRow("netboot.local:80", 200)]
    [DataRow("netboot.lan", 200)]
    [DataRow("netboot.LAN.", 200)]
    [DataRow("netboot.home", 200)]
    [DataRow("netboot.home.arpa", 200)]
    [DataRow("netboot.internal", 200)]
    [DataRow("netboot.localdomain", 200)]
    public void A_foreign_host_is_not_served(string host, int status)
    {
        PageBench bench = new PageBench().LogIn();
        bench.Host = host;
        Assert.AreEqual(status, bench.Get("/"));
        Assert.AreEqual(status, bench.Get("/api/session"));
        Assert.AreEqual(status, bench.Get("/api/machines"));
        Assert.AreEqual(status, bench.Post("/api/once", "mac=525400123456&profile="));
    }

    [TestMethod]
    public void The_name_is_the_one_of_the_settings()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=device&key=name&value=shelf"));
        Assert.AreEqual(421, bench.Get("/"));
        bench.Host = "shelf.local";
        Assert.AreEqual(200, bench.Get("/"));
    }

    [TestMethod]
    public void Names_of_the_settings_are_ours_as_a_whole_and_nothing_beside_them()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(422, bench.Post("/api/settings/set", "section=page&key=names&value=http%3a//netboot.fritz.box"));
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=page&key=names&value=Netboot.fritz.box,+shelf.example.org"));
        string[] ours = { "netboot.fritz.box", "NETBOOT.FRITZ.BOX:80", "shelf.example.org", "netboot.lan" };
        for (int i = 0; i < ours.Length; i++)
        {
            bench.Host = ours[i];
            Assert.AreEqual(200, bench.Get("/api/machines"));
        }

        string[] others = { "fritz.box", "xnetboot.fritz.box", "netboot.fritz.box.evil", "netboot.fritz", "shelf", "shelf.example.org:81",
            "" };
        for (int i = 0; i < others.Length; i++)
        {
            bench.Host = others[i];
            Assert.AreEqual(421, bench.Get("/api/machines"));
        }

        bench.Host = "netboot.fritz.box";
        bench.Origin = "http://netboot.fritz.box";
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=page&key=names&value="));
        Assert.AreEqual(421, bench.Get("/"));
    }

    [TestMethod]
    public void Health_is_told_under_a_foreign_host()
    {
        var bench = new PageBench();
        bench.Host = "watcher.example";
        Assert.AreEqual(503, bench.Get("/health"));
        Assert.IsTrue(bench.Has("no address"));
    }

    [TestMethod]
    [DataRow("/api/settings", "", 401, "evil.example")]
    [DataRow("/no-such", "", 404, "netboot")]
    [DataRow("/boot.ipxe", "", 404, "netboot")]
    [DataRow("/", "", 405, "netboot")]
    [DataRow("/api/settings", "", 401, "netboot")]
    [DataRow("/api/login", "http://evil.example", 403, "netboot")]
    public void A_body_is_not_taken_before_its_head_is_judged(string target, string origin, int status, string host)
    {
        PageBench bench = new PageBench().LogIn();
        bench.Cookie = null;
        bench.Host = host;
        bench.Origin = origin == "" ? null : origin;
        int expected = host == "netboot" ? status : 421;
        Assert.AreEqual(expected, bench.PostHead(target, 10));
        Assert.AreEqual(expected, bench.PostHead(target, 16000));
    }

    [TestMethod]
    [DataRow("http://evil.example", 403)]
    [DataRow("null", 403)]
    [DataRow("https://netboot", 403)]
    [DataRow("http://netboot.local", 403)]
    [DataRow("http://netboot:81", 403)]
    [DataRow("http://netboo", 403)]
    [DataRow("http://netboot", 200)]
    [DataRow("http://NETBOOT", 200)]
    public void A_foreign_origin_is_refused(string origin, int status)
    {
        PageBench bench = new PageBench().LogIn();
        bench.Origin = origin;
        Assert.AreEqual(status, bench.Post("/api/settings/set", "section=mirror&key=url&value=http://10.0.0.1/"));
        Assert.AreEqual(status, bench.Get("/api/machines"));
        Assert.AreEqual(status == 200, bench.Device.Rules.Settings.MirrorUrl != null);
    }

    [TestMethod]
    public void A_login_also_needs_the_header_that_no_form_can_send()
    {
        var bench = new PageBench();
        bench.Token = null;
        Assert.AreEqual(403, bench.Post("/api/claim", "password=12345678"));
        Assert.AreEqual(403, bench.Post("/api/login", "password=12345678"));
        Assert.IsNull(bench.Device.Rules.Settings.Value(SettingsKey.PagePassword));
    }

    [TestMethod]
    public void The_cookie_is_for_this_site_and_no_script()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
        string cookie = PageBench.Between(bench.Answer, "Set-Cookie: ", "\r\n");
        Assert.IsTrue(cookie.IndexOf("; Path=/; HttpOnly; SameSite=Strict") == 8 + 32);
    }

    [TestMethod]
    public void The_session_is_found_among_other_cookies()
    {
        PageBench bench = new PageBench().LogIn();
        bench.Cookie = "a=b; xnetboot=1; netboot=0123; " + bench.Cookie + "; z";
        Assert.AreEqual(200, bench.Get("/api/machines"));
    }

    [TestMethod]
    public void What_machines_need_is_open_under_a_foreign_host()
    {
        PageBench bench = new PageBench().LogIn();
        bench.Cookie = null;
        bench.Host = "10.9.9.9";
        Assert.AreEqual(503, bench.Get("/boot.ipxe?mac=525400123456"));
        Assert.AreEqual(403, bench.Get("/report?mac=525400123456&stage=up"));
        Assert.IsTrue(bench.Has("has not heard that machine recently"));
        Assert.AreEqual(404, bench.Get("/no-such.efi"));
    }

    [TestMethod]
    [DataRow("/../etc/passwd", 400)]
    [DataRow("/api/../api/settings", 400)]
    [DataRow("/api//settings", 404)]
    [DataRow("/api/settings/", 404)]
    [DataRow("/API/SETTINGS", 404)]
    [DataRow("/api/settings%2f", 404)]
    [DataRow("/api/%73ettings", 401)]
    [DataRow("/api/settings;x", 404)]
    [DataRow("/api/settings%00", 400)]
    [DataRow("/%2e%2e/status", 400)]
    public void Tricks_with_the_path_lead_nowhere(string target, int status)
    {
        PageBench bench = new PageBench().LogIn();
        bench.Cookie = null;
        Assert.AreEqual(status, bench.Get(target));
    }

    [TestMethod]
    public void A_session_ends_by_log_out_by_silence_and_by_another_password()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Get("/api/machines"));
        bench.Now += 29 * 60000;
        Assert.AreEqual(200, bench.Get("/api/machines"));
        bench.Now += 31 * 60000;
        Assert.AreEqual(401, bench.Get("/api/machines"));

        Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
        bench.TakeSession();
        Assert.AreEqual(200, bench.Post("/api/logout", ""));
        Assert.IsTrue(bench.Answer.IndexOf("Set-Cookie: netboot=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0\r\n") > 0);
        Assert.AreEqual(401, bench.Get("/api/machines"));

        Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
        bench.TakeSession();
        string other = bench.Cookie;
        Assert.AreEqual(200, bench.Post("/api/password", "old=" + PageBench.Password + "&new=another-one"));
        bench.TakeSession();
        Assert.AreEqual(200, bench.Get("/api/machines"));
        bench.Cookie = other;
        Assert.AreEqual(401, bench.Get("/api/machines"));
    }

    [TestMethod]
    public void A_fifth_session_ends_the_one_that_was_idle_longest()
    {
        PageBench bench = new PageBench().LogIn();
        string first = bench.Cookie;
        bench.Cookie = null;
        for (int i = 0; i < 4; i++)
        {
            bench.Now += 1000;
            Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
        }

        bench.TakeSession();
        Assert.AreEqual(200, bench.Get("/api/machines"));
        bench.Cookie = first;
        Assert.AreEqual(401, bench.Get("/api/machines"));
    }

    [TestMethod]
    public void Metrics_are_open_where_the_settings_say_so()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=page&key=metrics&value=open"));
        bench.Cookie = null;
        Assert.AreEqual(200, bench.Get("/metrics"));
        Assert.IsTrue(bench.Has("# TYPE netboot_dhcp_offers_total counter\nnetboot_dhcp_offers_total 0\n"));
        Assert.AreEqual(401, bench.Get("/api/status"));
    }
}
