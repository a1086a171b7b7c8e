using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Tasks;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Tests.Lab;

[TestClass]
public sealed class BootApiTests
{
    private const string Mac = "52:54:00:12:34:56";
    private const string Kernel = "http://10.77.0.3/vmlinuz";
    private static readonly string[] Initrds = ["/a", "file:///b"];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_kernel_comes_with_its_initrds_command_line_and_message()
    {
        using var answer = await Json(BootApiAnswer.Kernel(Kernel, Initrds, "quiet root=\"x y\"", "Hello"));
        Assert.AreEqual(Kernel, answer.RootElement.GetProperty("kernel").GetString());
        Assert.AreEqual("""["/a","file:///b"]""", answer.RootElement.GetProperty("initrd").GetRawText());
        Assert.AreEqual("quiet root=\"x y\"", answer.RootElement.GetProperty("cmdline").GetString());
        Assert.AreEqual("Hello", answer.RootElement.GetProperty("message").GetString());
    }

    [TestMethod]
    public async Task A_command_line_can_be_an_object()
    {
        using var answer = await Json(BootApiAnswer.KernelWithObject(Kernel, Initrds, "quiet a=b=c", "/x"));
        Assert.AreEqual(
            """{"quiet":true,"a":"b=c","lab.url":{"url":"/x"}}""", answer.RootElement.GetProperty("cmdline").GetRawText());
    }

    [TestMethod]
    public async Task A_script_stands_alone()
    {
        using var answer = await Json(BootApiAnswer.Script("#!ipxe\nshell\n"));
        Assert.AreEqual("#!ipxe\nshell\n", answer.RootElement.GetProperty("ipxe-script").GetString());
        Assert.IsFalse(answer.RootElement.TryGetProperty("kernel", out _));
    }

    [TestMethod]
    public async Task Broken_JSON_cannot_be_read() =>
        await Assert.ThrowsAsync<JsonException>(async () => (await Json(BootApiAnswer.Broken)).Dispose());

    [TestMethod]
    public async Task A_machine_without_an_answer_gets_404_and_is_remembered()
    {
        await using var api = await Started(BootApiAnswer.Empty);
        using var client = new HttpClient();
        using var known = await client.GetAsync(new Uri($"{api.Url}/v1/boot/{Mac}"));
        using var unknown = await client.GetAsync(new Uri($"{api.Url}/v1/boot/52:54:00:00:00:01"));
        using var elsewhere = await client.GetAsync(new Uri($"{api.Url}/v2/boot/{Mac}"));
        Assert.AreEqual(HttpStatusCode.OK, known.StatusCode);
        Assert.AreEqual("{}", await known.Content.ReadAsStringAsync());
        Assert.AreEqual(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.AreEqual(HttpStatusCode.NotFound, elsewhere.StatusCode);
        CollectionAssert.AreEqual(new[] { Mac, "52:54:00:00:00:01" }, (System.Collections.ICollection)api.Requests);
    }

    [TestMethod]
    public async Task A_slow_answer_is_late()
    {
        var time = Stopwatch.StartNew();
        using var answer = await Json(BootApiAnswer.Kernel(Kernel, Initrds, "") with { Delay = TimeSpan.FromMilliseconds(300) });
        Assert.IsGreaterThanOrEqualTo(290, time.ElapsedMilliseconds);
    }

    [TestMethod]
    public async Task Its_socket_can_be_made_by_somebody_else()
    {
        var made = 0;
        await using var api = await Started(BootApiAnswer.Empty, endPoint =>
        {
            made++;
            return SocketOn(endPoint);
        });
        using var client = new HttpClient();
        Assert.AreEqual("{}", await client.GetStringAsync(new Uri($"{api.Url}/v1/boot/{Mac}")));
        Assert.AreEqual(1, made);
    }

    private static Socket SocketOn(EndPoint endPoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(endPoint);
        return socket;
    }

    private async Task<BootApi> Started(BootApiAnswer answer, Func<EndPoint, Socket>? bind = null)
    {
        var api = new BootApi([new KeyValuePair<string, BootApiAnswer>(Mac, answer)], new IPEndPoint(IPAddress.Loopback, 0), bind: bind);
        await api.StartAsync(TestContext.CancellationToken);
        return api;
    }

    private async Task<JsonDocument> Json(BootApiAnswer answer)
    {
        await using var api = await Started(answer);
        using var client = new HttpClient();
        return JsonDocument.Parse(await client.GetStringAsync(new Uri($"{api.Url}/v1/boot/{Mac}")));
    }
}
