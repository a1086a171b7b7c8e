using Spectre.Console;

namespace Netboot.Tool.Flash;

/// <summary>The person at the keyboard, if there is one.</summary>
internal interface IPerson
{
    /// <summary>Whether there is somebody to ask.</summary>
    bool IsThere { get; }

    /// <summary>Asks for a text.</summary>
    string Ask(string question);

    /// <summary>Asks for a secret; what is typed is not shown.</summary>
    string AskSecret(string question);

    /// <summary>Waits until something has been done by hand.</summary>
    void WaitFor(string task);
}

/// <summary>The person at the terminal.</summary>
internal sealed class TerminalPerson : IPerson
{
    /// <inheritdoc/>
    public bool IsThere => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <inheritdoc/>
    public string Ask(string question) => AnsiConsole.Ask<string>(Markup.Escape(question));

    /// <inheritdoc/>
    public string AskSecret(string question) =>
        AnsiConsole.Prompt(new TextPrompt<string>(Markup.Escape(question)).Secret(null).AllowEmpty());

    /// <inheritdoc/>
    public void WaitFor(string task) =>
        AnsiConsole.Prompt(new TextPrompt<string>($"[yellow]{Markup.Escape(task)}[/] Then press Enter.").AllowEmpty());
}
