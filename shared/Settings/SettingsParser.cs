using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Reads one text into new settings, in parts of any length as they come (<see cref="Feed"/>, then <see cref="Finish"/>): a board has no
/// room for a whole one. One object reads one text.
/// </summary>
internal sealed class SettingsParser : TextLines
{
    // A usual title: a machine.
    private const int TitleSize = 32;

    // A UUID of 16 bytes as it is written.
    private const int UuidLength = 36;

    // How often a key of the section was there: three bits for each.
    private const int SeenBits = 3;
    private const int SeenMask = 7;

    private readonly SettingsError _error;
    private readonly DeviceSettings _settings = new DeviceSettings();
    private readonly ProfileNames _names = new ProfileNames();
    private readonly int[] _sectionLines = new int[SettingsTable.Sections];

    // The value of the line that is read, in the form that is kept.
    private readonly ByteWriter _value = new ByteWriter(new byte[SettingsLimits.CommandLine]);

    private byte[] _text;
    private SettingsSection _section;
    private long _seen;
    private Profile _profile;

    // The kinds of profile that have all the keys which were read: a bit for each.
    private int _fitting;
    private int _profileLine;

    // Where an error is: its texts are made only when there is one. The section with its title, as in its brackets, empty before the first;
    // the line; a key or -1.
    private readonly ByteWriter _title = new ByteWriter(TitleSize, SettingsLimits.Line);
    private int _errorLine;
    private int _errorKey = -1;

    // What the canonical form takes. It must not be longer than a text may be, or it could not be read back.
    private int _canonicalLength;

    internal SettingsParser(SettingsError error)
        : base(error)
    {
        _error = error;
    }

    /// <summary>
    /// Whether the page's password is only looked at: the one that is set stays in any case, and to make the stored form of another takes
    /// half a second.
    /// </summary>
    internal bool IgnoresPassword { get; set; }

    /// <summary>
    /// Whether the text is one that was accepted before, by an earlier version perhaps: what is not taken any more is passed over, and
    /// counted.
    /// </summary>
    internal bool IsStored { get; set; }

    /// <summary>UUIDs that were passed over: <see cref="UuidText.IsShared"/>.</summary>
    internal int PassedOver { get; private set; }

    /// <summary>Takes the next part of the text. False: something is wrong with it, and no more is taken.</summary>
    internal bool Feed(byte[] text, int offset, int length)
    {
        _errorLine = 0;
        return FeedLines(text, offset, length) || Refuse();
    }

    /// <summary>The settings of all that was read, or null.</summary>
    internal DeviceSettings Finish()
    {
        _errorLine = 0;
        if (!EndLines() || !EndProfile())
        {
            Refuse();
            return null;
        }

        if (!_names.AreDefined(_error))
        {
            return null;
        }

        _names.Settle(_settings);
        _settings.Complete();
        if (!AreFetchable())
        {
            return null;
        }

        _error.Clear();
        if (_canonicalLength > SettingsLimits.Text)
        {
            _error.Line = Line;
            _error.Fail("the settings are " + _canonicalLength.ToString() + " bytes long as stored; at most "
                + SettingsLimits.Text.ToString());
            return null;
        }

        return _settings;
    }

    /// <inheritdoc/>
    protected override bool Take(byte[] text, int first, int end, int equals, bool tabs)
    {
        _text = text;
        return text[first] == (byte)'[' ? ReadSection(first, end) : ReadKey(first, equals, tabs, end);
    }

    private bool ReadSection(int first, int end)
    {
        if (!EndProfile())
        {
            return false;
        }

        _title.Clear();
        if (_text[end - 1] != (byte)']')
        {
            return _error.Fail("a section is [name] or [name title]; the ] is missing");
        }

        first = SkipBlanks(_text, first + 1, end - 1);
        end = TrimEnd(_text, first, end - 1);
        int nameEnd = first;
        while (nameEnd < end && !IsBlank(_text[nameEnd]))
        {
            nameEnd++;
        }

        int title = SkipBlanks(_text, nameEnd, end);
        int section = SettingsTable.FindSection(_text, first, nameEnd - first);
        if (section < 0)
        {
            return _error.Fail(
                SettingsError.Quote(_text, first, nameEnd - first) + " is not a section; allowed: " + SettingsTable.SectionList());
        }

        _section = (SettingsSection)section;
        _seen = 0;
        _fitting = -1;
        _title.Raw(_text, first, (title < end ? end : nameEnd) - first);
        _canonicalLength += end - first + 4;
        return _section == SettingsSection.Machine ? StartMachine(title, end)
            : _section == SettingsSection.Profile ? StartProfile(title, end) : StartSingle(title, end);
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

        _sectionLines[(int)_section] = Line;
        return true;
    }

    private bool StartProfile(int title, int end)
    {
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
            return _error.Fail("the profile appears twice; the first is on line " + _names.LineOf(number).ToString());
        }

