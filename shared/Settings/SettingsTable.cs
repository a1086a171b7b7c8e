using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Settings;

/// <summary>
/// The one table of keys: parser, writer, editor and messages go by it. A new key is a member of <see cref="SettingsKey"/> and a row here.
/// Its value is kept by its section and kind (<see cref="DeviceSettings"/>, <see cref="Profile"/>, <see cref="MachineTable"/>). All of it
/// is code and literals in the board's flash, but a literal takes a block of the heap each time it is used.
/// </summary>
public static class SettingsTable
{
    /// <summary>How many sections there are.</summary>
    public const int Sections = (int)SettingsSection.Machine + 1;

    /// <summary>The most keys that a section has room for.</summary>
    public const int MostKeys = 16;

    // What a row holds besides its words: the kind, the kinds of profile that have the key, and the range of a number; in place of its
    // highest, for what is no number, how many times more than once the key may be there.
    private const int KindBits = 0x1F;
    private const int ProfileBits = 0xFF;
    private const int ProfileShift = 5;
    private const int Linux = 1 << (ProfileShift + (int)ProfileKind.Linux);
    private const int Script = 1 << (ProfileShift + (int)ProfileKind.Script);
    private const int Deny = 1 << (ProfileShift + (int)ProfileKind.Deny);
    private const int Menu = 1 << (ProfileShift + (int)ProfileKind.Menu);
    private const int Inline = 1 << (ProfileShift + (int)ProfileKind.Inline);
    private const int Api = 1 << (ProfileShift + (int)ProfileKind.Api);
    private const int AnyProfile = ProfileBits << ProfileShift;
    private const int OrNone = 1 << 13;
    private const int LowestShift = 14;
    private const int LowestBits = 0xF;
    private const int HighestShift = 18;
    private const int UpToInitrds = (SettingsLimits.Initrds - 1) << HighestShift;
    private const int UpToItems = (SettingsLimits.MenuItems - 1) << HighestShift;
    private const int UpToLines = (SettingsLimits.InlineLines - 1) << HighestShift;

    /// <summary>
    /// The row of a key: gives its traits, for the methods below, and its name in lower case: null where there is no such key.
    /// <paramref name="words"/> gets the words of a choice, a blank between them; for a number, the noun for messages, such as "pin".
    /// </summary>
    internal static int Row(SettingsKey key, out string name, out string words)
    {
        words = null;
        switch (key)
        {
            case SettingsKey.DeviceName: return Row(ValueKind.HostName, "name", out name);
            case SettingsKey.DeviceLed: return Number(0, SettingsLimits.Pin, "pin", "led", out words, out name) | OrNone;
            case SettingsKey.DeviceLedLevel: return Choice("high low", "led-level", out words, out name);
            case SettingsKey.MirrorUrl: return Row(ValueKind.BaseUrl, "url", out name);
            case SettingsKey.MirrorLoaders: return Row(ValueKind.FolderUrl, "loaders", out name);
            case SettingsKey.BootDefault: return Row(ValueKind.ProfileName, "default", out name);
            case SettingsKey.BootUnknown: return Row(ValueKind.ProfileName, "unknown", out name);
            case SettingsKey.PagePassword: return Row(ValueKind.Password, "password", out name);
            case SettingsKey.PageMetrics: return Choice("open login", "metrics", out words, out name);
            case SettingsKey.PageNames: return Row(ValueKind.HostNames, "names", out name);
            case SettingsKey.ConsoleTx: return Number(0, SettingsLimits.Pin, "pin", "tx", out words, out name) | OrNone;
            case SettingsKey.ConsoleRx: return Number(0, SettingsLimits.Pin, "pin", "rx", out words, out name) | OrNone;
            case SettingsKey.LogSyslog: return Row(ValueKind.Receiver, "syslog", out name);
            case SettingsKey.DhcpRelays: return Row(ValueKind.Relays, "relays", out name);
            case SettingsKey.ProfileKind:
                return Choice("linux script local ignore deny menu inline api", "kind", out words, out name) | AnyProfile;
            case SettingsKey.ProfileScript: return Row(ValueKind.Url, "script", out name) | Script;
            case SettingsKey.ProfileIdentity: return Choice("yes no", "identity", out words, out name) | Script;
            case SettingsKey.ProfileKernel: return Row(ValueKind.Url, "kernel", out name) | Linux;
            case SettingsKey.ProfileCommandLine: return Row(ValueKind.CommandLine, "command-line", out name) | Linux;
            case SettingsKey.ProfileMessage: return Row(ValueKind.ScreenText, "message", out name) | Deny;
            case SettingsKey.ProfileInitrd: return Row(ValueKind.Initrd, "initrd", out name) | Linux | UpToInitrds;
            case SettingsKey.ProfileItem: return Row(ValueKind.MenuItem, "item", out name) | Menu | UpToItems;
            case SettingsKey.ProfileDefault: return Row(ValueKind.Name, "default", out name) | Menu;
            case SettingsKey.ProfileTimeout:
                return Number(0, SettingsLimits.MenuTimeout, "number of seconds", "timeout", out words, out name) | Menu;
            case SettingsKey.ProfileShell: return Choice("yes no", "shell", out words, out name) | Menu;
            case SettingsKey.ProfileLine: return Row(ValueKind.ScriptLine, "line", out name) | Inline | UpToLines;
            case SettingsKey.ProfileApi: return Row(ValueKind.BaseUrl, "api", out name) | Api;
            case SettingsKey.MachineName: return Row(ValueKind.Name, "name", out name);
            case SettingsKey.MachineProfile: return Row(ValueKind.ProfileName, "profile", out name);
            case SettingsKey.MachineOnce: return Row(ValueKind.ProfileName, "once", out name);
            case SettingsKey.MachineMenuDefault: return Row(ValueKind.ProfileName, "menu-default", out name);
            case SettingsKey.MachineLoader: return Row(ValueKind.FileName, "loader", out name);
            case SettingsKey.MachineUuid: return Row(ValueKind.Uuid, "uuid", out name);
            case SettingsKey.MachineOption43: return Choice("auto send omit", "option43", out words, out name);
            case SettingsKey.MachineAnswerRequest: return Choice("yes no", "answer-request", out words, out name);
            default: return PlatformRow(key, out name);
        }
    }

