using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Netboot.Tool.Run;

namespace Netboot.Tool.Mirror;

/// <summary>
/// A plain HTTP server of one folder: what a boot needs from a mirror (GET, HEAD, ranges, an exact Content-Length), and no more.
/// </summary>
internal sealed class MirrorServer : IAsyncDisposable
{
    private const string BinaryType = "application/octet-stream";
    private const string TextType = "text/plain; charset=utf-8";

    /// <summary>What a person may want to read in a browser; all else is bytes for a machine.</summary>
    private static readonly string[] TextExtensions = [".ipxe", ".txt", ".cfg", ".conf", ".log", ".md"];

    private readonly IPEndPoint _endPoint;
    private readonly WebApplication _application;
    private readonly LinkedFiles _files;

    public MirrorServer(string folder, IPEndPoint endPoint, Action<MirrorRequest>? onRequest = null)
    {
        _endPoint = endPoint;
        _files = new LinkedFiles(folder);
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

    /// <summary>Begins to serve. Throws <see cref="MirrorException"/> in one line when the address cannot be listened on.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await _application.StartAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Kestrel puts a text of its own round some of the socket's errors.
            var error = e as SocketException ?? e.GetBaseException() as SocketException;
            throw new MirrorException($"Cannot listen on {_endPoint}: {Reason(error?.SocketErrorCode, e.Message)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _files.Dispose();
    }

    private string Reason(SocketError? error, string otherwise) => error switch
    {
        SocketError.AddressAlreadyInUse =>
            $"TCP port {_endPoint.Port} is taken by {PortOwner.Find(_endPoint.Port, udp: false) ?? "another program"}. Stop it, or choose another port.",
        SocketError.AddressNotAvailable => $"that address is not one of this machine's. It has: {string.Join(", ", OwnAddresses())}.",
        SocketError.AccessDenied =>
        "no right to use that port: those below 1024 are root's. Run it as root, with sudo, or choose another port.",
        _ => otherwise,
    };

    private static IEnumerable<IPAddress> OwnAddresses() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .Where(address => address.AddressFamily == AddressFamily.InterNetwork);

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

/// <summary>Why the mirror cannot be served, and what to do about it, in one line.</summary>
internal sealed class MirrorException(string message) : Exception(message);
