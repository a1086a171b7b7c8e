namespace Netboot.Settings;

/// <summary>What a profile is. More kinds are more members here, words in <see cref="SettingsTable"/>, and cases in Boot/.</summary>
public enum ProfileKind : byte
{
    /// <summary>A kernel, initrds and a command line: Pixiecore's static mode.</summary>
    Linux = 0,

    /// <summary>A script (or anything that iPXE can start) at a URL.</summary>
    Script = 1,

    /// <summary>The machine's own disk.</summary>
    Local = 2,

    /// <summary>No offer at all.</summary>
    Ignore = 3,

    /// <summary>A refusal that the machine shows on its own screen.</summary>
    Deny = 4,

    /// <summary>Other profiles, of which a person at the machine chooses one; a default when nobody does.</summary>
    Menu = 5,

    /// <summary>A small iPXE script that stands in the settings.</summary>
    Inline = 6,

    /// <summary>What a server of the owner's says for each machine (Pixiecore's API).</summary>
    Api = 7,
}
