using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>
/// What Tab does: completes the word before the cursor as far as there is no doubt, or lists what it may be: a command, a section, a key or
/// one of its words, a machine, a profile.
/// </summary>
internal sealed class Completion : HttpPieces
{
    // The groups that candidates come from.
    private const int Commands = 1;
    private const int Machines = 2;
    private const int ListedMacs = 4;
    private const int HeardMacs = 8;
    private const int Profiles = 16;
    private const int Sections = 32;
    private const int Fixed = 64;
    private const int Keys = 128;

    private const int Longest = 64;
    private const int ScreenWidth = 80;
    private const string Gap = "  ";

    private readonly ConsoleSession _session;
    private readonly DeviceSettings _settings;
    private readonly ConsoleCommands _commands = new ConsoleCommands();
    private readonly MachineRecord _record = new MachineRecord();
    private readonly ByteWriter _word = new ByteWriter(Longest, Longest);

    // The line, and what was typed of the word in it.
    private readonly byte[] _line;
    private readonly int _cursor;
    private int _start;

    // What the word may be.
    private int _groups;
    private SettingsSection _section;
    private string[] _words = new string[0];
    private char _follows = ' ';
    private int _column;

    private Completion(ConsoleSession session, LineEditor editor)
    {
        _session = session;
        _settings = session.Device.Rules.Settings;
        _line = editor.Line;
        _cursor = editor.Cursor;
        _start = _cursor;
        while (_start > 0 && _line[_start - 1] != (byte)' ')
        {
            _start--;
        }

        FindGroups(new Words(_line, _start));
    }

    /// <summary>Completes the word before the editor's cursor, or lists what it may be; rings the bell when that is nothing.</summary>
    internal static void Complete(ConsoleSession session, LineEditor editor)
    {
        if (session.Dialog != null)
        {
            // An answer is no command.
            session.Text.Byte(LineEditor.Bell);
            return;
        }

        var completion = new Completion(session, editor);
        var common = new ByteWriter(Longest, Longest);
        int typed = completion._cursor - completion._start;
        int count = completion.Match(common);
        if (count == 1 && editor.Cursor == editor.Length)
        {
            common.Byte(completion._follows);
        }

        if (count == 0)
        {
            session.Text.Byte(LineEditor.Bell);
        }
        else if (common.Length > typed)
        {
            editor.Complete(typed, common, session.Text);
        }
        else
        {
            session.Text.Byte('\n');
            session.Show(completion);
        }
    }

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        if (_column < 0)
        {
            return false;
        }

        if (!Candidate(index))
        {
            _column = -1;
            writer.Byte('\n');
        }
        else if (IsMatch())
        {
            if (_column > 0)
            {
                bool fits = _column + Gap.Length + _word.Length < ScreenWidth;
                writer.Text(fits ? Gap : "\n");
                _column = fits ? _column + Gap.Length : 0;
            }

            writer.Raw(_word.Buffer, 0, _word.Length);
            _column += _word.Length;
        }

