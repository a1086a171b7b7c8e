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
        else if (profile.Find(SettingsKey.ProfileItem, 0) >= 0)
        {
            profile.Kind = ProfileKind.Menu;
        }
        else if (profile.Find(SettingsKey.ProfileLine, 0) >= 0)
        {
            profile.Kind = ProfileKind.Inline;
        }
        else if (profile.Find(SettingsKey.ProfileApi, 0) >= 0)
        {
            profile.Kind = ProfileKind.Api;
        }
        else
        {
            return error.Fail(
                "the profile has nothing to boot: it needs 'kernel', 'script', 'item', 'line', 'api' or 'kind' (local, ignore, deny)");
        }

        if (((fitting >> (int)profile.Kind) & 1) == 0)
        {
            return Misfit(profile, error);
        }

        return Needs(profile, ProfileKind.Linux, SettingsKey.ProfileKernel, error)
            && Needs(profile, ProfileKind.Script, SettingsKey.ProfileScript, error)
            && Needs(profile, ProfileKind.Menu, SettingsKey.ProfileItem, error)
            && Needs(profile, ProfileKind.Inline, SettingsKey.ProfileLine, error)
            && Needs(profile, ProfileKind.Api, SettingsKey.ProfileApi, error)
            && (profile.Kind != ProfileKind.Menu || Menu(profile, error))
            && (profile.Kind != ProfileKind.Inline || Script(profile, error));
    }

    /// <summary>
    /// When all is read: whether every URL can be written as an absolute one, and every value with its templates filled in. False: the
    /// error says which key and why. Of a <paramref name="stored"/> text what an earlier version took as plain text stays that.
    /// </summary>
    internal static bool Values(Profile profile, SectionRows rows, byte[] mirror, bool stored, SettingsError error)
    {
        int lines = 0;
        for (int key = (int)SettingsKey.ProfileKind; key < rows.End; key++)
        {
            ValueKind kind = SettingsTable.KindOf(rows.Row(key));
            bool url = kind == ValueKind.Url || kind == ValueKind.Initrd;
            bool text = kind == ValueKind.CommandLine || kind == ValueKind.ScriptLine || kind == ValueKind.ScreenText;
            int place = url || text ? profile.Find((SettingsKey)key, 0) : -1;
            while (place >= 0)
            {
                if (!Value(profile, place, kind, url, mirror, stored, ref lines, error))
                {
                    error.Key = rows.Name(key);
                    return false;
                }

                place = profile.Next(place);
            }
        }

        return true;
    }

    /// <summary>Whether a URL can be written as an absolute one.</summary>
    internal static bool Resolves(byte[] text, int offset, int length, byte[] mirror, SettingsError error) =>
        mirror != null || MirrorUrl.IsAbsolute(text, offset, length)
            || error.Fail(text, offset, length, " is relative to the mirror, but [mirror] has no 'url'");

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

    /// <summary>
    /// Whether the defaults of menus lead to something that boots. False: in the end they lead back to <paramref name="menu"/>, and a
    /// machine that nobody stands at would never boot.
    /// </summary>
    internal static bool Ends(DeviceSettings settings, Profile menu, SettingsError error)
    {
        Profile next = menu;
        for (int i = 0; i < settings.Profiles.Length && next.Kind == ProfileKind.Menu; i++)
        {
            next = MenuItem.DefaultOf(settings, next);
            if (next == menu)
            {
                error.Key = SettingsTable.Name(SettingsKey.ProfileDefault);
                return error.Fail("the defaults of menus lead in a circle: a machine without a person would never boot");
            }
        }

        return true;
    }

    // Each item once, and the default one of them.
    private static bool Menu(Profile profile, SettingsError error)
    {
        int first = profile.Find(SettingsKey.ProfileItem, 0);
        for (int place = first; place >= 0; place = profile.Next(place))
        {
            byte[] text = profile.Bytes(place);
            int offset = Profile.Offset(place);
            int length = MenuItem.NameLength(text, offset, profile.Length(place));
            if (profile.IsNamed(text, offset, length))
            {
                error.Key = SettingsTable.Name(SettingsKey.ProfileItem);
                return error.Fail(text, offset, length, " is this menu itself; Escape leads back from one menu to the one before");
            }

            for (int other = first; other != place; other = profile.Next(other))
            {
                byte[] others = profile.Bytes(other);
                int at = Profile.Offset(other);
                if (MenuItem.NameLength(others, at, profile.Length(other)) == length && Octets.Equal(others, at, text, offset, length))
                {
                    error.Key = SettingsTable.Name(SettingsKey.ProfileItem);
                    return error.Fail(text, offset, length, " is an item of this menu twice");
                }
            }
        }

        int own = profile.Find(SettingsKey.ProfileDefault, 0);
        if (own < 0 || MenuItem.IsIn(profile, profile.Bytes(own), Profile.Offset(own), profile.Length(own)))
        {
            return true;
        }

        error.Key = SettingsTable.Name(SettingsKey.ProfileDefault);
        return error.Fail(profile.Bytes(own), Profile.Offset(own), profile.Length(own), " is not an item of this menu");
    }

    private static bool Script(Profile profile, SettingsError error)
    {
        int size = 0;
        for (int place = profile.Find(SettingsKey.ProfileLine, 0); place >= 0; place = profile.Next(place))
        {
            size += profile.Length(place) + 1;
        }

        error.Key = size <= SettingsLimits.Inline ? null : SettingsTable.Name(SettingsKey.ProfileLine);
        return size <= SettingsLimits.Inline
            || error.Fail("the script is ", size, " bytes long; at most ", SettingsLimits.Inline);
    }

    private static bool Value(
        Profile profile, int place, ValueKind kind, bool url, byte[] mirror, bool stored, ref int lines, SettingsError error)
    {
        byte[] text = profile.Bytes(place);
        int offset = Profile.Offset(place);
        int length = profile.Length(place);
        if (kind == ValueKind.Initrd)
        {
            int all = length;
            length = InitrdValue.UrlLength(text, offset, length);
            profile.HasFileNames |= length < all;
            int line = length < all && profile.NamesInitrds ? profile.Find(SettingsKey.ProfileCommandLine, 0) : -1;
            if (line >= 0 && InitrdNames.Has(
                profile.Bytes(line), Profile.Offset(line), profile.Length(line), text, offset + length + 1, all - length - 1))
            {
                return error.Fail(text, offset + length + 1, all - length - 1,
                    " is an initrd= of the command line: leave the name out here, the file gets it by itself");
            }
        }

        if (url)
        {
            profile.HasLongUrls |= length > SettingsLimits.ReportedUrl;
            if (!Resolves(text, offset, length, mirror, error))
            {
                return false;
            }
        }

        if (kind == ValueKind.CommandLine)
        {
            profile.NamesInitrds = InitrdNames.Are(text, offset, length);
        }

        if (!profile.HasTemplates)
        {
            return true;
        }

        int filled = Templates.Measure(text, offset, length, mirror, error);
        if (stored)
        {
            return true;
        }

        lines += kind == ValueKind.ScriptLine ? filled + 1 : 0;
        return filled >= 0
            && (filled <= SettingsLimits.FilledIn
                || error.Fail("may become ", filled, " bytes long once its templates are filled in; at most ", SettingsLimits.FilledIn))
            && (lines <= SettingsLimits.InlineFilledIn
                || error.Fail("the script may become ", lines, " bytes long once its templates are filled in; at most ",
                    SettingsLimits.InlineFilledIn));
    }
}
