using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Netboot.Tests.Device;

namespace Netboot.Tests.Page;

/// <summary>
/// What somebody on the network, or a foreign page in the owner's browser, can try; over real sockets, while the device serves.
/// </summary>
[TestClass]
[DoNotParallelize]
public class AttackTests
{
    private const string Password = "correct-horse";
    private const string Mirror = "section=mirror&key=url&value=http://10.6.6.6/";

    private RunningDevice _device;
    private PageClient _owner;

    [TestInitialize]
    public async Task Start()
    {
        _device = new RunningDevice(RunningDevice.BoardWithSettings());
        Assert.IsTrue(_device.UntilServing(TimeSpan.FromSeconds(10)) < TimeSpan.FromSeconds(10));
        _owner = Client(9);
        await _owner.Enter("claim", Password);
    }

    [TestCleanup]
    public void Stop()
    {
        _owner.Dispose();
        _device.Dispose();
    }

    [TestMethod]
    public async Task A_form_of_a_foreign_page_changes_nothing_though_it_has_the_cookie()
    {
        string token = _owner.Token;
        _owner.Token = null;
        Assert.AreEqual(HttpStatusCode.Forbidden, (await _owner.Post("/api/settings/set", Mirror)).StatusCode);
        Assert.AreEqual(HttpStatusCode.Forbidden, (await _owner.Post("/api/settings/set", Mirror + "&X-Netboot-Token=" + token))
            .StatusCode);
        _owner.Token = token;
        Assert.AreEqual(HttpStatusCode.Forbidden, (await _owner.Post("/api/settings/set", Mirror, ("Origin", "http://evil.example")))
            .StatusCode);
        Assert.AreEqual(HttpStatusCode.Forbidden, (await _owner.Post("/api/settings/set", Mirror, ("Origin", "null"))).StatusCode);
        Assert.AreEqual("http://127.0.0.1:9/", Mirrored());
    }

    [TestMethod]
    [DataRow("evil.example")]
    [DataRow("netboot.evil.example")]
    [DataRow("127.0.0.1:81")]
    public async Task A_name_that_was_rebound_to_the_device_is_not_served(string host)
    {
        foreach (string path in new[] { "/", "/api/session", "/api/machines", "/api/settings", "/metrics" })
        {
            using HttpResponseMessage answer = await _owner.Get(path, host);
            Assert.AreEqual(HttpStatusCode.MisdirectedRequest, answer.StatusCode, path);
            Assert.IsFalse(answer.Headers.Contains("Access-Control-Allow-Origin"));
            string body = await answer.Content.ReadAsStringAsync();
            Assert.IsTrue(path.StartsWith("/api/", StringComparison.Ordinal)
                ? body.StartsWith("{\"error\"", StringComparison.Ordinal) : body.Contains("<a href=\"http://127.0.0.1/\">"), body);
        }

        using HttpResponseMessage health = await _owner.Get("/health", host);
        Assert.AreEqual("ok\n", await health.Content.ReadAsStringAsync());
    }

    [TestMethod]
    public async Task A_thousand_wrong_passwords_are_refused_and_neither_owner_nor_machines_are_kept_out()
    {
        await _owner.Enter("login", Password);
        int looked = 0;
        var slowest = TimeSpan.Zero;
        PageClient[] thieves = [.. Enumerable.Range(0, 20).Select(i => Client(1000 + i))];
        for (int i = 0; i < 1000; i++)
        {
            using HttpResponseMessage answer = await thieves[i % thieves.Length].Post("/api/login", "password=wrong-" + i);
            Assert.IsTrue(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests, answer.StatusCode.ToString());
            Assert.IsFalse(answer.Headers.Contains("Set-Cookie"));
            looked += answer.StatusCode == HttpStatusCode.Forbidden ? 1 : 0;
            if (i % 50 == 0)
            {
                var watch = Stopwatch.StartNew();
                Assert.IsTrue(_device.Get("/boot.ipxe?mac=525400123456").StartsWith("#!ipxe", StringComparison.Ordinal));
                slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
            }
        }

        Console.WriteLine($"{looked} of 1000 were looked at; the slowest script took {slowest.TotalMilliseconds:0} ms");
        Assert.IsTrue(looked is > 0 and <= 40, $"{looked} were looked at");
        await _owner.Enter("login", Password);
        foreach (PageClient thief in thieves)
        {
            thief.Dispose();
        }
    }

