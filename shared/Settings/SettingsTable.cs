using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Settings;

/// <summary>
/// The one table of keys: it drives the parser, the writer and what error messages list. A new key is a member of <see cref="SettingsKey"/>
/// and a line in each column here. All of it is code and literals, which are in the board's flash: nothing of it is on the heap.
/// </summary>
public static class SettingsTable
{
    /// <summary>How many sections there are.</summary>
    public const int Sections = 10;

    /// <summary>How many keys there are.</summary>
    public const int Keys = (int)SettingsKey.MachineAnswerRequest + 1;

    /// <summary>The first key of a section.</summary>
    public static int First(SettingsSection section)
    {
        switch (section)
        {
            case SettingsSection.Device: return (int)SettingsKey.DeviceName;
            case SettingsSection.Mirror: return (int)SettingsKey.MirrorUrl;
            case SettingsSection.Boot: return (int)SettingsKey.BootDefault;
            case SettingsSection.Loaders: return (int)SettingsKey.LoaderBios;
            case SettingsSection.Page: return (int)SettingsKey.PagePassword;
            case SettingsSection.Console: return (int)SettingsKey.ConsoleTx;
            case SettingsSection.Log: return (int)SettingsKey.LogSyslog;
            case SettingsSection.Dhcp: return (int)SettingsKey.DhcpRelays;
            case SettingsSection.Profile: return (int)SettingsKey.ProfileKind;
            default: return (int)SettingsKey.MachineName;
        }
    }

    /// <summary>The key after the last one of a section.</summary>
    public static int End(SettingsSection section) => section == SettingsSection.Machine ? Keys : First(section + 1);

    /// <summary>The section that a key is of.</summary>
    public static SettingsSection SectionOf(SettingsKey key)
    {
        int section = Sections - 1;
        while (First((SettingsSection)section) > (int)key)
        {
            section--;
        }

        return (SettingsSection)section;
    }

    /// <summary>What a key's value may be.</summary>
    public static ValueKind Kind(SettingsKey key)
    {
        switch (key)
        {
            case SettingsKey.DeviceName: return ValueKind.HostName;
            case SettingsKey.MirrorUrl: return ValueKind.BaseUrl;
            case SettingsKey.MirrorLoaders: return ValueKind.FolderUrl;
            case SettingsKey.PagePassword: return ValueKind.Password;
            case SettingsKey.ConsoleTx:
            case SettingsKey.ConsoleRx: return ValueKind.Pin;
            case SettingsKey.LogSyslog: return ValueKind.Receiver;
            case SettingsKey.DhcpRelays: return ValueKind.Relays;
            case SettingsKey.PageNames: return ValueKind.HostNames;
            case SettingsKey.ProfileScript:
            case SettingsKey.ProfileKernel:
            case SettingsKey.ProfileInitrd: return ValueKind.Url;
            case SettingsKey.ProfileCommandLine: return ValueKind.CommandLine;
            case SettingsKey.ProfileMessage: return ValueKind.ScreenText;
            case SettingsKey.MachineName: return ValueKind.Name;
            case SettingsKey.MachineProfile:
            case SettingsKey.MachineOnce: return ValueKind.ProfileName;
            case SettingsKey.MachineLoader: return ValueKind.FileName;
            case SettingsKey.MachineUuid: return ValueKind.Uuid;
            case SettingsKey.PageMetrics:
            case SettingsKey.ProfileKind:
            case SettingsKey.ProfileIdentity:
            case SettingsKey.MachineOption43:
            case SettingsKey.MachineAnswerRequest: return ValueKind.Choice;
            default: return key < SettingsKey.LoaderBios ? ValueKind.ProfileName : ValueKind.FileName;
        }
    }

    /// <summary>Whether a key's value is a secret: never shown, and set by nothing but its own way.</summary>
    public static bool IsSecret(SettingsKey key) => Kind(key) == ValueKind.Password;

