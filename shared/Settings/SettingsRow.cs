using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>One key of the settings text: where it is, what it takes. Rows live only while a text is read or written.</summary>
public sealed class SettingsRow
{
    /// <summary>A key that is there at most once in its section.</summary>
    public SettingsRow(SettingsSection section, string name, ValueKind kind, int limit)
        : this(section, Octets.Of(name), kind, limit, null, SettingsTable.EveryKind)
    {
    }

    /// <summary>A key with the words it may be (<paramref name="choices"/>, for <see cref="ValueKind.Choice"/>) and the kinds of profile that have it.</summary>
    public SettingsRow(SettingsSection section, byte[] name, ValueKind kind, int limit, string choices, int profileKinds)
    {
        Section = section;
        Name = name;
        Kind = kind;
        Limit = limit;
        Most = 1;
        Choices = choices == null ? null : choices.Split(' ');
        ProfileKinds = profileKinds;
    }

    /// <summary>The section it belongs to.</summary>
    public SettingsSection Section { get; }

    /// <summary>Its name, in lower case.</summary>
    public byte[] Name { get; }

    /// <summary>What its value may be.</summary>
    public ValueKind Kind { get; }

    /// <summary>The longest value in bytes.</summary>
    public int Limit { get; }

    /// <summary>How often it may be there in one section.</summary>
    public int Most { get; set; }

    /// <summary>The words it may be, or null.</summary>
    public string[] Choices { get; }

    /// <summary>Bit n: profiles of kind n have it.</summary>
    public int ProfileKinds { get; }
}
