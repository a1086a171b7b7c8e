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

/// <summary>
/// What the boot rules say of one machine, as far as its offer needs it. One object serves all packets; fields, because a property is a
/// call in the packet path.
/// </summary>
public sealed class OfferDecision
{
    /// <summary>Why the machine gets no answer, in words for the log, or null when it gets one.</summary>
    public string Refusal;

    /// <summary>The same for programs.</summary>
    public Refusal Why;

    /// <summary>File name of its loader; null when no loader is known for it (a refusal unless it is iPXE, which needs none).</summary>
    public byte[] Loader;

    /// <summary>Whether option 43 is sent.</summary>
    public PxeOptionRule PxeOption;

    /// <summary>
    /// Whether a broadcast DHCPREQUEST to another server is answered too (some old ROMs take the boot file only from that: pixiecore#21).
    /// </summary>
    public bool AnswerRequest;

    /// <summary>Its number in the settings by its Ethernet address, or -1. By its UUID does not count: that may be anybody's.</summary>
    public int Listed;

    /// <summary>Whether a rule looks at machines' UUIDs, so that the script's URL should carry it.</summary>
    public bool NeedsUuid;
}

/// <summary>Decides what a netboot client is to boot. The rules live in Boot/.</summary>
public interface IOfferPolicy
{
    /// <summary>Fills all of <paramref name="decision"/> for the client that sent <paramref name="message"/>.</summary>
    void Decide(DhcpMessage message, PxeClient client, OfferDecision decision);
}
