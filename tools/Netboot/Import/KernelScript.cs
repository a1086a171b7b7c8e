using Netboot.Tool.Mirror.Check;

namespace Netboot.Tool.Import;

/// <summary>
/// An iPXE script that does nothing but start one kernel, as NixOS's <c>netboot.ipxe</c> does: <c>kernel</c>, <c>initrd</c>, <c>boot</c>.
/// </summary>
internal static class KernelScript
{
    /// <summary>NixOS puts it at the end, for whoever chains to the script; without them it is empty.</summary>
    private const string NixosRest = "${cmdline}";

    /// <summary>The profile that it is; throws <see cref="ImportException"/> when it does more than that.</summary>
    public static ImportedProfile Read(string text)
    {
        var profile = new ImportedProfile();
        bool any = false;
        string joined = text.Replace("\r", "", StringComparison.Ordinal).Replace("\\\n", "", StringComparison.Ordinal);
        foreach (string raw in joined.Split('\n').Skip(1))
        {
            string[] words = [.. raw.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).TakeWhile(word => !word.StartsWith('#'))];
            words = words is [.. var command, "||"] ? command : words;
            switch (words)
            {
                case [] or ["boot" or "imgfree" or "dhcp", ..]:
                    break;
                case ["kernel", ..] when !any:
                    any = true;
                    Kernel(profile, WithoutOptions(words));
                    break;
                case ["initrd", ..]:
                    Initrd(profile, WithoutOptions(words));
                    break;
                default:
                    throw new ImportException(
                        $"'{string.Join(' ', words)}': the script does more than start one kernel. {ImportedProfile.PutScriptOnMirror}");
            }
        }

        return any ? profile : throw new ImportException("the script starts no kernel.");
    }

    /// <summary>Whether a text is a script.</summary>
    public static bool Is(string text) => IpxeScript.Is(text);

    private static void Kernel(ImportedProfile profile, string[] words)
    {
        if (words.Length < 2)
        {
            throw new ImportException("'kernel' names no file.");
        }

        profile.Add("kernel", profile.Relative(words[1]));
        string[] line = [.. words.Skip(2).Where(word => word != NixosRest)];
        if (line.Length > 0)
        {
            profile.Add("command-line", string.Join(' ', line));
        }
    }

    private static void Initrd(ImportedProfile profile, string[] words)
    {
        if (words.Length < 2)
        {
            throw new ImportException("'initrd' names no file.");
        }

        if (words.Length > 3)
        {
            throw new ImportException(
                $"'{string.Join(' ', words)}': a file has a name here and nothing else. {ImportedProfile.PutScriptOnMirror}");
        }

        profile.Add("initrd", profile.Relative(words[1]) + (words.Length > 2 ? " " + words[2] : ""));
    }

    private static string[] WithoutOptions(string[] words)
    {
        var left = new List<string>();
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] is "--name" or "-n" or "--timeout" or "-t" && left.Count == 1)
            {
                i++;
            }
            else if (!words[i].StartsWith('-') || left.Count > 1)
            {
                left.Add(words[i]);
            }
        }

        return [.. left];
    }
}
