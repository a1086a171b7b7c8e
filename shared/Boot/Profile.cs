using System;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>Something to boot, by name.</summary>
public sealed class Profile
{
    /// <summary>The place of the command line with its URLs put in, after those of the keys.</summary>
    private const int Expanded = SettingsKey.ProfileInitrd - SettingsKey.ProfileKind + SettingsLimits.Initrds;

    private const int PlaceBits = 4;
    private const int PlaceMask = 15;

    // Only what is set, for a place in an array of references takes 12 bytes of the board's heap, used or not; which value is which key's is in four bits of
    // a number for each.
    private byte[][] _values = new byte[0][];
    private long _places;

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
    public byte[] CommandLine
    {
        get { return At(Expanded) ?? Value(SettingsKey.ProfileCommandLine, 0); }
    }

    /// <summary>URL of an initrd as it is written, or null after the last one.</summary>
    public byte[] Initrd(int index)
    {
        return index < SettingsLimits.Initrds ? Value(SettingsKey.ProfileInitrd, index) : null;
    }

    /// <summary>A value as it was accepted, or null; <paramref name="index"/> counts those of a key that may be there several times.</summary>
    public byte[] Value(SettingsKey key, int index)
    {
        return At(key - SettingsKey.ProfileKind + index);
    }

    /// <summary>Sets an accepted value; each once.</summary>
    public void SetValue(SettingsKey key, int index, byte[] value)
    {
        Add(key - SettingsKey.ProfileKind + index, value);
    }

    /// <summary>Sets the command line with the URLs put in for its templates, where it has any; once.</summary>
    public void SetExpanded(byte[] commandLine)
    {
        Add(Expanded, commandLine);
    }

    private byte[] At(int place)
    {
        long places = _places;
        byte[][] values = _values;
        for (int i = 0; i < values.Length; i++)
        {
            if (((int)places & PlaceMask) == place)
            {
                return values[i];
            }

            places >>= PlaceBits;
        }

        return null;
    }

    private void Add(int place, byte[] value)
    {
        int count = _values.Length;
        var values = new byte[count + 1][];
        Array.Copy(_values, 0, values, 0, count);
        values[count] = value;
        _places |= (long)place << (PlaceBits * count);
        _values = values;
    }
}
