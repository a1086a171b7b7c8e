using Netboot.Boot;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>Finds what a profile is, and whether its keys go together.</summary>
internal sealed class ProfileCheck
{
    private readonly SettingsTable _table;
    private readonly SettingsError _error;

    internal ProfileCheck(SettingsTable table, SettingsError error)
    {
        _table = table;
        _error = error;
    }

    /// <summary>Sets the profile's kind; false when its keys do not go together. The error's place is the profile's section.</summary>
    internal bool Run(Profile profile)
    {
        byte[] kind = profile.Value(SettingsKey.ProfileKind, 0);
        if (kind != null)
        {
            profile.Kind = (ProfileKind)SettingsValue.ChoiceIndex(_table.Row(SettingsKey.ProfileKind), kind);
        }
        else if (profile.Kernel != null)
        {
            profile.Kind = ProfileKind.Linux;
        }
        else if (profile.Script != null)
        {
            profile.Kind = ProfileKind.Script;
        }
        else
        {
            return _error.Fail("the profile says nothing to boot: it needs 'kernel', 'script' or 'kind' (local, ignore, deny)");
        }

        return KeysFit(profile) && Needs(profile, ProfileKind.Linux, "kernel", profile.Kernel) && Needs(profile, ProfileKind.Script, "script", profile.Script);
    }

    private bool KeysFit(Profile profile)
    {
        for (SettingsKey key = SettingsKey.ProfileKind; key <= SettingsKey.ProfileInitrd; key++)
        {
            SettingsRow row = _table.Row(key);
            if (profile.Value(key, 0) != null && (row.ProfileKinds & (1 << (int)profile.Kind)) == 0)
            {
                string name = Octets.Text(row.Name, 0, row.Name.Length);
                string kind = ProfileKinds.NameOf(profile.Kind);
                return _error.Fail("'" + name + "' is not for kind " + kind + ", which has: " + _table.Allowed(SettingsSection.Profile, (int)profile.Kind));
            }
        }

        return true;
    }

    private bool Needs(Profile profile, ProfileKind kind, string key, byte[] value)
    {
        return profile.Kind != kind || value != null || _error.Fail("kind " + ProfileKinds.NameOf(kind) + " needs '" + key + "'");
    }
}
