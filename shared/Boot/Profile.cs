using System;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>Something to boot, by name.</summary>
public sealed class Profile
{
    // Only what is set: a place in an array of references takes 12 bytes of the board's heap, used or not.
    private byte[] _places = new byte[0];
    private byte[][] _values = new byte[0][];

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
        int place = key - SettingsKey.ProfileKind + index;
        byte[] places = _places;
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i] == place)
            {
                return _values[i];
            }
        }

        return null;
    }

    /// <summary>Sets an accepted value; each once.</summary>
    public void SetValue(SettingsKey key, int index, byte[] value)
    {
        int count = _places.Length;
        var places = new byte[count + 1];
        var values = new byte[count + 1][];
        Array.Copy(_places, 0, places, 0, count);
        Array.Copy(_values, 0, values, 0, count);
        places[count] = (byte)(key - SettingsKey.ProfileKind + index);
        values[count] = value;
        _places = places;
        _values = values;
    }
}
