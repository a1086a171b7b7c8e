using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Reads one text into new settings, in parts of any length as they come (<see cref="Feed"/>, then <see cref="Finish"/>): a board has no
/// room for a whole one. One object reads one text.
/// </summary>
internal sealed class SettingsParser : TextLines
{
    // A usual value; longer ones make it grow.
    private const int ValueSize = 160;

    // A usual title: a machine.
    private const int TitleSize = 32;

    // A UUID of 16 bytes as it is written.
    private const int UuidLength = 36;

    private readonly SettingsError _error;
    private readonly SettingsBuilder _builder;
    private readonly int[] _sectionLines = new int[SettingsTable.Sections];

    // The value of the line that is read, in the form that is kept.
    private readonly ByteWriter _value = new ByteWriter(ValueSize, SettingsLimits.Line);

    private byte[] _text;
    private SettingsSection _section;

    // How often each key of the section was there.
    private readonly byte[] _seen = new byte[SettingsTable.MostKeys];

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
        _builder = new SettingsBuilder(error);
    }

    /// <summary>
    /// Whether the page's password is only looked at: the one that is set stays in any case, and to make the stored form of another takes
    /// half a second.
    /// </summary>
    internal bool IgnoresPassword { get; set; }

    /// <summary>Whether the values were accepted before, each by itself: see <see cref="SettingsValue.Accept"/>.</summary>
    internal bool IsKnown { get; set; }

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
        if (!EndLines() || !EndSection())
        {
            Refuse();
            return null;
        }

        DeviceSettings settings = _builder.Finish(_sectionLines[(int)SettingsSection.Mirror], IsStored);
        if (settings == null)
        {
            return null;
        }

        _error.Clear();
        if (_canonicalLength > SettingsLimits.Text)
        {
            _error.Line = Line;
            _error.Fail("the settings are ", _canonicalLength, " bytes long as stored; at most ", SettingsLimits.Text);
            return null;
        }

        return settings;
    }

    /// <inheritdoc/>
    protected override bool Take(byte[] text, int first, int end, int equals, bool tabs)
    {
        _text = text;
        return text[first] == (byte)'[' ? ReadSection(first, end) : ReadKey(first, equals, tabs, end);
    }

    private bool ReadSection(int first, int end)
    {
        if (!EndSection())
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
            return _error.Fail(_text, first, nameEnd - first, " is not a section; allowed: " + SettingsTable.SectionList());
        }

        _section = (SettingsSection)section;
        System.Array.Clear(_seen, 0, _seen.Length);
        _title.Raw(_text, first, (title < end ? end : nameEnd) - first);
        _canonicalLength += end - first + 4;
        return _section == SettingsSection.Machine ? _builder.StartMachine(_text, title, end - title)
            : _section == SettingsSection.Profile ? _builder.StartProfile(_text, title, end - title, Line) : StartSingle(title, end);
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

    private bool ReadKey(int first, int equals, bool tabs, int end)
    {
        if (equals < 0)
        {
            return _error.Fail(Quote(first, end - first) + " is neither 'key = value' nor [section]");
        }

        int nameEnd = TrimEnd(_text, first, equals);
        if (_title.Length == 0)
        {
            return _error.Fail(_text, first, nameEnd - first, " comes before the first section; sections: "
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
        int seen = _seen[(int)key % SettingsTable.MostKeys];
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

        bool templates = false;
        bool skips = kind == ValueKind.Password && IgnoresPassword;
        if (skips
            ? !PagePassword.IsAcceptable(_text, start, end - start, _error)
            : !SettingsValue.Accept(key, row, _text, start, end - start, IsKnown || IsStored, _value, _error, out templates))
        {
            return false;
        }

        int length = skips ? PagePassword.LongestForm : kind == ValueKind.Uuid ? UuidLength : _value.Length;
        _canonicalLength += nameLength + 4 + length;
        _seen[(int)key % SettingsTable.MostKeys]++;
        return skips || _builder.Keep(key, row, seen, _value, templates, Line, _title);
    }

    private bool EndSection()
    {
        int line = _builder.EndProfile();
        _errorLine = line;
        return line == 0;
    }

    // Says where the error is. Gives false.
    private bool Refuse()
    {
        _error.Line = _errorLine == 0 ? Line : _errorLine;
        _error.Section = _title.Length == 0 ? null : _title.ToString();

        // Of a profile as a whole, what looked at it says which key is meant.
        _error.Key = _errorKey >= 0 ? SettingsTable.Name((SettingsKey)_errorKey) : _errorLine == 0 ? null : _error.Key;
        return false;
    }

    // A slip in the line of a password must not bring the password into a log or onto a screen.
    private string Quote(int offset, int length) =>
        _section == SettingsSection.Page ? "the line" : SettingsError.Quote(_text, offset, length);
}
