using Netboot.Boot;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// The one table of keys: it drives the parser, the writer and what error messages list. A new key is a row here and a member of
/// <see cref="SettingsKey"/> at the same place. Of the rows only those of one section are there at a time, and are made when they are asked for: all
/// together would take 6 KB of the heap, just when two sets of settings are in it.
/// </summary>
public sealed class SettingsTable
{
    /// <summary>How many sections there are.</summary>
    public const int Sections = 9;

    /// <summary>A key of every kind of profile.</summary>
    public const int EveryKind = -1;

    /// <summary>How many keys there are.</summary>
    public const int Keys = (int)SettingsKey.MachineAnswerRequest + 1;

    private const int Linux = 1 << (int)ProfileKind.Linux;
    private const int Script = 1 << (int)ProfileKind.Script;
    private const int Deny = 1 << (int)ProfileKind.Deny;

    private SettingsRow[] _rows;
    private int _first;
    private int _end;
    private int _count;

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
            case SettingsSection.Profile: return (int)SettingsKey.ProfileKind;
            default: return (int)SettingsKey.MachineName;
        }
    }

    /// <summary>The key after the last one of a section.</summary>
    public static int End(SettingsSection section)
    {
        return section == SettingsSection.Machine ? Keys : First(section + 1);
    }

    // Makes the rows of a section.
    private void Load(SettingsSection section)
    {
        _first = First(section);
        _end = End(section);
        _rows = new SettingsRow[_end - _first];
        _count = 0;
        switch (section)
        {
            case SettingsSection.Device:
                Add(new SettingsRow(SettingsSection.Device, "name", ValueKind.HostName, SettingsLimits.Name));
                break;
            case SettingsSection.Mirror:
                Add(new SettingsRow(SettingsSection.Mirror, "url", ValueKind.BaseUrl, SettingsLimits.Url));
                Add(new SettingsRow(SettingsSection.Mirror, "loaders", ValueKind.FolderUrl, SettingsLimits.Url));
                break;
            case SettingsSection.Boot:
                Add(new SettingsRow(SettingsSection.Boot, "default", ValueKind.ProfileName, SettingsLimits.Name));
                for (int platform = 1; platform < Platforms.Count; platform++)
                {
                    Add(new SettingsRow(SettingsSection.Boot, Platforms.NameOf((Platform)platform), ValueKind.ProfileName, SettingsLimits.Name, null, EveryKind));
                }
                break;
            case SettingsSection.Loaders:
                for (int platform = 1; platform < Platforms.Count; platform++)
                {
                    Add(new SettingsRow(SettingsSection.Loaders, Platforms.NameOf((Platform)platform), ValueKind.FileName, SettingsLimits.FileName, null, EveryKind));
                }
                break;
            case SettingsSection.Page:
                Add(new SettingsRow(SettingsSection.Page, "password", ValueKind.Password, PagePassword.LongestForm));
                Add(new SettingsRow(SettingsSection.Page, Octets.Of("metrics"), ValueKind.Choice, SettingsLimits.Name, "open login", EveryKind));
                break;
            case SettingsSection.Console:
                Add(new SettingsRow(SettingsSection.Console, "tx", ValueKind.Pin, SettingsLimits.Name));
                Add(new SettingsRow(SettingsSection.Console, "rx", ValueKind.Pin, SettingsLimits.Name));
                break;
            case SettingsSection.Log:
                Add(new SettingsRow(SettingsSection.Log, "syslog", ValueKind.Receiver, SettingsLimits.Name));
                break;
            case SettingsSection.Profile:
                Add(new SettingsRow(SettingsSection.Profile, Octets.Of("kind"), ValueKind.Choice, SettingsLimits.Name, ProfileKinds.Names, EveryKind));
                Add(new SettingsRow(SettingsSection.Profile, Octets.Of("script"), ValueKind.Url, SettingsLimits.Url, null, Script));
                Add(new SettingsRow(SettingsSection.Profile, Octets.Of("identity"), ValueKind.Choice, SettingsLimits.Name, "yes no", Script));
                Add(new SettingsRow(SettingsSection.Profile, Octets.Of("kernel"), ValueKind.Url, SettingsLimits.Url, null, Linux));
                Add(new SettingsRow(SettingsSection.Profile, Octets.Of("command-line"), ValueKind.CommandLine, SettingsLimits.CommandLine, null, Linux));
                Add(new SettingsRow(SettingsSection.Profile, Octets.Of("message"), ValueKind.ScreenText, SettingsLimits.Message, null, Deny));
                Add(new SettingsRow(SettingsSection.Profile, Octets.Of("initrd"), ValueKind.Url, SettingsLimits.Url, null, Linux) { Most = SettingsLimits.Initrds });
                break;
            default:
                Add(new SettingsRow(SettingsSection.Machine, "name", ValueKind.Name, SettingsLimits.Name));
                Add(new SettingsRow(SettingsSection.Machine, "profile", ValueKind.ProfileName, SettingsLimits.Name));
                Add(new SettingsRow(SettingsSection.Machine, "once", ValueKind.ProfileName, SettingsLimits.Name));
                Add(new SettingsRow(SettingsSection.Machine, "loader", ValueKind.FileName, SettingsLimits.FileName));
                Add(new SettingsRow(SettingsSection.Machine, "uuid", ValueKind.Uuid, SettingsLimits.FileName));
                Add(new SettingsRow(SettingsSection.Machine, Octets.Of("option43"), ValueKind.Choice, SettingsLimits.Name, "auto send omit", EveryKind));
                Add(new SettingsRow(SettingsSection.Machine, Octets.Of("answer-request"), ValueKind.Choice, SettingsLimits.Name, "yes no", EveryKind));
                break;
        }
    }

    /// <summary>The row of a key.</summary>
    public SettingsRow Row(SettingsKey key)
    {
        if ((int)key < _first || (int)key >= _end)
        {
            var section = SettingsSection.Device;
            while ((int)key >= End(section))
            {
                section++;
            }

            Load(section);
        }

        return _rows[(int)key - _first];
    }

    private SettingsRow[] RowsOf(SettingsSection section)
    {
        if (_rows == null || First(section) != _first)
        {
            Load(section);
        }

        return _rows;
    }

    /// <summary>The key of that name (any case) in a section as a number, or -1.</summary>
    public int Find(SettingsSection section, byte[] name, int offset, int length)
    {
        SettingsRow[] rows = RowsOf(section);
        for (int i = 0; i < rows.Length; i++)
        {
            byte[] candidate = rows[i].Name;
            if (candidate.Length == length && Octets.IsIgnoreCase(name, offset, length, candidate))
            {
                return _first + i;
            }
        }

        return -1;
    }

    /// <summary>The names of a section's keys, for a message; with <paramref name="profileKind"/> only those of that kind of profile.</summary>
    public string Allowed(SettingsSection section, int profileKind)
    {
        string list = "";
        int end = End(section);
        for (int i = First(section); i < end; i++)
        {
            SettingsRow row = Row((SettingsKey)i);
            if (profileKind < 0 || (row.ProfileKinds & (1 << profileKind)) != 0)
            {
                string name = Octets.Text(row.Name, 0, row.Name.Length);
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
            case SettingsSection.Device:
                return "device";
            case SettingsSection.Mirror:
                return "mirror";
            case SettingsSection.Boot:
                return "boot";
            case SettingsSection.Loaders:
                return "loaders";
            case SettingsSection.Page:
                return "page";
            case SettingsSection.Console:
                return "console";
            case SettingsSection.Log:
                return "log";
            case SettingsSection.Profile:
                return "profile";
            default:
                return "machine";
        }
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
    public static bool HasTitle(SettingsSection section)
    {
        return section >= SettingsSection.Profile;
    }

    private void Add(SettingsRow row)
    {
        _rows[_count++] = row;
    }
}
