namespace Netboot.Settings;

/// <summary>What a generated script is made of. Fields, for a script is written several times over.</summary>
public sealed class ScriptFacts
{
    /// <summary>The settings that it is of.</summary>
    public DeviceSettings Settings;

    /// <summary>What the machine boots.</summary>
    public Profile Profile;

    /// <summary><see cref="Profile.HasTemplates"/>, as a field.</summary>
    public bool HasTemplates;

    /// <summary>The device's own address as URLs have it.</summary>
    public byte[] Authority;

    /// <summary>The machine's name and address, as far as they are known: it may be empty.</summary>
    public byte[] Who;

    /// <summary>Bytes of <see cref="Who"/>.</summary>
    public int WhoLength;

    /// <summary>How many of these are the machine's name in the settings; 0 when it has none.</summary>
    public int NameLength;

    /// <summary>Of a menu: what is chosen when nobody chooses.</summary>
    public Profile MenuDefault;

    /// <summary>Of a menu: the places of its items, how long the profile's name is in each, and how many there are.</summary>
    public int[] Items;

    /// <summary>See <see cref="Items"/>.</summary>
    public byte[] ItemNames;

    /// <summary>See <see cref="Items"/>.</summary>
    public int ItemCount;

    /// <summary>Of a menu: seconds until the default is chosen; 0 is never.</summary>
    public int Timeout;

    /// <summary>Of a menu: whether it offers iPXE's shell.</summary>
    public bool HasShell;

    /// <summary>Whether a person or a countdown chose the profile from a menu, which the machine can come back to.</summary>
    public bool IsChosen;

    /// <summary>Whether a boot API made the profile, which may have a message then.</summary>
    public bool IsOfApi;
}
