using System;
using System.Collections.Generic;
using System.Globalization;
using Spectre.Console;

namespace Netboot.Tool.Lab;

/// <summary>
/// What the person sees: on a terminal, colours and a line that says what is awaited; where output is redirected (CI), plain lines.
/// </summary>
internal sealed class LabOutput
{
    /// <summary>A log has no width of its own; the widest table fits in this.</summary>
    private const int RedirectedWidth = 140;

    private readonly object _lock = new();
    private readonly bool _plain;
    private readonly IAnsiConsole _console;
    private StatusContext? _status;

    public LabOutput(bool plain)
    {
        _plain = plain || Console.IsOutputRedirected;
        _console = _plain
            ? AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(Console.Out),
            })
            : AnsiConsole.Console;
        if (_plain)
        {
            _console.Profile.Width = RedirectedWidth;
        }
    }

    public void Note(string text) => Line(text, Markup.Escape(text));

    public void Good(string text) => Line(text, $"[green]{Markup.Escape(text)}[/]");

    public void Bad(string text) => Line(text, $"[red]{Markup.Escape(text)}[/]");

    /// <summary>A line of a boot; one that began a stage stands out, and is named.</summary>
    public void Event(string title, TimeSpan elapsed, string source, string line, Stage? stage)
    {
        var time = elapsed.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(8);
        var begun = stage is null ? "" : $"[{Report.Title(stage.Value)}] ";
        Line(
            $"{title,-18} {time} {source,-8} {begun}{line}",
            $"[grey]{Markup.Escape(title),-18}[/] {time} [blue]{Markup.Escape(source),-8}[/] [yellow]{Markup.Escape(begun)}[/]{Markup.Escape(line)}");
        if (stage is not null)
        {
            _status?.Status(Markup.Escape($"{title}: {Report.Title(stage.Value)} after {time.Trim()} s"));
        }
    }

    /// <summary>Runs an action with a status line below what it prints, where there is a terminal.</summary>
    public T During<T>(string text, Func<T> action)
    {
        if (_plain)
        {
            Note(text);
            return action();
        }

        return _console.Status().Start(Markup.Escape(text), context =>
        {
            _status = context;
            try
            {
                return action();
            }
            finally
            {
                _status = null;
            }
        });
    }

    public void Table(IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = _plain ? TableBorder.Ascii : TableBorder.Rounded };
        foreach (var column in columns)
        {
            table.AddColumn(Markup.Escape(column));
        }

        foreach (var row in rows)
        {
            table.AddRow(Array.ConvertAll(row, Markup.Escape));
        }

        _console.Write(table);
    }

    private void Line(string plain, string markup)
    {
        lock (_lock)
        {
            if (_plain)
            {
                // Not through the console's renderer, which would break a long log line at its width.
                Console.WriteLine(plain);
            }
            else
            {
                _console.MarkupLine(markup);
            }
        }
    }
}
