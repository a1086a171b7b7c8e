using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Makes settings of what a text says, section by section and key by key, and looks at what can be wrong with them as a whole. One object
/// makes one.
/// </summary>
internal sealed class SettingsBuilder
{
    private readonly SettingsError _error;
    private readonly DeviceSettings _settings = new DeviceSettings();
    private readonly ProfileNames _names = new ProfileNames();
    private readonly MachineKey _key = new MachineKey();
    private Profile _profile;
    private int _profileLine;

    // The line of 'unknown = ask', or 0.
    private int _askLine;

    // The kinds of profile that have all the keys which were read: a bit for each.
    private int _fitting;

    internal SettingsBuilder(SettingsError error)
    {
        _error = error;
    }

    /// <summary>The profile of that name is defined on a line; its keys follow. False: it cannot be.</summary>
    internal bool StartProfile(byte[] name, int offset, int length, int line)
    {
        if (!SettingsValue.IsName(name, offset, length, _error))
        {
            return false;
        }

        if (length > SettingsLimits.Name)
        {
            return _error.Fail("the name is ", length, " characters long; at most ", SettingsLimits.Name);
        }

        int number = Number(name, offset, length, line, null, -1);
        if (number < 0)
        {
            return false;
        }

        if (_names.IsDefined(number))
        {
            return _error.Fail("the profile appears twice; the first is on line " + _names.LineOf(number).ToString());
        }

        _profile = _names.Define(number, line);
        _profileLine = line;
        _fitting = -1;
        return true;
    }

    /// <summary>The machine of that title (<see cref="MachineKey"/>); its keys follow. False: it cannot be.</summary>
    internal bool StartMachine(byte[] title, int offset, int length)
    {
        MachineTable machines = _settings.Machines;
        if (!_key.Read(title, offset, length, _error))
        {
            return false;
        }

        if (machines.Find(_key) >= 0)
        {
            return _error.Fail(_key.IsPrefix ? "the section appears twice" : "the machine appears twice");
        }

        if (machines.Count == SettingsLimits.Machines)
        {
            return _error.Fail("one machine too many; at most " + SettingsLimits.Machines.ToString());
        }

        machines.Add(_key);
        return true;
    }

    /// <summary>
    /// Puts an accepted value in its place, the <paramref name="index"/>th of the key, which has <paramref name="templates"/> or not.
    /// <paramref name="line"/> and <paramref name="title"/> (in the brackets) are where it stands.
    /// </summary>
    internal bool Keep(SettingsKey key, int row, int index, ByteWriter value, bool templates, int line, ByteWriter title)
    {
        byte[] bytes = value.Buffer;
        int length = value.Length;
        ValueKind kind = SettingsTable.KindOf(row);
        MachineTable machines = _settings.Machines;
        if (_key.IsPrefix && IsOfOne(key))
        {
            return _error.Fail("is for one machine, and this section is for all whose addresses begin so: "
                + "set it in the section of a whole Ethernet address");
        }

        if (key == SettingsKey.BootUnknown && Octets.Is(bytes, 0, length, Octets.Of(SettingsValue.Ask)))
        {
            _askLine = line;
            _settings.SetProfile(key, 0, MachineTable.Ask);
            return true;
        }

        if (kind == ValueKind.ProfileName)
        {
            int number = Number(bytes, 0, length, line, title, (int)key);
            if (number < 0)
            {
                return false;
            }

            _settings.SetProfile(key, machines.Count - 1, number);
            return true;
        }

        if (kind == ValueKind.Uuid && machines.FindUuid(bytes, 0) >= 0)
        {
            return _error.Fail("another machine has the same one (in either byte order)");
        }

        switch (SettingsTable.SectionOf(key))
        {
            case SettingsSection.Machine:
                machines.Set(machines.Count - 1, key, kind, bytes, length);
                break;
            case SettingsSection.Profile:
                if (kind == ValueKind.MenuItem && Number(bytes, 0, MenuItem.NameLength(bytes, 0, length), line, title, (int)key) < 0)
                {
                    return false;
                }

                _fitting &= SettingsTable.ProfileKinds(row);
                _profile.Add(key, index, bytes, length);
                _profile.HasTemplates |= templates;
                break;
            default:
                var own = new byte[length];
                System.Array.Copy(bytes, 0, own, 0, length);
                _settings.SetValue(key, own);
                break;
        }

        return true;
    }

    /// <summary>
    /// What a profile is shows only when all its keys are read. Gives 0, also when there is none; or the line of its section when its keys
    /// do not go together.
    /// </summary>
    internal int EndProfile()
    {
        Profile profile = _profile;
        _profile = null;
        return profile == null || ProfileCheck.Keys(profile, _fitting, _error) ? 0 : _profileLine;
    }

    /// <summary>
    /// The settings, or null. <paramref name="mirrorLine"/> is where the section of the mirror begins; <paramref name="stored"/>: see
    /// <see cref="ProfileCheck.Values"/>.
    /// </summary>
    internal DeviceSettings Finish(int mirrorLine, bool stored)
    {
        if (!_names.AreDefined(_error))
        {
            return null;
        }

        _names.Settle(_settings);
        _settings.Complete();
        if (_settings.Waiting != null && _settings.FindProfile(_settings.Waiting.Name, 0, _settings.Waiting.Name.Length) >= 0)
        {
            _error.Line = _askLine;
            _error.Section = "boot";
            _error.Key = SettingsTable.Name(SettingsKey.BootUnknown);
            _error.Fail("'ask' means that machines wait until they are let in, and there is a profile 'ask' too: give that another name");
            return null;
        }

        return AreFetchable(mirrorLine, stored) ? _settings : null;
    }

    // Several would have the same name, which {name} hands to their systems; the first that boots would use up the next boot of all.
    private static bool IsOfOne(SettingsKey key) =>
        key == SettingsKey.MachineName || key == SettingsKey.MachineOnce || key == SettingsKey.MachineUuid;

    // What depends on the mirror's URL, which may come last: whether every URL can be written as an absolute one and every script fits.
    private bool AreFetchable(int mirrorLine, bool stored)
    {
        byte[] mirror = _settings.MirrorUrl;
        var rows = new SectionRows(SettingsSection.Profile);
        for (int i = 0; i < _settings.Profiles.Length; i++)
        {
            Profile profile = _settings.Profiles[i];
            if (!ProfileCheck.Values(profile, rows, mirror, stored, _error) || !ProfileCheck.Ends(_settings, profile, _error))
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

        _error.Line = mirrorLine;
        _error.Section = "mirror";
        _error.Key = "loaders";
        return _error.Fail(
            mirror == null && !MirrorUrl.IsAbsolute(loaders, 0, loaders.Length)
                ? "is relative to the mirror, but [mirror] has no 'url'"
                : "this board fetches loaders over http:// only: https:// needs a board with PSRAM");
    }

    // The number of a profile's name; where it is seen first is remembered, for it may be defined nowhere.
    private int Number(byte[] name, int offset, int length, int line, ByteWriter title, int key)
    {
        int number = _names.Find(name, offset, length);
        return number >= 0 ? number
            : _names.Add(name, offset, length, line, title == null ? null : title.ToString(), key, _error);
    }
}
