using System;
using System.CommandLine;
using System.IO;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace Netboot.Tool.Mirror;

/// <summary><c>netboot mirror DIR --listen ADDRESS:PORT</c>.</summary>
internal static class MirrorCommand
{
    private const int DefaultPort = 8080;
    private const int ExitRefused = 2;

    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("DIR")
        {
            Description =
                "The folder whose files are served. Symbolic links are followed, also out of the folder: a Nix result/ can be served as it is.",
        };
        folder.AcceptExistingOnly();
        var listen = new Option<string>("--listen")
        {
            Description = $"Address and port to listen on; without a port, {DefaultPort}; port 0 takes a free one.",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = _ => $"127.0.0.1:{DefaultPort}",
        };
        listen.Validators.Add(result =>
        {
            if (EndPointOf(result.GetValueOrDefault<string>() ?? "") == null)
            {
                result.AddError("--listen takes an address and a port, for example 192.168.1.10:8080.");
            }
        });
        var command = new Command("mirror", "Serve a folder over HTTP: kernels, initrds and scripts for the machines that boot.")
        {
            folder,
            listen,
        };
        command.SetAction((result, cancellation) =>
            RunAsync(result.GetRequiredValue(folder), EndPointOf(result.GetRequiredValue(listen))!, cancellation));
        return command;
    }

    /// <summary>The address and port of a text, null when it is none.</summary>
    internal static IPEndPoint? EndPointOf(string text) =>
        !text.StartsWith('[') && IPAddress.TryParse(text, out IPAddress? address) ? new IPEndPoint(address, DefaultPort)
        : IPEndPoint.TryParse(text, out IPEndPoint? endPoint) ? endPoint : null;

    private static async Task<int> RunAsync(DirectoryInfo folder, IPEndPoint endPoint, CancellationToken cancellation)
    {
        await using var server = new MirrorServer(folder.FullName, endPoint, Console.WriteLine);
        try
        {
            await server.StartAsync(cancellation);
        }
        catch (MirrorException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitRefused;
        }

        Console.WriteLine($"Serving {folder.FullName} on http://{server.EndPoint}/");
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellation.Register(() => ended.TrySetResult());
        await ended.Task;
        return 0;
    }
}
