using Spectre.Console;

namespace Netboot.Tool.Flash;

/// <summary>
/// What the person sees: colours on a terminal, plain lines where output is redirected. Secrets are masked in all of it.
/// </summary>
internal sealed class FlashOutput(Secrets secrets, TextWriter? writer)
{
    private readonly bool _plain = writer != null || Console.IsOutputRedirected;
    private readonly TextWriter _writer = writer ?? Console.Out;
    private readonly object _lock = new();

    /// <summary>A step begins.</summary>
    public void Title(string text) => Line(text, "bold");

    /// <summary>Something to know.</summary>
    public void Note(string text) => Line(text, null);

    /// <summary>Something is done.</summary>
    public void Good(string text) => Line(text, "green");

    /// <summary>A line of nanoff or of the device.</summary>
    public void Quote(string text) => Line("  | " + text, "grey");

    /// <summary>What went wrong and what to do.</summary>
    public void Bad(Problem problem)
    {
        Line(problem.What, "red");
        Line(problem.Remedy, "yellow");
    }

    /// <summary>What went wrong, when the text also says what to do.</summary>
    public void Bad(string text) => Line(text, "red");

    /// <summary>The one line with a secret that is meant to be seen: a password that was made here.</summary>
    public void Reveal(string before, string secret) => Write(before + secret, "green");

    private void Line(string text, string? style) => Write(secrets.Mask(text), style);

    private void Write(string text, string? style)
    {
        lock (_lock)
        {
            if (_plain)
            {
                _writer.WriteLine(text);
            }
            else
            {
                AnsiConsole.MarkupLine(style == null ? Markup.Escape(text) : $"[{style}]{Markup.Escape(text)}[/]");
            }
        }
    }
}
