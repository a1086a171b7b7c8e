using System.Text;
using System.Text.RegularExpressions;

namespace Netboot.FirmwareImage.Page;

/// <summary>
/// Joins the sources of the config page to one text: style sheets and scripts stand in the markup, and what only people need (comments,
/// indentation) is gone. Line ends stay, so JavaScript means the same.
/// </summary>
public static partial class PageMarkup
{
    /// <summary>The markup; its <c>link</c> and <c>script</c> elements, a line each, name the other sources.</summary>
    public const string SourceFile = "page.html";

    private const string StyleEnd = "</style>";
    private const string ScriptEnd = "</script>";

    /// <summary>The whole page.</summary>
    /// <exception cref="ImageException">A source is missing, or holds what cannot be taken out of it or put into the markup
    /// safely.</exception>
    public static PageText Read(string folder)
    {
        var styles = new StringBuilder();
        var scripts = new StringBuilder();
        var page = new StringBuilder();
        foreach (string line in Lines(MarkupComment().Replace(Source(folder, SourceFile), "")))
        {
            Match style = StyleLine().Match(line);
            Match script = ScriptLine().Match(line);
            if (style.Success)
            {
                styles.Append(Style(style.Groups[1].Value, Source(folder, style.Groups[1].Value)));
            }
            else if (script.Success)
            {
                scripts.Append(Script(script.Groups[1].Value, Source(folder, script.Groups[1].Value)));
            }
            else if (line == "</head>")
            {
                page.Append("<style>").Append(styles).Append(StyleEnd).Append('\n').Append(line).Append('\n');
            }
            else if (line == "</body>")
            {
                page.Append("<script>").Append(scripts).Append(ScriptEnd).Append('\n').Append(line).Append('\n');
            }
            else
            {
                page.Append(line).Append('\n');
            }
        }

        if (styles.Length == 0 || scripts.Length == 0 || Occurrences(page, "<style") != 1 || Occurrences(page, "<script") != 1)
        {
            throw Bad(SourceFile, "it needs lines </head> and </body>, and its styles and scripts in files of their own, a line for each");
        }

        return new PageText(page.ToString(), styles.ToString(), scripts.ToString());
    }

    /// <summary>A style sheet without comments, indentation and empty lines.</summary>
    public static string Style(string file, string text)
    {
        string bare = StyleComment().Replace(text, "");
        if (bare.Contains(StyleEnd, StringComparison.OrdinalIgnoreCase) || bare.Contains("/*", StringComparison.Ordinal))
        {
            throw Bad(file, "a style sheet can hold neither </style> nor a comment without an end");
        }

        return Joined(Lines(bare));
    }

    /// <summary>
    /// A script without indentation, empty lines and comments that have a line of their own. Text over several lines would lose its
    /// indentation, so it is refused, as are block comments: finding their ends takes a parser.
    /// </summary>
    public static string Script(string file, string text)
    {
        var kept = new List<string>();
        foreach (string line in Lines(text))
        {
            if (line.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            if (line.Contains("/*", StringComparison.Ordinal) || line.EndsWith('\\') || line.Count(character => character == '`') % 2 != 0)
            {
                throw Bad(file, $"\"{line}\": a script can hold neither block comments nor text over several lines");
            }

            // Both change how a browser reads the rest of the element (HTML 4.12.1.3).
            if (line.Contains("</script", StringComparison.OrdinalIgnoreCase) || line.Contains("<!--", StringComparison.Ordinal))
            {
                throw Bad(file, $"\"{line}\": a script can hold neither </script nor <!--");
            }

            kept.Add(line);
        }

        return Joined(kept);
    }

    private static string Source(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllText(path) : throw Bad(file, $"there is no such file in {folder}");
    }

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => line.Trim(' ', '\t', '\r')).Where(line => line.Length > 0);

    private static string Joined(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static int Occurrences(StringBuilder text, string part) =>
        Regex.Count(text.ToString(), Regex.Escape(part), RegexOptions.IgnoreCase);

    private static ImageException Bad(string file, string message) => new(ImageException.Page, $"{file}: {message}");

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex MarkupComment();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex StyleComment();

    [GeneratedRegex("""^<link rel="stylesheet" href="([a-z.-]+)">$""")]
    private static partial Regex StyleLine();

    [GeneratedRegex("""^<script src="([a-z.-]+)"></script>$""")]
    private static partial Regex ScriptLine();
}