    /// <summary>The kind of value that a row takes.</summary>
    internal static ValueKind KindOf(int row) => (ValueKind)(row & KindBits);

    /// <summary>How often a row's key may be there in one section.</summary>
    internal static int Most(int row) => KindOf(row) == ValueKind.Number ? 1 : 1 + (row >> HighestShift);

    /// <summary>The kinds of profile that have a row's key: a bit for each.</summary>
    internal static int ProfileKinds(int row) => (row >> ProfileShift) & ProfileBits;

    /// <summary>The range of a row's number; whether <c>none</c> may stand in its place.</summary>
    internal static bool Range(int row, out int lowest, out int highest)
    {
        lowest = (row >> LowestShift) & LowestBits;
        highest = row >> HighestShift;
        return (row & OrNone) != 0;
    }

    /// <summary>What a key's value may be.</summary>
    public static ValueKind Kind(SettingsKey key) => KindOf(Row(key, out string _, out string _));

    /// <summary>Whether a key's value is a secret: never shown, and set by nothing but its own way.</summary>
    public static bool IsSecret(SettingsKey key) => Kind(key) == ValueKind.Password;

    /// <summary>The words that a key may be, of which accepted values are one: for messages and completion.</summary>
    public static string[] Words(SettingsKey key)
    {
        Row(key, out string _, out string words);
        return words.Split(' ');
    }

    /// <summary>Which of the words that a key may be a range is (any case), or -1.</summary>
    internal static int FindWord(SettingsKey key, byte[] text, int offset, int length)
    {
        Row(key, out string _, out string literal);
        byte[] words = Octets.Of(literal);
        int number = 0;
        for (int start = 0; start < words.Length; start = EndOfWord(words, start) + 1)
        {
            int size = EndOfWord(words, start) - start;
            int same = 0;
            while (size == length && same < length && Octets.ToLower(text[offset + same]) == words[start + same])
            {
                same++;
            }

            if (same == size)
            {
                return number;
            }

            number++;
        }

        return -1;
    }

    /// <summary>Writes word <paramref name="number"/> of those that a key may be.</summary>
    public static void WriteWord(SettingsKey key, int number, ByteWriter writer)
    {
        Row(key, out string _, out string literal);
        byte[] words = Octets.Of(literal);
        int start = 0;
        for (int i = 0; i < number; i++)
        {
            start = EndOfWord(words, start) + 1;
        }

        writer.Raw(words, start, EndOfWord(words, start) - start);
    }

