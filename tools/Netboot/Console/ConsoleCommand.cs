using System.CommandLine;
using System.IO.Ports;

namespace Netboot.Tool.Terminal;

/// <summary><c>netboot console PORT</c>: a terminal for the device's serial console.</summary>
internal static class ConsoleCommand
{
    private const int ExitRefused = 2;
    private const int DeviceBaud = 115200;

    public static Command Create()
    {
        var port = new Argument<string>("port") { Description = "The serial port: /dev/ttyUSB0, COM5." };
        var baud = new Option<int>("--baud") { Description = "Speed; the device's console has 115200, its log on the USB port 921600.",
            DefaultValueFactory = _ => DeviceBaud };
        baud.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 300 or > 4_000_000)
            {
                result.AddError("--baud takes 300 to 4000000.");
            }
        });
        var command = new Command("console", "A terminal for the device's serial console. Ctrl-] ends it; lines can be piped in.") { port,
            baud };
        command.SetAction(result => Run(result.GetValue(port)!, result.GetValue(baud)));
        return command;
    }

    private static int Run(string port, int baud)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(port))
        {
            // The library would report that access is denied.
            return Refuse(port, "there is no such port.");
        }

        try
        {
            using var serial = new SerialPort(port, baud) { WriteTimeout = 2000, DtrEnable = false, RtsEnable = false };
            serial.Open();
            return new PortSession(serial).Run();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or TimeoutException)
        {
            return Refuse(port, e.Message);
        }
    }

    private static int Refuse(string port, string reason)
    {
        string[] names = SerialPort.GetPortNames();
        Console.Error.WriteLine($"{port}: {reason}");
        Console.Error.WriteLine(names.Length == 0 ? "There are no serial ports." : $"There are: {string.Join(", ", names)}.");
        return ExitRefused;
    }
}
