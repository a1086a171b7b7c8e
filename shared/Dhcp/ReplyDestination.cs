namespace Netboot.Dhcp;

/// <summary>Where a reply goes (RFC 2131 section 4.1; PXE 2.1 for the boot server).</summary>
public enum ReplyDestination : byte
{
    /// <summary>255.255.255.255:68. A board cannot unicast to a machine that has no address: it has no way to fill the ARP table.</summary>
    Broadcast = 0,

    /// <summary>The relay (giaddr), port 67.</summary>
    Relay = 1,

    /// <summary>The client's own address (ciaddr), port 68.</summary>
    Client = 2,

    /// <summary>
    /// Back to where the request came from, address and port: edk2 asks 4011 from 4011 and listens only there, iPXE from 68.
    /// </summary>
    Source = 3,
}
