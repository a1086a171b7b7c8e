using System.CommandLine;
using Netboot.Tool.Bench.Hostile;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Bench;

/// <summary><c>netboot bench</c>: the virtual device measured beside its peers, in one run, in namespaces of its own.</summary>
internal static class BenchCommand
{
    /// <summary>As many packets as a second processor can send: above this the client itself is the limit.</summary>
    private const int MostPerSecond = 2000;

    private const int MostSeconds = 600;

    /// <summary>Each machine has its number in two bytes of its address.</summary>
    private const int MostMachines = 65535;

    /// <summary>Five take some two minutes.</summary>
    private const int MostFetches = 100;

    public static Command Create()
    {
        var command = new Command("bench", "Measure the virtual device beside dnsmasq and tftpd-hpa (Linux, root).");
        command.Subcommands.Add(Offers());
        command.Subcommands.Add(Tftp());
        command.Subcommands.Add(HostileCommand.Create(Number, Plain()));
        return command;
    }

    private static Command Offers()
    {
        var rate = Number("--rate", "DISCOVERs a second.", 100, MostPerSecond);
        var seconds = Number("--seconds", "How long.", 30, MostSeconds);
        var machines = Number("--machines", "Machines that take turns, each with an address of its own.", 100, MostMachines);
        var plain = Plain();
        var command = new Command("offers", "Send a steady stream of real firmware's DISCOVERs. Fails if the device loses one.")
        {
            rate, seconds, machines, plain,
        };
        command.SetAction(result =>
        {
            var output = new LabOutput(result.GetValue(plain));
            var request = new OffersRequest(result.GetValue(rate), result.GetValue(seconds), result.GetValue(machines));
            return RunToItsEnd.HostRefusal() is { } refusal
                ? RunToItsEnd.Refuse(output, refusal)
                : RunToItsEnd.Execute(new OffersRun(request, output), "The device lost no offer.", "The bench failed.");
        });
        return command;
    }

    private static Command Tftp()
    {
        var runs = Number("--runs", "The median of this many fetches.", 5, MostFetches);
        var plain = Plain();
        var command = new Command("tftp",
            "Fetch files with real clients from the device, dnsmasq and tftpd-hpa. Fails if a fetch fails or a byte differs.")
        {
            runs, plain,
        };
        command.SetAction(result =>
        {
            var output = new LabOutput(result.GetValue(plain));
            return RunToItsEnd.HostRefusal() is { } refusal
                ? RunToItsEnd.Refuse(output, refusal)
                : RunToItsEnd.Execute(new TftpRun(result.GetValue(runs), output), "Every fetch was complete.", "The bench failed.");
        });
        return command;
    }

    private static Option<bool> Plain() => new("--plain") { Description = "Plain lines, as when the output is redirected." };

    private static Option<int> Number(string name, string description, int usual, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < 1 || value > most))
            {
                result.AddError($"{name} takes 1 to {most}.");
            }
        });
        return option;
    }
}
