namespace Netboot.Settings;

/// <summary>What a profile is. More kinds (an API, a menu, a script of its own) are more members here and cases in Boot/.</summary>
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
}
