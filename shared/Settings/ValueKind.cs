namespace Netboot.Settings;

/// <summary>What a value may be. <see cref="SettingsValue"/> checks it.</summary>
public enum ValueKind : byte
{
    /// <summary>Letters, digits and hyphens, as in a host name.</summary>
    HostName,

    /// <summary>Whole host names, with commas or blanks between.</summary>
    HostNames,

    /// <summary>Letters, digits, <c>- _ .</c></summary>
    Name,

    /// <summary>The name of a profile that the same text defines.</summary>
    ProfileName,

    /// <summary>A file name without folder.</summary>
    FileName,

    /// <summary>An absolute http or https URL of a folder.</summary>
    BaseUrl,

    /// <summary>A folder: absolute, or relative to the mirror's URL.</summary>
    FolderUrl,

    /// <summary>A file: absolute, or relative to the mirror's URL.</summary>
    Url,

    /// <summary>A file, and with a blank before it the name that the kernel finds it under.</summary>
    Initrd,

    /// <summary>The name of a profile that the same text defines, and with a blank before it what a menu calls it.</summary>
    MenuItem,

    /// <summary>A line of an iPXE script.</summary>
    ScriptLine,

    /// <summary>A kernel's command line, inside an iPXE command.</summary>
    CommandLine,

    /// <summary>A line on a machine's screen, inside an iPXE command.</summary>
    ScreenText,

    /// <summary>A UUID.</summary>
    Uuid,

    /// <summary>A password, or its stored form. Never shown.</summary>
    Password,

    /// <summary>A number in the row's range, or <c>none</c> where the row allows that.</summary>
    Number,

    /// <summary>Who receives datagrams: an IPv4 address, with or without <c>:port</c>.</summary>
    Receiver,

    /// <summary>Relay agents: IPv4 addresses with or without <c>/prefix</c>, blanks between them.</summary>
    Relays,

    /// <summary>One word of the row's choices.</summary>
    Choice,
}
