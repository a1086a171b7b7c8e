using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>The word before the cursor, and what it may be by the words before it.</summary>
internal sealed class TypedWord
{
    /// <summary>In <see cref="Groups"/>: a command.</summary>
    internal const int Commands = 1;

    /// <summary>A machine's name.</summary>
    internal const int Machines = 2;

    /// <summary>The Ethernet address of a machine in the settings.</summary>
    internal const int ListedMacs = 4;

    /// <summary>With <see cref="ListedMacs"/>: what addresses begin with as well, where a section is meant and not one machine.</summary>
    internal const int Prefixes = 256;

    /// <summary>The Ethernet address of a machine that was heard.</summary>
    internal const int HeardMacs = 8;

    /// <summary>A profile's name.</summary>
    internal const int Profiles = 16;

    /// <summary>A section of the settings.</summary>
    internal const int Sections = 32;

    /// <summary>One of <see cref="Choices"/>.</summary>
    internal const int Fixed = 64;

    /// <summary>A key of <see cref="Section"/>.</summary>
    internal const int Keys = 128;

    private static readonly string[] NoChoices = new string[0];

    private readonly byte[] _line;
    private readonly int _cursor;
    private readonly DeviceSettings _settings;
    private readonly ConsoleCommands _commands;
    private int _start;

    /// <summary>The word before <paramref name="cursor"/> in a line.</summary>
    internal TypedWord(byte[] line, int cursor, DeviceSettings settings, ConsoleCommands commands)
    {
        _line = line;
        _cursor = cursor;
        _settings = settings;
        _commands = commands;
        _start = cursor;
        while (_start > 0 && line[_start - 1] != (byte)' ')
        {
            _start--;
        }

        FindGroups(new Words(line, _start));
    }

    /// <summary>What it may be, as far as is known.</summary>
    internal int Groups { get; private set; }

    /// <summary>The section whose <see cref="Keys"/> it may be.</summary>
    internal SettingsSection Section { get; private set; }

    /// <summary>The <see cref="Fixed"/> words that it may be.</summary>
    internal string[] Choices { get; private set; } = NoChoices;

    /// <summary>What comes behind it once it is complete.</summary>
    internal char Follows { get; private set; } = ' ';

    /// <summary>How many characters of it were typed.</summary>
    internal int Length => _cursor - _start;

    /// <summary>Character <paramref name="index"/> of what was typed.</summary>
    internal byte At(int index) => _line[_start + index];

    private void FindGroups(Words words)
    {
        string name = words.Next();
        if (name == null)
        {
            Groups = Commands;
            return;
        }

        var command = (ConsoleCommand)_commands.Find(name);
        string first = command == ConsoleCommand.Set ? null : words.Next();
        switch (command)
        {
            case ConsoleCommand.Help:
                Groups = first == null ? Commands : 0;
                break;
            case ConsoleCommand.Why:
            case ConsoleCommand.Wake:
                Groups = first == null ? Machines | ListedMacs | HeardMacs : 0;
                break;
            case ConsoleCommand.Machine:
                OfSection(SettingsSection.Machine, first, words);
                break;
            case ConsoleCommand.Profile:
                OfSection(SettingsSection.Profile, first, words);
                break;
            case ConsoleCommand.Show:
                OfShow(first, words);
                break;
            case ConsoleCommand.Set:
                OfSet(words);
                break;
            case ConsoleCommand.Log:
                OfWords(first, new[] { "follow" });
                break;
            case ConsoleCommand.Net:
                OfWords(first, new[] { "dhcp", "static", "wifi" });
                break;
        }
    }

    // NAME [KEY VALUE | remove].
    private void OfSection(SettingsSection section, string name, Words words)
    {
        string key = words.Next();
        if (name == null)
        {
            Groups = section == SettingsSection.Profile ? Profiles : Machines | ListedMacs | Prefixes | HeardMacs;
        }
        else if (key == null)
        {
            Groups = Fixed | Keys;
            Section = section;
            Choices = section == SettingsSection.Machine ? new[] { "remove", "let-in" } : new[] { "remove" };
        }
        else if (words.AtEnd)
        {
            OfKey(section, key);
        }
    }

    // [SECTION [NAME]].
    private void OfShow(string name, Words words)
    {
        if (name == null)
        {
            Groups = Sections;
        }
        else if (words.AtEnd)
        {
            int section = Find(name);
            Groups = section == (int)SettingsSection.Profile ? Profiles
                : section == (int)SettingsSection.Machine ? ListedMacs | Prefixes : 0;
        }
    }

    // SECTION.KEY [VALUE].
    private void OfSet(Words words)
    {
        if (!words.AtEnd)
        {
            if (words.NextKey(out string section, out string key) && words.AtEnd)
            {
                int blank = section.IndexOf(' ');
                int kind = Find(blank < 0 ? section : section.Substring(0, blank));
                if (kind >= 0)
                {
                    OfKey((SettingsSection)kind, key);
                }
            }

            return;
        }

        int dot = Octets.IndexOf(_line, _start, _cursor - _start, (byte)'.');
        if (dot < 0)
        {
            Groups = Sections;
            Follows = '.';
            return;
        }

        int number = SettingsTable.FindSection(_line, _start, dot - _start);
        _start = dot + 1;
        if (number < 0)
        {
            return;
        }

        Section = (SettingsSection)number;
        int last = _cursor;
        while (last > _start && _line[last - 1] != (byte)'.')
        {
            last--;
        }

        // A profile's name may hold full stops.
        bool named = last > _start
            && (Section == SettingsSection.Machine || _settings.FindProfile(_line, _start, last - 1 - _start) >= 0);
        if (named || !SettingsTable.HasTitle(Section))
        {
            Groups = Keys;
            _start = last;
        }
        else
        {
            Groups = Section == SettingsSection.Profile ? Profiles : ListedMacs | Prefixes;
            Follows = '.';
        }
    }

    private static int Find(string section)
    {
        byte[] name = Octets.Of(section);
        return SettingsTable.FindSection(name, 0, name.Length);
    }

    private void OfWords(string first, string[] words)
    {
        if (first == null)
        {
            Groups = Fixed;
            Choices = words;
        }
    }

    // The words that a key may be.
    private void OfKey(SettingsSection section, string key)
    {
        byte[] typed = Octets.Of(key);
        int number = SettingsTable.Find(section, typed, 0, typed.Length, out int _);
        if (number < 0)
        {
            return;
        }

        var found = (SettingsKey)number;
        ValueKind kind = SettingsTable.Kind(found);
        if (found == SettingsKey.BootUnknown)
        {
            OfWords(null, new[] { SettingsValue.Ask });
            Groups |= Profiles;
        }
        else if (kind == ValueKind.ProfileName || kind == ValueKind.MenuItem || found == SettingsKey.ProfileDefault)
        {
            Groups = Profiles;
        }
        else if (kind == ValueKind.Choice)
        {
            OfWords(null, SettingsTable.Words(found));
        }
    }
}
