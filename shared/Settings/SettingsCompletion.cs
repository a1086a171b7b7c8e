using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Settings;

/// <summary>
/// What can be done only when a text is read to its end: final numbers of the profiles, and everything that depends on the mirror's URL.
/// After it every URL can be written as an absolute one and every script fits.
/// </summary>
internal sealed class SettingsCompletion
{
    private readonly DeviceSettings _settings;
    private readonly ProfileNames _names;
    private readonly SettingsError _error;
    private readonly int _mirrorLine;

    internal SettingsCompletion(DeviceSettings settings, ProfileNames names, int mirrorLine, SettingsError error)
    {
        _mirrorLine = mirrorLine;
        _settings = settings;
        _names = names;
        _error = error;
    }

    internal bool Run()
    {
        Renumber();
        _settings.Complete();
        for (int i = 0; i < _settings.Profiles.Length; i++)
        {
            Profile profile = _settings.Profiles[i];
            if (!Urls(profile) || !Command(profile))
            {
                byte[] name = profile.Name;
                _error.Line = _names.SectionLine(i);
                _error.Column = 0;
                _error.Section = "profile " + Octets.Text(name, 0, name.Length);
                return false;
            }
        }

        return Loaders();
    }

    private void Renumber()
    {
        _settings.Profiles = _names.InOrder();
        for (int i = 0; i < Platforms.Count; i++)
        {
            _settings.SetRule(i, Final(_settings.Rule(i)));
        }

        MachineTable machines = _settings.Machines;
        for (int i = 0; i < machines.Count; i++)
        {
            machines.SetProfile(i, Final(machines.Profile(i)));
            machines.SetOnce(i, Final(machines.Once(i)));
        }
    }

    private int Final(int number) => number == MachineTable.None ? number : _names.Place(number);

    private bool Urls(Profile profile)
    {
        return Url(profile, SettingsKey.ProfileScript, 0) && Url(profile, SettingsKey.ProfileKernel, 0)
            && Url(profile, SettingsKey.ProfileInitrd, 0)
            && Url(profile, SettingsKey.ProfileInitrd, 1) && Url(profile, SettingsKey.ProfileInitrd, 2)
            && Url(profile, SettingsKey.ProfileInitrd, 3);
    }

    private bool Url(Profile profile, SettingsKey key, int index)
    {
        int place = profile.Find(key, index);
        if (place < 0 || Resolves(profile.Bytes(place), Profile.Offset(place), profile.Length(place)))
        {
            return true;
        }

        _error.Key = SettingsTable.Name(key);
        return false;
    }

    private bool Command(Profile profile)
    {
        int line = profile.Find(SettingsKey.ProfileCommandLine, 0);
        if (line < 0)
        {
            return true;
        }

        _error.Key = "command-line";
        byte[] text = profile.Bytes(line);
        int position = Profile.Offset(line);
        int end = position + profile.Length(line);
        int expanded = profile.Length(line);
        profile.NamesInitrds = CommandLine.HasInitrds(text, position, expanded);
        while (position < end)
        {
            int template = CommandLine.FindTemplate(text, position, end, out int next, out int path, out int pathEnd);
            if (template < 0)
            {
                break;
            }

            if (!Resolves(text, path, pathEnd - path))
            {
                return false;
            }

            profile.HasTemplates = true;
            expanded += MirrorUrl.BaseLength(text, path, pathEnd - path, _settings.MirrorUrl) + pathEnd - path - (next - template);
            position = next;
        }

        return expanded <= SettingsLimits.ExpandedCommandLine
            || _error.Fail("is too long once its URLs are filled in; at most " + SettingsLimits.ExpandedCommandLine.ToString());
    }

    private bool Resolves(byte[] text, int offset, int length)
    {
        if (_settings.MirrorUrl == null && !MirrorUrl.IsAbsolute(text, offset, length))
        {
            return _error.Fail(SettingsError.Quote(text, offset, length) + " is relative to the mirror, but [mirror] has no 'url'");
        }

        int resolved = MirrorUrl.BaseLength(text, offset, length, _settings.MirrorUrl) + length;
        return resolved <= SettingsLimits.ResolvedUrl
            || _error.Fail("the URL is " + resolved.ToString() + " characters long including the mirror's; at most "
            + SettingsLimits.ResolvedUrl.ToString());
    }

    private bool Loaders()
    {
        byte[] loaders = _settings.Value(SettingsKey.MirrorLoaders);
        if (loaders == null || _settings.LoadersUrl != null)
        {
            return true;
        }

        _error.Line = _mirrorLine;
        _error.Section = "mirror";
        _error.Key = "loaders";
        return _error.Fail(
            _settings.MirrorUrl == null && !MirrorUrl.IsAbsolute(loaders, 0, loaders.Length)
                ? "is relative to the mirror, but [mirror] has no 'url'"
                : "this board fetches loaders over http:// only: https:// needs a board with PSRAM");
    }
}
