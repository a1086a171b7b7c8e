using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Api;

/// <summary>Keys set, or taken out by an empty value: all of them, or none.</summary>
internal sealed class KeyChange : SettingsChange
{
    private readonly string[] _words;

    /// <summary>Section, key and value of each, one after the other.</summary>
    internal KeyChange(params string[] words)
    {
        _words = words;
    }

    public override DeviceSettings Apply(DeviceSettings current, SettingsError error) => SettingsEditor.Set(current, _words, error);
}

/// <summary>A section taken out.</summary>
internal sealed class SectionRemoval : SettingsChange
{
    private readonly string _section;

    internal SectionRemoval(string section)
    {
        _section = section;
    }

    public override DeviceSettings Apply(DeviceSettings current, SettingsError error) => SettingsEditor.Remove(current, _section, error);
}

/// <summary>A text that replaces all settings, read as it came; the password stays.</summary>
internal sealed class TextChange : SettingsChange
{
    private readonly SettingsReader _reader;

    /// <summary>What a reader has read.</summary>
    internal TextChange(SettingsReader reader)
    {
        _reader = reader;
    }

    /// <inheritdoc/>
    public override int Size(DeviceSettings current) =>
        // They are on the heap already.
        0;

    public override DeviceSettings Apply(DeviceSettings current, SettingsError error)
    {
        DeviceSettings settings = _reader.Finish();
        if (settings == null)
        {
            error.Take(_reader.Error);
        }

        return settings;
    }
}

/// <summary>
/// A machine's profile, for good or for its next boot. For one that is listed it is done in place; one that is not yet is added like any
/// other change.
/// </summary>
internal class AssignChange : SettingsChange
{
    private readonly string _mac;
    private readonly string _profile;
    private readonly bool _once;

    internal AssignChange(string mac, string profile, bool once)
    {
        _mac = mac;
        _profile = profile;
        _once = once;
    }

    /// <summary>Makes the change to the device's settings; false, and the error says why, when it cannot be made.</summary>
    internal bool Make(DeviceApi device, SettingsError error)
    {
        DeviceSettings settings = device.Rules.Settings;
        var mac = new byte[MacText.Size];
        byte[] text = Octets.Of(_mac);
        int machine = MacText.Parse(text, 0, text.Length, mac, 0) ? settings.Machines.FindMac(mac, 0) : -1;
        string name = ProfileOf(settings);
        byte[] profile = name == null ? null : Octets.Of(name);
        int number = profile == null ? -1 : profile.Length == 0 ? MachineTable.None : settings.FindProfile(profile, 0, profile.Length);

        // What is not there is for the other way, which also says what is wrong with it.
        return machine >= 0 && number >= 0 ? device.Assign(settings, machine, number, _once, error) : device.Change(this, error);
    }

    /// <inheritdoc/>
    public override DeviceSettings Apply(DeviceSettings current, SettingsError error) =>
        SettingsEditor.Set(current, Section, _once ? "once" : "profile", ProfileOf(current), error);

    /// <summary>The machine's section.</summary>
    protected string Section => "machine " + _mac;

    /// <summary>The profile's name; empty for none, null for one that is still to be made.</summary>
    protected virtual string ProfileOf(DeviceSettings settings) => _profile;
}

/// <summary>A machine that is to be ignored: it gets a profile of that kind, which is made if there is none.</summary>
internal sealed class IgnoreChange : AssignChange
{
    private const string NewProfile = "ignored";

    internal IgnoreChange(string mac)
        : base(mac, null, false)
    {
    }

    /// <inheritdoc/>
    public override DeviceSettings Apply(DeviceSettings current, SettingsError error)
    {
        if (ProfileOf(current) != null)
        {
            return base.Apply(current, error);
        }

        return SettingsEditor.Set(current, new[] { "profile " + NewProfile, "kind", "ignore", Section, "profile", NewProfile }, error);
    }

    /// <inheritdoc/>
    protected override string ProfileOf(DeviceSettings settings)
    {
        for (int i = 0; i < settings.Profiles.Length; i++)
        {
            Profile profile = settings.Profiles[i];
            if (profile.Kind == ProfileKind.Ignore)
            {
                byte[] name = profile.Name;
                return Octets.Text(name, 0, name.Length);
            }
        }

        return null;
    }
}
