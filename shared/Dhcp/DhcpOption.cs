namespace Netboot.Dhcp;

/// <summary>
/// Option codes that a proxy, or the set-up access point's own server, reads or writes (RFC 2132, RFC 3004, RFC 3046, RFC 4578, PXE 2.1).
/// </summary>
public static class DhcpOption
{
    /// <summary>Padding, one byte without a length.</summary>
    public const int Pad = 0;

    /// <summary>Subnet mask.</summary>
    public const int SubnetMask = 1;

    /// <summary>Routers.</summary>
    public const int Router = 3;

    /// <summary>Name servers.</summary>
    public const int NameServers = 6;

    /// <summary>Vendor-specific information: PXE's own sub-options.</summary>
    public const int VendorSpecific = 43;

    /// <summary>The address that a client wants.</summary>
    public const int RequestedAddress = 50;

    /// <summary>How long an address is given for, in seconds.</summary>
    public const int LeaseTime = 51;

    /// <summary>Which of <c>file</c> and <c>sname</c> hold options too.</summary>
    public const int Overload = 52;

    /// <summary>Kind of message.</summary>
    public const int MessageType = 53;

    /// <summary>Address of the server that speaks or is spoken to.</summary>
    public const int ServerIdentifier = 54;

    /// <summary>Why a server refuses, in words.</summary>
    public const int Message = 56;

    /// <summary>Longest message that the client takes, headers of IP and UDP included.</summary>
    public const int MaximumSize = 57;

    /// <summary>Vendor class: <c>PXEClient…</c> or <c>HTTPClient…</c>.</summary>
    public const int VendorClass = 60;

    /// <summary>Client identifier; echoed (RFC 6842).</summary>
    public const int ClientIdentifier = 61;

    /// <summary>Name or address of the TFTP server.</summary>
    public const int BootServerName = 66;

    /// <summary>Boot file name.</summary>
    public const int BootFile = 67;

    /// <summary>User class: iPXE says <c>iPXE</c>.</summary>
    public const int UserClass = 77;

    /// <summary>What a relay adds; echoed whole (RFC 3046 section 2.2).</summary>
    public const int RelayAgent = 82;

    /// <summary>Client system architectures, a list of 16-bit numbers.</summary>
    public const int Architecture = 93;

    /// <summary>Machine identifier: a type byte (0) and the SMBIOS UUID; echoed (RFC 4578 section 2.3).</summary>
    public const int MachineIdentifier = 97;

    /// <summary>iPXE's own block: features and requests.</summary>
    public const int Ipxe = 175;

    /// <summary>End of options, one byte without a length.</summary>
    public const int End = 255;
}