        return true;
    }

    // How many candidates go on from what was typed; what all of them begin with goes into common.
    private int Match(ByteWriter common)
    {
        int count = 0;
        for (int i = 0; Candidate(i); i++)
        {
            if (!IsMatch())
            {
                continue;
            }

            if (count++ == 0)
            {
                common.Raw(_word.Buffer, 0, _word.Length);
            }

            int same = 0;
            while (same < common.Length && same < _word.Length && IsSame(common.Buffer[same], _word.Buffer[same]))
            {
                same++;
            }

            common.Truncate(same);
        }

        return count;
    }

    // Whether the candidate goes on from what was typed. A machine without a name gives an empty one.
    private bool IsMatch()
    {
        int length = _cursor - _start;
        bool same = _word.Length > 0 && _word.Length >= length;
        for (int i = 0; i < length && same; i++)
        {
            same = IsSame(_line[_start + i], _word.Buffer[i]);
        }

        return same;
    }

    private static bool IsSame(byte a, byte b) => Octets.ToLower(a) == Octets.ToLower(b);

    // Makes _word candidate number index, empty if it is none; false when there are no more.
    private bool Candidate(int index)
    {
        MachineTable machines = _settings.Machines;
        _word.Clear();
        if (IsIn(Commands, ConsoleCommands.Count, ref index))
        {
            _word.Text(_commands.Name(index));
        }
        else if (IsIn(Machines, machines.Count, ref index))
        {
            machines.WriteName(index, _word);
        }
        else if (IsIn(ListedMacs, machines.Count, ref index))
        {
            machines.WriteMac(index, _word);
        }
        else if (IsIn(HeardMacs, _session.Device.Journal.Count, ref index))
        {
            if (_session.Device.Journal.Read(index, _record, _session.Now) && machines.FindMac(_record.Mac, 0) < 0)
            {
                _word.Mac(_record.Mac, 0, ':');
            }
        }
        else if (IsIn(Profiles, _settings.Profiles.Length, ref index))
        {
            _settings.Profiles[index].WriteName(_word);
        }
        else if (IsIn(Sections, SettingsTable.Sections, ref index))
        {
            _word.Text(SettingsTable.Name((SettingsSection)index));
        }
        else if (IsIn(Fixed, _words.Length, ref index))
        {
            _word.Text(_words[index]);
        }
        else
        {
            // How many keys a section has, its last one tells.
            var key = (SettingsKey)((int)SettingsTable.First(_section) + index);
            string name = (_groups & Keys) != 0 ? SettingsTable.Name(key) : null;
            if (name != null && !SettingsTable.IsSecret(key))
            {
                _word.Text(name);
            }

            return name != null;
        }

        return true;
    }

    private bool IsIn(int group, int count, ref int index)
    {
        bool isIn = (_groups & group) != 0 && index < count;
        index -= isIn || (_groups & group) == 0 ? 0 : count;
        return isIn;
    }

    // By the words before it.
    private void FindGroups(Words words)
    {
        string name = words.Next();
        if (name == null)
        {
            _groups = Commands;
            return;
        }

        var command = (ConsoleCommand)_commands.Find(name);
        string first = command == ConsoleCommand.Set ? null : words.Next();
        switch (command)
        {
            case ConsoleCommand.Help:
                _groups = first == null ? Commands : 0;
                break;
            case ConsoleCommand.Why:
            case ConsoleCommand.Wake:
                _groups = first == null ? Machines | ListedMacs | HeardMacs : 0;
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
            _groups = section == SettingsSection.Profile ? Profiles : Machines | ListedMacs | HeardMacs;
        }
        else if (key == null)
        {
            _groups = Fixed | Keys;
            _section = section;
            _words = new[] { "remove" };
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
            _groups = Sections;
        }
        else if (words.AtEnd)
        {
            int section = Find(name);
            _groups = section == (int)SettingsSection.Profile ? Profiles : section == (int)SettingsSection.Machine ? ListedMacs : 0;
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
            _groups = Sections;
            _follows = '.';
            return;
        }

        int number = SettingsTable.FindSection(_line, _start, dot - _start);
        _start = dot + 1;
        if (number < 0)
        {
            return;
        }

        _section = (SettingsSection)number;
        int last = _cursor;
        while (last > _start && _line[last - 1] != (byte)'.')
        {
            last--;
        }

        // A profile's name may hold full stops.
        bool named = last > _start
            && (_section == SettingsSection.Machine || _settings.FindProfile(_line, _start, last - 1 - _start) >= 0);
        if (named || !SettingsTable.HasTitle(_section))
        {
            _groups = Keys;
            _start = last;
        }
        else
        {
            _groups = _section == SettingsSection.Profile ? Profiles : ListedMacs;
            _follows = '.';
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
            _groups = Fixed;
            _words = words;
        }
    }

    // The words that a key may be.
    private void OfKey(SettingsSection section, string key)
    {
        byte[] typed = Octets.Of(key);
        SettingsKey found = SettingsTable.First(section);
        string name = SettingsTable.Name(found);
        while (name != null && !Octets.IsIgnoreCase(typed, 0, typed.Length, name))
        {
            found++;
            name = SettingsTable.Name(found);
        }

        if (name == null)
        {
            return;
        }

        ValueKind kind = SettingsTable.Kind(found);
        if (kind == ValueKind.ProfileName)
        {
            _groups = Profiles;
        }
        else if (kind == ValueKind.Choice)
        {
            OfWords(null, SettingsTable.Words(found));
        }
    }
}
