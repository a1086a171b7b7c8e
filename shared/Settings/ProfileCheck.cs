using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>Finds what a profile is, whether its keys go together, and whether its URLs and its command line fit a script.</summary>
internal static class ProfileCheck
{
    /// <summary>
    /// When its section is read: sets the profile's kind; false when its keys do not go together. <paramref name="fitting"/> has a bit for
    /// each kind that has all of them. The error's place is the section.
    /// </summary>
    internal static bool Keys(Profile profile, int fitting, SettingsError error)
    {
        int kind = profile.Find(SettingsKey.ProfileKind, 0);
        if (kind >= 0)
        {
            profile.Kind = (ProfileKind)SettingsTable.FindWord(
                SettingsKey.ProfileKind, profile.Bytes(kind), Profile.Offset(kind), profile.Length(kind));
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
            return error.Fail("the profile has nothing to boot: it needs 'kernel', 'script' or 'kind' (local, ignore, deny)");
        }

        if (((fitting >> (int)profile.Kind) & 1) == 0)
        {
            return Misfit(profile, error);
        }

        return Needs(profile, ProfileKind.Linux, SettingsKey.ProfileKernel, error)
            && Needs(profile, ProfileKind.Script, SettingsKey.ProfileScript, error);
    }

    /// <summary>
    /// When all is read: whether every URL can be written as an absolute one that is short enough. False: the error says which key and why.
    /// </summary>
    internal static bool Urls(Profile profile, SectionRows rows, byte[] mirror, SettingsError error)
    {
        for (int key = (int)SettingsKey.ProfileKind; key < rows.End; key++)
        {
            ValueKind kind = SettingsTable.KindOf(rows.Row(key));
            int most = kind == ValueKind.Url || kind == ValueKind.CommandLine ? SettingsTable.Most(rows.Row(key)) : 0;
            int place = most == 0 ? -1 : profile.Find((SettingsKey)key, 0);
            for (int i = 1; place >= 0; i++)
            {
                if (!(kind == ValueKind.Url
                    ? Resolves(profile.Bytes(place), Profile.Offset(place), profile.Length(place), mirror, error)
                    : Command(profile, place, mirror, error)))
                {
                    error.Key = rows.Name(key);
                    return false;
                }

                place = i == most ? -1 : profile.Find((SettingsKey)key, i);
            }
        }

        return true;
    }

    // Says which key is one of another kind.
    private static bool Misfit(Profile profile, SettingsError error)
    {
        SettingsKey key = SettingsKey.ProfileKind;
        while (((SettingsTable.ProfileKinds(SettingsTable.Row(key, out string _, out string _)) >> (int)profile.Kind) & 1) != 0
            || profile.Find(key, 0) < 0)
        {
            key++;
        }

        return error.Fail(
            "'" + SettingsTable.Name(key) + "' is not a key of kind " + profile.KindName + ", which has: "
            + SettingsTable.Allowed(SettingsSection.Profile, (int)profile.Kind));
    }

    private static bool Needs(Profile profile, ProfileKind kind, SettingsKey key, SettingsError error)
    {
        return profile.Kind != kind || profile.Find(key, 0) >= 0
            || error.Fail("kind " + profile.KindName + " needs '" + SettingsTable.Name(key) + "'");
    }

    private static bool Command(Profile profile, int line, byte[] mirror, SettingsError error)
    {
        byte[] text = profile.Bytes(line);
        int position = Profile.Offset(line);
        int end = position + profile.Length(line);
        int expanded = profile.Length(line);
        profile.NamesInitrds = InitrdNames.Are(text, position, expanded);
        while (position < end)
        {
            int template = CommandLine.FindTemplate(text, position, end, out int next, out int path, out int pathEnd);
            if (template < 0)
            {
                break;
            }

            if (!Resolves(text, path, pathEnd - path, mirror, error))
            {
                return false;
            }

            profile.HasTemplates = true;
            expanded += MirrorUrl.BaseLength(text, path, pathEnd - path, mirror) + pathEnd - path - (next - template);
            position = next;
        }

        return expanded <= SettingsLimits.ExpandedCommandLine
            || error.Fail("is too long once its URLs are filled in; at most " + SettingsLimits.ExpandedCommandLine.ToString());
    }

    private static bool Resolves(byte[] text, int offset, int length, byte[] mirror, SettingsError error)
    {
        if (mirror == null && !MirrorUrl.IsAbsolute(text, offset, length))
        {
            return error.Fail(text, offset, length, " is relative to the mirror, but [mirror] has no 'url'");
        }

        int resolved = MirrorUrl.BaseLength(text, offset, length, mirror) + length;
        return resolved <= SettingsLimits.ResolvedUrl
            || error.Fail("the URL is ", resolved, " characters long including the mirror's; at most ", SettingsLimits.ResolvedUrl);
    }
}
