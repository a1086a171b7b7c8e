using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Netboot.Tool.Mirror;

namespace Netboot.Tool.Tests.Mirror;

[TestClass]
public sealed class MirrorServerTests
{
    private readonly TestFolder _folder = new();
    private readonly ConcurrentQueue<MirrorRequest> _requests = new();
    private MirrorServer _server = null!;
    private HttpClient _client = null!;

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestInitialize]
    public async Task Start()
    {
        _folder.Write("vmlinuz-6.1", [0, 1, 2, 3, 4, 5, 6, 7]);
        _folder.Write("boot.ipxe", "#!ipxe\n"u8);
        _folder.Write("sub/initrd.img", [1]);
        _server = new MirrorServer(_folder.Path, new IPEndPoint(IPAddress.Loopback, 0), _requests.Enqueue);
        await _server.StartAsync(Cancellation);
        _client = new HttpClient { BaseAddress = new System.Uri($"http://{_server.EndPoint}/") };
    }

    [TestCleanup]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [TestMethod]
    public async Task HeadGivesTheLengthThatGetGives()
    {
        using var head = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "vmlinuz-6.1"), Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, head.StatusCode);
        Assert.AreEqual(8, head.Content.Headers.ContentLength);

        using var get = await _client.GetAsync("vmlinuz-6.1", Cancellation);
        Assert.AreEqual(8, get.Content.Headers.ContentLength);
        Assert.AreEqual("application/octet-stream", get.Content.Headers.ContentType!.MediaType);
        Assert.HasCount(8, await get.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [TestMethod]
    public async Task ARangeIsAPartOfTheFile()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "vmlinuz-6.1") { Headers = { Range = new RangeHeaderValue(2, 4) } };
        using var answer = await _client.SendAsync(request, Cancellation);
        Assert.AreEqual(HttpStatusCode.PartialContent, answer.StatusCode);
        CollectionAssert.AreEqual(new byte[] { 2, 3, 4 }, await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [TestMethod]
    public async Task ScriptsAreTextAndFoldersAreServed()
    {
        using var script = await _client.GetAsync("boot.ipxe", Cancellation);
        Assert.AreEqual("text/plain", script.Content.Headers.ContentType!.MediaType);
        using var inFolder = await _client.GetAsync("sub/initrd.img", Cancellation);
        Assert.AreEqual("application/octet-stream", inFolder.Content.Headers.ContentType!.MediaType);
    }

    [TestMethod]
    [DataRow("nothing", HttpStatusCode.NotFound)]
    [DataRow("", HttpStatusCode.NotFound)]
    [DataRow("sub/..%2f..%2f..%2fetc%2fpasswd", HttpStatusCode.NotFound)]
    public async Task WhatIsNoFileIsNotFound(string path, HttpStatusCode status)
    {
        using var answer = await _client.GetAsync(path, Cancellation);
        Assert.AreEqual(status, answer.StatusCode);
        Assert.AreEqual(0, answer.Content.Headers.ContentLength);
    }

    /// <summary>A Nix result/ is a link to a folder of links that lead out of the folder that is served, some of them relative.</summary>
    [TestMethod]
    [DataRow("link")]
    [DataRow("chain")]
    [DataRow("result/kernel")]
    [DataRow("result/relative")]
    public async Task ALinkIsServedAsTheFileThatItLeadsTo(string path)
    {
        using var store = new TestFolder();
        byte[] kernel = [.. Enumerable.Range(0, 320).Select(i => (byte)i)];
        string file = store.Write("linux/bzImage", kernel);
        store.Write("system/init", []);
        File.CreateSymbolicLink(Path.Combine(store.Path, "system/kernel"), file);
        File.CreateSymbolicLink(Path.Combine(store.Path, "system/relative"), "../linux/bzImage");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "result"), Path.Combine(store.Path, "system"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link"), file);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "chain"), "link");

        using var head = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Cancellation);
        Assert.AreEqual(320, head.Content.Headers.ContentLength);
        using var get = await _client.GetAsync(path, Cancellation);
        Assert.AreEqual(320, get.Content.Headers.ContentLength);
        CollectionAssert.AreEqual(kernel, await get.Content.ReadAsByteArrayAsync(Cancellation));
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(300, null) } };
        using var part = await _client.SendAsync(request, Cancellation);
        CollectionAssert.AreEqual(kernel[300..], await part.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [TestMethod]
    [DataRow("to-nothing", "nowhere", HttpStatusCode.NotFound)]
    [DataRow("to-itself", "to-itself", HttpStatusCode.NotFound)]
    [DataRow("to-folder", "sub", HttpStatusCode.NotFound)]
    public async Task ALinkToNoFileIsNotFound(string name, string target, HttpStatusCode status)
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Path, name), target);
        using var answer = await _client.GetAsync(name, Cancellation);
        Assert.AreEqual(status, answer.StatusCode);
        Assert.AreEqual(0, answer.Content.Headers.ContentLength);
    }

    [TestMethod]
    public async Task TheServedFolderItselfMayBeALink()
    {
        using var other = new TestFolder();
        string link = Path.Combine(other.Path, "result");
        File.CreateSymbolicLink(link, _folder.Path);
        await using var server = new MirrorServer(link, new IPEndPoint(IPAddress.Loopback, 0));
        await server.StartAsync(Cancellation);
        Assert.HasCount(8, await _client.GetByteArrayAsync($"http://{server.EndPoint}/vmlinuz-6.1", Cancellation));
    }

    [TestMethod]
    public async Task NothingCanBeWritten()
    {
        using var answer = await _client.PutAsync("boot.ipxe", new StringContent("x"), Cancellation);
        Assert.AreEqual(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [TestMethod]
    public async Task EveryRequestIsReported()
    {
        (await _client.GetAsync("nothing?mac=1", Cancellation)).Dispose();
        // The report comes when the answer has left, which the client may see a moment earlier.
        Assert.IsTrue(SpinWait.SpinUntil(() => !_requests.IsEmpty, System.TimeSpan.FromSeconds(5)));
        Assert.IsTrue(_requests.TryDequeue(out var request));
        StringAssert.StartsWith(request.ToString(), "127.0.0.1 GET /nothing?mac=1 404 0 bytes");
    }
}
