namespace Netboot.Settings;

/// <summary>A change to one section, for the writer to work in while it writes: a key set or taken out, or the whole section taken out.</summary>
internal sealed class SettingsEdit
{
    /// <summary>In place of a number: a profile or machine that is not there yet.</summary>
    internal const int NewSection = -1;

    private static readonly byte[] Nothing = new byte[0];

    internal SettingsEdit(SettingsSection section, int index, byte[] title)
    {
        Section = section;
        Index = index;
        Title = title;
    }

    internal SettingsSection Section { get; }

    /// <summary>The number of the profile or machine, or <see cref="NewSection"/>.</summary>
    internal int Index { get; }

    /// <summary>What stands after the section's name, for a new one.</summary>
    internal byte[] Title { get; }

    /// <summary>The key that gets other values, or -1: the section goes altogether.</summary>
    internal int Key { get; private set; } = -1;

    /// <summary>A change to another section that is made with this one, or null.</summary>
    internal SettingsEdit Also { get; set; }

    private byte[][] Values { get; set; }

    /// <summary>Gives a key other values; none takes it out.</summary>
    internal void Set(SettingsKey key, byte[][] values)
    {
        Key = (int)key;
        Values = values;
    }

    internal byte[] Value(int index)
    {
        return index < Values.Length ? Values[index] : Nothing;
    }
}
