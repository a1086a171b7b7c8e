using System;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Tests.Captures;
using Netboot.Tests.Page;
using Netboot.Web;

namespace Netboot.Tests.Web;

/// <summary>Every JSON answer byte for byte, but for times and the version; and each of them is JSON.</summary>
[TestClass]
public partial class JsonAnswerTests
{
    private const string Settings =
        """
        [mirror]
        url = http://10.0.0.3/

        [boot]
        default = hole

        [profile hole]
        kernel = vmlinuz
        initrd = one

        [profile nope]
        kind = deny

        [machine 52:54:00:00:00:07]
        name = nas
        profile = hole

        [machine 52:54:00:00:00:08]
        name = pi
        profile = nope
        once = hole

        [machine 52:54:00:00:00:09]
        option43 = send

        """;

    [TestMethod]
    public void The_session()
    {
        var bench = new PageBench();
        Same("""{"name":"netboot","version":"V","state":"claim","claimSeconds":0,"token":null}""", Get(bench, "/api/session"));
        bench.LogIn();
        Same("""{"name":"netboot","version":"V","state":"in","claimSeconds":0,"token":"T"}""", Get(bench, "/api/session"));
    }

    [TestMethod]
    public void The_status_with_nothing_known()
    {
        PageBench bench = new PageBench().LogIn();
        Same(
            """
            {"name":"netboot","version":"V","board":"test","firmware":"0","address":null,"mac":null,"clock":null,"uptime":0,"freeMemory":-1,
            "settingsRoom":16384,"restarts":0,"faults":0,"lastRestart":null,"mirror":null,
            "counters":{"dhcp":{"received":0,"offers":0,"answers":0,"refused":0,"malformed":0,"unsent":0},
            "tftp":{"requests":0,"running":0,"completed":0,"failed":0,"refused":0,"malformed":0,"blocks":0,"repeated":0},
            "http":{"connections":0,"requests":2,"bad":0,"evicted":0,"late":0,"faults":0},
            "syslog":{"received":0,"dropped":0,"malformed":0,"sent":0,"unsent":0},"mdns":{"sent":0,"unsent":0},
            "journal":{"lines_left_out":0,"machines_forgotten":0}},
            "others":[],"relays":[],
            "loaders":[{"name":"ipxe.pxe","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"undionly.kpxe","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"snponly-ia32.efi","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"snponly.efi","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"snponly-arm32.efi","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"snponly-arm64.efi","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"snponly-riscv32.efi","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"snponly-riscv64.efi","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"snponly-loong64.efi","source":"mirror","bytes":null,"version":null,"hash":null}],
            "loadersFrom":null,"missingLoaders":["undionly.kpxe","snponly.efi","snponly-arm64.efi"]}
            """,
            Get(bench, "/api/status"));
    }

    [TestMethod]
    public void The_status_with_servers_relays_and_loaders()
    {
        PageBench bench = Busy();
        bench.Console.MacAddress = [2, 0, 0, 0xab, 0xcd, 0xef];
        bench.Console.UtcNow = new DateTime(2026, 1, 2, 3, 4, 59);
        Same(
            """
            {"name":"netboot","version":"V","board":"test","firmware":"0","address":"10.77.0.2","mac":"02:00:00:ab:cd:ef",
            "clock":"2026-01-02T03:04:59Z","uptime":0,"freeMemory":-1,
            "settingsRoom":16384,"restarts":0,"faults":0,"lastRestart":null,"mirror":"http://10.0.0.3/",
            "counters":{"dhcp":{"received":0,"offers":0,"answers":0,"refused":2,"malformed":0,"unsent":0},
            "tftp":{"requests":0,"running":0,"completed":0,"failed":0,"refused":0,"malformed":0,"blocks":0,"repeated":0},
            "http":{"connections":0,"requests":3,"bad":0,"evicted":0,"late":0,"faults":0},
            "syslog":{"received":0,"dropped":0,"malformed":0,"sent":0,"unsent":0},"mdns":{"sent":0,"unsent":0},
            "journal":{"lines_left_out":0,"machines_forgotten":0}},
            "others":[{"address":"192.168.4.2","gives":true,"boot":true,"noProxy":false,"ago":0},
            {"address":"10.77.0.1","gives":true,"boot":false,"noProxy":false,"ago":0}],
            "relays":[{"address":"10.2.0.1","ago":0},{"address":"10.3.0.1","ago":0}],
            "loaders":[{"name":"ipxe.pxe","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"undionly.kpxe","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"snponly-ia32.efi","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"snponly.efi","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"snponly-arm32.efi","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"snponly-arm64.efi","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"snponly-riscv32.efi","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"snponly-riscv64.efi","source":"mirror","bytes":null,"version":null,"hash":null},
            {"name":"snponly-loong64.efi","source":"mirror","bytes":null,"version":null,"hash":null}],
            "loadersFrom":"http://10.0.0.3/","missingLoaders":[]}
            """,
            Get(bench, "/api/status"));
    }

