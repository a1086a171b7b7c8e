using System;

namespace Netboot.Dhcp;

/// <summary>What another server on the LAN tells netboot machines.</summary>
[Flags]
public enum OtherServerKind : byte
{
    /// <summary>Nothing that matters.</summary>
    None = 0,

    /// <summary>It gives addresses.</summary>
    Dhcp = 1,

    /// <summary>
    /// It sends boot options of its own: a file name (option 67 or the header's), a boot server (66) or class PXEClient or HTTPClient (60).
    /// A next server alone (siaddr) does not count as one.
    /// </summary>
    Boot = 2,

    /// <summary>It tells iPXE not to wait for proxies (option 175, sub-option 176, "no-pxedhcp").</summary>
    NoProxy = 4,
}
