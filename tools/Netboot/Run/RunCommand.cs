using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using Netboot.Board;
using Netboot.Device;
using Netboot.Settings;
using Netboot.Terminal;
using Netboot.Tool.Mirror;
using Netboot.Tool.Terminal;

namespace Netboot.Tool.Run;

/// <summary><c>netboot run</c>: the device on this PC, serving the LAN.</summary>
internal static class RunCommand
{
    private const int ExitRefused = 2;

    /// <summary>
    /// A console that is idle this many times in a row has answered everything; a single check may fall between two of its steps.
    /// </summary>
    private const int ConsoleIdleLooks = 3;

    /// <summary>Where the embedded mirror listens: 80 is the device's own.</summary>
    private const int MirrorPort = 8081;

    public static Command Create()
    {
        var interfaceName =
            new Option<string?>("--interface") { Description =
            "The network interface to serve. Default: the one with the default route.", HelpName = "NAME" };
        var mirror = new Option<string?>("--mirror") { Description = "URL of the HTTP mirror, instead of the one in the settings.",
            HelpName = "URL" };
        var serve =
            new Option<DirectoryInfo?>("--serve") { Description =
            $"Serve this folder as the mirror, on port {MirrorPort}: see 'netboot mirror'. Without a boot.ipxe in it, machines get a menu of what it has.", HelpName = "DIR" };
        Option<DirectoryInfo[]> allow = MirrorCommand.Allow();
        var settings = new Option<FileInfo?>("--settings") { Description = "Settings to start with, instead of stored ones.",
            HelpName = "FILE" };
        var storage =
            new Option<DirectoryInfo?>("--storage") { Description =
            "Folder for what the board would keep in flash. Without it, nothing is kept.", HelpName = "DIR" };
        var loaders =
            new Option<FileSystemInfo[]>("--loaders") { Description =
            "Folders with iPXE loaders, or the Loaders.resources of a firmware build. Default: Debian's /usr/lib/ipxe.",
            HelpName = "DIR" };
        var httpPort = new Option<int>("--http-port") { Description = "Port of the device's HTTP server.", DefaultValueFactory = _ => 80 };
        var plain = new Option<bool>("--plain") { Description = "Plain lines, as when the output is redirected." };
        var console =
            new Option<bool>("--console") { Description =
            "The device's serial console in this terminal, instead of its log ('log follow' shows that). Ctrl-] ends it." };
        httpPort.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > IPEndPoint.MaxPort)
            {
                result.AddError("--http-port takes 1 to 65535.");
            }
        });
        var command = new Command("run", "Run the device on this PC: it serves the LAN as the board would.")
        {
            interfaceName, mirror, serve, allow, settings, storage, loaders, httpPort, plain, console,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(mirror) != null && result.GetValue(serve) != null)
            {
                result.AddError("--mirror and --serve both name the mirror; give one of them.");
            }

            if (result.GetValue(allow) is { Length: > 0 } && result.GetValue(serve) == null)
            {
                result.AddError("--allow is for links in the folder of --serve; give that too.");
            }
        });
        command.SetAction(result => Run(new RunRequest(
            result.GetValue(interfaceName), result.GetValue(mirror), MirrorOf(result.GetValue(serve), result.GetValue(allow)), result.GetValue(settings)?.FullName,
            result.GetValue(storage)?.FullName, [.. (result.GetValue(loaders) ?? []).Select(d => d.FullName)], result.GetValue(httpPort),
            result.GetValue(plain),
            result.GetValue(console))));
        return command;
    }

    private static int Run(RunRequest request)
    {
        var output = new RunOutput(request.Plain || request.Console);
        try
        {
            return Serve(request, output);
        }
        catch (Exception e) when (e is RunException or MirrorException)
        {
            output.Bad(e.Message);
            return ExitRefused;
        }
    }

    private static int Serve(RunRequest request, RunOutput output)
    {
        string name = request.Interface ?? PcNetwork.DefaultInterface()
            ?? throw new RunException($"No interface has a default route. Name one with --interface: {PcNetwork.Names()}.");
        if (!PcNetwork.Exists(name))
        {
            throw new RunException($"There is no interface '{name}'. There are: {PcNetwork.Names()}.");
        }

        using var network = new PcNetwork(name);
        IPAddress address = network.Address is { } bytes
            ? new IPAddress(bytes)
            : throw new RunException($"Interface '{name}' has no IPv4 address: assign one first.");
        string? mirrorUrl = request.Serve == null ? request.Mirror : $"http://{address}:{MirrorPort}/";
        DeviceSettings? settings = StartSettings.Read(request.Settings, mirrorUrl, request.Storage);
        IStorage storage = request.Storage == null
            ? new MemoryStorage() : new FolderStorage(Directory.CreateDirectory(request.Storage).FullName);
        IFirmwareLoaders loaders = StartLoaders.Open(request.Loaders);
        using var open = loaders as IDisposable;
        MirrorServer? mirror = request.Serve == null ? null : StartMirror(request.Serve, request.Loaders, address, output);
        try
        {
            Ports.Check(network, request.HttpPort);
            return Serve(request, output, network, name, settings, storage, loaders);
        }
        finally
        {
            mirror?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static int Serve(
        RunRequest request, RunOutput output, PcNetwork network, string name, DeviceSettings? settings, IStorage storage,
        IFirmwareLoaders loaders)
    {
        if (settings != null)
        {
            StartSettings.Put(settings, storage);
        }

        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        output.Start(name, new IPAddress(network.Address!), request.HttpPort, loaders);
        var terminal = request.Console ? new StandardTerminal() : null;
        terminal?.Start();
        try
        {
            while (RunOnce(request, output, network, name, storage, loaders, terminal, stop.Token))
            {
                // The device restarted itself: on a board everything but the flash is new.
            }
        }
        finally
        {
            if (terminal != null)
            {
                TerminalInput.Stop();
            }
        }

        return 0;
    }

    private static MirrorOptions? MirrorOf(DirectoryInfo? folder, DirectoryInfo[]? allowed) =>
        folder == null ? null : MirrorCommand.Options(folder, allowed);

    private static MirrorServer StartMirror(MirrorOptions options, IReadOnlyList<string> loaders, IPAddress address, RunOutput output)
    {
        if (!Directory.Exists(options.Folder))
        {
            throw new RunException($"There is no folder '{options.Folder}' to serve.");
        }

        var mirror = new MirrorServer(new IPEndPoint(address, MirrorPort), options with
        {
            Loaders = loaders.Any(Directory.Exists) ? loaders : options.Loaders,
            OnRequest = request => output.Line("[Mirror] " + request),
            OnNotice = line => output.Line("[Mirror] " + line),
        });
        mirror.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        output.Line("[Mirror] " + mirror.Contents);
        return mirror;
    }

    // Runs one life of the device; true when it wants another.
    private static bool RunOnce(
        RunRequest request, RunOutput output, PcNetwork network, string name, IStorage storage, IFirmwareLoaders loaders,
        StandardTerminal? terminal, CancellationToken stop)
    {
        var board = new PcBoard(name);
        var device = new NetbootDevice(board, network, storage, loaders, new PcRandom(), request.HttpPort);
        device.Start();
        if (terminal == null)
        {
            Follow(device, board, output, stop);
        }
        else
        {
            Talk(device, board, terminal, device.AddConsole(terminal, new PcNetworkSetup(name, network)), stop);
        }

        device.Stop();
        return board.RebootWanted.IsSet;
    }

    /// <summary>Shows the device's log as it grows, and gives the device its ticks.</summary>
    private static void Follow(NetbootDevice device, PcBoard board, RunOutput output, CancellationToken stop)
    {
        int shown = 0;
        while (!stop.WaitHandle.WaitOne(RunOutput.RefreshMilliseconds) && !board.RebootWanted.IsSet)
        {
            device.Tick();
            shown = output.Show(device.Log, shown);
        }
    }

    /// <summary>Gives the device its ticks until its console's input has ended and everything is answered.</summary>
    private static void Talk(NetbootDevice device, PcBoard board, StandardTerminal terminal, ConsoleService console, CancellationToken stop)
    {
        int quiet = 0;
        while (quiet < ConsoleIdleLooks && !stop.WaitHandle.WaitOne(RunOutput.RefreshMilliseconds) && !board.RebootWanted.IsSet)
        {
            device.Tick();
            quiet = terminal.Ended && console.IsIdle ? quiet + 1 : 0;
        }
    }
}
