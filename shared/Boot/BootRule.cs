using Netboot.Dhcp;

namespace Netboot.Boot;

/// <summary>Which rule decided what a machine boots.</summary>
public enum BootRule : byte
{
    /// <summary>None is set: the mirror's boot.ipxe, or netboot.xyz's menu.</summary>
    BuiltIn = 0,

    /// <summary>[boot] default.</summary>
    Default = 1,

    /// <summary>[boot], the machine's platform.</summary>
    Platform = 2,

    /// <summary>[machine] profile.</summary>
    Machine = 3,

    /// <summary>[machine] once.</summary>
    Once = 4,

    /// <summary>[boot] unknown: no section is for the machine.</summary>
    Unknown = 5,
}
