namespace Netboot.Settings;

/// <summary>A change to one section, for the writer to work in while it writes: keys set, keys taken out, or the whole section.</summary>
internal sealed class SettingsEdit
{
    /// <summary>In place of a number: a profile or machine that is not there yet.</summary>
    internal const int NewSection = -1;

    private static readonly byte[] Nothing = new byte[0];

    private readonly bool[] _changes = new bool[SettingsTable.Keys];
    private readonly byte[][][] _values = new byte[SettingsTable.Keys][][];

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

    /// <summary>Whether the section goes altogether.</summary>
    internal bool Removes { get; set; }

    /// <summary>Gives a key other values; none takes it out.</summary>
    internal void Set(SettingsKey key, byte[][] values)
    {
        _changes[(int)key] = true;
        _values[(int)key] = values;
    }

    internal bool Changes(SettingsKey key)
    {
        return _changes[(int)key];
    }

    internal byte[] Value(SettingsKey key, int index)
    {
        byte[][] values = _values[(int)key];
        return index < values.Length ? values[index] : Nothing;
    }
}
