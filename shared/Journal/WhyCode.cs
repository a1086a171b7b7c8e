namespace Netboot.Journal;

/// <summary>Why a machine does not get on. Each has a name and a text in plain words in <see cref="WhyText"/>.</summary>
public enum WhyCode : byte
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>No DHCPREQUEST after our offer.</summary>
    NoRequest = 1,

    /// <summary>
    /// It took an address and then nothing from here. Argument: the address of a server that sends boot options, 0 when none is known.
    /// </summary>
    WentElsewhere = 2,

    /// <summary>iPXE did not wait for the proxy: a DHCP server sends option 175.176. Argument: its address.</summary>
    NoProxy = 3,

    /// <summary>The boot server on 4011 was asked, and then no file.</summary>
    NoFile = 4,

    /// <summary>The machine broke the loader off. Text: what it said.</summary>
    LoaderAborted = 5,

    /// <summary>The machine stopped acknowledging the loader.</summary>
    LoaderTimeout = 6,

    /// <summary>The device could not go on sending the loader. Text: why.</summary>
    LoaderRefused = 7,

    /// <summary>A file that neither board nor mirror has. Text: its name.</summary>
    LoaderMissing = 8,

    /// <summary>The loader was sent, the script never asked for.</summary>
    NoScript = 9,

    /// <summary>The mirror cannot be reached from the machine. Argument: iPXE's error. Text: what was asked for.</summary>
    MirrorUnreachable = 10,

    /// <summary>The mirror does not answer, or stopped. Argument: iPXE's error. Text: what was asked for.</summary>
    MirrorTimeout = 11,

    /// <summary>404 from the mirror. Text: what was asked for (script, kernel, initrd).</summary>
    MirrorNotFound = 12,

    /// <summary>What the mirror sent as a script is not one.</summary>
    MirrorNotScript = 13,

    /// <summary>Any other failure of a fetch. Argument: iPXE's error. Text: what was asked for.</summary>
    MirrorError = 14,

    /// <summary>
    /// A fetch takes very long. Text: which, and how long. Argument: bytes per second that the mirror gives the device, 0 while that is not
    /// known.
    /// </summary>
    MirrorSlow = 15,

    /// <summary>A rule refuses it. Text: the profile, or empty.</summary>
    RefusedByRule = 16,

    /// <summary>It starts over again and again. Argument: the stage it gets to.</summary>
    Loop = 17,

    /// <summary>There is no iPXE for its architecture. Argument: the number of option 93.</summary>
    NoLoader = 18,

    /// <summary>The loader for it is neither on the board nor on a mirror. Argument: the number of option 93. Text: its name.</summary>
    NoLoaderFile = 19,

    /// <summary>
    /// The mirror's name, or whatever server's it is, cannot be looked up. Argument: iPXE's error. Text: what was asked for.
    /// </summary>
    NameUnknown = 20,

    /// <summary>
    /// The API of its profile could not be asked, or its answer not used. Argument: 1 when there was an answer. Text: the API's host.
    /// </summary>
    ApiFault = 21,

    /// <summary>The API of its profile does not want it booted. Argument: the answer's status; 0: it said so before. Text: the
    /// API's host.</summary>
    NotInApi = 22,

    /// <summary>It is not in the settings, and machines that are not wait until they are let in.</summary>
    NotLetIn = 23,
}
