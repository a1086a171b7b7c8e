using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>The part of the parser that reads the lines in brackets.</summary>
internal sealed partial class SettingsParser
{
    private bool ReadSection(int first, int end)
    {
        if (!EndProfile())
        {
            return false;
        }

        Place(_line, false, -1);
        if (_text[end - 1] != (byte)']')
        {
            return _error.Fail("a section is [name] or [name title]; the ] is missing");
        }

        first = SkipBlanks(first + 1, end - 1);
        end = TrimEnd(first, end - 1);
        int nameEnd = first;
        while (nameEnd < end && !IsBlank(_text[nameEnd]))
        {
            nameEnd++;
        }

        int title = SkipBlanks(nameEnd, end);
        int section = SettingsTable.FindSection(_text, first, nameEnd - first);
        if (section < 0)
        {
            return _error.Fail(
                SettingsError.Quote(_text, first, nameEnd - first) + " is not a section; allowed: " + SettingsTable.SectionList());
        }

        _inSection = true;
        _section = (SettingsSection)section;
        _title.Clear();
        _title.Raw(_text, first, (title < end ? end : nameEnd) - first);
        _errorInSection = true;
        int lastKey = SettingsTable.End(_section);
        for (int i = SettingsTable.First(_section); i < lastKey; i++)
        {
            _seen[i] = 0;
        }

        _canonicalLength += end - first + 4;
        return SettingsTable.HasTitle(_section) ? StartTitled(title, end) : StartSingle(title, end);
    }

    private bool StartSingle(int title, int end)
    {
        if (title < end)
        {
            return _error.Fail("[" + SettingsTable.Name(_section) + "] has no title");
        }

        if (_sectionLines[(int)_section] != 0)
        {
            return _error.Fail("the section appears twice; the first is on line " + _sectionLines[(int)_section].ToString());
        }

        _sectionLines[(int)_section] = _line;
        return true;
    }

    private bool StartTitled(int title, int end)
    {
        if (_section == SettingsSection.Machine)
        {
            return StartMachine(title, end);
        }

        if (!SettingsValue.IsName(_text, title, end - title, _error))
        {
            return false;
        }

        if (end - title > SettingsLimits.Name)
        {
            return _error.Fail("the name is " + (end - title).ToString() + " characters long; at most " + SettingsLimits.Name.ToString());
        }

        int number = Number(_text, title, end - title, -1);
        if (number < 0)
        {
            return false;
        }

        if (_names.IsDefined(number))
        {
            return _error.Fail("the profile appears twice; the first is on line " + _names.SectionLine(_names.Place(number)).ToString());
        }

        _profile = _names.Define(number, _line);
        _profileLine = _line;
        return true;
    }

    private bool StartMachine(int title, int end)
    {
        byte[] mac = _value.Buffer;
        if (!MacText.Parse(_text, title, end - title, mac, 0))
        {
            return _error.Fail(SettingsError.Quote(_text, title, end - title)
                + " is not an Ethernet address; write it like 52:54:00:12:34:56, with - or without separators");
        }

        if ((mac[0] & 1) != 0)
        {
            return _error.Fail("this is a group address (its first byte is odd); use the machine's own");
        }

        if (_settings.Machines.FindMac(mac, 0) >= 0)
        {
            return _error.Fail("the machine appears twice");
        }

        if (_settings.Machines.Count == SettingsLimits.Machines)
        {
            return _error.Fail("one machine too many; at most " + SettingsLimits.Machines.ToString());
        }

        _settings.Machines.Add(mac, 0);
        return true;
    }

    // The number of a profile's name; where it is seen first is remembered, for it may be defined nowhere.
    private int Number(byte[] name, int offset, int length, int key)
    {
        int number = _names.Find(name, offset, length);
        return number >= 0 ? number : _names.Add(name, offset, length, _line, key < 0 ? null : _title.ToString(), key, _error);
    }

    // What a profile is shows only when all its keys are read.
    private bool EndProfile()
    {
        Profile profile = _profile;
        _profile = null;
        Place(_profileLine, true, -1);
        return profile == null || new ProfileCheck(_error).Run(profile);
    }
}
