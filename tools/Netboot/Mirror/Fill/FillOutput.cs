using Netboot.Tool.Mirror.Survey;
using Spectre.Console;

namespace Netboot.Tool.Mirror.Fill;

/// <summary>
/// What the person sees while files come: a bar for each on a terminal, a line when it is begun where output is redirected (CI, a log).
/// </summary>
internal sealed class FillOutput(TextWriter writer, bool bars)
{
    private readonly List<string> _notes = [];
    private ProgressContext? _progress;

    /// <summary>For the command: bars only where there is a person to look at them.</summary>
    public static FillOutput OfConsole() => new(Console.Out, !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive);

    /// <summary>Prints a line.</summary>
    public void Line(string text) => writer.WriteLine(text);

    /// <summary>Keeps a line for the end: between bars it would be lost.</summary>
    public void Note(string text) => _notes.Add(text);

    /// <summary>Runs something that begins files, and prints the notes when it is done.</summary>
    public async Task DuringAsync(Func<Task> work)
    {
        if (!bars)
        {
            await work();
        }
        else
        {
            await AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new DownloadedColumn(),
                    new TransferSpeedColumn(), new RemainingTimeColumn())
                .StartAsync(async context =>
                {
                    _progress = context;
                    await work();
                });
            _progress = null;
        }

        _notes.ForEach(Line);
        _notes.Clear();
    }

    /// <summary>A file begins; gives what hears of each piece of it.</summary>
    /// <param name="what">What is done with it.</param>
    /// <param name="place">Its path or URL; a bar has room for the last name only.</param>
    /// <param name="bytes">Its length, null when it is not known.</param>
    public Action<int> Begin(string what, string place, long? bytes)
    {
        if (_progress == null)
        {
            Line($"{what} {place}" + (bytes is { } length ? $" ({SurveyText.Size(length)})" : ""));
            return _ => { };
        }

        string name = place[(place.LastIndexOf('/') + 1)..];
        ProgressTask task = _progress.AddTask(Markup.Escape($"{what} {name}"), maxValue: bytes ?? 1);
        task.IsIndeterminate = bytes == null;
        return count => task.Increment(count);
    }
}
