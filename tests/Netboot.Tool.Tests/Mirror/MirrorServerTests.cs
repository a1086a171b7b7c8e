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
    private readonly TestFolder _store = new();
    private readonly TestFolder _loaders = new();
    private readonly ConcurrentQueue<string> _notices = new();
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
        _server = new MirrorServer(
            new IPEndPoint(IPAddress.Loopback, 0),
            new MirrorOptions(_folder.Path)
            {
                OnRequest = _requests.Enqueue, OnNotice = _notices.Enqueue, Allowed = [_store.Path], Loaders = [_loaders.Path],
            });
        await _server.StartAsync(Cancellation);
        _client = new HttpClient { BaseAddress = new System.Uri($"http://{_server.EndPoint}/") };
    }

    [TestCleanup]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
        _store.Dispose();
        _loaders.Dispose();
    }

    [TestMethod]
    public async Task Head_gives_the_length_that_get_gives()
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
    public async Task A_range_is_a_part_of_the_file()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "vmlinuz-6.1") { Headers = { Range = new RangeHeaderValue(2, 4) } };
        using var answer = await _client.SendAsync(request, Cancellation);
        Assert.AreEqual(HttpStatusCode.PartialContent, answer.StatusCode);
        CollectionAssert.AreEqual(new byte[] { 2, 3, 4 }, await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [TestMethod]
    public async Task Scripts_are_text_and_folders_are_served()
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
    public async Task What_is_no_file_is_not_found(string path, HttpStatusCode status)
    {
        using var answer = await _client.GetAsync(path, Cancellation);
        Assert.AreEqual(status, answer.StatusCode);
        Assert.AreEqual(0, answer.Content.Headers.ContentLength);
    }

    /// <summary>
    /// A Nix result/ is a link to a folder of links that lead out of the folder that is served, some of them relative. The store's place
    /// is taken by a folder that the owner allowed.
    /// </summary>
    [TestMethod]
    [DataRow("link")]
    [DataRow("chain")]
    [DataRow("result/kernel")]
    [DataRow("result/relative")]
    public async Task A_link_is_served_as_the_file_that_it_leads_to(string path)
    {
        byte[] kernel = [.. Enumerable.Range(0, 320).Select(i => (byte)i)];
        string file = _store.Write("linux/bzImage", kernel);
        _store.Write("system/init", []);
        File.CreateSymbolicLink(Path.Combine(_store.Path, "system/kernel"), file);
        File.CreateSymbolicLink(Path.Combine(_store.Path, "system/relative"), "../linux/bzImage");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "result"), Path.Combine(_store.Path, "system"));
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
    public async Task A_link_to_no_file_is_not_found(string name, string target, HttpStatusCode status)
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Path, name), target);
        using var answer = await _client.GetAsync(name, Cancellation);
        Assert.AreEqual(status, answer.StatusCode);
        Assert.AreEqual(0, answer.Content.Headers.ContentLength);
    }

    [TestMethod]
    public async Task The_served_folder_itself_may_be_a_link()
    {
        using var other = new TestFolder();
        string link = Path.Combine(other.Path, "result");
        File.CreateSymbolicLink(link, _folder.Path);
        await using var server = new MirrorServer(new IPEndPoint(IPAddress.Loopback, 0), new MirrorOptions(link));
        await server.StartAsync(Cancellation);
        Assert.HasCount(8, await _client.GetByteArrayAsync($"http://{server.EndPoint}/vmlinuz-6.1", Cancellation));
    }

    [TestMethod]
    public async Task Nothing_can_be_written()
    {
        using var answer = await _client.PutAsync("boot.ipxe", new StringContent("x"), Cancellation);
        Assert.AreEqual(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [TestMethod]
    public async Task Every_request_is_reported()
    {
        (await _client.GetAsync("nothing?mac=1", Cancellation)).Dispose();
        // The report comes when the answer has left, which the client may see a moment earlier.
        Assert.IsTrue(SpinWait.SpinUntil(() => !_requests.IsEmpty, System.TimeSpan.FromSeconds(5)));
        Assert.IsTrue(_requests.TryDequeue(out var request));
        StringAssert.StartsWith(request.ToString(), "127.0.0.1 GET /nothing?mac=1 404 0 bytes");
    }

    /// <summary>A link that a guest of the folder made must not hand out what lies elsewhere; the owner is told once what to do.</summary>
    [TestMethod]
    [DataRow("out/secret", "out")]
    [DataRow("secret", "secret")]
    [DataRow("through", "through")]
    public async Task A_link_out_of_the_folder_is_refused_and_told_once(string path, string link)
    {
        using var other = new TestFolder();
        string secret = other.Write("secret", [1, 2, 3]);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, link), link == "out" ? other.Path : secret);
        if (link == "through")
        {
            File.Delete(Path.Combine(_folder.Path, link));
            File.CreateSymbolicLink(Path.Combine(_store.Path, "inner"), secret);
            File.CreateSymbolicLink(Path.Combine(_folder.Path, link), Path.Combine(_store.Path, "inner"));
        }

        for (int i = 0; i < 2; i++)
        {
            using var answer = await _client.GetAsync(path, Cancellation);
            Assert.AreEqual(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.HasCount(1, _notices);
        Assert.AreEqual(
            $"{path} leads to {secret}, outside the served folder: not served. To serve it, add --allow {other.Path}", _notices.Single());
    }

    [TestMethod]
    [DataRow("loaders/snponly.efi", 3)]
    [DataRow("snponly.efi", 3)]
    [DataRow("loaders/own.efi", 2)]
    public async Task Loaders_that_the_folder_lacks_come_from_elsewhere(string path, int length)
    {
        _loaders.Write("snponly.efi", [1, 2, 3]);
        _loaders.Write("own.efi", [1, 2, 3]);
        _loaders.Write("secret.txt", [1]);
        _folder.Write("loaders/own.efi", [1, 2]);
        Assert.HasCount(length, await _client.GetByteArrayAsync(path, Cancellation));
        using var other = await _client.GetAsync("loaders/secret.txt", Cancellation);
        Assert.AreEqual(HttpStatusCode.NotFound, other.StatusCode);
    }

    [TestMethod]
    public async Task A_folder_without_a_script_gets_one_of_what_it_has()
    {
        File.Delete(Path.Combine(_folder.Path, "boot.ipxe"));
        _folder.Write("my files/linux 1", SampleFiles.BzImage("6.1.0-13-amd64"));
        _folder.Write("my files/initrd.gz", SampleFiles.Gzip);
        using var script = await _client.GetAsync("boot.ipxe?mac=52-54-00-12-34-56", Cancellation);
        Assert.AreEqual("text/plain", script.Content.Headers.ContentType!.MediaType);
        string text = await script.Content.ReadAsStringAsync(Cancellation);
        StringAssert.Contains(text, $"set nb-url http://{_server.EndPoint}/my%20files/linux%201 ||\n");
        StringAssert.Contains(await _client.GetStringAsync("netboot.json", Cancellation), "\"kernel\": \"my%20files/linux%201\"");
        Assert.AreEqual("Machines boot Linux 6.1.0-13-amd64 (my files).", _server.Contents);
        using var head = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "boot.ipxe"), Cancellation);
        Assert.AreEqual(text.Length, head.Content.Headers.ContentLength);
        // The machine said who it is with its script; what it fetches next is from the same address.
        (await _client.GetAsync("my%20files/initrd.gz", Cancellation)).Dispose();
        Assert.IsTrue(SpinWait.SpinUntil(() => _requests.Count == 4, System.TimeSpan.FromSeconds(5)));
        StringAssert.StartsWith(_requests.Last().ToString(), "127.0.0.1 (52-54-00-12-34-56) GET /my%20files/initrd.gz 200 ");
    }

    /// <summary>A menu in its place would boot machines into something that the owner did not choose.</summary>
    [TestMethod]
    public async Task A_script_that_cannot_be_served_is_not_replaced_by_a_menu()
    {
        using var other = new TestFolder();
        File.Delete(Path.Combine(_folder.Path, "boot.ipxe"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "boot.ipxe"), other.Write("boot.ipxe", SampleFiles.Script));
        _folder.Write("linux", SampleFiles.BzImage("6.1.0"));
        using var answer = await _client.GetAsync("boot.ipxe", Cancellation);
        Assert.AreEqual(HttpStatusCode.NotFound, answer.StatusCode);
        StringAssert.StartsWith(_server.Contents, "The folder's boot.ipxe cannot be read");
    }

    /// <summary>To open a pipe waits for somebody who writes into it.</summary>
    [TestMethod]
    [Timeout(20_000)]
    public async Task A_pipe_in_the_folder_holds_nobody_up()
    {
        string pipe = Path.Combine(_folder.Path, "pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync(Cancellation);
        }

        Assert.IsTrue(File.Exists(pipe));
        File.Delete(Path.Combine(_folder.Path, "boot.ipxe"));
        _folder.Write("linux", SampleFiles.BzImage("6.1.0"));
        Assert.HasCount(0, await _client.GetByteArrayAsync("pipe", Cancellation));
        StringAssert.Contains(await _client.GetStringAsync("boot.ipxe", Cancellation), "linux");
    }

    [TestMethod]
    public async Task An_iso_file_is_served_as_a_file_and_as_a_folder()
    {
        byte[] kernel = SampleFiles.BzImage("6.1");
        byte[] image = new SampleIso().Make(("live/vmlinuz", kernel));
        _folder.Write("media/a.iso", image);
        CollectionAssert.AreEqual(image, await _client.GetByteArrayAsync("media/a.iso", Cancellation));
        CollectionAssert.AreEqual(kernel, await _client.GetByteArrayAsync("media/a.iso/live/vmlinuz", Cancellation));
        using var request = new HttpRequestMessage(HttpMethod.Get, "media/a.iso/live/vmlinuz") { Headers = { Range = new RangeHeaderValue(510, 600) } };
        using var part = await _client.SendAsync(request, Cancellation);
        CollectionAssert.AreEqual(kernel[510..601], await part.Content.ReadAsByteArrayAsync(Cancellation));
        foreach (string none in (string[])["media/a.iso/live", "media/a.iso/live/nothing", "vmlinuz-6.1/x", "media/a.iso/../a.iso/live/initrd"])
        {
            using var answer = await _client.GetAsync(none, Cancellation);
            Assert.AreEqual(HttpStatusCode.NotFound, answer.StatusCode, none);
        }
    }

    /// <summary>Fedora's installer asks for .treeinfo; whatever else begins with a dot is a person's own.</summary>
    [TestMethod]
    [DataRow("f/.treeinfo", HttpStatusCode.OK)]
    [DataRow("f/.disk/info", HttpStatusCode.OK)]
    [DataRow("f/.netrc", HttpStatusCode.NotFound)]
    [DataRow(".ssh/id_ed25519", HttpStatusCode.NotFound)]
    public async Task Only_the_dot_files_of_installers_are_served(string path, HttpStatusCode status)
    {
        _folder.Write(path, [1]);
        using var answer = await _client.GetAsync(path, Cancellation);
        Assert.AreEqual(status, answer.StatusCode);
    }

    [TestMethod]
    public async Task The_folders_own_script_is_served_as_it_is()
    {
        _folder.Write("linux", SampleFiles.BzImage("6.1.0"));
        Assert.AreEqual("#!ipxe\n", await _client.GetStringAsync("boot.ipxe", Cancellation));
        Assert.AreEqual("Machines get the folder's own boot.ipxe.", _server.Contents);
    }
}
