using System.Text.RegularExpressions;

namespace Netboot.Tool.Import;

/// <summary>
/// NixOS's module <c>services.pixiecore</c>, as a block or as single lines: <c>mode kernel initrd cmdLine quick apiServer extraArguments</c>
/// (nixpkgs, nixos/modules/services/networking/pixiecore.nix). What is not a text by itself only Nix can work out.
/// </summary>
internal static partial class NixosBlock
{
    private const string Prefix = "services.pixiecore.";

    /// <summary>What the module takes when the block names none.</summary>
    private const string DefaultApiServer = "localhost:8080";

    /// <summary>Whether a text has one.</summary>
    public static bool Is(string text) => Start().IsMatch(text) || text.Contains(Prefix, StringComparison.Ordinal);

    /// <summary>The profile that it is; throws <see cref="ImportException"/> when there is none.</summary>
    public static ImportedProfile Read(string text)
    {
        Dictionary<string, string> values = Values(Comment().Replace(text, ""));
        string mode = values.GetValueOrDefault("mode", "boot");
        if (mode == "api")
        {
            var asking = new ImportedProfile();
            asking.Api(values.GetValueOrDefault("apiServer", DefaultApiServer));
            return asking;
        }

        if (mode == "quick")
        {
            return PixiecoreCommand.Read($"pixiecore quick {values.GetValueOrDefault("quick")}");
        }

        var profile = new ImportedProfile();
        string kernel = values.GetValueOrDefault("kernel") ?? throw new ImportException("the block names no kernel.");
        bool initrd = values.TryGetValue("initrd", out string? archive);
        bool line = values.TryGetValue("cmdLine", out string? commandLine);
        if (kernel.StartsWith("http", StringComparison.Ordinal) && !initrd && !line)
        {
            // iPXE starts whatever it gets, so people give it scripts: boot.netboot.xyz, factory.talos.dev/pxe/….
            profile.Add("script", profile.File(kernel));
        }
        else
        {
            profile.Add("kernel", profile.File(kernel));
            if (initrd)
            {
                profile.Add("initrd", profile.File(archive!));
            }

            if (line)
            {
                profile.Add("command-line", profile.CommandLine(commandLine!));
            }
        }

        if (values.ContainsKey("extraArguments"))
        {
            profile.Note("extraArguments are left out. A loader of your own goes into [loaders], further initrds into 'initrd'.");
        }

        return profile;
    }

    private static Dictionary<string, string> Values(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        Match start = Start().Match(text);
        string block = start.Success ? Block(text, start.Index + start.Length) : "";
        // Of a single line only what stands right behind the prefix: the rest of the file has keys of the same names for other things.
        IEnumerable<Match> lines = text.Split(Prefix).Skip(1).Select(rest => Setting().Match(rest)).Where(m => m.Success && m.Index == 0);
        foreach (Match match in Setting().Matches(block).Concat(lines))
        {
            string key = match.Groups[1].Value;
            string value = match.Groups[2].Success ? match.Groups[2].Value.Replace("\\\"", "\"", StringComparison.Ordinal)
                : match.Groups[3].Success ? match.Groups[3].Value.Trim() : match.Groups[4].Value.Trim();
            if (key == "extraArguments")
            {
                values.TryAdd(key, value);
            }
            else if (value.Contains("${", StringComparison.Ordinal)
                || (match.Groups[4].Success && !IsPathOrUrl(value)))
            {
                throw new ImportException($"{key} = {value}: only Nix knows what this is. Build the system, and import its netboot.ipxe.");
            }
            else if (value.Length > 0)
            {
                values.TryAdd(key, value);
            }
        }

        return values;
    }

    private static bool IsPathOrUrl(string value) =>
        value.StartsWith('.') || value.StartsWith('/') || value.StartsWith("http", StringComparison.Ordinal);

    // To the brace that ends it; those in texts come in pairs.
    private static string Block(string text, int start)
    {
        int depth = 1;
        int end = start;
        while (end < text.Length && depth > 0)
        {
            depth += text[end] == '{' ? 1 : text[end] == '}' ? -1 : 0;
            end++;
        }

        return text[start..end];
    }

    [GeneratedRegex("""\bpixiecore\s*=\s*\{""")]
    private static partial Regex Start();

    [GeneratedRegex("""^[ \t]*\#[^\n]*$""", RegexOptions.Multiline)]
    private static partial Regex Comment();

    // key = "text"; key = ''text''; key = anything else;
    [GeneratedRegex(
        """\b(mode|kernel|initrd|cmdLine|quick|apiServer|extraArguments)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|''(.*?)''|([^;]*))\s*;""",
        RegexOptions.Singleline)]
    private static partial Regex Setting();
}
