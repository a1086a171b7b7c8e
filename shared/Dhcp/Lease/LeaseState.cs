namespace Netboot.Dhcp.Lease;

/// <summary>What an address of the pool is used for.</summary>
public enum LeaseState : byte
{
    /// <summary>Nothing.</summary>
    Free = 0,

    /// <summary>It was offered and is kept for the client's request.</summary>
    Offered,

    /// <summary>A client has it.</summary>
    Leased,

    /// <summary>A client found it in use by another.</summary>
    Declined,
}