    private static int EndOfWord(byte[] words, int start)
    {
        int end = Octets.IndexOf(words, start, words.Length - start, (byte)' ');
        return end < 0 ? words.Length : end;
    }

    /// <summary>The name of a key, in lower case; null where the section has no more.</summary>
    public static string Name(SettingsKey key)
    {
        Row(key, out string name, out string _);
        return name;
    }

    /// <summary>The first key of a section; the others have the numbers after it.</summary>
    public static SettingsKey First(SettingsSection section) => (SettingsKey)((int)section * MostKeys);

    /// <summary>The section that a key is of.</summary>
    public static SettingsSection SectionOf(SettingsKey key) => (SettingsSection)((int)key / MostKeys);

    /// <summary>The key of that name (any case) in a section as a number, and its row; or -1.</summary>
    public static int Find(SettingsSection section, byte[] name, int offset, int length, out int row)
    {
        SettingsKey key = First(section);
        row = Row(key, out string word, out string _);
        while (word != null && !Octets.IsIgnoreCase(name, offset, length, word))
        {
            key++;
            row = Row(key, out word, out string _);
        }

        return word == null ? -1 : (int)key;
    }

    /// <summary>
    /// The names of a section's keys, for a message; with <paramref name="profileKind"/> only those of that kind of profile.
    /// </summary>
    public static string Allowed(SettingsSection section, int profileKind)
    {
        string list = "";
        SettingsKey key = First(section);
        for (int row = Row(key, out string name, out string _); name != null; row = Row(key, out name, out string _))
        {
            if (profileKind < 0 || ((ProfileKinds(row) >> profileKind) & 1) != 0)
            {
                list = list == "" ? name : list + ", " + name;
            }

            key++;
        }

        return list;
    }

    /// <summary>The name of a section as it stands in its brackets.</summary>
    public static string Name(SettingsSection section)
    {
        switch (section)
        {
            case SettingsSection.Device: return "device";
            case SettingsSection.Mirror: return "mirror";
            case SettingsSection.Boot: return "boot";
            case SettingsSection.Loaders: return "loaders";
            case SettingsSection.Page: return "page";
            case SettingsSection.Console: return "console";
            case SettingsSection.Log: return "log";
            case SettingsSection.Dhcp: return "dhcp";
            case SettingsSection.Profile: return "profile";
            default: return "machine";
        }
    }

    /// <summary>The number of the section of that name (any case), or -1.</summary>
    public static int FindSection(byte[] name, int offset, int length)
    {
        // Machines and profiles are most, and last.
        int section = Sections - 1;
        while (section >= 0 && !Octets.IsIgnoreCase(name, offset, length, Name((SettingsSection)section)))
        {
            section--;
        }

        return section;
    }

    /// <summary>All sections as they are written, for a message.</summary>
    public static string SectionList()
    {
        string list = "";
        for (int i = 0; i < Sections; i++)
        {
            var section = (SettingsSection)i;
            string title = section == SettingsSection.Profile ? " NAME" : section == SettingsSection.Machine ? " MAC" : "";
            list += (i == 0 ? "[" : ", [") + Name(section) + title + "]";
        }

        return list;
    }

    /// <summary>Whether a section has a title after its name, and can be there several times.</summary>
    public static bool HasTitle(SettingsSection section) => section >= SettingsSection.Profile;

    private static int Row(ValueKind kind, string word, out string name)
    {
        name = word;
        return (int)kind;
    }

    private static int Choice(string of, string word, out string words, out string name)
    {
        words = of;
        return Row(ValueKind.Choice, word, out name);
    }

    private static int Number(int lowest, int highest, string what, string word, out string words, out string name)
    {
        words = what;
        return Row(ValueKind.Number, word, out name) | (lowest << LowestShift) | (highest << HighestShift);
    }

    // The platforms have their names elsewhere, one key each: in [boot] after the default.
    private static int PlatformRow(SettingsKey key, out string name)
    {
        bool rule = SectionOf(key) == SettingsSection.Boot;
        int platform = rule ? key - SettingsKey.BootDefault : key - SettingsKey.LoaderBios + 1;
        name = (rule || SectionOf(key) == SettingsSection.Loaders) && platform < Platforms.Count
            ? Platforms.TextOf((Platform)platform) : null;
        return (int)(rule ? ValueKind.ProfileName : ValueKind.FileName);
    }
}
