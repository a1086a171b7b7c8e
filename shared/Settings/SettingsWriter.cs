using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Writes settings in their canonical form, as they are or with changes (see <see cref="SettingsEdit"/>), part by part: a board has no
/// room for a text of all of them.
/// </summary>
public sealed class SettingsWriter
{
    // The longest part is a line. Those of machines are shorter: a loader's name, an answer-request.
    private const int LongestPart = SettingsLimits.Line + 1;
    private const int LongestOfMachine = SettingsLimits.FileName + 32;

    private readonly DeviceSettings _settings;
    private readonly bool _hidesSecrets;

    // All changes; those of them that may still begin a new section; the one whose new section is being written, or null.
    private readonly SettingsEdit _edits;
    private SettingsEdit _left;
    private SettingsEdit _new;

    // The machines' profiles for the next boot where the text has to be the same twice; or null: those of the moment.
    private readonly byte[] _once;

    // Where it has got to: the section, the number of the profile or machine in it, and the key that is next; -1 before its first.
    private int _section;
    private int _index;
    private int _key = -1;

    // Which of the key's values is next.
    private int _value;
    private SectionRows _rows;
    private SettingsSection _rowsOf;
    private int _end;

    private ByteWriter _writer;
    private bool _headDue;
    private bool _any;

    /// <summary>Writes settings for people: a comment says where a secret is set, and nothing takes that for the secret.</summary>
    public SettingsWriter(DeviceSettings settings)
    {
        _settings = settings;
        _hidesSecrets = true;
    }

    /// <summary>
    /// Writes settings with their secrets, as they would be with <paramref name="edits"/> (or null) and with the machines' profiles for the
    /// next boot as they were in <paramref name="once"/> (<see cref="MachineTable.CopyOnce"/>, or null).
    /// </summary>
    internal SettingsWriter(DeviceSettings settings, SettingsEdit edits, byte[] once)
    {
        _settings = settings;
        _edits = edits;
        _left = edits;
        _once = once;
    }

    /// <summary>The most bytes that the next part may have.</summary>
    public int NextLength => _section == (int)SettingsSection.Machine ? LongestOfMachine : LongestPart;

    /// <summary>
    /// Writes the next part, a whole line and often nothing: the head of a profile or machine, or one value of a key; the first value of a
    /// section without a title comes with the section's head. False when there are no more.
    /// </summary>
    public bool WritePart(ByteWriter writer)
    {
        _writer = writer;
        if (_key >= 0)
        {
            WriteKey();
            return true;
        }

        if (_section == SettingsTable.Sections)
        {
            return BeginNew();
        }

        var section = (SettingsSection)_section;
        if (_index == _settings.CountOf(section))
        {
            _section++;
            _index = 0;
        }
        else if (EditOf(section, _index, -1) != null)
        {
            _index++;
        }
        else
        {
            Begin(section);
        }

        return true;
    }

    // What is not there yet comes last; the first change of a section writes those of all others to it.
    private bool BeginNew()
    {
        while (_left != null && (_left.Index != SettingsEdit.NewSection || IsBegun(_left)))
        {
            _left = _left.Also;
        }

        if (_left == null)
        {
            return false;
        }

        _new = _left;
        _left = _left.Also;
        _index = SettingsEdit.NewSection;
        Begin(_new.Section);
        return true;
    }

    private bool IsBegun(SettingsEdit edit)
    {
        SettingsEdit earlier = _edits;
        while (!earlier.IsOf(edit))
        {
            earlier = earlier.Also;
        }

        return earlier != edit;
    }

    // The change of a key, or (-1) the removal of the section.
    private SettingsEdit EditOf(SettingsSection section, int index, int key)
    {
        SettingsEdit edit = _edits;
        while (edit != null && (edit.Key != key || edit.Section != section || edit.Index != index || (_new != null && !edit.IsOf(_new))))
        {
            edit = edit.Also;
        }

        return edit;
    }

    // A section that is there once says nothing when it is empty, so its head waits for a key; a profile or machine exists by its head.
    private void Begin(SettingsSection section)
    {
        if (_rows == null || _rowsOf != section)
        {
            _rows = new SectionRows(section);
            _rowsOf = section;
            _end = _rows.End;
        }

        _key = (int)SettingsTable.First(section);
        _headDue = true;
        if (SettingsTable.HasTitle(section))
        {
            WriteDueHead();
        }
    }

    private void WriteDueHead()
    {
        if (!_headDue)
        {
            return;
        }

        _headDue = false;
        if (_any)
        {
            _writer.Byte('\n');
        }

        _writer.Byte('[').Text(SettingsTable.Name(_rowsOf));
        _any = true;
        if (_new != null)
        {
            _writer.Byte(' ').Raw(_new.Title);
        }
        else if (_rowsOf == SettingsSection.Profile)
        {
            _settings.Profiles[_index].WriteName(_writer.Byte(' '));
        }
        else if (_rowsOf == SettingsSection.Machine)
        {
            _settings.Machines.WriteKey(_index, _writer.Byte(' '));
        }

        _writer.Byte(']').Byte('\n');
    }

    // Writes the key whose turn it is.
    private void WriteKey()
    {
        var key = (SettingsKey)_key;
        int row = _rows.Row(_key);
        ValueKind kind = SettingsTable.KindOf(row);
        SettingsEdit edit = _edits == null ? null : EditOf(_rowsOf, _index, _key);
        if (_hidesSecrets && kind == ValueKind.Password)
        {
            WriteHidden(key);
        }
        else if (edit != null)
        {
            if (_value < edit.Count)
            {
                StartLine().Raw(edit.Value(_value)).Byte('\n');
                _value++;
                return;
            }
        }
        else if (kind == ValueKind.ProfileName && _new == null)
        {
            WriteProfile(key);
        }
        else if (_new == null && CanHave(row) && _value < SettingsTable.Most(row) && _settings.Has(key, _index, _value))
        {
            _settings.Write(key, kind, _index, _value, StartLine());
            _writer.Byte('\n');
            _value++;
            if (_value < SettingsTable.Most(row))
            {
                return;
            }
        }

        _value = 0;
        _key++;
        if (_key == _end)
        {
            _key = -1;
            _new = null;
            _index++;
        }
    }

    // Most keys of a profile are of other kinds than it is.
    private bool CanHave(int row) =>
        _rowsOf != SettingsSection.Profile || ((SettingsTable.ProfileKinds(row) >> (int)_settings.Profiles[_index].Kind) & 1) != 0;

    private void WriteHidden(SettingsKey key)
    {
        if (_settings.Value(key) != null)
        {
            WriteDueHead();
            _writer.Text("# ").Text(_rows.Name(_key)).Text(" is set but not shown\n");
        }
    }

    private void WriteProfile(SettingsKey key)
    {
        // Read once: a machine may use up its next boot's at any time.
        int profile = key == SettingsKey.MachineOnce && _once != null ? _once[_index] : _settings.ProfileOf(key, _index);
        if (profile != MachineTable.None)
        {
            (profile == MachineTable.Ask ? _settings.Waiting : _settings.Profiles[profile]).WriteName(StartLine());
            _writer.Byte('\n');
        }
    }

    // Byte by byte: on the board a literal takes a block of heap every time.
    private ByteWriter StartLine()
    {
        WriteDueHead();
        return _writer.Text(_rows.Name(_key)).Byte(' ').Byte('=').Byte(' ');
    }
}