    /// <summary>The longest value of a kind in bytes.</summary>
    public static int Limit(ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.BaseUrl:
            case ValueKind.FolderUrl:
            case ValueKind.HostNames:
            case ValueKind.Url: return SettingsLimits.Url;
            case ValueKind.FileName:
            case ValueKind.Uuid: return SettingsLimits.FileName;
            case ValueKind.CommandLine: return SettingsLimits.CommandLine;
            case ValueKind.ScreenText: return SettingsLimits.Message;
            case ValueKind.Relays: return SettingsLimits.Relays * (AddressText.LongestNetwork + 1);
            default: return SettingsLimits.Name;
        }
    }

    /// <summary>How often a key may be there in one section.</summary>
    public static int Most(SettingsKey key) => key == SettingsKey.ProfileInitrd ? SettingsLimits.Initrds : 1;

    /// <summary>One of the words that a key may be, or null after the last one.</summary>
    public static string Choice(SettingsKey key, int index)
    {
        switch (key)
        {
            case SettingsKey.ProfileKind: return ProfileKinds.NameOf((ProfileKind)index);
            case SettingsKey.PageMetrics: return index == 0 ? "open" : index == 1 ? "login" : null;
            case SettingsKey.MachineOption43: return index == 0 ? "auto" : index == 1 ? "send" : index == 2 ? "omit" : null;
            default: return index == 0 ? "yes" : index == 1 ? "no" : null;
        }
    }

    /// <summary>Whether profiles of a kind have a key.</summary>
    public static bool IsOf(ProfileKind kind, SettingsKey key)
    {
        switch (key)
        {
            case SettingsKey.ProfileKind: return true;
            case SettingsKey.ProfileScript:
            case SettingsKey.ProfileIdentity: return kind == ProfileKind.Script;
            case SettingsKey.ProfileMessage: return kind == ProfileKind.Deny;
            default: return kind == ProfileKind.Linux;
        }
    }

    /// <summary>The key of that name (any case) in a section as a number, or -1.</summary>
    public static int Find(SettingsSection section, byte[] name, int offset, int length)
    {
        int end = End(section);
        for (int key = First(section); key < end; key++)
        {
            string word = Word((SettingsKey)key);
            bool same = word == null
                ? Octets.IsIgnoreCase(name, offset, length, PlatformName((SettingsKey)key))
                : Octets.IsIgnoreCase(name, offset, length, word);
            if (same)
            {
                return key;
            }
        }

        return -1;
    }

    /// <summary>The name of a key, in lower case.</summary>
    public static string Name(SettingsKey key)
    {
        byte[] platform = Word(key) == null ? PlatformName(key) : null;
        return platform == null ? Word(key) : Octets.Text(platform, 0, platform.Length);
    }

    /// <summary>Writes the name of a key.</summary>
    public static void WriteName(SettingsKey key, ByteWriter writer)
    {
        string word = Word(key);
        if (word == null)
        {
            writer.Raw(PlatformName(key));
        }
        else
        {
            writer.Text(word);
        }
    }

    /// <summary>
    /// The names of a section's keys, for a message; with <paramref name="profileKind"/> only those of that kind of profile.
    /// </summary>
    public static string Allowed(SettingsSection section, int profileKind)
    {
        string list = "";
        int end = End(section);
        for (int i = First(section); i < end; i++)
        {
            if (profileKind < 0 || IsOf((ProfileKind)profileKind, (SettingsKey)i))
            {
                string name = Name((SettingsKey)i);
                list = list == "" ? name : list + ", " + name;
            }
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

    // Null: the key is one of those of the platforms, which have their own names.
    private static string Word(SettingsKey key)
    {
        switch (key)
        {
            case SettingsKey.MirrorUrl: return "url";
            case SettingsKey.MirrorLoaders: return "loaders";
            case SettingsKey.BootDefault: return "default";
            case SettingsKey.PagePassword: return "password";
            case SettingsKey.PageMetrics: return "metrics";
            case SettingsKey.PageNames: return "names";
            case SettingsKey.ConsoleTx: return "tx";
            case SettingsKey.ConsoleRx: return "rx";
            case SettingsKey.LogSyslog: return "syslog";
            case SettingsKey.DhcpRelays: return "relays";
            case SettingsKey.ProfileKind: return "kind";
            case SettingsKey.ProfileScript: return "script";
            case SettingsKey.ProfileIdentity: return "identity";
            case SettingsKey.ProfileKernel: return "kernel";
            case SettingsKey.ProfileCommandLine: return "command-line";
            case SettingsKey.ProfileMessage: return "message";
            case SettingsKey.ProfileInitrd: return "initrd";
            case SettingsKey.DeviceName:
            case SettingsKey.MachineName: return "name";
            case SettingsKey.MachineProfile: return "profile";
            case SettingsKey.MachineOnce: return "once";
            case SettingsKey.MachineLoader: return "loader";
            case SettingsKey.MachineUuid: return "uuid";
            case SettingsKey.MachineOption43: return "option43";
            case SettingsKey.MachineAnswerRequest: return "answer-request";
            default: return null;
        }
    }

    private static byte[] PlatformName(SettingsKey key) =>
        Platforms.NameOf((Platform)(key - (key < SettingsKey.LoaderBios ? SettingsKey.BootBios : SettingsKey.LoaderBios) + 1));
}
