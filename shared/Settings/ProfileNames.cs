using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// The names of profiles while a text is read: a name may be used before the section that defines it, so each gets a number when it is
/// first seen, and the final numbers (the order of the definitions) when all is read.
/// </summary>
internal sealed class ProfileNames
{
    // Places that the profiles grow by.
    private const int Step = 8;

    private readonly byte[] _order = new byte[SettingsLimits.Profiles];
    private readonly byte[] _keys = new byte[SettingsLimits.Profiles];
    private readonly bool[] _defined = new bool[SettingsLimits.Profiles];
    private readonly int[] _lines = new int[SettingsLimits.Profiles];
    private Profile[] _profiles = new Profile[0];
    private string[] _sections;
    private int _count;

    /// <summary>How many are defined.</summary>
    public int Defined { get; private set; }

    /// <summary>The number of a name, or -1 when it was not seen yet.</summary>
    public int Find(byte[] text, int offset, int length)
    {
        int number = _count - 1;
        while (number >= 0 && !_profiles[number].IsNamed(text, offset, length))
        {
            number--;
        }

        return number;
    }

    /// <summary>
    /// Gives a new name a number, or -1 when there are too many. The place where it was first seen is remembered; a definition has no
    /// section.
    /// </summary>
    public int Add(byte[] text, int offset, int length, int line, string section, int key, SettingsError error)
    {
        if (_count == SettingsLimits.Profiles)
        {
            error.Fail(text, offset, length, " is one profile too many; at most "
                + SettingsLimits.Profiles.ToString());
            return -1;
        }

        if (_count == _profiles.Length)
        {
            var profiles = new Profile[_count + Step];
            System.Array.Copy(_profiles, 0, profiles, 0, _count);
            _profiles = profiles;
        }

        if (section != null)
        {
            _sections = _sections ?? new string[SettingsLimits.Profiles];
            _sections[_count] = section;
        }

        _profiles[_count] = new Profile(text, offset, length);
        _lines[_count] = line;
        _keys[_count] = (byte)key;
        return _count++;
    }

    /// <summary>Whether a number's section was seen.</summary>
    public bool IsDefined(int number) => _defined[number];

    /// <summary>The line on which the section of a final number begins.</summary>
    public int SectionLine(int place) => _lines[At(place)];

    /// <summary>The line on which a number was defined, or seen first while it is not.</summary>
    public int LineOf(int number) => _lines[number];

    /// <summary>Gives the profile of a number; its section begins on <paramref name="line"/>.</summary>
    public Profile Define(int number, int line)
    {
        _defined[number] = true;
        _order[number] = (byte)Defined++;
        _lines[number] = line;
        return _profiles[number];
    }

    /// <summary>Gives settings the profiles in their final order, and their final numbers to all keys that name one.</summary>
    public void Settle(DeviceSettings settings)
    {
        var profiles = new Profile[Defined];
        for (int i = 0; i < Defined; i++)
        {
            profiles[i] = _profiles[At(i)];
        }

        settings.Profiles = profiles;
        Settle(settings, SettingsSection.Boot);
        Settle(settings, SettingsSection.Machine);
    }

    // Only keys of these two sections name profiles.
    private void Settle(DeviceSettings settings, SettingsSection section)
    {
        int count = settings.CountOf(section);
        var rows = new SectionRows(section);
        for (SettingsKey key = SettingsTable.First(section); (int)key < rows.End; key++)
        {
            for (int i = 0; SettingsTable.KindOf(rows.Row((int)key)) == ValueKind.ProfileName && i < count; i++)
            {
                int number = settings.ProfileOf(key, i);
                settings.SetProfile(key, i, number >= MachineTable.Ask ? number : _order[number]);
            }
        }
    }

    /// <summary>Whether each name that is used is defined too.</summary>
    public bool AreDefined(SettingsError error)
    {
        for (int i = 0; i < _count; i++)
        {
            if (!_defined[i])
            {
                byte[] name = _profiles[i].Name;
                error.Line = _lines[i];
                error.Column = 0;
                error.Section = _sections[i];
                error.Key = SettingsTable.Name((SettingsKey)_keys[i]);
                return error.Fail("profile " + SettingsError.Quote(name, 0, name.Length) + " is not defined; defined: " + List());
            }
        }

        return true;
    }

    private string List()
    {
        string list = "";
        for (int i = 0; i < Defined; i++)
        {
            byte[] name = _profiles[At(i)].Name;
            list += (i == 0 ? "" : ", ") + Octets.Text(name, 0, name.Length);
        }

        return list == "" ? "none" : list;
    }

    private int At(int place)
    {
        int number = 0;
        while (!_defined[number] || _order[number] != place)
        {
            number++;
        }

        return number;
    }
}
