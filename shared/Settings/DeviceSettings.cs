using System;
using System.Collections;
using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Settings;

/// <summary>
/// All settings of the device, checked. Made by <see cref="SettingsText"/>; it does not change afterwards (but for
/// <see cref="MachineTable.SetOnce"/>): other settings are another object.
/// </summary>
public sealed partial class DeviceSettings
{
    /// <summary>The script on the mirror when no profile is set.</summary>
    public const string MirrorScript = "boot.ipxe";

    /// <summary>The script when not even a mirror is set: netboot.xyz's public menu.</summary>
    public const string PublicScript = "http://boot.netboot.xyz/menu.ipxe";

    private const string DefaultName = "netboot";

    private readonly byte[] _rules = new byte[Platforms.Count];

    // Only what is set, for a place in an array of references takes 12 bytes of the board's heap, used or not: the keys, and the value of
    // each.
    private byte[] _keys = new byte[0];
    private byte[][] _values = new byte[0][];

    /// <summary>Settings with nothing set: every unknown machine gets netboot.xyz's menu.</summary>
    public DeviceSettings()
    {
        for (int i = 0; i < _rules.Length; i++)
        {
            _rules[i] = MachineTable.None;
        }

        Complete();
    }

    /// <summary>About how many bytes of a board's heap they take; a few more rather than less.</summary>
    public int Size
    {
        get
        {
            int size = 400 + Machines.Size;
            for (int i = 0; i < Profiles.Length; i++)
            {
                size += Profiles[i].Size;
            }

            for (int i = 0; i < _values.Length; i++)
            {
                size += 36 + (_values[i] == null ? 0 : _values[i].Length);
            }

            return size;
        }
    }

    /// <summary>The machines.</summary>
    public MachineTable Machines { get; } = new MachineTable();

    /// <summary>The profiles, in the order of the text. A profile's number is its place here.</summary>
    public Profile[] Profiles { get; internal set; } = new Profile[0];

    /// <summary>
    /// What machines boot when no rule says otherwise: <see cref="MirrorScript"/>, or <see cref="PublicScript"/> without a mirror.
    /// </summary>
    public Profile BuiltIn { get; private set; }

    /// <summary>The device's name.</summary>
    public byte[] Name => Value(SettingsKey.DeviceName) ?? Octets.Of(DefaultName);

    /// <summary>The mirror's URL with its last slash, or null.</summary>
    public byte[] MirrorUrl => Value(SettingsKey.MirrorUrl);

    /// <summary>
    /// The absolute URL of the folder with loaders that the board lacks, with its last slash; null when there is none that the board can
    /// fetch from. Made anew each time.
    /// </summary>
    public string LoadersUrl
    {
        get
        {
            byte[] mirror = MirrorUrl;
            byte[] loaders = Value(SettingsKey.MirrorLoaders) ?? new byte[0];
            if (mirror == null && loaders.Length == 0)
            {
                return null;
            }

            var writer = new ByteWriter(64, SettingsLimits.Url * 2);
            Settings.MirrorUrl.Write(writer, loaders, 0, loaders.Length, mirror);
            return Settings.MirrorUrl.CanBeFetched(writer.Buffer, 0, writer.Length) ? writer.ToString() : null;
        }
    }

    /// <summary>The value of a key of a section that is there once, as it was accepted, or null.</summary>
    public byte[] Value(SettingsKey key)
    {
        // In this order: a password that is set meanwhile makes the values longer before the keys.
        byte[] keys = _keys;
        byte[][] values = _values;
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] == (byte)key)
            {
                return values[i];
            }
        }

        return null;
    }

    /// <summary>
    /// The profile that machines of a platform get: the number of the platform's rule, or <see cref="MachineTable.None"/>.
    /// </summary>
    public int PlatformProfile(Platform platform) => platform == Platform.Unknown ? MachineTable.None : _rules[(int)platform];

    /// <summary>
    /// The profile of machines that no other rule is for: its number, or <see cref="MachineTable.None"/> for the built-in one.
    /// </summary>
    public int DefaultProfile => _rules[0];

    /// <summary>The loader file set for a platform, or null for the default.</summary>
    public byte[] Loader(Platform platform) =>
        platform == Platform.Unknown ? null : Value((SettingsKey)((int)SettingsKey.LoaderBios + (int)platform - 1));

    /// <summary>Every loader name that a machine may be sent to, once each, for the catalogue.</summary>
    public byte[][] LoaderNames()
    {
        var names = new ArrayList();
        AddName(names, Settings.LoaderNames.BiosIpxeRom);
        for (int i = 1; i < Platforms.Count; i++)
        {
            AddName(names, Settings.LoaderNames.Default((Platform)i));
            AddName(names, Loader((Platform)i));
        }

        for (int i = 0; i < Machines.LoaderCount; i++)
        {
            AddName(names, Machines.LoaderName(i));
        }

        var all = new byte[names.Count][];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = (byte[])names[i];
        }

        return all;
    }

    /// <summary>The number of a profile by its name, or -1.</summary>
    public int FindProfile(byte[] name, int offset, int length)
    {
        for (int i = 0; i < Profiles.Length; i++)
        {
            if (Profiles[i].IsNamed(name, offset, length))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>
    /// Gives a machine another profile, for good or for its next boot: in place, for the boot path reads one number at a time.
    /// </summary>
    public void Assign(int machine, int profile, bool once)
    {
        if (once)
        {
            Machines.SetOnce(machine, profile);
        }
        else
        {
            Machines.SetProfile(machine, profile);
        }
    }

    /// <summary>The rule of [boot] by key: its number among them, 0 for the default.</summary>
    internal int Rule(int index) => _rules[index];

    internal void SetRule(int index, int profile) => _rules[index] = (byte)profile;

    /// <summary>Works out what follows from the values.</summary>
    internal void Complete()
    {
        byte[] name = Octets.Of("built-in");
        byte[] script = Octets.Of(MirrorUrl == null ? PublicScript : MirrorScript);
        BuiltIn = new Profile(name, 0, name.Length) { Kind = ProfileKind.Script };
        BuiltIn.Add(SettingsKey.ProfileScript, 0, script, script.Length);
    }

    private static void AddName(ArrayList names, byte[] name)
    {
        if (name == null)
        {
            return;
        }

        for (int i = 0; i < names.Count; i++)
        {
            if (Octets.Is(name, 0, name.Length, (byte[])names[i]))
            {
                return;
            }
        }

        names.Add(name);
    }
}
