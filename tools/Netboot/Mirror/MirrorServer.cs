using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Netboot.Tool.Mirror;

/// <summary>A plain HTTP server of one folder: what a boot needs from a mirror (GET, HEAD, ranges, an exact Content-Length), and no more.</summary>
internal sealed class MirrorServer : IAsyncDisposable
{
    private const string BinaryType = "application/octet-stream";
    private const string TextType = "text/plain; charset=utf-8";

    /// <summary>What a person may want to read in a browser; all else is bytes for a machine.</summary>
    private static readonly string[] TextExtensions = [".ipxe", ".txt", ".cfg", ".conf", ".log", ".md"];

    private readonly WebApplication _application;
    private readonly PhysicalFileProvider _files;

    public MirrorServer(string folder, IPEndPoint endPoint, Action<MirrorRequest>? onRequest = null)
    {
        _files = new PhysicalFileProvider(Path.GetFullPath(folder));
        // The empty builder: no configuration files, no environment variables and no console logging of its own.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(endPoint);
        });
        _application = builder.Build();
        if (onRequest is not null)
        {
            _application.Use((context, next) => ReportAsync(context, next, onRequest));
        }

        _application.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = _files,
            ContentTypeProvider = new FileExtensionContentTypeProvider(TextTypes()),
            ServeUnknownFileTypes = true,
            DefaultContentType = BinaryType,
        });
        _application.Run(NotAFile);
    }

    /// <summary>Where it listens, once it has started; with port 0 asked for, the port that was given.</summary>
    public IPEndPoint EndPoint
    {
        get
        {
            var address = new Uri(_application.Urls.First());
            return new IPEndPoint(IPAddress.Parse(address.Host), address.Port);
        }
    }

    public Task StartAsync(CancellationToken cancellation) => _application.StartAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _files.Dispose();
    }

    /// <summary>The request is reported when its answer has left, with the time that took; also when the client went away.</summary>
    private static async Task ReportAsync(HttpContext context, RequestDelegate next, Action<MirrorRequest> onRequest)
    {
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            onRequest(new MirrorRequest(
                context.Connection.RemoteIpAddress,
                context.Request.Method,
                context.Request.Path + context.Request.QueryString,
                context.Response.StatusCode,
                context.Response.ContentLength ?? 0,
                TimeProvider.System.GetElapsedTime(started),
                context.RequestAborted.IsCancellationRequested));
        }
    }

    private static Task NotAFile(HttpContext context)
    {
        var reading = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        context.Response.StatusCode = reading ? StatusCodes.Status404NotFound : StatusCodes.Status405MethodNotAllowed;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static Dictionary<string, string> TextTypes()
    {
        var types = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var extension in TextExtensions)
        {
            types.Add(extension, TextType);
        }

        return types;
    }
}
