using System.CommandLine;

namespace Netboot.Tool;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        var root = new RootCommand("Netboot for ESP32: the virtual device, the lab and the tools of the board.");
        root.Subcommands.Add(Run.RunCommand.Create());
        root.Subcommands.Add(Lab.LabCommand.Create());
        root.Subcommands.Add(Mirror.MirrorCommand.Create());
        root.Subcommands.Add(Bench.BenchCommand.Create());
        root.Subcommands.Add(Flash.FlashCommand.Create());
        root.Subcommands.Add(Terminal.ConsoleCommand.Create());
        root.Subcommands.Add(Testing.TestCommand.Create());
        return root.Parse(arguments).Invoke();
    }
}
