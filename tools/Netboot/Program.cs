using System.CommandLine;
using System.Net.Sockets;

namespace Netboot.Tool;

internal static class Program
{
    private const int ExitFailed = 1;

    private static int Main(string[] arguments)
    {
        var root = new RootCommand("Netboot for ESP32: the virtual device, the lab and the tools of the board.");
        root.Subcommands.Add(Run.RunCommand.Create());
        root.Subcommands.Add(Lab.LabCommand.Create());
        root.Subcommands.Add(Mirror.MirrorCommand.Create());
        root.Subcommands.Add(Import.ImportCommand.Create());
        root.Subcommands.Add(Bench.BenchCommand.Create());
        root.Subcommands.Add(Flash.FlashCommand.Create());
        root.Subcommands.Add(Terminal.ConsoleCommand.Create());
        root.Subcommands.Add(Testing.TestCommand.Create());
        try
        {
            return root.Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            // A file, a folder, a port or the network: the message says which, and where in this program it happened helps nobody. Anything
            // else is a bug.
            Console.Error.WriteLine(e.Message);
            return ExitFailed;
        }
    }
}
