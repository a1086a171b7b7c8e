using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Netboot.Tool.Mirror;
using Netboot.Tool.Mirror.Fill;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Tests.Mirror.Fill;

/// <summary>A mirror's folder with something of its owner's in it, and a public server on loopback that can misbehave.</summary>
internal sealed class FillBench : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly HttpClient _client = Downloads.Client();
    private readonly StringWriter _lines = new();
    private readonly WebApplication _server;

    private FillBench()
    {
        _folder.Write("own/vmlinuz", SampleFiles.BzImage("6.1"));
        _folder.Write("own/initrd.img", SampleFiles.Gzip);
        _folder.Write("SHA256SUMS", Encoding.ASCII.GetBytes($"{new string('a', 64)}  own/vmlinuz\n"));
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    /// <summary>The mirror's folder.</summary>
    public string Mirror => _folder.Path;

    /// <summary>What the server has, by path.</summary>
    public Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers in the place of a file.</summary>
    public Dictionary<string, Func<HttpContext, Task>> Odd { get; } = new(StringComparer.Ordinal);

    /// <summary>How often the server was asked.</summary>
    public int Requests { get; private set; }

    public Uri Server => new(_server.Urls.First());

    /// <summary>What the person saw.</summary>
    public string Lines => _lines.ToString();

    public FillOutput Output => new(_lines, bars: false);

    public static async Task<FillBench> StartAsync(CancellationToken cancellation)
    {
        var bench = new FillBench();
        await bench._server.StartAsync(cancellation);
        return bench;
    }

    /// <summary>Puts files on the server, and a list of their checksums.</summary>
    public void Publish(string folder, string list, params (string Name, byte[] Content)[] files)
    {
        foreach ((string name, byte[] content) in files)
        {
            Files[$"{folder}/{name}"] = content;
        }

        Files[$"{folder}/{list}"] = Encoding.ASCII.GetBytes(string.Concat(
            files.Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(file.Content))}  ./{file.Name}\n")));
    }

    /// <summary>Debian's netboot files, of a size that takes several pieces.</summary>
    public void PublishDebian(string version = "stable", byte[]? kernel = null) =>
        Publish($"/dists/{version}/main/installer-amd64/current/images", "SHA256SUMS",
            (Linux, kernel ?? [.. SampleFiles.BzImage("6.1"), .. new byte[300_000]]),
            ("netboot/debian-installer/amd64/initrd.gz", SampleFiles.Gzip));

    /// <summary>Debian's kernel below its list of checksums.</summary>
    public const string Linux = "netboot/debian-installer/amd64/linux";

    /// <summary>Adds what a text names, from this server.</summary>
    public Task AddAsync(
        string text, CancellationToken cancellation, bool arm = false, string? name = null, bool replace = false, TimeSpan? quiet = null)
    {
        bool distribution = Distributions.Find(text) != null;
        var downloads = new Downloads(_client, Output) { Quiet = quiet ?? TimeSpan.FromSeconds(20) };
        IFillSource source = AddCommand.SourceOf(text, arm, distribution ? Server : null, downloads);
        return AddAsync(source, cancellation, name, replace);
    }

    public Task AddAsync(IFillSource source, CancellationToken cancellation, string? name = null, bool replace = false) =>
        FillRun.AddAsync(Mirror, source, name ?? source.DefaultName, replace, Output, cancellation);

    /// <summary>What the mirror offers besides what its owner had.</summary>
    public string Offered() => string.Join('\n', FolderSurvey.Of(new Links(Mirror, []), new IsoImages()).Entries
        .Where(entry => !entry.Kernel.StartsWith("own/", StringComparison.Ordinal)).Select(entry => $"{entry.Title}: "
            + $"{string.Join(" + ", entry.Initrds.Select(initrd => initrd.Path).Prepend(entry.Kernel))} [{entry.CommandLine}]"));

    /// <summary>Everything in the folder, files with their bytes.</summary>
    public static string[] Everything(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => File.Exists(path) ? $"{path} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}" : path),
    ];

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Requests++;
        string path = context.Request.Path.Value!;
        if (Odd.TryGetValue(path, out Func<HttpContext, Task>? odd))
        {
            await odd(context);
        }
        else if (Files.TryGetValue(path, out byte[]? content))
        {
            context.Response.ContentLength = content.Length;
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
