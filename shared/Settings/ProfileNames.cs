using Netboot.Boot;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// The names of profiles while a text is read: a name may be used before the section that defines it, so each gets a number when it is first
/// seen, and the final numbers (the order of the definitions) when all is read.
/// </summary>
internal sealed class ProfileNames
{
    private readonly byte[][] _names = new byte[SettingsLimits.Profiles][];
    private readonly Profile[] _profiles = new Profile[SettingsLimits.Profiles];
    private readonly int[] _order = new int[SettingsLimits.Profiles];
    private readonly int[] _lines = new int[SettingsLimits.Profiles];
    private readonly string[] _sections = new string[SettingsLimits.Profiles];
    private readonly string[] _keys = new string[SettingsLimits.Profiles];
    private int _count;

    /// <summary>How many are defined.</summary>
    public int Defined { get; private set; }

    /// <summary>The number of a name, or -1 when there are too many. The error's place is remembered with a new one.</summary>
    public int Number(byte[] text, int offset, int length, SettingsError place)
    {
        for (int i = 0; i < _count; i++)
        {
            if (Octets.Is(text, offset, length, _names[i]))
            {
                return i;
            }
        }

        if (_count == SettingsLimits.Profiles)
        {
            place.Fail(SettingsError.Quote(text, offset, length) + " is one profile too many; at most " + SettingsLimits.Profiles.ToString());
            return -1;
        }

        var name = new byte[length];
        System.Array.Copy(text, offset, name, 0, length);
        _names[_count] = name;
        _lines[_count] = place.Line;
        _sections[_count] = place.Section;
        _keys[_count] = place.Key;
        return _count++;
    }

    /// <summary>The profile defined under a number, or null.</summary>
    public Profile Profile(int number)
    {
        return _profiles[number];
    }

    /// <summary>The line on which the section of a final number begins.</summary>
    public int SectionLine(int place)
    {
        return _lines[At(place)];
    }

    /// <summary>Makes the profile of a number; its section begins on <paramref name="line"/>.</summary>
    public Profile Define(int number, int line)
    {
        _profiles[number] = new Profile(_names[number]);
        _order[number] = Defined++;
        _lines[number] = line;
        return _profiles[number];
    }

    /// <summary>The final number of a number.</summary>
    public int Place(int number)
    {
        return _order[number];
    }

    /// <summary>The profiles in their final order.</summary>
    public Profile[] InOrder()
    {
        var profiles = new Profile[Defined];
        for (int i = 0; i < Defined; i++)
        {
            profiles[i] = _profiles[At(i)];
        }

        return profiles;
    }

    /// <summary>Whether each name that is used is defined too.</summary>
    public bool AreDefined(SettingsError error)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_profiles[i] == null)
            {
                error.Line = _lines[i];
                error.Column = 0;
                error.Section = _sections[i];
                error.Key = _keys[i];
                return error.Fail("profile " + SettingsError.Quote(_names[i], 0, _names[i].Length) + " is not defined; defined: " + List());
            }
        }

        return true;
    }

    private string List()
    {
        string list = "";
        for (int i = 0; i < Defined; i++)
        {
            byte[] name = _names[At(i)];
            list += (i == 0 ? "" : ", ") + Octets.Text(name, 0, name.Length);
        }

        return list == "" ? "none" : list;
    }

    private int At(int place)
    {
        int number = 0;
        while (_profiles[number] == null || _order[number] != place)
        {
            number++;
        }

        return number;
    }
}
