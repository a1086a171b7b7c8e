namespace Netboot.Settings;

/// <summary>Finds what a profile is, and whether its keys go together.</summary>
internal sealed class ProfileCheck
{
    private readonly SettingsError _error;

    internal ProfileCheck(SettingsError error)
    {
        _error = error;
    }

    /// <summary>Sets the profile's kind; false when its keys do not go together. The error's place is the profile's section.</summary>
    internal bool Run(Profile profile)
    {
        int kind = profile.Find(SettingsKey.ProfileKind, 0);
        if (kind >= 0)
        {
            profile.Kind = (ProfileKind)SettingsValue.ChoiceIndex(SettingsKey.ProfileKind, profile.Bytes(kind), Profile.Offset(kind),
                profile.Length(kind));
        }
        else if (profile.Find(SettingsKey.ProfileKernel, 0) >= 0)
        {
            profile.Kind = ProfileKind.Linux;
        }
        else if (profile.Find(SettingsKey.ProfileScript, 0) >= 0)
        {
            profile.Kind = ProfileKind.Script;
        }
        else
        {
            return _error.Fail("the profile has nothing to boot: it needs 'kernel', 'script' or 'kind' (local, ignore, deny)");
        }

        return KeysFit(profile) && Needs(profile, ProfileKind.Linux, SettingsKey.ProfileKernel)
            && Needs(profile, ProfileKind.Script, SettingsKey.ProfileScript);
    }

    private bool KeysFit(Profile profile)
    {
        for (SettingsKey key = SettingsKey.ProfileKind; key <= SettingsKey.ProfileInitrd; key++)
        {
            if (!SettingsTable.IsOf(profile.Kind, key) && profile.Find(key, 0) >= 0)
            {
                string kind = ProfileKinds.NameOf(profile.Kind);
                return _error.Fail(
                    "'" + SettingsTable.Name(key) + "' is not a key of kind " + kind + ", which has: "
                    + SettingsTable.Allowed(SettingsSection.Profile, (int)profile.Kind));
            }
        }

        return true;
    }

    private bool Needs(Profile profile, ProfileKind kind, SettingsKey key)
    {
        return profile.Kind != kind || profile.Find(key, 0) >= 0
            || _error.Fail("kind " + ProfileKinds.NameOf(kind) + " needs '" + SettingsTable.Name(key) + "'");
    }
}