    [TestMethod]
    public void The_machines_heard_and_listed()
    {
        Same(
            """
            {"now":0,"settings":3,"machines":[
            {"mac":"52:54:00:4c:4b:43","known":false,"uuid":"6b1f2a3c-4d5e-4f60-8172-93a4b5c6d7e8","address":"10.77.0.106",
            "firmware":"UEFI x64","seen":0,"state":"failed","stage":"kernel","why":{"code":"mirror-not-found",
            "text":"the server does not have the kernel of its profile (404): check the path in the profile and on the server; 
            in the settings its kernel is http://10.0.0.3/vmlinuz"},
            "boots":[{"ago":0,"stages":[[0,0],[1,0],[5,10],[6,50]]}]},
            {"mac":"52:54:00:00:00:07","known":true,"name":"nas","profile":"hole","address":"10.77.0.7","firmware":"unknown","seen":0,
            "state":"booting","stage":"script","boots":[{"ago":0,"stages":[[0,0],[5,0]]}]},
            {"mac":"52:54:00:00:00:08","known":true,"name":"pi","profile":"nope","once":"hole","seen":null,"state":"never"},
            {"mac":"52:54:00:00:00:09","known":true,"seen":null,"state":"never"}],"next":null}
            """,
            Get(Busy(), "/api/machines"));
    }

    [TestMethod]
    public void The_machines_that_changed()
    {
        PageBench bench = Busy();
        bench.Now += 60000;
        Same("""{"now":0,"settings":3,"machines":[],"next":null}""", Get(bench, "/api/machines?since=" + ((int)bench.Now & int.MaxValue)));
    }

    [TestMethod]
    public void Machines_of_several_answers()
    {
        PageBench bench = new PageBench().LogIn();
        var text = new ByteWriter(1000, 16384);
        for (int i = 0; i < 34; i++)
        {
            text.Text("[machine 52:54:00:00:01:").HexByte(i).Text("]\nname = m").Number(i).Byte('\n');
        }

        Assert.AreEqual(200, bench.Post("/api/settings", text.ToString()));
        Assert.AreEqual(200, bench.Get("/api/machines"));
        StringAssert.EndsWith(bench.Body, ",\"seen\":null,\"state\":\"never\"}],\"next\":32}");
        Same(
            """
            {"now":0,"settings":3,"machines":[{"mac":"52:54:00:00:01:20","known":true,"name":"m32","seen":null,"state":"never"},
            {"mac":"52:54:00:00:01:21","known":true,"name":"m33","seen":null,"state":"never"}],"next":null}
            """,
            Get(bench, "/api/machines?from=32"));
    }

    [TestMethod]
    public void The_profiles()
    {
        Same("""[{"name":"built-in","kind":"script","machines":0,"once":0,"default":true,"builtIn":true}]""",
            Get(new PageBench().LogIn(), "/api/profiles"));
        Same(
            """
            [{"name":"hole","kind":"linux","machines":1,"once":1,"default":true},
            {"name":"nope","kind":"deny","machines":1,"once":0,"default":false}]
            """,
            Get(Busy(), "/api/profiles"));
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings", "[profile a]\nkind = local\n"));
        Same(
            """
            [{"name":"a","kind":"local","machines":0,"once":0,"default":false},
            {"name":"built-in","kind":"script","machines":0,"once":0,"default":true,"builtIn":true}]
            """,
            Get(bench, "/api/profiles"));
    }

