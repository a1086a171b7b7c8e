namespace Netboot.Dhcp;

/// <summary>Values of option 53 (RFC 2132 section 9.6).</summary>
public static class DhcpMessageType
{
    /// <summary>A client looks for servers.</summary>
    public const int Discover = 1;

    /// <summary>A server offers.</summary>
    public const int Offer = 2;

    /// <summary>A client takes an offer, or asks a boot server.</summary>
    public const int Request = 3;

    /// <summary>A client found its address in use by another.</summary>
    public const int Decline = 4;

    /// <summary>A server confirms.</summary>
    public const int Ack = 5;

    /// <summary>A server refuses the address that a client wants.</summary>
    public const int Nak = 6;

    /// <summary>A client gives its address back.</summary>
    public const int Release = 7;

    /// <summary>A client that has its address wants options only.</summary>
    public const int Inform = 8;
}
