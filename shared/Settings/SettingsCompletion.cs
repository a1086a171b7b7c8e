using Netboot.Boot;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// What can be done only when a text is read to its end: final numbers of the profiles, and everything that depends on the mirror's URL.
/// After it every URL can be written as an absolute one and every script fits.
/// </summary>
internal sealed class SettingsCompletion
{
    private readonly DeviceSettings _settings;
    private readonly ProfileNames _names;
    private readonly SettingsTable _table;
    private readonly SettingsError _error;
    private readonly int _mirrorLine;

    internal SettingsCompletion(DeviceSettings settings, ProfileNames names, SettingsTable table, int mirrorLine, SettingsError error)
    {
        _mirrorLine = mirrorLine;
        _settings = settings;
        _names = names;
        _table = table;
        _error = error;
    }

    internal bool Run()
    {
        Renumber();
        _settings.Complete();
        for (int i = 0; i < _settings.Profiles.Length; i++)
        {
            Profile profile = _settings.Profiles[i];
            _error.Line = _names.SectionLine(i);
            _error.Column = 0;
            _error.Section = "profile " + Octets.Text(profile.Name, 0, profile.Name.Length);
            if (!Urls(profile) || !Command(profile))
            {
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

    private int Final(int number)
    {
        return number == MachineTable.None ? number : _names.Place(number);
    }

    private bool Urls(Profile profile)
    {
        for (SettingsKey key = SettingsKey.ProfileKind; key <= SettingsKey.ProfileInitrd; key++)
        {
            SettingsRow row = _table.Row(key);
            for (int i = 0; row.Kind == ValueKind.Url && i < row.Most; i++)
            {
                byte[] url = profile.Value(key, i);
                _error.Key = Octets.Text(row.Name, 0, row.Name.Length);
                if (url != null && !Resolves(url, 0, url.Length))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool Command(Profile profile)
    {
        byte[] line = profile.Value(SettingsKey.ProfileCommandLine, 0);
        _error.Key = "command-line";
        int position = 0;
        bool templates = false;
        while (line != null && position < line.Length)
        {
            if (CommandLine.FindTemplate(line, position, line.Length, out int next, out int path, out int pathEnd) < 0)
            {
                break;
            }

            if (!Resolves(line, path, pathEnd - path))
            {
                return false;
            }

            templates = true;
            position = next;
        }

        if (templates)
        {
            var writer = new ByteWriter(SettingsLimits.CommandLine, SettingsLimits.ExpandedCommandLine);
            CommandLine.Expand(line, _settings.MirrorUrl, writer);
            if (writer.Overflowed)
            {
                return _error.Fail("is too long with its URLs put in; at most " + SettingsLimits.ExpandedCommandLine.ToString());
            }

            var expanded = new byte[writer.Length];
            System.Array.Copy(writer.Buffer, 0, expanded, 0, expanded.Length);
            profile.SetExpanded(expanded);
        }

        return true;
    }

    private bool Resolves(byte[] text, int offset, int length)
    {
        if (_settings.MirrorUrl == null && !MirrorUrl.IsAbsolute(text, offset, length))
        {
            return _error.Fail(SettingsError.Quote(text, offset, length) + " is relative to the mirror, but [mirror] has no 'url'");
        }

        int resolved = MirrorUrl.BaseLength(text, offset, length, _settings.MirrorUrl) + length;
        return resolved <= SettingsLimits.ResolvedUrl
            || _error.Fail("the URL is " + resolved.ToString() + " characters long with the mirror's before it; at most " + SettingsLimits.ResolvedUrl.ToString());
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
                : "the board fetches loaders by http:// only");
    }
}
