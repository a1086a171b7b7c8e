namespace Netboot.Settings;

/// <summary>Where in the settings a writer of parts has got to.</summary>
internal sealed class SettingsPlace
{
    /// <summary>The section's number.</summary>
    internal int Section { get; private set; }

    /// <summary>The number of the profile or machine.</summary>
    internal int Index { get; private set; }

    /// <summary>The key that is next; below the section's first, its head is.</summary>
    internal int Key { get; set; } = -1;

    internal void NextSection()
    {
        Section++;
        Index = 0;
        Key = -1;
    }

    internal void NextIndex()
    {
        Index++;
        Key = -1;
    }
}