    [TestMethod]
    public void The_log()
    {
        PageBench bench = new PageBench().LogIn();
        int from = bench.Device.Log.Added;
        bench.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "one");
        byte[] text = Octets.Of("\"</script>\\\n\u00e4 and more");
        bench.Device.Log.Add(Subsystem.Machine, LogEvent.Said, new byte[] { 10, 0, 0, 7 }, 0, 4, 0, 0, text, 0, text.Length);
        Same(
            """
            {"next":0,"lost":0,"lines":[{"n":0,"ago":0,"text":"[Init] one"},
            {"n":0,"ago":0,"text":"[Log] 10.0.0.7: \"\u003c/script>\\... and more"}]}
            """,
            Get(bench, "/api/log?after=" + from));
        Same("""{"next":0,"lost":0,"lines":[]}""", Get(bench, "/api/log?machine=52:54:00:00:00:01"));
    }

    [TestMethod]
    public void The_mirror()
    {
        PageBench bench = new PageBench().LogIn();
        Same(
            """
            {"state":"idle","url":null,"ok":false,"status":0,"bytes":0,"milliseconds":0,"bytesPerSecond":0,"script":false,"text":null}
            """,
            Get(bench, "/api/mirror"));
    }

    [TestMethod]
    public void What_a_change_answers()
    {
        PageBench bench = Busy();
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=device&key=name&value=netboot"));
        Same("""{"ok":true}""", Plain(bench.Body));
        Assert.AreEqual(422, bench.Post("/api/settings/set", "section=profile+\"x&key=kernel&value=a"));
        Same(
            """
            {"error":{"message":"'\"x' is not a valid name: use letters, digits and - . _, beginning with a letter or digit",
            "section":"profile \"x"}}
            """,
            Plain(bench.Body));
        Assert.AreEqual(422, bench.Post("/api/settings", "[mirror]\nurl = nas\n[boot]\ndefault = <none>\n"));
        Same(
            """
            {"error":{"message":"'nas' does not begin with http:// or https://","line":2,"section":"mirror","key":"url"}}
            """,
            Plain(bench.Body));
        Assert.AreEqual(422,
            bench.Post("/api/settings/set", "section=mirror&key=url&value=nas&section=boot&key=default&value=no&section=log&key=syslog&value=x"));
        Same(
            """
            {"error":{"message":"'nas' does not begin with http:// or https://","section":"mirror","key":"url","more":[
            {"message":"'x' is not the IPv4 address of a host, with or without a port (192.168.1.10 or 192.168.1.10:514); names work only 
            where machines look them up themselves, as in [mirror] url: while the board looks one up, everything on it stops",
            "section":"log","key":"syslog"}]}}
            """,
            Plain(bench.Body));
        Assert.AreEqual(422, bench.Post("/api/settings/set", "key=kernel&value=a&section=" + new string('x', 800)));
        StringAssert.EndsWith(Plain(bench.Body), ",\"section\":\"" + new string('x', 800) + "\"}}");
        Assert.AreEqual(403, bench.Post("/api/login", "password=wrong"));
        Same("""{"error":{"message":"Wrong password."}}""", Plain(bench.Body));
    }

    private static PageBench Busy()
    {
        PageBench bench = new PageBench().LogIn();
        bench.Console.Address = [10, 77, 0, 2];
        bench.Device.Dhcp.UseAddress([10, 77, 0, 2]);
        Assert.AreEqual(200, bench.Post("/api/settings", Settings.Replace("\r\n", "\n", StringComparison.Ordinal)));
        Packet(bench, Servers.RelayedBootRouter);
        Packet(bench, Servers.PlainRouter);
        byte[] relayed = (byte[])UefiX64.Discover00.Clone();
        relayed[24] = 10;
        relayed[25] = 2;
        relayed[27] = 1;
        Packet(bench, relayed);
        relayed[25] = 3;
        Packet(bench, relayed);
        Packet(bench, UefiX64.Discover00);
        byte[] mac = UefiX64.Discover00[28..34];
        bench.Device.Journal.ScriptSent(mac, [10, 77, 0, 106], Octets.Of("hole"), ProfileKind.Linux, true);
        bench.Now += 40;
        bench.Device.Journal.Step(bench.Now);
        bench.Device.Journal.Reported(mac, BootStage.Kernel);
        byte[] part = Octets.Of("kernel http://10.0.0.3/<\"\\>");
        bench.Now += 20;
        bench.Device.Journal.Step(bench.Now);
        bench.Device.Journal.Failed(mac, 0x2d0c613b, part, 6, part.Length);
        byte[] other = [0x52, 0x54, 0, 0, 0, 7];
        bench.Now += 100;
        bench.Device.Journal.Step(bench.Now);
        bench.Device.Journal.ScriptSent(other, [10, 77, 0, 7], Octets.Of("hole"), ProfileKind.Linux, true);
        bench.Now += 1000;
        bench.Device.Journal.Step(bench.Now);
        return bench;
    }

    private static void Packet(PageBench bench, byte[] packet)
    {
        var message = new DhcpMessage();
        Array.Copy(packet, 0, message.Buffer, 0, packet.Length);
        var answer = new DhcpAnswer();
        bench.Device.Dhcp.Answer(message, packet.Length, false, new IPEndPoint(IPAddress.Any, 68), bench.Now, answer);
        if (answer.IsTold)
        {
            bench.Device.Dhcp.Tell(message, false, bench.Now, answer);
        }

        bench.Now += 10;
        bench.Device.Journal.Step(bench.Now);
    }

    private static string Get(PageBench bench, string target)
    {
        Assert.AreEqual(200, bench.Get(target));
        return Plain(bench.Body);
    }

    private static string Plain(string body)
    {
        JsonDocument.Parse(body).Dispose();
        body = Version().Replace(body, "\"version\":\"V\"");
        body = Token().Replace(body, "\"token\":\"T\"");
        return Times().Replace(body, "\"$1\":0");
    }

    private static void Same(string expected, string actual) =>
        Assert.AreEqual(expected.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal), actual);

    [GeneratedRegex("\"version\":\"[^\"]*\"")]
    private static partial Regex Version();

    [GeneratedRegex("\"token\":\"[^\"]*\"")]
    private static partial Regex Token();

    [GeneratedRegex("\"(now|ago|seen|uptime|n|next|claimSeconds)\":-?[1-9][0-9]*")]
    private static partial Regex Times();
}
