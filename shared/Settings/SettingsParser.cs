using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Reads one text into new settings, in parts of any length as they come (<see cref="Feed"/>, then <see cref="Finish"/>): a board has no
/// room for a whole one. Only a line that is cut between two parts is kept. One object reads one text.
/// </summary>
internal sealed partial class SettingsParser
{
    // A usual title: a machine.
    private const int TitleSize = 32;

    // A UUID of 16 bytes as it is written.
    private const int UuidLength = 36;

    private readonly SettingsError _error;
    private readonly DeviceSettings _settings = new DeviceSettings();
    private readonly ProfileNames _names = new ProfileNames();
    private readonly int[] _sectionLines = new int[SettingsTable.Sections];
    private readonly byte[] _seen = new byte[SettingsTable.Keys];

    // The value of the line that is read, in the form that is kept.
    private readonly ByteWriter _value = new ByteWriter(new byte[SettingsLimits.CommandLine]);

    private byte[] _text;
    private int _next;
    private int _line;
    private bool _inSection;
    private SettingsSection _section;
    private Profile _profile;
    private int _profileLine;

    // Where an error is: its texts are made only when there is one. The section with its title, as in its brackets; a key or -1.
    private readonly ByteWriter _title = new ByteWriter(TitleSize, SettingsLimits.Line);
    private int _errorLine;
    private int _errorKey;
    private bool _errorInSection;

    // What the canonical form takes. It must not be longer than a text may be, or it could not be read back.
    private int _canonicalLength;

    internal SettingsParser(SettingsError error)
    {
        _error = error;
        _error.Clear();
        _error.Line = 1;
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
        int end = offset + length;
        while (offset < end)
        {
            bool good = IsHolding ? HoldOn(text, offset, end) : ReadLine(text, offset, end, false);
            if (!good)
            {
                return Refuse();
            }

            offset = _next;
        }

        return true;
    }

    /// <summary>The settings of all that was read, or null.</summary>
    internal DeviceSettings Finish()
    {
        if ((IsHolding && !EndHolding()) || !EndProfile())
        {
            Refuse();
            return null;
        }

        if (!_names.AreDefined(_error) || !new SettingsCompletion(_settings, _names, _sectionLines[(int)SettingsSection.Mirror], _error)
            .Run())
        {
            return null;
        }

        if (_canonicalLength > SettingsLimits.Text)
        {
            _error.Clear();
            _error.Line = _line;
            _error.Fail("the settings are " + _canonicalLength.ToString() + " bytes long as stored; at most "
                + SettingsLimits.Text.ToString());
            return null;
        }

        _error.Clear();
        return _settings;
    }

    // One pass over a line finds its end, its equals sign, its comment and its first byte that is no printable ASCII. One without an end is
    // kept until its rest comes, unless it is the last.
    private bool ReadLine(byte[] text, int start, int last, bool isLast)
    {
        int equals = -1;
        int comment = -1;
        int odd = -1;
        bool tabs = false;
        int whole = start;
        if (_line == 0 && last - start >= 3 && text[start] == 0xEF && text[start + 1] == 0xBB && text[start + 2] == 0xBF)
        {
            // The mark that Windows puts before UTF-8.
            start += 3;
        }

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

        _next = i + 1;
        if (i == last && !isLast)
        {
            Hold(text, whole, last - whole);
            return true;
        }

        _line++;
        int end = i > start && text[i - 1] == (byte)'\r' ? i - 1 : i;
        int first = start;
        while (first < end && IsBlank(text[first]))
        {
            first++;
        }

        if (first == end || text[first] == (byte)'#' || text[first] == (byte)';')
        {
            return true;
        }

        _text = text;
        Place(_line, _inSection, -1);
        int length = end - start + _dropped;
        if (length > SettingsLimits.Line)
        {
            return _error.Fail("the line is " + length.ToString() + " bytes long; at most " + SettingsLimits.Line.ToString());
        }

        end = comment >= 0 && comment < end ? comment : end;
        if (odd >= 0 && odd < end)
        {
            _error.Column = odd - start + 1;
            return _error.Fail("only printable ASCII characters are allowed outside comments");
        }

        end = TrimEnd(first, end);
        return text[first] == (byte)'[' ? ReadSection(first, end) : ReadKey(first, equals < end ? equals : -1, tabs, end);
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
            return _error.Fail(SettingsError.Quote(_text, first, nameEnd - first) + " comes before the first section; sections: "
                + SettingsTable.SectionList());
        }

        int found = SettingsTable.Find(_section, _text, first, nameEnd - first);
        if (found < 0)
        {
            return _error.Fail(Quote(first, nameEnd - first) + " is not a key of this section; allowed: "
                + SettingsTable.Allowed(_section, -1));
        }

        var key = (SettingsKey)found;
        _errorKey = found;
        int most = SettingsTable.Most(key);
        if (_seen[found] == most)
        {
            return _error.Fail(most == 1 ? "appears twice" : "appears too often; at most " + most.ToString() + " times");
        }

        int start = SkipBlanks(equals + 1, end);
        if (start == end)
        {
            return true;
        }

        if (tabs && Octets.IndexOf(_text, start, end - start, (byte)'\t') >= 0)
        {
            return _error.Fail("a tab is not allowed in a value; use a space");
        }

        if (IsStored && key == SettingsKey.MachineUuid && UuidText.Parse(_text, start, end - start, _value.Buffer, 0)
            && UuidText.IsShared(_value.Buffer, 0))
        {
            PassedOver++;
            return true;
        }

        bool skips = key == SettingsKey.PagePassword && IgnoresPassword;
        if (skips
            ? !PagePassword.IsAcceptable(_text, start, end - start, _error)
            : !SettingsValue.Accept(key, _text, start, end - start, _value, _error))
        {
            return false;
        }

        int length = skips ? PagePassword.LongestForm : key == SettingsKey.MachineUuid ? UuidLength : _value.Length;
        _canonicalLength += nameEnd - first + 4 + length;
        int index = _seen[found]++;
        return skips || Keep(key, index);
    }

    private void Place(int line, bool inSection, int key)
    {
        _errorLine = line;
        _errorInSection = inSection;
        _errorKey = key;
    }

    // Says where the error is. Gives false.
    private bool Refuse()
    {
        _error.Line = _errorLine;
        _error.Section = _errorInSection ? _title.ToString() : null;
        _error.Key = _errorKey < 0 ? null : SettingsTable.Name((SettingsKey)_errorKey);
        return false;
    }

    // A slip in the line of a password must not bring the password into a log or onto a screen.
    private string Quote(int offset, int length) =>
        _section == SettingsSection.Page ? "the line" : SettingsError.Quote(_text, offset, length);

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

    private static bool IsBlank(byte value) => value == (byte)' ' || value == (byte)'\t';
}