        _profile = _names.Define(number, Line);
        _profileLine = Line;
        return true;
    }

    private bool StartMachine(int title, int end)
    {
        byte[] mac = _value.Buffer;
        if (!SettingsValue.IsMac(_text, title, end - title, mac, _error))
        {
            return false;
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

    private bool ReadKey(int first, int equals, bool tabs, int end)
    {
        if (equals < 0)
        {
            return _error.Fail(Quote(first, end - first) + " is neither 'key = value' nor [section]");
        }

        int nameEnd = TrimEnd(_text, first, equals);
        if (_title.Length == 0)
        {
            return _error.Fail(SettingsError.Quote(_text, first, nameEnd - first) + " comes before the first section; sections: "
                + SettingsTable.SectionList());
        }

        int found = SettingsTable.Find(_section, _text, first, nameEnd - first, out int row);
        if (found < 0)
        {
            return _error.Fail(Quote(first, nameEnd - first) + " is not a key of this section; allowed: "
                + SettingsTable.Allowed(_section, -1));
        }

        _errorKey = found;
        bool good = ReadValue((SettingsKey)found, row, SkipBlanks(_text, equals + 1, end), tabs, end, nameEnd - first);
        _errorKey = good ? -1 : found;
        return good;
    }

    private bool ReadValue(SettingsKey key, int row, int start, bool tabs, int end, int nameLength)
    {
        ValueKind kind = SettingsTable.KindOf(row);
        int most = SettingsTable.Most(row);
        int shift = (int)key % SettingsTable.MostKeys * SeenBits;
        int seen = (int)(_seen >> shift) & SeenMask;
        if (seen == most)
        {
            return _error.Fail(most == 1 ? "appears twice" : "appears too often; at most " + most.ToString() + " times");
        }

        if (start == end)
        {
            return true;
        }

        if (tabs && Octets.IndexOf(_text, start, end - start, (byte)'\t') >= 0)
        {
            return _error.Fail("a tab is not allowed in a value; use a space");
        }

        if (IsStored && kind == ValueKind.Uuid && UuidText.Parse(_text, start, end - start, _value.Buffer, 0)
            && UuidText.IsShared(_value.Buffer, 0))
        {
            PassedOver++;
            return true;
        }

        bool skips = kind == ValueKind.Password && IgnoresPassword;
        if (skips
            ? !PagePassword.IsAcceptable(_text, start, end - start, _error)
            : !SettingsValue.Accept(key, row, _text, start, end - start, _value, _error))
        {
            return false;
        }

        int length = skips ? PagePassword.LongestForm : kind == ValueKind.Uuid ? UuidLength : _value.Length;
        _canonicalLength += nameLength + 4 + length;
        _seen += 1L << shift;
        _fitting &= SettingsTable.ProfileKinds(row);
        return skips || Keep(key, kind, seen);
    }

    // Puts an accepted value in its place.
    private bool Keep(SettingsKey key, ValueKind kind, int index)
    {
        byte[] value = _value.Buffer;
        int length = _value.Length;
        int number = kind == ValueKind.ProfileName ? Number(value, 0, length, (int)key) : 0;
        if (number < 0)
        {
            return false;
        }

        MachineTable machines = _settings.Machines;
        if (kind == ValueKind.Uuid && machines.FindUuid(value, 0) >= 0)
        {
            return _error.Fail("another machine has the same one (in either byte order)");
        }

        if (kind == ValueKind.ProfileName)
        {
            _settings.SetProfile(key, machines.Count - 1, number);
        }
        else if (_section == SettingsSection.Machine)
        {
            machines.Set(machines.Count - 1, key, kind, value, length);
        }
        else if (_section == SettingsSection.Profile)
        {
            _profile.Add(key, index, value, length);
        }
        else
        {
            var own = new byte[length];
            System.Array.Copy(value, 0, own, 0, length);
            _settings.SetValue(key, own);
        }

        return true;
    }

    // The number of a profile's name; where it is seen first is remembered, for it may be defined nowhere.
    private int Number(byte[] name, int offset, int length, int key)
    {
        int number = _names.Find(name, offset, length);
        return number >= 0 ? number : _names.Add(name, offset, length, Line, key < 0 ? null : _title.ToString(), key, _error);
    }

    // What a profile is shows only when all its keys are read.
    private bool EndProfile()
    {
        Profile profile = _profile;
        _profile = null;
        bool good = profile == null || ProfileCheck.Keys(profile, _fitting, _error);
        _errorLine = good ? 0 : _profileLine;
        return good;
    }

    // What depends on the mirror's URL, which may come last: whether every URL can be written as an absolute one and every script fits.
    private bool AreFetchable()
    {
        byte[] mirror = _settings.MirrorUrl;
        var rows = new SectionRows(SettingsSection.Profile);
        for (int i = 0; i < _settings.Profiles.Length; i++)
        {
            Profile profile = _settings.Profiles[i];
            if (!ProfileCheck.Urls(profile, rows, mirror, _error))
            {
                byte[] name = profile.Name;
                _error.Line = _names.SectionLine(i);
                _error.Section = "profile " + Octets.Text(name, 0, name.Length);
                return false;
            }
        }

        byte[] loaders = _settings.Value(SettingsKey.MirrorLoaders);
        if (loaders == null || _settings.LoadersUrl != null)
        {
            return true;
        }

        _error.Line = _sectionLines[(int)SettingsSection.Mirror];
        _error.Section = "mirror";
        _error.Key = "loaders";
        return _error.Fail(
            mirror == null && !MirrorUrl.IsAbsolute(loaders, 0, loaders.Length)
                ? "is relative to the mirror, but [mirror] has no 'url'"
                : "this board fetches loaders over http:// only: https:// needs a board with PSRAM");
    }

    // Says where the error is. Gives false.
    private bool Refuse()
    {
        _error.Line = _errorLine == 0 ? Line : _errorLine;
        _error.Section = _title.Length == 0 ? null : _title.ToString();
        _error.Key = _errorKey < 0 ? null : SettingsTable.Name((SettingsKey)_errorKey);
        return false;
    }

    // A slip in the line of a password must not bring the password into a log or onto a screen.
    private string Quote(int offset, int length) =>
        _section == SettingsSection.Page ? "the line" : SettingsError.Quote(_text, offset, length);
}
