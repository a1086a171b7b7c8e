using System.CommandLine;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Bench.Hostile;

/// <summary><c>netboot bench hostile</c>.</summary>
internal static class HostileCommand
{
    /// <summary>The rates are fixed: those at which the device once broke.</summary>
    private const int UsualSeconds = 10;

    private const int MostSeconds = 600;

    public static Command Create(Func<string, string, int, int, Option<int>> number, Option<bool> plain)
    {
        var cases =
            new Option<string[]>("--case") { Description = $"Only this case; may be given more than once: {string.Join(", ", Names)}.",
            HelpName = "NAME" };
        var markdown = new Option<bool>("--markdown") { Description = "The figures as a Markdown table too." };
        var noTimes = new Option<bool>("--no-times") { Description = "Report times without judging them: for a busy machine." };
        var seconds = number("--seconds", "How long each stream of attacks lasts.", UsualSeconds, MostSeconds);
        cases.Validators.Add(result =>
        {
            foreach (var name in result.GetValueOrDefault<string[]>().Except(Names))
            {
                result.AddError($"There is no case '{name}'. There are: {string.Join(", ", Names)}.");
            }
        });
        var command = new Command(
            "hostile",
            "Attack the device, and dnsmasq where it has the same service, while machines boot and the owner works. Fails if a bar is missed.")
        {
            cases, seconds, noTimes, markdown, plain,
        };
        command.SetAction(result =>
        {
            var output = new LabOutput(result.GetValue(plain));
            var wanted = result.GetValue(cases) is { Length: > 0 } names
                ? names.Distinct().Select(HostileCase.Named).ToArray() : HostileCase.All;
            var request = new HostileRequest(wanted, result.GetValue(seconds), result.GetValue(markdown), !result.GetValue(noTimes));
            return RunToItsEnd.HostRefusal() is { } refusal
                ? RunToItsEnd.Refuse(output, refusal)
                : RunToItsEnd.Execute(new HostileRun(request, output), "Every bar was met.", "A bar was missed.");
        });
        return command;
    }

    private static IEnumerable<string> Names => HostileCase.All.Select(hostile => hostile.Name);
}
