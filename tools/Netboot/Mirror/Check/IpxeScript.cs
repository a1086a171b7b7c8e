namespace Netboot.Tool.Mirror.Check;

/// <summary>What a script fetches a file for.</summary>
internal enum FetchUse
{
    Script,
    Kernel,
    Initrd,

    /// <summary>A file for <c>imgfetch</c> and the like, which may be anything.</summary>
    Other,
}

/// <summary>A line of a script that fetches something.</summary>
/// <param name="Url">As iPXE would have it: settings filled in and relative to the script; null when only a machine can know it.</param>
internal sealed record ScriptFetch(int Line, FetchUse Use, string Text, Uri? Url);

/// <summary>
/// Reads an iPXE script for the files that it fetches, without running it: every line counts, whatever way a machine would take through
/// it. The rules are those of iPXE's core/exec.c and image/script.c: words split at blanks, no quoting, <c>#</c> at the start of a word ends
/// a line, a backslash joins the next line, <c>||</c>, <c>&amp;&amp;</c> and <c>;</c> separate commands.
/// </summary>
internal static class IpxeScript
{
    /// <summary>Options that take a value behind them; an option that is not among them takes none.</summary>
    private static readonly string[] ValueOptions = ["--name", "-n", "--timeout", "-t"];

    /// <summary>Whether a text is a script: iPXE wants <c>#!ipxe</c> and one white-space character at its very start.</summary>
    public static bool Is(string text) => text.StartsWith("#!ipxe", StringComparison.Ordinal) && text.Length > 6 && char.IsWhiteSpace(text[6]);

    /// <summary>The lines that fetch, in their order; <paramref name="url"/> is the script's own.</summary>
    public static IReadOnlyList<ScriptFetch> Fetches(string text, Uri url)
    {
        var settings = new ScriptSettings();
        settings.Set("cwuri", new Uri(url, ".").ToString());
        var found = new List<ScriptFetch>();
        string[] lines = text.Replace("\r", "", StringComparison.Ordinal).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int number = i + 1;
            string line = lines[i];
            while (line.EndsWith('\\') && i + 1 < lines.Length)
            {
                line = line[..^1] + lines[++i];
            }

            if (line.StartsWith(':'))
            {
                settings.NextBlock();
            }

            foreach (string[] command in Commands(line))
            {
                if (command is ["set", var name, ..])
                {
                    settings.Set(name, string.Join(' ', command[2..]));
                }
                else if (Fetch(command, number, url, settings) is { } fetch)
                {
                    found.Add(fetch);
                }
            }
        }

        return found;
    }

    private static ScriptFetch? Fetch(string[] command, int number, Uri url, ScriptSettings settings)
    {
        FetchUse? use = command[0] switch
        {
            "kernel" or "imgselect" or "imgload" => FetchUse.Kernel,
            "initrd" or "module" => FetchUse.Initrd,
            "chain" or "imgexec" or "boot" => FetchUse.Script,
            "imgfetch" => FetchUse.Other,
            _ => null,
        };
        // A bare name behind boot or imgexec is that of an image which is there already.
        if (use == null || FirstArgument(command) is not { } target || (command[0] is "boot" or "imgexec" && !target.Contains('/')))
        {
            return null;
        }

        string filled = settings.Expand(target);
        Uri? whole = filled.Contains("${", StringComparison.Ordinal) || !Uri.TryCreate(url, filled, out Uri? made) ? null : made;
        // What is fetched for its own sake is a report or a hook, and whoever wrote it need not have a file there.
        return whole == null && use == FetchUse.Other ? null : new ScriptFetch(number, use.Value, target, whole);
    }

    private static string? FirstArgument(string[] command)
    {
        for (int i = 1; i < command.Length; i++)
        {
            if (command[i] == "--")
            {
                return i + 1 < command.Length ? command[i + 1] : null;
            }

            if (!command[i].StartsWith('-'))
            {
                return command[i];
            }

            if (ValueOptions.Contains(command[i]))
            {
                i++;
            }
        }

        return null;
    }

    private static IEnumerable<string[]> Commands(string line)
    {
        var command = new List<string>();
        foreach (string word in line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.StartsWith('#'))
            {
                break;
            }

            if (word is "||" or "&&" or ";")
            {
                if (command.Count > 0)
                {
                    yield return [.. command];
                }

                command.Clear();
            }
            // A label's line may go on with a command.
            else if (command.Count > 0 || !word.StartsWith(':'))
            {
                command.Add(word);
            }
        }

        if (command.Count > 0)
        {
            yield return [.. command];
        }
    }
}
