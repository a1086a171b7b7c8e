using Netboot.Boot;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>Writes settings in their canonical form, as they are or with one change (see <see cref="SettingsEdit"/>).</summary>
internal sealed class SettingsWriter
{
    private readonly DeviceSettings _settings;
    private readonly SettingsEdit _edit;
    private readonly SettingsPlace _place = new SettingsPlace();
    private ByteWriter _writer;
    private bool _any;
    private bool _editing;

    /// <summary>A writer of these settings; <paramref name="edit"/> may be null.</summary>
    internal SettingsWriter(DeviceSettings settings, SettingsEdit edit)
    {
        _settings = settings;
        _edit = edit;
    }

    /// <summary>Whether a comment stands in place of each secret.</summary>
    internal bool HidesSecrets { get; set; }

    /// <summary>The table of keys, for who reads what is written.</summary>
    internal SettingsTable Table { get; } = new SettingsTable();

    /// <summary>Writes all of it.</summary>
    internal void WriteAll(ByteWriter writer)
    {
        _writer = writer;
        for (int i = (int)SettingsSection.Device; i < (int)SettingsSection.Profile; i++)
        {
            WriteSection((SettingsSection)i, 0);
        }

        for (int i = 0; i < _settings.Profiles.Length; i++)
        {
            WriteSection(SettingsSection.Profile, i);
        }

        for (int i = 0; i < _settings.Machines.Count; i++)
        {
            WriteSection(SettingsSection.Machine, i);
        }

        WriteNew();
    }

    private void WriteSection(SettingsSection section, int index)
    {
        _editing = Edits(section, index);
        if (_editing && _edit.Removes)
        {
            return;
        }

        int start = _writer.Length;
        WriteHead(section, index);
        int head = _writer.Length;
        int end = SettingsTable.End(section);
        for (int key = SettingsTable.First(section); key < end; key++)
        {
            WriteKey(section, index, (SettingsKey)key);
        }

        // A section that is there once says nothing when it is empty; a profile or machine exists by its head alone.
        if (_writer.Length == head && !SettingsTable.HasTitle(section))
        {
            _writer.Truncate(start);
        }
        else
        {
            _any = true;
        }
    }

    private void WriteHead(SettingsSection section, int index)
    {
        if (_any)
        {
            _writer.Byte('\n');
        }

        _writer.Byte('[').Text(SettingsTable.Name(section));
        if (index == SettingsEdit.NewSection)
        {
            _writer.Byte(' ').Raw(_edit.Title);
        }
        else if (section == SettingsSection.Profile)
        {
            _writer.Byte(' ').Raw(_settings.Profiles[index].Name);
        }
        else if (section == SettingsSection.Machine)
        {
            _writer.Byte(' ');
            _settings.Machines.WriteMac(index, _writer);
        }

        _writer.Text("]\n");
    }

    /// <summary>
    /// Writes one part of the text into a writer, whole lines and often nothing: a section that is there once, or the head or a key of one with a title.
    /// False: there are no more.
    /// </summary>
    internal bool WritePart(ByteWriter writer)
    {
        SettingsPlace place = _place;
        _writer = writer;
        if (place.Section == SettingsTable.Sections)
        {
            return WriteNew();
        }

        var section = (SettingsSection)place.Section;
        if (!SettingsTable.HasTitle(section))
        {
            WriteSection(section, 0);
            place.NextSection();
            return true;
        }

        if (place.Index == (section == SettingsSection.Profile ? _settings.Profiles.Length : _settings.Machines.Count))
        {
            place.NextSection();
            return true;
        }

        _editing = Edits(section, place.Index);
        if (_editing && _edit.Removes)
        {
            place.NextIndex();
        }
        else if (place.Key < SettingsTable.First(section))
        {
            WriteHead(section, place.Index);
            _any = true;
            place.Key = SettingsTable.First(section);
        }
        else
        {
            WriteKey(section, place.Index, (SettingsKey)place.Key);
            place.Key++;
            if (place.Key == SettingsTable.End(section))
            {
                place.NextIndex();
            }
        }

        return true;
    }

    // What is not there yet comes last, in one part: it has only what the change says.
    private bool WriteNew()
    {
        if (_place.Index > 0 || _edit == null || _edit.Index != SettingsEdit.NewSection)
        {
            return false;
        }

        WriteSection(_edit.Section, SettingsEdit.NewSection);
        _place.NextIndex();
        return true;
    }

    private bool Edits(SettingsSection section, int index)
    {
        return _edit != null && _edit.Section == section && _edit.Index == index;
    }

    private void WriteKey(SettingsSection section, int index, SettingsKey key)
    {
        SettingsRow row = Table.Row(key);
        for (int i = 0; i < row.Most; i++)
        {
            int start = _writer.Length;
            if (HidesSecrets && row.Kind == ValueKind.Password)
            {
                if (_settings.Value(key) != null)
                {
                    _writer.Text("# ").Raw(row.Name).Text(" is set and not shown\n");
                }

                continue;
            }

            // Byte by byte: most keys are not there, and a text would be garbage for each of them.
            _writer.Raw(row.Name).Byte(' ').Byte('=').Byte(' ');
            int head = _writer.Length;
            if (_editing && _edit.Changes(key))
            {
                _writer.Raw(_edit.Value(key, i));
            }
            else if (index != SettingsEdit.NewSection)
            {
                WriteValue(section, index, key, row, i);
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

    private void WriteValue(SettingsSection section, int index, SettingsKey key, SettingsRow row, int number)
    {
        byte[] value = null;
        switch (section)
        {
            case SettingsSection.Profile:
                value = _settings.Profiles[index].Value(key, number);
                break;
            case SettingsSection.Boot:
                WriteProfile(_settings.Rule(key - SettingsKey.BootDefault));
                break;
            case SettingsSection.Machine:
                WriteMachine(index, key, row);
                break;
            default:
                value = _settings.Value(key);
                break;
        }

        if (value != null)
        {
            _writer.Raw(value);
        }
    }

    private void WriteMachine(int machine, SettingsKey key, SettingsRow row)
    {
        MachineTable machines = _settings.Machines;
        switch (key)
        {
            case SettingsKey.MachineName:
                machines.WriteName(machine, _writer);
                break;
            case SettingsKey.MachineProfile:
                WriteProfile(machines.Profile(machine));
                break;
            case SettingsKey.MachineOnce:
                WriteProfile(machines.Once(machine));
                break;
            case SettingsKey.MachineLoader:
                if (machines.Loader(machine) != null)
                {
                    _writer.Raw(machines.Loader(machine));
                }

                break;
            case SettingsKey.MachineUuid:
                machines.WriteUuid(machine, _writer);
                break;
            default:
                int choice = machines.Choice(machine, key);
                if (choice >= 0)
                {
                    _writer.Text(row.Choices[choice]);
                }

                break;
        }
    }

    private void WriteProfile(int profile)
    {
        if (profile != MachineTable.None)
        {
            _writer.Raw(_settings.Profiles[profile].Name);
        }
    }
}
