using System.Net;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;
using Spectre.Console;

namespace Netboot.Tool.Run;

/// <summary>The device's log in the terminal: coloured lines, or plain ones when the output is redirected.</summary>
internal sealed class RunOutput
{
    /// <summary>How often the log is checked: often enough for the eye, and well before the log's ring wraps around.</summary>
    public const int RefreshMilliseconds = 20;

    private const int LineCapacity = 512;

    private static readonly Dictionary<string, string> Colours = new()
    {
        ["[Init]"] = "grey", ["[DHCP]"] = "green", ["[PXE]"] = "darkcyan", ["[TFTP]"] = "blue", ["[HTTP]"] = "magenta",
            ["[Mirror]"] = "yellow",
    };

    private readonly bool _plain;
    private readonly object _lock = new();

    public RunOutput(bool plain)
    {
        _plain = plain || Console.IsOutputRedirected;
    }

    public void Start(string name, IPAddress address, int httpPort, IFirmwareLoaders loaders)
    {
        string port = httpPort == 80 ? "" : $":{httpPort}";
        string found = loaders.Count == 0
            ? "none here: they come from the mirror (or install Debian's ipxe package)"
            : string.Join(", ", Enumerable.Range(0, loaders.Count).Select(loaders.Name));
        if (_plain)
        {
            Line($"Serving {name} at {address}, page http://{address}{port}/");
            Line($"Loaders: {found}");
            return;
        }

        AnsiConsole.Write(new Panel(new Markup(
            $"Interface  [bold]{Markup.Escape(name)}[/] {address}\nPage       [link]http://{address}{port}/[/]\nLoaders    {Markup.Escape(found)}\n[grey]Ctrl-C ends it.[/]"))
            .Header("Netboot, the virtual device").RoundedBorder());
    }

    public void Bad(string message)
    {
        if (_plain)
        {
            Console.Error.WriteLine(message);
        }
        else
        {
            AnsiConsole.MarkupLine($"[red]{Markup.Escape(message)}[/]");
        }
    }

    /// <summary>Shows the entries from <paramref name="shown"/> on; gives the number of the next one.</summary>
    public int Show(Log log, int shown)
    {
        int added = log.Added;
        var writer = new ByteWriter(LineCapacity, LineCapacity);
        int oldest = log.Oldest;
        if (oldest > shown)
        {
            Line($"[Init] {oldest - shown} lines came too fast to show");
            shown = oldest;
        }

        for (; shown < added; shown++)
        {
            writer.Clear();
            if (log.Write(shown, writer, out _))
            {
                Line(writer.ToString());
            }
        }

        return shown;
    }

    public void Line(string line)
    {
        lock (_lock)
        {
            if (_plain)
            {
                Console.WriteLine(line);
                return;
            }

            int end = line.IndexOf(' ', StringComparison.Ordinal);
            string mark = end < 0 ? "" : line[..end];
            string time = DateTime.Now.ToString("HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);
            AnsiConsole.MarkupLine(Colours.TryGetValue(mark, out string? colour)
                ? $"[grey]{time}[/] [{colour}]{Markup.Escape(mark)}[/]{Markup.Escape(line[end..])}"
                : $"[grey]{time}[/] {Markup.Escape(line)}");
        }
    }
}
