using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Netboot.Tool.Lab;

/// <summary>
/// A server of Pixiecore's API, after its public specification: <c>GET PREFIX/v1/boot/MAC</c>. Each machine has its own answer; one that
/// has none gets 404, which means that it is not to be booted.
/// </summary>
internal sealed class BootApi : IAsyncDisposable
{
    /// <summary>What stands before <c>/v1/boot/</c>.</summary>
    public const string Prefix = "/pixiecore";

    private readonly ConcurrentDictionary<string, BootApiAnswer> _answers;
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly WebApplication _application;
    private readonly PhysicalFileProvider? _files;

    /// <summary>Does not listen yet.</summary>
    /// <param name="answers">By MAC address with colons; upper and lower case are the same.</param>
    /// <param name="endPoint">Where it will listen; port 0 takes any.</param>
    /// <param name="folder">Serves the files of this folder as well, for answers with relative URLs; null: no files.</param>
    /// <param name="bind">Makes the bound socket, for instance in another network namespace; null: here.</param>
    public BootApi(IEnumerable<KeyValuePair<string, BootApiAnswer>> answers, IPEndPoint endPoint, string? folder = null,
        Func<EndPoint, Socket>? bind = null)
    {
        _answers = new(answers, StringComparer.OrdinalIgnoreCase);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(endPoint));
        builder.Services.AddRoutingCore();
        if (bind is not null)
        {
            builder.Services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = bind);
        }

        _application = builder.Build();
        if (folder is not null)
        {
            _files = new PhysicalFileProvider(folder);
            _application.UseStaticFiles(new StaticFileOptions { FileProvider = _files, ServeUnknownFileTypes = true });
        }

        _application.MapGet(Prefix + "/v1/boot/{mac}", Answer);
    }

    /// <summary>The addresses that were asked for, in order.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>What a device is given as the API's URL, once it has started.</summary>
    public string Url => string.Join(' ', _application.Urls) + Prefix;

    public Task StartAsync(CancellationToken cancellation) => _application.StartAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync().ConfigureAwait(false);
        _files?.Dispose();
    }

    private async Task Answer(HttpContext context, string mac)
    {
        _requests.Enqueue(mac);
        var answer = _answers.GetValueOrDefault(mac, BootApiAnswer.NotFound);
        await Task.Delay(answer.Delay, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = answer.Status;
        if (answer.Status == StatusCodes.Status200OK)
        {
            context.Response.ContentType = "application/json";
        }

        // Without a length, as many servers send what they make on the way: the device must read chunks too.
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.Body), context.RequestAborted).ConfigureAwait(false);
    }
}
