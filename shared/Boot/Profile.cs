using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>Something to boot, by name.</summary>
public sealed class Profile
{
    private const int Values = SettingsKey.ProfileInitrd - SettingsKey.ProfileKind + SettingsLimits.Initrds;

    private readonly byte[][] _values = new byte[Values][];

    /// <summary>A profile without values yet.</summary>
    public Profile(byte[] name)
    {
        Name = name;
    }

    /// <summary>Its name.</summary>
    public byte[] Name { get; }

    /// <summary>What it is. It follows from the keys when none is stated.</summary>
    public ProfileKind Kind { get; set; }

    /// <summary>URL of the script (kind script) as it is written: absolute, or relative to the mirror.</summary>
    public byte[] Script
    {
        get { return Value(SettingsKey.ProfileScript, 0); }
    }

    /// <summary>URL of the kernel (kind linux) as it is written: absolute, or relative to the mirror.</summary>
    public byte[] Kernel
    {
        get { return Value(SettingsKey.ProfileKernel, 0); }
    }

    /// <summary>Whether the script's URL carries the machine's identity: as the profile says, else only when it is on the mirror.</summary>
    public bool SaysWho(bool onMirror)
    {
        byte[] identity = Value(SettingsKey.ProfileIdentity, 0);
        return identity == null ? onMirror : identity[0] == (byte)'y';
    }

    /// <summary>What the machine shows when it is refused (kind deny), or null.</summary>
    public byte[] Message
    {
        get { return Value(SettingsKey.ProfileMessage, 0); }
    }

    /// <summary>The command line (kind linux) with the URLs put in for its templates, or null.</summary>
    public byte[] CommandLine { get; set; }

    /// <summary>URL of an initrd as it is written, or null after the last one.</summary>
    public byte[] Initrd(int index)
    {
        return index < SettingsLimits.Initrds ? Value(SettingsKey.ProfileInitrd, index) : null;
    }

    /// <summary>A value as it was accepted, or null; <paramref name="index"/> counts those of a key that may be there several times.</summary>
    public byte[] Value(SettingsKey key, int index)
    {
        return _values[key - SettingsKey.ProfileKind + index];
    }

    /// <summary>Sets an accepted value.</summary>
    public void SetValue(SettingsKey key, int index, byte[] value)
    {
        _values[key - SettingsKey.ProfileKind + index] = value;
    }
}
