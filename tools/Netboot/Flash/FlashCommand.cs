using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using Netboot.FirmwareImage.Boards;

namespace Netboot.Tool.Flash;

/// <summary><c>netboot flash</c>: writes firmware, application, network and settings to a board, over its serial cable.</summary>
internal static class FlashCommand
{
    private const int ExitDone = 0;
    private const int ExitFailed = 1;
    private const int ExitRefused = 2;
    private const int ExitInterrupted = 130;

    /// <summary>DHCP behind a switch with spanning tree takes 30 to 50 s; a first start formats the board's storage before that.</summary>
    private const int DefaultTimeoutSeconds = 120;

    private const int LongestTimeoutSeconds = 3600;

    /// <summary>
    /// The version of nanoFramework's firmware that Directory.Packages.props pins, together with the packages that the application is built
    /// for.
    /// </summary>
    public static string PinnedFirmware { get; } = typeof(FlashCommand).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "NanoFrameworkFirmwareVersion").Value!;

    public static Command Create()
    {
        var board = Text("--board", "NAME", "The board:\n" + BoardTable.Current.List());
        board.Required = true;
        var port = Text("--port", "PORT", "Its serial port. Default: the only one there is.");
        var image = Text("--image", "FILE", "The deployment image. Default: the one from this repository, built first if it is missing or out of date.");
        var settings = Text("--settings", "FILE", "Settings for the device.");
        var mirror = Text("--mirror", "URL", "URL of the HTTP mirror, instead of the one in the settings.");
        var name = Text("--name", "NAME", "The device's name, instead of the one in the settings.");
        var password = Text("--password", "TEXT",
            $"The page's password, or {PagePassword.FromVariable} to read it from {PagePassword.Variable}. Without this, one is generated, and printed once.");
        var authority = Text("--ca", "FILE",
            $"The certificate of the authority that signed an https mirror's certificate, for boards with PSRAM. Stored on the board as {AuthorityFile.Name}.");
        var address = Text("--address", "A.B.C.D", "A fixed IPv4 address. Default: DHCP.");
        var mask = Text("--mask", "A.B.C.D", "Its subnet mask.");
        var gateway = Text("--gateway", "A.B.C.D", "Its router.");
        var dns = Text("--dns", "A.B.C.D", "Its name server. Default: the router.");
        var dhcp = new Option<bool>("--dhcp") { Description = "With --config: back to DHCP." };
        var wifi = Text("--wifi-ssid", "NAME", "The Wi-Fi to join (Wi-Fi boards).");
        var wifiPassword = Text("--wifi-password", "TEXT",
            $"Its password. Better: set {NetworkSettings.WifiVariable}, or type it when asked.");
        var config = new Option<bool>("--config") { Description = "Send only settings and network configuration, over the same cable." };
        var keep =
            new Option<bool>("--keep") { Description = "Update firmware and image; settings and network configuration on the board stay." };
        var whatIf = new Option<bool>("--what-if") { Description = "Print the commands and files, with secrets masked, and do nothing." };
        var nanoff = Text("--nanoff", "PATH", "The nanoff to use. Default: the one that is found, or installed if there is none.");
        var target = Text("--target", "NAME", "Another nanoFramework target for the same chip.");
        var version = Text("--firmware-version", "VERSION",
            $"A version of nanoFramework's firmware other than {PinnedFirmware}, which the image is built for.");
        var timeout = new Option<int>("--timeout") { Description = "How many seconds the device may take to answer.", HelpName = "SECONDS",
            DefaultValueFactory = _ => DefaultTimeoutSeconds };
        timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > LongestTimeoutSeconds)
            {
                result.AddError($"--timeout takes 1 to {LongestTimeoutSeconds}.");
            }
        });
        var command = new Command("flash", "Flash a board: firmware, application, network and settings.")
        {
            board, port, image, settings, mirror, name, password, authority, address, mask, gateway, dns, dhcp, wifi, wifiPassword, config,
                keep, whatIf, nanoff, target,
            version, timeout,
        };
        command.SetAction(result => Run(new FlashRequest
        {
            Board = result.GetValue(board)!,
            Port = result.GetValue(port),
            Image = result.GetValue(image),
            Settings = result.GetValue(settings),
            Mirror = result.GetValue(mirror),
            Name = result.GetValue(name),
            Password = result.GetValue(password),
            Authority = result.GetValue(authority),
            Address = result.GetValue(address),
            Mask = result.GetValue(mask),
            Gateway = result.GetValue(gateway),
            Dns = result.GetValue(dns),
            Dhcp = result.GetValue(dhcp),
            WifiName = result.GetValue(wifi),
            WifiPassword = result.GetValue(wifiPassword),
            ConfigOnly = result.GetValue(config),
            Keep = result.GetValue(keep),
            WhatIf = result.GetValue(whatIf),
            Nanoff = result.GetValue(nanoff),
            Target = result.GetValue(target),
            FirmwareVersion = result.GetValue(version) ?? PinnedFirmware,
            Timeout = TimeSpan.FromSeconds(result.GetValue(timeout)),
        }));
        return command;
    }

    /// <summary>Flashes; whatever ends it (success, a failure, Ctrl-C, a signal) goes through the removal of files with secrets.</summary>
    private static int Run(FlashRequest request)
    {
        var secrets = new Secrets();
        var output = new FlashOutput(secrets, null);
        var around = new FlashSurroundings(new SerialPorts(), new DeviceProbe(), new TerminalPerson(), output, secrets,
            TimeProvider.System);
        using var interrupted = new CancellationTokenSource();
        void Interrupt(PosixSignalContext context)
        {
            context.Cancel = true;
            interrupted.Cancel();
        }

        using var keyboard = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt);
        return Execute(request, around, interrupted.Token);
    }

    /// <summary>
    /// Flashes and returns the exit code: 0 done, 1 failed on the way, 2 refused before anything was touched, 130 interrupted.
    /// </summary>
    internal static int Execute(FlashRequest request, FlashSurroundings around, CancellationToken cancellation)
    {
        try
        {
            new FlashRun(request, around).Execute(cancellation);
            return ExitDone;
        }
        catch (FlashRefusedException e)
        {
            around.Output.Bad(e.Message);
            return ExitRefused;
        }
        catch (FlashFailedException e)
        {
            around.Output.Bad(e.Problem);
            return ExitFailed;
        }
        catch (OperationCanceledException)
        {
            around.Output.Note("Interrupted. The board may be half written: run the command again.");
            return ExitInterrupted;
        }
    }

    private static Option<string?> Text(string name, string help, string description) =>
        new(name) { HelpName = help, Description = description };
}
