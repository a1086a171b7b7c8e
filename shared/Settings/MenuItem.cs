using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>An item of a menu as the settings have it: the name of a profile, and with a blank before it what the menu calls it.</summary>
public static class MenuItem
{
    /// <summary>Bytes of the profile's name.</summary>
    internal static int NameLength(byte[] text, int offset, int length)
    {
        int blank = Octets.IndexOf(text, offset, length, (byte)' ');
        return blank < 0 ? length : blank - offset;
    }

    /// <summary>Puts an accepted one into <paramref name="value"/>: one blank between. False: the error says what is wrong.</summary>
    internal static bool Accept(byte[] text, int offset, int length, ByteWriter value, SettingsError error)
    {
        int name = NameLength(text, offset, length);
        if (!SettingsValue.IsName(text, offset, name, error))
        {
            return false;
        }

        if (name > SettingsLimits.Name)
        {
            return error.Fail("the profile's name is ", name, " characters long; at most ", SettingsLimits.Name);
        }

        int title = TextLines.SkipBlanks(text, offset + name, offset + length);
        int size = offset + length - title;
        value.Raw(text, offset, name);
        if (size == 0)
        {
            return true;
        }

        value.Byte(' ').Raw(text, title, size);
        return size > SettingsLimits.Title ? error.Fail("its title is ", size, " characters long; at most ", SettingsLimits.Title)
            : SettingsValue.IsCommandText(text, title, size, error);
    }

    /// <summary>Whether a menu has an item of that name. <paramref name="menu"/> may be any profile.</summary>
    internal static bool IsIn(Profile menu, byte[] name, int offset, int length)
    {
        for (int place = First(menu); place >= 0; place = menu.Next(place))
        {
            byte[] text = menu.Bytes(place);
            int at = Profile.Offset(place);
            if (NameLength(text, at, menu.Length(place)) == length && Octets.Equal(text, at, name, offset, length))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The same by the profile.</summary>
    internal static bool Has(Profile menu, Profile profile)
    {
        for (int place = First(menu); place >= 0; place = menu.Next(place))
        {
            byte[] text = menu.Bytes(place);
            int at = Profile.Offset(place);
            if (profile.IsNamed(text, at, NameLength(text, at, menu.Length(place))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a menu boots when nobody chooses: its default, or its first item.</summary>
    public static Profile DefaultOf(DeviceSettings settings, Profile menu)
    {
        int place = menu.Find(SettingsKey.ProfileDefault, 0);
        place = place < 0 ? First(menu) : place;
        byte[] name = menu.Bytes(place);
        int offset = Profile.Offset(place);
        return settings.Profiles[settings.FindProfile(name, offset, NameLength(name, offset, menu.Length(place)))];
    }

    /// <summary>Whether any menu of the settings has that profile.</summary>
    public static bool IsInMenus(DeviceSettings settings, Profile profile)
    {
        int menu = 0;
        while (menu < settings.Profiles.Length && !Has(settings.Profiles[menu], profile))
        {
            menu++;
        }

        return menu < settings.Profiles.Length;
    }

    private static int First(Profile menu) => menu.Kind == ProfileKind.Menu ? menu.Find(SettingsKey.ProfileItem, 0) : -1;
}