    [TestMethod]
    [DataRow("GET / HTTP/1.1\r\nHost: netboot\r\nX-Large: {0}\r\n\r\n", 100_000, "431")]
    [DataRow("GET / HTTP/1.1\r\nHost: netboot\r\nCookie: {0}\r\n\r\n", 4_000, "431")]
    [DataRow("GET /{0} HTTP/1.1\r\nHost: netboot\r\n\r\n", 50_000, "414")]
    [DataRow("POST /api/login HTTP/1.1\r\nHost: netboot\r\nX-Netboot-Token: x\r\nContent-Length: 1000000\r\n\r\n{0}", 60_000, "413")]
    [DataRow("POST /api/login HTTP/1.1\r\nHost: netboot\r\nX-Netboot-Token: x\r\nContent-Length: 12000\r\n\r\npassword={0}", 12_000 - 9,
        "413")]
    public async Task What_is_too_large_is_refused_and_leaves_room_for_others(string request, int size, string status)
    {
        using PageClient thief = Client(66);
        using Socket socket = thief.Begin(string.Format(request, new string('a', size)));
        Assert.AreEqual("HTTP/1.1 " + status, Beginning(socket, 12));
        Assert.AreEqual(HttpStatusCode.OK, (await _owner.Get("/api/machines")).StatusCode);
    }

    [TestMethod]
    public async Task Slow_loris_in_every_place_keeps_neither_owner_nor_machines_out()
    {
        List<Socket> slow = [];
        try
        {
            for (int i = 0; i < 30; i++)
            {
                using PageClient thief = Client(100 + (i % 10));
                slow.Add(thief.Begin(i % 2 == 0
                    ? "GET / HTTP/1.1\r\nHost: net"
                    : "POST /api/settings HTTP/1.1\r\nHost: netboot\r\nX-Netboot-Token: x\r\nContent-Length: 16000\r\n\r\n["));
            }

            var watch = Stopwatch.StartNew();
            Assert.AreEqual(HttpStatusCode.OK, (await _owner.Get("/api/machines")).StatusCode);
            Console.WriteLine($"the owner waited {watch.Elapsed.TotalMilliseconds:0} ms");
            Assert.IsTrue(watch.Elapsed < TimeSpan.FromSeconds(10));
            Assert.IsTrue(_device.BootServerAnswers());

            // Long settings need the one place for long bodies, which the thieves' bodies hold: an idle one makes room.
            string settings = "[mirror]\nurl = http://10.0.0.1/\n# " + new string('x', 600) + "\n# " + new string('x', 600) + "\n# "
                + new string('x', 600) + "\n";
            HttpStatusCode status = HttpStatusCode.ServiceUnavailable;
            for (int i = 0; i < 20 && status == HttpStatusCode.ServiceUnavailable; i++)
            {
                status = (await _owner.Post("/api/settings", settings)).StatusCode;

                // Tried again as a person does.
                await Task.Delay(200);
            }

            Assert.AreEqual(HttpStatusCode.OK, status);
            Assert.AreEqual("http://10.0.0.1/", Mirrored());
        }
        finally
        {
            slow.ForEach(socket => socket.Dispose());
        }
    }

    private PageClient Client(int address) => new(_device.Board.EndOf(80), address);

    private string Mirrored() => Encoding.ASCII.GetString(_device.Device.Rules.Settings.MirrorUrl);

    private static string Beginning(Socket socket, int length)
    {
        var bytes = new byte[length];
        int got = 0;
        while (got < length && socket.Receive(bytes, got, length - got, SocketFlags.None) is > 0 and var count)
        {
            got += count;
        }

        return Encoding.ASCII.GetString(bytes, 0, got);
    }
}
