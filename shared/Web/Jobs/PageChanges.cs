using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>One key set, or taken out by an empty value.</summary>
internal sealed class KeyChange : SettingsChange
{
    private readonly string _section;
    private readonly string _key;
    private readonly string _value;

    internal KeyChange(string section, string key, string value)
    {
        _section = section;
        _key = key;
        _value = value;
    }

    public override DeviceSettings Apply(DeviceSettings current, SettingsError error)
    {
        byte[] key = Octets.Of(_key);
        byte[] section = Octets.Of(_section);
        if (Octets.IsIgnoreCase(key, 0, key.Length, Octets.Of("password")) && Octets.IsIgnoreCase(section, 0, section.Length, Octets.Of("page")))
        {
            // Who only has the session may not change it.
            error.Section = "page";
            error.Key = "password";
            error.Fail("is changed by 'Change password', which asks for the present one");
            return null;
        }

        return SettingsEditor.Set(current, _section, _key, _value, error);
    }
}

/// <summary>A section taken out.</summary>
internal sealed class SectionRemoval : SettingsChange
{
    private readonly string _section;

    internal SectionRemoval(string section)
    {
        _section = section;
    }

    public override DeviceSettings Apply(DeviceSettings current, SettingsError error)
    {
        DeviceSettings changed = SettingsEditor.Remove(current, _section, error);
        if (changed != null)
        {
            SettingsEditor.KeepPassword(changed, current, true);
        }

        return changed;
    }
}

/// <summary>A text that takes the place of all settings; the password stays.</summary>
internal sealed class TextChange : SettingsChange
{
    private readonly int _offset;
    private readonly int _length;
    private readonly bool _isBackup;
    private byte[] _text;

    /// <summary>A text; of a backup the checksum is looked at.</summary>
    internal TextChange(byte[] text, int offset, int length, bool isBackup)
    {
        _text = text;
        _offset = offset;
        _length = length;
        _isBackup = isBackup;
    }

    public override DeviceSettings Apply(DeviceSettings current, SettingsError error)
    {
        if (_isBackup && !Backup.Check(_text, _offset, _length, error))
        {
            return null;
        }

        DeviceSettings settings = SettingsText.Parse(_text, _offset, _length, error);

        // What follows, storing them, needs its room.
        _text = null;
        if (settings != null)
        {
            SettingsEditor.KeepPassword(settings, current, true);
        }

        return settings;
    }
}

/// <summary>A machine that is to be ignored: it gets a profile of that kind, which is made if there is none.</summary>
internal sealed class IgnoreChange : SettingsChange
{
    private const string NewProfile = "ignored";

    private readonly string _mac;

    internal IgnoreChange(string mac)
    {
        _mac = mac;
    }

    public override DeviceSettings Apply(DeviceSettings current, SettingsError error)
    {
        string name = NameOf(current);
        DeviceSettings settings = current;
        if (name == null)
        {
            name = NewProfile;
            settings = SettingsEditor.Set(current, "profile " + name, "kind", "ignore", error);
        }

        return settings == null ? null : SettingsEditor.SetMachine(settings, _mac, null, name, error);
    }

    private static string NameOf(DeviceSettings settings)
    {
        for (int i = 0; i < settings.Profiles.Length; i++)
        {
            Profile profile = settings.Profiles[i];
            if (profile.Kind == ProfileKind.Ignore)
            {
                return Octets.Text(profile.Name, 0, profile.Name.Length);
            }
        }

        return null;
    }
}
