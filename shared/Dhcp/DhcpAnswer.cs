namespace Netboot.Dhcp;

/// <summary>
/// How option 43 is decided for one machine (field notes D4-1, D4-3: firmware differs, so a machine's settings can turn the table round).
/// </summary>
public enum PxeOptionRule : byte
{
    /// <summary>As the table says.</summary>
    Auto = 0,

    /// <summary>Always <c>06 01 08 ff</c>.</summary>
    Send = 1,

    /// <summary>Never.</summary>
    Omit = 2,
}

/// <summary>Why a machine that asked to netboot gets no answer.</summary>
public enum Refusal : byte
{
    /// <summary>It was answered, or it is no netboot client, or it was not meant.</summary>
    None = 0,

    /// <summary>The owner's rules say so.</summary>
    ByRule = 1,

    /// <summary>There is no iPXE for its architecture.</summary>
    NoLoader = 2,

    /// <summary>The loader for it is neither on the board nor on a mirror.</summary>
    NoLoaderFile = 3,

    /// <summary>The answer would be longer than it takes.</summary>
    TooLong = 4,

    /// <summary>The boot API of its profile does not want it booted.</summary>
    ByApi = 5,

    /// <summary>Unknown machines wait until their owner lets them in.</summary>
    NotLetIn = 6,
}

/// <summary>
/// One request's way from step to step: who asks, what is decided, what is answered. Whoever receives the request hands it on; one object
/// serves all packets. Fields, because a property is a call in the packet path.
/// </summary>
public sealed class DhcpAnswer
{
    /// <summary>What the client says of itself.</summary>
    public readonly PxeClient Client = new PxeClient();

    /// <summary>Decided: why the machine gets no answer, or <see cref="Refusal.None"/>.</summary>
    public Refusal Refusal;

    /// <summary>Decided: file name of its loader; null when it needs none or none is known for it.</summary>
    public byte[] Loader;

    /// <summary>Decided: whether option 43 is sent.</summary>
    public PxeOptionRule PxeOption;

    /// <summary>
    /// Decided: whether a broadcast DHCPREQUEST to another server is answered too (some old ROMs take the boot file only from that:
    /// pixiecore#21).
    /// </summary>
    public bool AnswerRequest;

    /// <summary>
    /// Decided: its number in the settings by its Ethernet address, or -1. By its UUID does not count: that may be anybody's.
    /// </summary>
    public int Listed;

    /// <summary>Decided: whether a rule looks at machines' UUIDs, so that the script's URL should carry it.</summary>
    public bool NeedsUuid;

    /// <summary>Bytes of the reply, 0 for silence.</summary>
    public int Length;

    /// <summary>The reply.</summary>
    public byte[] Reply;

    /// <summary>Where the reply goes.</summary>
    public ReplyDestination Destination;

    /// <summary>The boot file that the reply names: <see cref="BootfileLength"/> bytes.</summary>
    public byte[] Bootfile;

    /// <summary>Length of <see cref="Bootfile"/>.</summary>
    public int BootfileLength;

    /// <summary>Whether the request is one that others should hear of.</summary>
    public bool IsTold;
}
