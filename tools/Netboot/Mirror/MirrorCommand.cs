using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Netboot.FirmwareImage.Loaders;

namespace Netboot.Tool.Mirror;

/// <summary><c>netboot mirror DIR --listen ADDRESS:PORT</c>.</summary>
internal static class MirrorCommand
{
    private const int DefaultPort = 8080;
    private const int ExitRefused = 2;

    public static Command Create()
    {
        Argument<DirectoryInfo> folder = Folder("The folder whose files are served. Without a boot.ipxe in it, machines get a menu of what "
            + "'netboot mirror list' shows.");
        Option<DirectoryInfo[]> allow = Allow();
        Option<DirectoryInfo[]> loaders =
            Loaders($"Folders with iPXE loaders, for those that DIR lacks; without this, Debian's {LoaderFolder.Debian}.");
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
            folder, listen, allow, loaders,
        };
        command.Subcommands.Add(InitCommand.Create());
        command.Subcommands.Add(AddCommand.Create());
        command.Subcommands.Add(ListCommand.Create());
        command.Subcommands.Add(CheckCommand.Create());
        command.SetAction((result, cancellation) => RunAsync(
            Options(result.GetRequiredValue(folder), result.GetValue(allow)) with
            {
                Loaders = LoaderFolders(result.GetValue(loaders)),
                OnRequest = Console.WriteLine,
            },
            EndPointOf(result.GetRequiredValue(listen))!, cancellation));
        return command;
    }

    /// <summary>The folder to look at, which has to exist.</summary>
    internal static Argument<DirectoryInfo> Folder(string description) =>
        new Argument<DirectoryInfo>("DIR") { Description = description }.AcceptExistingOnly();

    /// <summary>Where links may lead to.</summary>
    internal static Option<DirectoryInfo[]> Allow() => new("--allow")
    {
        Description = "Serve what links inside DIR lead to in this folder too. Links inside DIR and into /nix/store are always followed.",
        HelpName = "DIR",
    };

    /// <summary>Where loaders come from.</summary>
    internal static Option<DirectoryInfo[]> Loaders(string description) => new("--loaders") { Description = description, HelpName = "DIR" };

    /// <summary>The folders that <c>--loaders</c> names, or Debian's.</summary>
    internal static IReadOnlyList<string> LoaderFolders(DirectoryInfo[]? named) =>
        named is { Length: > 0 } ? [.. named.Select(directory => directory.FullName)] : [LoaderFolder.Debian];

    internal static MirrorOptions Options(DirectoryInfo folder, DirectoryInfo[]? allowed) => new(folder.FullName)
    {
        Allowed = [.. (allowed ?? []).Select(directory => directory.FullName)],
        OnNotice = Console.WriteLine,
    };

    /// <summary>The address and port of a text, null when it is none.</summary>
    internal static IPEndPoint? EndPointOf(string text) =>
        !text.StartsWith('[') && IPAddress.TryParse(text, out IPAddress? address) ? new IPEndPoint(address, DefaultPort)
        : IPEndPoint.TryParse(text, out IPEndPoint? endPoint) ? endPoint : null;

    private static async Task<int> RunAsync(MirrorOptions options, IPEndPoint endPoint, CancellationToken cancellation)
    {
        await using var server = new MirrorServer(endPoint, options);
        try
        {
            await server.StartAsync(cancellation);
        }
        catch (MirrorException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitRefused;
        }

        Console.WriteLine($"Serving {options.Folder} on http://{server.EndPoint}/");
        Console.WriteLine(server.Contents);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellation.Register(() => ended.TrySetResult());
        await ended.Task;
        return 0;
    }
}
