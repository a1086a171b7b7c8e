using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Writes settings in their canonical form, as they are or with a change (see <see cref="SettingsEdit"/>), part by part: a board has no
/// room for a text of all of them.
/// </summary>
internal sealed partial class SettingsWriter
{
    // The longest part: four initrds. Those of machines are shorter: a loader's name, an answer-request.
    private const int LongestPart = 900;
    private const int LongestOfMachine = SettingsLimits.FileName + 32;

    private readonly DeviceSettings _settings;
    private ByteWriter _writer;
    private bool _any;

    // Where it has got to: the section, the number of the profile or machine in it, and the key that is next; below the section's first,
    // its head is.
    private int _section;
    private int _index;
    private int _key = -1;

    /// <summary>A writer of these settings; <paramref name="edits"/> may be null.</summary>
    internal SettingsWriter(DeviceSettings settings, SettingsEdit edits)
    {
        _settings = settings;
        _edits = edits;
        _left = edits;
    }

    /// <summary>Whether a comment stands in place of each secret.</summary>
    internal bool HidesSecrets { get; set; }

    /// <summary>
    /// The machines' profiles for the next boot (see <see cref="MachineTable.CopyOnce"/>) where the text has to be the same twice; or null:
    /// those of the moment.
    /// </summary>
    internal byte[] Once { get; set; }

    /// <summary>The most bytes that the next part may have.</summary>
    internal int NextLength => _section == (int)SettingsSection.Machine ? LongestOfMachine : LongestPart;

    /// <summary>
    /// Writes one part of the text into a writer, whole lines and often nothing: a section that is there once, or the head or a key of one
    /// with a title. False: there are no more.
    /// </summary>
    internal bool WritePart(ByteWriter writer)
    {
        _writer = writer;
        if (_section == SettingsTable.Sections)
        {
            return WriteNew();
        }

        var section = (SettingsSection)_section;
        if (!SettingsTable.HasTitle(section))
        {
            WriteSection(section);
            _section++;
            return true;
        }

        if (_index == (section == SettingsSection.Profile ? _settings.Profiles.Length : _settings.Machines.Count))
        {
            _section++;
            _index = 0;
            return true;
        }

        if (EditOf(section, _index, -1) != null)
        {
            _index++;
        }
        else if (_key < 0)
        {
            WriteHead(section, _index);
            _key = SettingsTable.First(section);
        }
        else
        {
            WriteKey(section, _index, (SettingsKey)_key);
            _key++;
            if (_key == SettingsTable.End(section))
            {
                _key = -1;
                _index++;
            }
        }

        return true;
    }

    private void WriteSection(SettingsSection section)
    {
        if (EditOf(section, 0, -1) != null)
        {
            return;
        }

        int start = _writer.Length;
        bool any = _any;
        WriteHead(section, 0);
        int head = _writer.Length;
        int end = SettingsTable.End(section);
        for (int key = SettingsTable.First(section); key < end; key++)
        {
            WriteKey(section, 0, (SettingsKey)key);
        }

        // A section that is there once says nothing when it is empty; a profile or machine exists by its head alone.
        if (_writer.Length == head)
        {
            _writer.Truncate(start);
            _any = any;
        }
    }

    private void WriteHead(SettingsSection section, int index)
    {
        if (_any)
        {
            _writer.Byte('\n');
        }

        _any = true;
        _writer.Byte('[').Text(SettingsTable.Name(section));
        if (index == SettingsEdit.NewSection)
        {
            _writer.Byte(' ').Raw(_new.Title);
        }
        else if (section == SettingsSection.Profile)
        {
            _settings.Profiles[index].WriteName(_writer.Byte(' '));
        }
        else if (section == SettingsSection.Machine)
        {
            _settings.Machines.WriteMac(index, _writer.Byte(' '));
        }

        _writer.Byte(']').Byte('\n');
    }

    private void WriteKey(SettingsSection section, int index, SettingsKey key)
    {
        SettingsEdit edit = _edits == null ? null : EditOf(section, index, (int)key);
        if (HidesSecrets && SettingsTable.IsSecret(key))
        {
            if (_settings.Value(key) != null)
            {
                SettingsTable.WriteName(key, _writer.Text("# "));
                _writer.Text(" is set but not shown\n");
            }

            return;
        }

        int most = SettingsTable.Most(key);
        for (int i = 0; i < most; i++)
        {
            if (edit == null && !Has(section, index, key, i))
            {
                continue;
            }

            int start = _writer.Length;
            SettingsTable.WriteName(key, _writer);
            _writer.Byte(' ').Byte('=').Byte(' ');
            int head = _writer.Length;
            if (edit != null)
            {
                _writer.Raw(edit.Value(i));
            }
            else
            {
                WriteValue(section, index, key, i);
            }

            if (_writer.Length == head)
            {
                _writer.Truncate(start);
            }
            else
            {
                _writer.Byte('\n');
            }
        }
    }

    // Most keys are not there: for them nothing is written and taken back.
    private bool Has(SettingsSection section, int index, SettingsKey key, int number)
    {
        if (index == SettingsEdit.NewSection)
        {
            return false;
        }

        switch (section)
        {
            case SettingsSection.Profile: return _settings.Profiles[index].Find(key, number) >= 0;
            case SettingsSection.Boot: return _settings.Rule(key - SettingsKey.BootDefault) != MachineTable.None;
            case SettingsSection.Machine: return key == SettingsKey.MachineOnce
                ? OnceOf(index) != MachineTable.None : _settings.Machines.Has(index, key);
            default: return _settings.Value(key) != null;
        }
    }

    private void WriteValue(SettingsSection section, int index, SettingsKey key, int number)
    {
        switch (section)
        {
            case SettingsSection.Profile:
                _settings.Profiles[index].Write(key, number, _writer);
                break;
            case SettingsSection.Boot:
                _settings.Profiles[_settings.Rule(key - SettingsKey.BootDefault)].WriteName(_writer);
                break;
            case SettingsSection.Machine:
                WriteMachine(index, key);
                break;
            default:
                _writer.Raw(_settings.Value(key));
                break;
        }
    }

    private int OnceOf(int machine) => Once == null ? _settings.Machines.Once(machine) : Once[machine];

    private void WriteMachine(int machine, SettingsKey key)
    {
        MachineTable machines = _settings.Machines;
        switch (key)
        {
            case SettingsKey.MachineName:
                machines.WriteName(machine, _writer);
                break;
            case SettingsKey.MachineProfile:
                _settings.Profiles[machines.Profile(machine)].WriteName(_writer);
                break;
            case SettingsKey.MachineOnce:
                // A machine may use it up at any time.
                int once = OnceOf(machine);
                if (once != MachineTable.None)
                {
                    _settings.Profiles[once].WriteName(_writer);
                }

                break;
            case SettingsKey.MachineLoader:
                _writer.Raw(machines.Loader(machine));
                break;
            case SettingsKey.MachineUuid:
                machines.WriteUuid(machine, _writer);
                break;
            default:
                _writer.Text(SettingsTable.Choice(key, machines.Choice(machine, key)));
                break;
        }
    }
}
