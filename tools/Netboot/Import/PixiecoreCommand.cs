namespace Netboot.Tool.Import;

/// <summary>
/// A <c>pixiecore</c> command line, of version 2 (<c>boot KERNEL INITRD… --cmdline=…</c>, <c>quick xyz</c>, <c>api URL</c>) or 1
/// (<c>-kernel K -initrd I -cmdline C</c>), by itself or behind <c>sudo</c> or <c>docker run … IMAGE</c>.
/// </summary>
internal static class PixiecoreCommand
{
    private const string Name = "pixiecore";

    // Flags that have a value behind them (pixiecore/cli), and mean something to its own server only.
    private static readonly string[] ServersOwn =
    [
        "port", "p", "status-port", "listen-addr", "l", "ipxe-bios", "ipxe-ipxe", "ipxe-efi32", "ipxe-efi64", "ipxe-efi-arm64", "config",
        "api-request-timeout",
    ];

    private static readonly string[] Modes = ["boot", "quick", "api", "bootipv6"];

    private static readonly string[] Switches = ["debug", "d", "dhcp-no-bind", "log-timestamps", "t", "help", "h", "v"];

    /// <summary>Whether a text is one.</summary>
    public static bool Is(string text) =>
        text.Contains(Name, StringComparison.Ordinal) && !text.Contains("services." + Name, StringComparison.Ordinal);

    /// <summary>The profile that it is; throws <see cref="ImportException"/> when there is none.</summary>
    public static ImportedProfile Read(string text)
    {
        IReadOnlyList<string> words = Behind(text);
        var profile = new ImportedProfile();
        var plain = new List<string>();
        var flags = new List<(string Name, string Value)>();
        for (int i = 0; i < words.Count; i++)
        {
            if (!words[i].StartsWith('-'))
            {
                plain.Add(words[i]);
                continue;
            }

            string flag = words[i].TrimStart('-');
            int equals = flag.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? flag : flag[..equals];
            if (Switches.Contains(name))
            {
                continue;
            }

            if (equals < 0 && i + 1 == words.Count)
            {
                throw new ImportException($"{words[i]} has no value behind it.");
            }

            flags.Add((name, equals < 0 ? words[++i] : flag[(equals + 1)..]));
        }

        Fill(profile, plain, flags);
        return profile;
    }

    // The words behind the command's name. An image's name ends with it: docker run … quay.io/pixiecore/pixiecore boot …
    private static IReadOnlyList<string> Behind(string text)
    {
        IReadOnlyList<IReadOnlyList<ShellWord>> commands = ShellWords.Of(text);
        (IReadOnlyList<ShellWord> Words, int At)[] named =
        [
            .. commands.SelectMany(
                command => Enumerable.Range(0, command.Count).Where(i => IsName(command[i].Text)).Select(i => (command, i))),
        ];
        if (named.Length == 0)
        {
            throw new ImportException($"there is no {Name} command in it.");
        }

        int first = Array.FindIndex(named, found => found.At + 1 < found.Words.Count && Modes.Contains(found.Words[found.At + 1].Text));
        (IReadOnlyList<ShellWord> words, int at) = first >= 0 ? named[first] : named[^1];
        ShellWord[] rest = [.. words.Skip(at + 1)];
        return Array.Find(rest, word => word.IsFilledIn) is { } filled
            ? throw new ImportException($"{filled.Text}: only the shell knows what this is. Put its value in its place.")
            : [.. rest.Select(word => word.Text)];
    }

    private static bool IsName(string word) => !word.StartsWith('-') && !word.Contains("://", StringComparison.Ordinal)
        && (word == Name || word.EndsWith("/" + Name, StringComparison.Ordinal) || word.Contains($"/{Name}:", StringComparison.Ordinal));

    private static void Fill(ImportedProfile profile, List<string> plain, List<(string Name, string Value)> flags)
    {
        // Version 1 has flags in place of words.
        string? mode = plain.Count > 0 ? plain[0]
            : flags.Any(flag => flag.Name == "kernel") ? ""
            : flags.Any(flag => flag.Name == "api") ? "api" : null;
        switch (mode)
        {
            case null:
                throw new ImportException("it says neither boot, quick nor api.");
            case "boot":
                if (plain.Count < 2)
                {
                    throw new ImportException("boot names no kernel: pixiecore boot KERNEL INITRD…");
                }

                Files(profile, plain[1], plain.Skip(2));
                break;
            case "" when flags.Any(flag => flag.Name == "kernel"):
                Files(
                    profile, flags.First(flag => flag.Name == "kernel").Value,
                    flags.Where(flag => flag.Name == "initrd").Select(flag => flag.Value));
                break;
            case "quick" when plain is [_, "xyz", ..]:
                profile.Add("script", "http://boot.netboot.xyz/menu.ipxe");
                break;
            case "quick":
                throw new ImportException(
                    $"'quick {string.Join(' ', plain.Skip(1))}' names files that only that version of Pixiecore knows: "
                    + "make a profile with the distribution's kernel and initrd.");
            case "api":
                profile.Api(plain.Count > 1 ? plain[1] : flags.FirstOrDefault(flag => flag.Name == "api").Value
                    ?? throw new ImportException("api names no server: pixiecore api URL"));
                break;
            default:
                throw new ImportException($"'{mode}' is none of Pixiecore's ways to boot: boot, quick, api.");
        }

        foreach ((string name, string value) in flags)
        {
            switch (name)
            {
                case "cmdline":
                    if (profile.CommandLine(value) is { Length: > 0 } line)
                    {
                        profile.Add("command-line", line);
                    }

                    break;
                case "bootmsg":
                    profile.Note("A profile of this kind has no message; the machine's screen shows the profile's name.");
                    break;
                case "kernel" or "initrd" when mode.Length == 0:
                case "api" when mode == "api":
                    break;
                default:
                    profile.Note(ServersOwn.Contains(name)
                        ? $"--{name} is of Pixiecore's own server, and left out." : $"--{name} is not known, and left out.");
                    break;
            }
        }
    }

    private static void Files(ImportedProfile profile, string kernel, IEnumerable<string> initrds)
    {
        profile.Add("kernel", profile.File(kernel));
        foreach (string initrd in initrds)
        {
            profile.Add("initrd", profile.File(initrd));
        }
    }
}
