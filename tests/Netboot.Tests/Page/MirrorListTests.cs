using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Netboot.Http;
using Netboot.Tests.Boot;
using Netboot.Tests.Device;
using Netboot.Tests.Tftp;

namespace Netboot.Tests.Page;

/// <summary>
/// What the mirror says it has, passed on to the page over real sockets: as it is, bounded, and with the reason when it does not come.
/// </summary>
[TestClass]
[DoNotParallelize]
public class MirrorListTests
{
    private const string Call = "/api/mirror/list";

    private readonly TinyMirror _mirror = new();
    private RunningDevice _device;
    private PageClient _owner;

    [TestInitialize]
    public async Task Start()
    {
        _device = new RunningDevice(RunningDevice.BoardWithSettings());
        Assert.IsTrue(_device.UntilServing(TimeSpan.FromSeconds(10)) < TimeSpan.FromSeconds(10));
        _owner = new PageClient(_device.Board.EndOf(80), 9);
        await _owner.Enter("claim", "correct-horse");
    }

    [TestCleanup]
    public void Stop()
    {
        _owner.Dispose();
        _device.Dispose();
        _mirror.Dispose();
    }

    [TestMethod]
    [DataRow("whole-1", 1)]
    [DataRow("whole-32768", 32768)]
    [DataRow("slow-20000", 20000)]
    public async Task It_comes_byte_for_byte_and_as_text(string path, int size)
    {
        await Set(_mirror.Url + path + "/");
        using HttpResponseMessage answer = await _owner.Get(Call);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.AreEqual("text/plain", answer.Content.Headers.ContentType.MediaType, "nobody here looked whether it is JSON");
        Assert.AreEqual("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        CollectionAssert.AreEqual(Enumerable.Range(0, size).Select(at => PatternReader.At(at)).ToArray(), body);
        Assert.AreEqual(1, _mirror.Requests);
        IsLetGo();
    }

    [TestMethod]
    [DataRow("missing", "The mirror has no netboot.json. 'netboot mirror' makes one by itself")]
    [DataRow("whole-32769", "The mirror's netboot.json has more than 32 KB")]
    [DataRow("empty", "the file is empty")]
    [DataRow("page", "HOST sends a web page, not the file")]
    [DataRow("status-403", "HOST answers 403: access denied")]
    [DataRow("hangup", "HOST does not answer: is it on, and is its web server running?")]
    [DataRow("https", "HOST redirects to https://nas/file, which this board cannot fetch: make HOST answer over http too")]
    public async Task Why_it_does_not_come_is_said(string path, string words)
    {
        await Set(_mirror.Url + path + "/");
        using HttpResponseMessage answer = await _owner.Get(Call);
        Assert.AreEqual(HttpStatusCode.BadGateway, answer.StatusCode);
        StringAssert.StartsWith(
            await answer.Content.ReadAsStringAsync(), words.Replace("HOST", new Uri(_mirror.Url).Authority, StringComparison.Ordinal));
        IsLetGo();
    }

    [TestMethod]
    public async Task A_mirror_that_is_down_is_said_to_be_so()
    {
        using HttpResponseMessage answer = await _owner.Get(Call);
        Assert.AreEqual(HttpStatusCode.BadGateway, answer.StatusCode);
        StringAssert.StartsWith(await answer.Content.ReadAsStringAsync(), "127.0.0.1:9 cannot be reached: socket error ");
    }

    [TestMethod]
    public async Task Without_a_mirror_there_is_nothing_to_ask()
    {
        using (HttpResponseMessage set = await _owner.Post("/api/settings", "[profile disk]\nkind = local\n"))
        {
            Assert.AreEqual(HttpStatusCode.OK, set.StatusCode, await set.Content.ReadAsStringAsync());
        }

        using HttpResponseMessage answer = await _owner.Get(Call);
        Assert.AreEqual(HttpStatusCode.Conflict, answer.StatusCode);
        StringAssert.Contains(
            (await PageClient.Json(answer)).GetProperty("error").GetProperty("message").GetString(), "No mirror is set");
    }

    [TestMethod]
    public async Task Who_is_not_logged_in_makes_the_device_fetch_nothing()
    {
        await Set(_mirror.Url + "whole-5/");
        _owner.Cookie = null;
        using HttpResponseMessage answer = await _owner.Get(Call);
        Assert.AreEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.AreEqual(0, _mirror.Requests);
    }

    /// <summary>A browser that leaves in the middle keeps no stream from the machines that boot.</summary>
    [TestMethod]
    public async Task A_browser_that_leaves_lets_go_of_the_mirror()
    {
        // Of a mirror that sends on. One that is silent is held until it counts as gone (a minute), unless somebody else wants the place.
        await Set(_mirror.Url + "slow-30000/");
        using (_owner.Begin($"GET {Call} HTTP/1.1\r\nHost: netboot\r\nCookie: {_owner.Cookie}\r\n\r\n"))
        {
            Assert.IsTrue(SpinWait.SpinUntil(() => _mirror.Requests == 1, TimeSpan.FromSeconds(5)), "it is fetched");
        }

        IsLetGo();
    }

    // At the latest when its source has been silent for as long as it may: that the browser has left shows when something is sent to it.
    private void IsLetGo() => Assert.IsTrue(
        SpinWait.SpinUntil(() => _mirror.Connections == 0, TimeSpan.FromMilliseconds(HttpLimits.SourceTimeout + 15000)),
        "the mirror is let go of");

    private async Task Set(string url)
    {
        using HttpResponseMessage answer =
            await _owner.Post("/api/settings/set", "section=mirror&key=url&value=" + Uri.EscapeDataString(url));
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
