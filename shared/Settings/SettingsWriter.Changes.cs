namespace Netboot.Settings;

/// <content>The changes that are worked in.</content>
internal sealed partial class SettingsWriter
{
    // All changes; those of them that may still begin a new section; the one whose new section is being written, or null.
    private readonly SettingsEdit _edits;
    private SettingsEdit _left;
    private SettingsEdit _new;

    // What is not there yet comes last; the first change of a section writes those of all others to it.
    private bool WriteNew()
    {
        if (_new != null)
        {
            WriteKey(_new.Section, SettingsEdit.NewSection, (SettingsKey)_key);
            _key++;
            _new = _key == SettingsTable.End(_new.Section) ? null : _new;
            return true;
        }

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
        _key = SettingsTable.First(_new.Section);
        WriteHead(_new.Section, SettingsEdit.NewSection);
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
}
