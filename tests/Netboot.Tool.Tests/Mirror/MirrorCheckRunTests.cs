using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Netboot.Tool.Mirror;
using Netboot.Tool.Mirror.Check;

namespace Netboot.Tool.Tests.Mirror;

[TestClass]
public sealed class MirrorCheckRunTests
{
    private readonly TestFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Remove() => _folder.Dispose();

    /// <summary>The menu that the mirror makes is checked as a machine would take it, entry by entry.</summary>
    [TestMethod]
    public async Task The_mirrors_own_menu_is_good()
    {
        _folder.Write("a/vmlinuz", SampleFiles.BzImage("6.1"));
        _folder.Write("a/initrd.img", SampleFiles.Gzip);
        _folder.Write("b/linux", SampleFiles.BzImage("6.9"));
        _folder.Write("b/initrd.gz", SampleFiles.Gzip);
        CheckReport report = await CheckFolderAsync();
        Assert.IsTrue(report.Good, string.Join('\n', report.Files.Select(CheckCommand.Line)));
        CollectionAssert.AreEqual(
            new[] { "Script /boot.ipxe", "Kernel /a/vmlinuz", "Initrd /a/initrd.img", "Kernel /b/linux", "Initrd /b/initrd.gz" },
            report.Files.Select(file => $"{file.Use} {file.Url.AbsolutePath}").ToArray());
        Assert.IsEmpty(report.Unknown);
        Assert.AreEqual(8, report.Files[2].Bytes);
        StringAssert.StartsWith(
            report.Files[2].Hash, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(SampleFiles.Gzip)));
    }

    [TestMethod]
    [DataRow("kernel nothing", "kernel /nothing: there is no such file on the server")]
    [DataRow("kernel initrd.gz", "kernel /initrd.gz: it is packed, and iPXE does not unpack kernels")]
    [DataRow("kernel page.html", "kernel /page.html: a web page came in its place")]
    [DataRow("initrd empty", "initrd /empty: the file is empty")]
    [DataRow("chain bom.ipxe", "script /bom.ipxe: its first characters are not #!ipxe and a line break")]
    [DataRow("chain initrd.gz", "script /initrd.gz: it is not a script for iPXE")]
    [DataRow("kernel https://example.org/vmlinuz", "kernel /vmlinuz: https: Debian 12's iPXE cannot fetch it")]
    [DataRow("initrd tftp://10.0.0.1/x", "initrd /x: tftp: is not checked")]
    public async Task A_fault_is_named_with_its_file(string line, string expected)
    {
        _folder.Write("boot.ipxe", Encoding.ASCII.GetBytes($"#!ipxe\n{line} || goto failed\n"));
        _folder.Write("initrd.gz", SampleFiles.Gzip);
        _folder.Write("page.html", "<!DOCTYPE html><title>Log in</title>"u8);
        _folder.Write("empty", []);
        _folder.Write("bom.ipxe", [0xEF, 0xBB, 0xBF, .. SampleFiles.Script]);
        CheckReport report = await CheckFolderAsync();
        CheckedFile bad = report.Files.Single(file => file.Fault != null);
        StringAssert.StartsWith($"{bad.Use.ToString().ToLowerInvariant()} {bad.Url.AbsolutePath}: {bad.Fault}", expected);
    }

    [TestMethod]
    [DataRow("/to-https", "redirected to https://127.0.0.1/boot.ipxe: not every iPXE can fetch https")]
    [DataRow("/to-ftp", "redirected to ftp://127.0.0.1/boot.ipxe, which is not http://")]
    [DataRow("/circle", "redirected 5 times and more, last to http://")]
    [DataRow("/no-length", "sent without its length")]
    [DataRow("/packed", "sent as gzip, which iPXE does not unpack")]
    [DataRow("/password", "the server wants a password")]
    [DataRow("/broken", "the server answered 503")]
    public async Task A_servers_odd_answer_is_named(string path, string expected)
    {
        await using WebApplication server = await OddServerAsync();
        CheckedFile file = (await CheckAsync(new Uri($"{server.Urls.First()}{path}"))).Files.Single();
        StringAssert.StartsWith(file.Fault, expected);
    }

    /// <summary>A machine follows the first address, and its iPXE fails at the second: a person needs to see both.</summary>
    [TestMethod]
    [DataRow("/to-https")]
    [DataRow("/moved-to-https")]
    public async Task A_redirect_to_https_is_told_with_both_addresses(string path)
    {
        await using WebApplication server = await OddServerAsync();
        string url = server.Urls.First() + path;
        Assert.AreEqual(
            $"script {url}: redirected to https://127.0.0.1/boot.ipxe: not every iPXE can fetch https. Let the server answer http:// itself",
            CheckCommand.Line((await CheckAsync(new Uri(url))).Files.Single()));
    }

    [TestMethod]
    public async Task A_server_that_is_not_there_is_not_reached()
    {
        WebApplication server = await OddServerAsync();
        string url = server.Urls.First();
        await server.DisposeAsync();
        StringAssert.StartsWith((await CheckAsync(new Uri(url + "/boot.ipxe"))).Files.Single().Fault, "not reached: ");
    }

    [TestMethod]
    public async Task A_file_that_ends_too_soon_broke_off()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<CheckReport> check = CheckAsync(new Uri($"http://{listener.LocalEndpoint}/boot.ipxe"));
        using (Socket server = await listener.AcceptSocketAsync(Cancellation))
        {
            // The request is read first: a socket that closes with unread data resets the connection, and the answer with it.
            await server.ReceiveAsync(new byte[1024], Cancellation);
            await server.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n#!ipxe\n"u8.ToArray(), Cancellation);
            server.Shutdown(SocketShutdown.Send);
            StringAssert.StartsWith((await check).Files.Single().Fault, "broke off: ");
        }
    }

    [TestMethod]
    public async Task A_redirect_is_followed()
    {
        await using WebApplication server = await OddServerAsync();
        Assert.IsNull((await CheckAsync(new Uri($"{server.Urls.First()}/moved"))).Files.Single().Fault);
    }

    [TestMethod]
    public async Task Scripts_that_lead_to_each_other_are_fetched_once()
    {
        _folder.Write("boot.ipxe", "#!ipxe\nchain other.ipxe\n"u8);
        _folder.Write("other.ipxe", "#!ipxe\nchain boot.ipxe\nchain ${name}.ipxe\n"u8);
        CheckReport report = await CheckFolderAsync();
        Assert.HasCount(2, report.Files);
        StringAssert.EndsWith(report.Unknown.Single(), "/other.ipxe line 3: ${name}.ipxe");
    }

    /// <summary>More files than are fetched: nobody can say that all is well.</summary>
    [TestMethod]
    public async Task A_mirror_of_too_many_files_is_not_called_good()
    {
        _folder.Write("initrd", SampleFiles.Gzip);
        string lines = string.Concat(Enumerable.Range(0, MirrorCheckRun.MostFiles + 5).Select(i => $"initrd initrd?{i}\n"));
        _folder.Write("boot.ipxe", Encoding.ASCII.GetBytes("#!ipxe\n" + lines));
        CheckReport report = await CheckFolderAsync();
        Assert.HasCount(MirrorCheckRun.MostFiles, report.Files);
        Assert.IsFalse(report.Good);
        Assert.IsTrue(report.Files.All(file => file.Fault == null));
    }

    [TestMethod]
    [DataRow("http://10.0.0.1/", "http://10.0.0.1/boot.ipxe")]
    [DataRow("http://10.0.0.1:8080", "http://10.0.0.1:8080/boot.ipxe")]
    [DataRow("http://10.0.0.1/x/y.ipxe", "http://10.0.0.1/x/y.ipxe")]
    [DataRow("https://10.0.0.1/", null)]
    [DataRow("10.0.0.1", null)]
    public void The_script_of_a_mirror_is_its_boot_iPXE(string text, string? expected) =>
        Assert.AreEqual(expected, CheckCommand.ScriptOf(text)?.ToString());

    private async Task<CheckReport> CheckFolderAsync()
    {
        await using var server = new MirrorServer(new IPEndPoint(IPAddress.Loopback, 0), new MirrorOptions(_folder.Path));
        await server.StartAsync(Cancellation);
        return await CheckAsync(new Uri($"http://{server.EndPoint}/boot.ipxe"));
    }

    private async Task<CheckReport> CheckAsync(Uri script)
    {
        using var client = MirrorCheckRun.Client();
        var heard = new List<CheckedFile>();
        CheckReport report = await new MirrorCheckRun(client).RunAsync(script, heard.Add, Cancellation);
        CollectionAssert.AreEqual(report.Files.ToArray(), heard);
        return report;
    }

    private async Task<WebApplication> OddServerAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        WebApplication server = builder.Build();
        server.Run(AnswerAsync);
        await server.StartAsync(Cancellation);
        return server;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        HttpResponse answer = context.Response;
        byte[] script = SampleFiles.Script;
        switch (context.Request.Path.Value)
        {
            case "/to-https":
                answer.Redirect("https://127.0.0.1/boot.ipxe");
                return;
            case "/moved-to-https":
                answer.Redirect("/to-https");
                return;
            case "/to-ftp":
                answer.Redirect("ftp://127.0.0.1/boot.ipxe");
                return;
            case "/circle":
                answer.Redirect("/circle");
                return;
            case "/moved":
                answer.Redirect("/good");
                return;
            case "/password":
                answer.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            case "/broken":
                answer.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            case "/packed":
                answer.Headers.ContentEncoding = "gzip";
                break;
            default:
                break;
        }

        answer.ContentLength = context.Request.Path == "/no-length" ? null : script.Length;
        await answer.Body.WriteAsync(script);
    }
}
