using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// A change for the writer to work in while it writes: a key set or taken out, or a whole section taken out. Several are a chain.
/// </summary>
internal sealed class SettingsEdit
{
    /// <summary>In place of a number: a profile or machine that is not there yet.</summary>
    internal const int NewSection = -1;

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

    /// <summary>Another change that is made with this one, or null.</summary>
    internal SettingsEdit Also { get; set; }

    /// <summary>How many values the key gets.</summary>
    internal int Count => Values.Length;

    private byte[][] Values { get; set; }

    /// <summary>Gives a key other values; none takes it out.</summary>
    internal void Set(SettingsKey key, byte[][] values)
    {
        Key = (int)key;
        Values = values;
    }

    /// <summary>Whether the other is of the same section.</summary>
    internal bool IsOf(SettingsEdit other) =>
        Section == other.Section && Index == other.Index && (Index != NewSection || Octets.Is(Title, 0, Title.Length, other.Title));

    internal byte[] Value(int index) => index < Values.Length ? Values[index] : new byte[0];
}
