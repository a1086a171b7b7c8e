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
using Microsoft.Extensions.FileProviders;
using Netboot.Tool.Mirror.Survey;
using Netboot.Tool.Run;

namespace Netboot.Tool.Mirror;

/// <summary>
/// A plain HTTP server of one folder: what a boot needs from a mirror (GET, HEAD, ranges, an exact Content-Length). Where the folder has no
/// script and no loaders of its own, it adds them.
/// </summary>
internal sealed class MirrorServer : IAsyncDisposable
{
    /// <summary>Where loaders are found that the served folder lacks.</summary>
    public const string LoadersFolder = "loaders";

    private const string BinaryType = "application/octet-stream";
    internal const string TextType = "text/plain; charset=utf-8";

    /// <summary>What a person may want to read in a browser; all else is bytes for a machine.</summary>
    private static readonly string[] TextExtensions = [".ipxe", ".txt", ".cfg", ".conf", ".log", ".md"];

    private readonly string _folder;
    private readonly IPEndPoint _endPoint;
    private readonly WebApplication _application;
    private readonly LinkedFiles _files;

    private readonly GeneratedFiles _generated;
    private readonly MirrorMachines _machines = new();

    public MirrorServer(IPEndPoint endPoint, MirrorOptions options)
    {
        _endPoint = endPoint;
        _folder = options.Folder;
        var links = new Links(options.Folder, options.Allowed, options.OnNotice);
        var images = new IsoImages();
        _files = new LinkedFiles(links, images);
        _generated = new GeneratedFiles(links, images);
        // The empty builder: no configuration files, no environment variables and no console logging of its own.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(endPoint);
        });
        _application = builder.Build();
        if (options.OnRequest is { } onRequest)
        {
            _application.Use((context, next) => ReportAsync(context, next, onRequest));
        }

        Serve(_files, "");
        // A device asks for a loader that it lacks in the folder that its settings name, or at the mirror's root.
        var loaders = new LoaderFiles(options.Loaders);
        Serve(loaders, "/" + LoadersFolder);
        Serve(loaders, "");
        _application.Run(OtherwiseAsync);
    }

    /// <summary>What machines find there, in one line.</summary>
    public string Contents => _files.GetFileInfo(FolderSurvey.Script).Exists
        ? $"Machines get the folder's own {FolderSurvey.Script}."
        : _generated.HasScript
            ? $"The folder's {FolderSurvey.Script} cannot be read, or is a link to outside the folder: machines get nothing."
        : _generated.Survey.Entries.Count switch
        {
            1 when _generated.Survey.Entries[0].IsScript =>
                $"Machines get a menu with {_generated.Survey.Entries[0].Title}; they do not start it by themselves.",
            0 => $"Nothing to boot found in it, and no {FolderSurvey.Script}. 'netboot mirror list {Path.GetFullPath(_folder)}' says why.",
            1 => $"Machines boot {_generated.Survey.Entries[0].Title}.",
            var count => $"Machines get a menu of {count} entries; the first is {_generated.Survey.Entries[0].Title}.",
        };

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
    private async Task ReportAsync(HttpContext context, RequestDelegate next, Action<MirrorRequest> onRequest)
    {
        string? machine = _machines.Of(context);
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            onRequest(new MirrorRequest(
                context.Connection.RemoteIpAddress,
                machine,
                context.Request.Method,
                context.Request.Path + context.Request.QueryString,
                context.Response.StatusCode,
                context.Response.ContentLength ?? 0,
                TimeProvider.System.GetElapsedTime(started),
                context.RequestAborted.IsCancellationRequested));
        }
    }

    private void Serve(IFileProvider files, string path) => _application.UseStaticFiles(new StaticFileOptions
    {
        FileProvider = files,
        RequestPath = path,
        ContentTypeProvider = new FileExtensionContentTypeProvider(TextTypes()),
        ServeUnknownFileTypes = true,
        DefaultContentType = BinaryType,
    });

    private async Task OtherwiseAsync(HttpContext context)
    {
        var reading = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!reading || !await _generated.AnswerAsync(context))
        {
            context.Response.StatusCode = reading ? StatusCodes.Status404NotFound : StatusCodes.Status405MethodNotAllowed;
            context.Response.ContentLength = 0;
        }
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
