using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Web;

namespace Netboot.Tests.Page;

/// <summary>What the page reads: in parts that a board can afford, and text that stays text whatever machines call themselves.</summary>
[TestClass]
public class ReadTests
{
    [TestMethod]
    public void All_machines_come_in_several_answers_each_once()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings", Machines(40)));
        for (int i = 0; i < 12; i++)
        {
            Heard(bench, 30 + i);
        }

        var all = new ByteWriter(1000, 100000);
        string from = "0";
        int answers = 0;
        for (; from != "null"; answers++)
        {
            Assert.AreEqual(200, bench.Get("/api/machines?from=" + from));
            all.Text(bench.Body);
            from = PageBench.Between(bench.Body, "\"next\":", "}");
        }

        Assert.IsTrue(answers >= 4);
        string body = all.ToString();
        for (int i = 0; i < 42; i++)
        {
            string mac = "\"mac\":\"52:54:00:00:00:" + i.ToString("x2") + "\",\"known\":" + (i < 40 ? "true" : "false");
            int first = body.IndexOf(mac);
            Assert.IsTrue(first > 0);
            Assert.IsTrue(body.IndexOf(mac, first + 1) < 0);
        }
    }

    [TestMethod]
    public void What_addresses_begin_with_is_told_of_its_section_and_of_each_machine_that_it_is_for()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings",
            "[machine 52:54:*]\nprofile = disk\n[machine 52:54:00:00:00:01]\n[profile disk]\nkind = local\n"));
        Heard(bench, 1);
        Heard(bench, 2);
        Assert.AreEqual(200, bench.Get("/api/machines"));
        Assert.IsTrue(bench.Has("{\"prefix\":\"52:54:*\",\"known\":true,\"profile\":\"disk\"}"));
        Assert.IsTrue(bench.Has("{\"mac\":\"52:54:00:00:00:01\",\"known\":true,\"address\":"));
        Assert.IsTrue(bench.Has("{\"mac\":\"52:54:00:00:00:02\",\"known\":false,\"prefix\":\"52:54:*\",\"address\":"));
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=machine%2052:54:*&key=profile&value="));
        Assert.AreEqual(200, bench.Get("/api/machines"));
        Assert.IsTrue(bench.Has("{\"prefix\":\"52:54:*\",\"known\":true}"));
        Assert.AreEqual(200, bench.Post("/api/settings/remove", "section=machine%2052:54:*"));
        Assert.AreEqual(200, bench.Get("/api/machines"));
        Assert.IsFalse(bench.Has("prefix"));
    }

    [TestMethod]
    [DataRow("/api/once", "mac=52:54:*&profile=disk", 422, "is for one machine")]
    [DataRow("/api/wake", "mac=52:54:*", 400, "expected an Ethernet address")]
    public void What_is_for_one_machine_is_refused_for_several(string call, string form, int status, string reason)
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings", "[machine 52:54:*]\n[profile disk]\nkind = local\n"));
        Assert.AreEqual(status, bench.Post(call, form));
        Assert.IsTrue(bench.Has(reason));
    }

    [TestMethod]
    public void Who_asks_again_gets_what_changed()
    {
        PageBench bench = new PageBench().LogIn();
        Heard(bench, 1);
        bench.Now += 5000;
        Assert.AreEqual(200, bench.Get("/api/machines"));
        string now = PageBench.Between(bench.Body, "\"now\":", ",");
        string settings = PageBench.Between(bench.Body, "\"settings\":", ",");
        Assert.IsTrue(bench.Has("52:54:00:00:00:01"));
        bench.Now += 1000;
        Assert.AreEqual(200, bench.Get("/api/machines?since=" + now));
        Assert.IsFalse(bench.Has("52:54:00:00:00:01"));
        Heard(bench, 2);
        Assert.AreEqual(200, bench.Get("/api/machines?since=" + now));
        Assert.IsTrue(bench.Has("52:54:00:00:00:02"));
        Assert.IsTrue(bench.Has("\"settings\":" + settings + ","));
        Assert.AreEqual(200, bench.Post("/api/settings", Machines(1)));
        Assert.AreEqual(200, bench.Get("/api/machines?since=" + now));
        Assert.IsFalse(bench.Has("\"settings\":" + settings + ","));
    }

    [TestMethod]
    public void A_device_that_is_on_for_months_still_tells_what_changed()
    {
        PageBench bench = new PageBench().LogIn();
        bench.Now += 40L * 24 * 3600 * 1000;
        Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
        bench.TakeSession();
        Heard(bench, 1);
        bench.Now += 1000;
        Assert.AreEqual(200, bench.Get("/api/machines"));
        string now = PageBench.Between(bench.Body, "\"now\":", ",");
        Assert.IsFalse(now.StartsWith("-"));
        bench.Now += 2000;
        Assert.AreEqual(200, bench.Get("/api/machines?since=" + now));
        Assert.IsFalse(bench.Has("52:54:00:00:00:01"));
        bench.Now += 60L * 24 * 3600 * 1000;
        Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
        bench.TakeSession();
        Assert.AreEqual(200, bench.Get("/api/machines"));
        Assert.IsTrue(bench.Has("\"seen\":2147483647,"));
        Assert.AreEqual(200, bench.Get("/api/log"));
        Assert.IsFalse(bench.Has("\"ago\":-"));
    }

    [TestMethod]
    [DataRow("/api/machines?from=x")]
    [DataRow("/api/machines?from=-1")]
    [DataRow("/api/machines?since=99999999999")]
    [DataRow("/api/machines?since=4294967296")]
    [DataRow("/api/log?after=x")]
    [DataRow("/api/log?machine=x")]
    public void A_number_that_is_none_is_refused(string target)
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(400, bench.Get(target));
    }

    [TestMethod]
    public void The_log_is_read_on_from_where_one_was()
    {
        PageBench bench = new PageBench().LogIn();
        for (int i = 0; i < 60; i++)
        {
            bench.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "line " + i.ToString());
        }

        int lines = 0;
        string next = "1";
        Assert.AreEqual(200, bench.Get("/api/log?after=1"));
        Assert.IsFalse(bench.Has("\"lost\":0,"));
        for (int i = 0; i < 10 && next != bench.Device.Log.Added.ToString(); i++)
        {
            Assert.AreEqual(200, bench.Get("/api/log?after=" + next));
            next = PageBench.Between(bench.Body, "\"next\":", ",");
            string rest = bench.Body;
            for (int at = rest.IndexOf("{\"n\":"); at >= 0; at = rest.IndexOf("{\"n\":"))
            {
                lines++;
                rest = rest.Substring(at + 5, rest.Length - at - 5);
            }
        }

        Assert.AreEqual(bench.Device.Log.Added - bench.Device.Log.Oldest, lines);
        Assert.AreEqual(200, bench.Get("/api/log?after=" + next));
        Assert.IsTrue(bench.Has("\"lines\":[]"));
        Assert.AreEqual(200, bench.Get("/api/log?after=999999"));
        Assert.IsTrue(bench.Has("\"lost\":0,\"lines\":[{\"n\":"));
    }

    [TestMethod]
    public void A_machines_own_lines_are_those_of_its_two_addresses()
    {
        PageBench bench = new PageBench().LogIn();
        Heard(bench, 7);
        byte[] text = Octets.Of("snponly.efi");
        bench.Device.Log.Add(Subsystem.Tftp, LogEvent.TransferDone, new byte[] { 10, 0, 0, 7 }, 0, 4, 1000, 10, text, 0, text.Length);
        bench.Device.Log.Add(Subsystem.Tftp, LogEvent.TransferDone, new byte[] { 10, 0, 0, 8 }, 0, 4, 1000, 10, text, 0, text.Length);
        Assert.AreEqual(200, bench.Get("/api/log?machine=52-54-00-00-00-07"));
        Assert.IsTrue(bench.Has("[TFTP] Sent to 10.0.0.7"));
        Assert.IsTrue(bench.Has("[HTTP] Sending ipxe boot script to 52:54:00:00:00:07"));
        Assert.IsFalse(bench.Has("10.0.0.8"));
    }

    [TestMethod]
    public void What_a_machine_says_stays_text()
    {
        PageBench bench = new PageBench().LogIn();
        byte[] text = Octets.Of("\"</script><img src=x onerror=alert(1)>\\\n\u00e4");
        bench.Device.Log.Add(Subsystem.Machine, LogEvent.Said, new byte[] { 10, 0, 0, 7 }, 0, 4, 0, 0, text, 0, text.Length);
        Assert.AreEqual(200, bench.Get("/api/log"));
        Assert.IsFalse(bench.Has("<"));
        Assert.IsTrue(bench.Has("10.0.0.7: \\\"\\u003c/script>\\u003cimg src=x onerror=alert(1)>\\\\..."));
    }

    [TestMethod]
    public void An_open_page_leaves_the_log_alone()
    {
        PageBench bench = new PageBench().LogIn();
        int added = bench.Device.Log.Added;
        for (int i = 0; i < 50; i++)
        {
            Assert.AreEqual(200, bench.Get("/api/machines"));
            Assert.AreEqual(200, bench.Get("/api/log?after=" + added.ToString()));
        }

        bench.Cookie = null;
        Assert.AreEqual(401, bench.Get("/api/machines"));
        Assert.AreEqual(added, bench.Device.Log.Added);
    }

    [TestMethod]
    public void The_page_is_sent_once_and_then_kept()
    {
        var bench = new PageBench();
        Assert.AreEqual(200, bench.Get("/"));
        Assert.IsTrue(bench.Answer.IndexOf("\r\nContent-Encoding: gzip\r\n") > 0);
        Assert.IsTrue(bench.Answer.IndexOf("\r\nContent-Security-Policy: default-src 'none'; style-src 'sha256-") > 0);
        Assert.IsTrue(bench.Answer.IndexOf("\r\nX-Frame-Options: DENY\r\n") > 0);
        Assert.IsTrue(bench.Answer.IndexOf("\r\nETag: " + PagePieces.ETag + "\r\n") > 0);
        Assert.AreEqual(304, bench.Get("/ HTTP/1.1\r\nIf-None-Match: " + PagePieces.ETag + "\r\nX: "));
    }

    [TestMethod]
    public void Health_says_what_is_missing()
    {
        var bench = new PageBench();
        Assert.AreEqual(503, bench.Get("/health"));
        Assert.AreEqual("no address\n", bench.Body);
    }

    private static string Machines(int count)
    {
        var text = new ByteWriter(1000, 16384);
        for (int i = 0; i < count; i++)
        {
            text.Text("[machine 52:54:00:00:00:").HexByte(i).Text("]\nname = m").Number(i).Byte('\n');
        }

        return text.ToString();
    }

    private static void Heard(PageBench bench, int machine)
    {
        byte[] text = Octets.Of("live");
        byte[] mac = { 0x52, 0x54, 0, 0, 0, (byte)machine };
        bench.Device.Journal.Step(bench.Now);
        bench.Device.Journal.ScriptSent(mac, new byte[] { 10, 0, 0, (byte)machine }, text, ProfileKind.Linux, false);
    }
}
