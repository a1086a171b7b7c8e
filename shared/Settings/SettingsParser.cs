using Netboot.Boot;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Reads one text, line by line, into new settings: all of it at once (<see cref="Parse"/>), or in parts of whole lines (<see cref="Read"/>, then
/// <see cref="Finish"/>) for who has no room for it. One object reads one text.
/// </summary>
internal sealed partial class SettingsParser
{
    private readonly SettingsError _error;
    private readonly SettingsTable _table;
    private readonly DeviceSettings _settings = new DeviceSettings();
    private readonly ProfileNames _names = new ProfileNames();
    private readonly int[] _sectionLines = new int[SettingsTable.Sections];
    private readonly int[] _seen = new int[SettingsTable.Keys];

    private byte[] _text;
    private int _position;
    private int _end;
    private int _line;
    private bool _inSection;
    private SettingsSection _section;
    private string _sectionText;
    private Profile _profile;
    private int _profileLine;

    // What the canonical form takes. It must not be longer than a text may be, or it could not be read back.
    private int _canonicalLength;

    internal SettingsParser(SettingsTable table, SettingsError error)
    {
        _table = table;
        _error = error;
        _error.Clear();
        _error.Line = 1;
    }

    /// <summary>The settings of a text, or null.</summary>
    internal DeviceSettings Parse(byte[] text, int offset, int length)
    {
        if (length > SettingsLimits.Text)
        {
            _error.Fail("the text is " + length.ToString() + " bytes long; at most " + SettingsLimits.Text.ToString());
            return null;
        }

        if (length >= 3 && text[offset] == 0xEF && text[offset + 1] == 0xBB && text[offset + 2] == 0xBF)
        {
            offset += 3;
            length -= 3;
        }

        return Read(text, offset, length) ? Finish() : null;
    }

    /// <summary>Takes a part of a text: whole lines. False: something is wrong with it.</summary>
    internal bool Read(byte[] text, int offset, int length)
    {
        _text = text;
        _position = offset;
        _end = offset + length;
        while (_position < _end)
        {
            if (!ReadLine())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The settings of all that was read, or null.</summary>
    internal DeviceSettings Finish()
    {
        if (!EndProfile() || !_names.AreDefined(_error) || !new SettingsCompletion(_settings, _names, _table, _sectionLines[(int)SettingsSection.Mirror], _error).Run())
        {
            return null;
        }

        if (_canonicalLength > SettingsLimits.Text)
        {
            Place(_line, null, null);
            _error.Fail("the settings are " + _canonicalLength.ToString() + " bytes in the form that is kept; at most " + SettingsLimits.Text.ToString());
            return null;
        }

        _error.Clear();
        return _settings;
    }

    // One pass over a line finds its end, its equals sign, its comment and its first byte that is no printable ASCII.
    private bool ReadLine()
    {
        _line++;
        int start = _position;
        int equals = -1;
        int comment = -1;
        int odd = -1;
        bool tabs = false;
        byte[] text = _text;
        int last = _end;
        int i = start;
        for (; i < last; i++)
        {
            byte value = text[i];
            if (value > (byte)'#' && value < 0x7F)
            {
                if (value == (byte)'=' && equals < 0)
                {
                    equals = i;
                }

                continue;
            }

            if (value == (byte)'\n')
            {
                break;
            }

            if (value == (byte)'#')
            {
                comment = comment < 0 && i > start && IsBlank(text[i - 1]) ? i : comment;
            }
            else if ((value < 0x20 && value != (byte)'\t') || value >= 0x7F)
            {
                odd = odd < 0 ? i : odd;
            }
            else if (value == (byte)'\t')
            {
                tabs = true;
            }
        }

        _position = i + 1;
        int end = i > start && _text[i - 1] == (byte)'\r' ? i - 1 : i;
        int first = start;
        while (first < end && IsBlank(_text[first]))
        {
            first++;
        }

        if (first == end || _text[first] == (byte)'#' || _text[first] == (byte)';')
        {
            return true;
        }

        Place(_line, _sectionText, null);
        if (end - start > SettingsLimits.Line)
        {
            return _error.Fail("the line is " + (end - start).ToString() + " bytes long; at most " + SettingsLimits.Line.ToString());
        }

        end = comment >= 0 && comment < end ? comment : end;
        if (odd >= 0 && odd < end)
        {
            _error.Column = odd - start + 1;
            return _error.Fail("only printable ASCII characters are allowed outside of comments");
        }

        end = TrimEnd(first, end);
        return _text[first] == (byte)'[' ? ReadSection(first, end) : ReadKey(first, equals < end ? equals : -1, tabs, end);
    }

    private bool ReadKey(int first, int equals, bool tabs, int end)
    {
        if (equals < 0)
        {
            return _error.Fail(Quote(first, end - first) + " is neither 'key = value' nor [section]");
        }

        int nameEnd = TrimEnd(first, equals);
        if (!_inSection)
        {
            return _error.Fail(SettingsError.Quote(_text, first, nameEnd - first) + " stands before the first section; sections: " + SettingsTable.SectionList());
        }

        int key = _table.Find(_section, _text, first, nameEnd - first);
        if (key < 0)
        {
            return _error.Fail(Quote(first, nameEnd - first) + " is no key of this section; allowed: " + _table.Allowed(_section, -1));
        }

        SettingsRow row = _table.Row((SettingsKey)key);
        _error.Key = Octets.Text(row.Name, 0, row.Name.Length);
        if (_seen[key] == row.Most)
        {
            return _error.Fail(row.Most == 1 ? "is there twice" : "is there too often; at most " + row.Most.ToString() + " times");
        }

        int start = SkipBlanks(equals + 1, end);
        if (start == end)
        {
            return true;
        }

        if (tabs && Octets.IndexOf(_text, start, end - start, (byte)'\t') >= 0)
        {
            return _error.Fail("a tab is not allowed in a value; write a space");
        }

        byte[] value = SettingsValue.Accept(row, _text, start, end - start, _error);
        if (value == null)
        {
            return false;
        }

        // A UUID of 16 bytes is written as 36 characters.
        _canonicalLength += row.Name.Length + 4 + (row.Kind == ValueKind.Uuid ? 36 : value.Length);
        return Keep((SettingsKey)key, row, _seen[key]++, value);
    }

    private bool Keep(SettingsKey key, SettingsRow row, int index, byte[] value)
    {
        int number = 0;
        if (row.Kind == ValueKind.ProfileName)
        {
            number = _names.Number(value, 0, value.Length, _error);
            if (number < 0)
            {
                return false;
            }
        }

        if (_section == SettingsSection.Profile)
        {
            _profile.SetValue(key, index, value);
        }
        else if (_section == SettingsSection.Boot)
        {
            _settings.SetRule(key - SettingsKey.BootDefault, number);
        }
        else if (_section == SettingsSection.Machine)
        {
            return KeepMachine(key, row, number, value);
        }
        else
        {
            _settings.SetValue(key, value);
        }

        return true;
    }

    private bool KeepMachine(SettingsKey key, SettingsRow row, int number, byte[] value)
    {
        MachineTable machines = _settings.Machines;
        int machine = machines.Count - 1;
        switch (key)
        {
            case SettingsKey.MachineName:
                machines.SetName(machine, value);
                break;
            case SettingsKey.MachineProfile:
                machines.SetProfile(machine, number);
                break;
            case SettingsKey.MachineOnce:
                machines.SetOnce(machine, number);
                break;
            case SettingsKey.MachineLoader:
                machines.SetLoader(machine, value);
                break;
            case SettingsKey.MachineUuid:
                if (machines.FindUuid(value, 0) >= 0)
                {
                    return _error.Fail("another machine has the same (in either byte order)");
                }

                machines.SetUuid(machine, value);
                break;
            default:
                machines.SetChoice(machine, key, SettingsValue.ChoiceIndex(row, value));
                break;
        }

        return true;
    }

    private void Place(int line, string section, string key)
    {
        _error.Line = line;
        _error.Column = 0;
        _error.Section = section;
        _error.Key = key;
    }

    // A slip in the line of a password must not bring the password into a log or onto a screen.
    private string Quote(int offset, int length)
    {
        return _section == SettingsSection.Page ? "the line" : SettingsError.Quote(_text, offset, length);
    }

    private int SkipBlanks(int position, int end)
    {
        while (position < end && IsBlank(_text[position]))
        {
            position++;
        }

        return position;
    }

    private int TrimEnd(int start, int end)
    {
        while (end > start && IsBlank(_text[end - 1]))
        {
            end--;
        }

        return end;
    }

    private static bool IsBlank(byte value)
    {
        return value == (byte)' ' || value == (byte)'\t';
    }
}
