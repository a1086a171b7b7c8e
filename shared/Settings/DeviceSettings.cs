using System;
using System.Collections;
using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Settings;

/// <summary>
/// All settings of the device, checked. Made by <see cref="SettingsText"/>; it does not change afterwards (but for
/// <see cref="MachineTable.SetOnce"/>): other settings are another object.
/// </summary>
public sealed class DeviceSettings
{
    /// <summary>The script on the mirror when no profile is set.</summary>
    public const string MirrorScript = "boot.ipxe";

    /// <summary>The script when not even a mirror is set: netboot.xyz's public menu.</summary>
    public const string PublicScript = "http://boot.netboot.xyz/menu.ipxe";

    private const string DefaultName = "netboot";
    private const byte Yes = 1;

    // The profiles of the default, the platforms and unknown machines; last whether any profile is a menu: a field takes 12 bytes.
    private readonly byte[] _rules = new byte[Platforms.Count + 2];

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

    /// <summary>What machines get that wait until they are let in: nothing. Null where there is no such rule.</summary>
    public Profile Waiting { get; private set; }

    /// <summary>Whether any profile is a menu.</summary>
    public bool HasMenus => _rules[Platforms.Count + 1] == Yes;

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

            var writer = new ByteWriter(64, SettingsLimits.FolderUrl * 2);
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

    /// <summary>
    /// The profile of machines that no section is for: its number, <see cref="MachineTable.Ask"/>, or <see cref="MachineTable.None"/>: the
    /// same as of others.
    /// </summary>
    public int UnknownProfile => _rules[SettingsKey.BootUnknown - SettingsKey.BootDefault];

    /// <summary>The loader file set for a platform, or null for the default.</summary>
    public byte[] Loader(Platform platform) =>
        platform == Platform.Unknown ? null : Value((SettingsKey)((int)SettingsKey.LoaderBios + (int)platform - 1));

    /// <summary>Every loader name that a machine may be sent to, once each, for the catalogue.</summary>
    public byte[][] LoaderNames()
    {
        var names = new ArrayList();
        for (int i = 0; i < AnswerTable.Loaders.Length; i++)
        {
            AddName(names, AnswerTable.Loaders[i]);
        }

        for (int i = 1; i < Platforms.Count; i++)
        {
            AddName(names, Platforms.LoaderOf((Platform)i));
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
    public void Assign(int machine, int profile, bool once) =>
        SetProfile(once ? SettingsKey.MachineOnce : SettingsKey.MachineProfile, machine, profile);

    /// <summary>Takes over the secrets of others, and no others: a change to settings never changes a secret.</summary>
    public void TakeSecrets(DeviceSettings others)
    {
        for (int i = 0; i < _keys.Length; i++)
        {
            if (SettingsTable.IsSecret((SettingsKey)_keys[i]))
            {
                _values[i] = null;
            }
        }

        for (int i = 0; i < others._keys.Length; i++)
        {
            if (SettingsTable.IsSecret((SettingsKey)others._keys[i]))
            {
                SetValue((SettingsKey)others._keys[i], others._values[i]);
            }
        }
    }

    /// <summary>Sets a value: for who makes settings, and for the password, which nothing else hangs on.</summary>
    public void SetValue(SettingsKey key, byte[] value)
    {
        int place = Place(key);
        if (place >= 0)
        {
            _values[place] = value;
        }
        else if (value != null)
        {
            MakePlace(key);
            _values[_keys.Length - 1] = value;
        }
    }

    /// <summary>Makes room for a value, so that setting it takes no more memory.</summary>
    public void MakePlace(SettingsKey key)
    {
        if (Place(key) >= 0)
        {
            return;
        }

        int count = _keys.Length;
        var values = new byte[count + 1][];
        Array.Copy(_values, 0, values, 0, count);
        var keys = new byte[count + 1];
        Array.Copy(_keys, 0, keys, 0, count);
        keys[count] = (byte)key;
        _values = values;
        _keys = keys;
    }

    /// <summary>How many sections of a kind there are: one of each that has no title.</summary>
    internal int CountOf(SettingsSection section) =>
        section == SettingsSection.Profile ? Profiles.Length : section == SettingsSection.Machine ? Machines.Count : 1;

    /// <summary>
    /// Whether a key is set; it is one of the profile or machine <paramref name="index"/> if it is in such a section, and of one that may
    /// be there several times it is value <paramref name="number"/>. Not for keys that take the name of a profile: <see cref="ProfileOf"/>.
    /// </summary>
    internal bool Has(SettingsKey key, int index, int number)
    {
        switch (SettingsTable.SectionOf(key))
        {
            case SettingsSection.Profile: return Profiles[index].Find(key, number) >= 0;
            case SettingsSection.Machine: return Machines.Has(index, key);
            default: return Value(key) != null;
        }
    }

    /// <summary>Writes the value of a key that is set, as it was accepted; see <see cref="Has"/>.</summary>
    internal void Write(SettingsKey key, ValueKind kind, int index, int number, ByteWriter writer)
    {
        switch (SettingsTable.SectionOf(key))
        {
            case SettingsSection.Profile:
                Profiles[index].Write(key, number, writer);
                break;
            case SettingsSection.Machine:
                Machines.Write(index, key, kind, writer);
                break;
            default:
                writer.Raw(Value(key));
                break;
        }
    }

    /// <summary>
    /// The number of the profile that a rule, or a key of machine <paramref name="index"/>, names; or <see cref="MachineTable.None"/>.
    /// </summary>
    internal int ProfileOf(SettingsKey key, int index) =>
        key >= SettingsKey.MachineName ? Machines.Profile(index, key) : _rules[key - SettingsKey.BootDefault];

    /// <summary>Gives such a key the number of another profile.</summary>
    internal void SetProfile(SettingsKey key, int index, int profile)
    {
        if (key >= SettingsKey.MachineName)
        {
            Machines.SetProfile(index, key, profile);
        }
        else
        {
            _rules[key - SettingsKey.BootDefault] = (byte)profile;
        }
    }

    /// <summary>Works out what follows from the values.</summary>
    internal void Complete()
    {
        byte[] name = Octets.Of("built-in");
        byte[] script = Octets.Of(MirrorUrl == null ? PublicScript : MirrorScript);
        BuiltIn = new Profile(name, 0, name.Length) { Kind = ProfileKind.Script };
        BuiltIn.Add(SettingsKey.ProfileScript, 0, script, script.Length);
        if (UnknownProfile == MachineTable.Ask)
        {
            byte[] ask = Octets.Of(SettingsValue.Ask);
            Waiting = new Profile(ask, 0, ask.Length) { Kind = ProfileKind.Ignore };
        }

        for (int i = 0; i < Profiles.Length; i++)
        {
            if (Profiles[i].Kind == ProfileKind.Menu)
            {
                _rules[Platforms.Count + 1] = Yes;
            }
        }
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

    private int Place(SettingsKey key)
    {
        int place = _keys.Length - 1;
        while (place >= 0 && _keys[place] != (byte)key)
        {
            place--;
        }

        return place;
    }
}
