namespace Netboot.Logging;

/// <summary>Who speaks in the log. The names in brackets are Pixiecore's, so that its users find their way.</summary>
public enum Subsystem : byte
{
    /// <summary>[Init]: start, settings, network.</summary>
    Init = 0,

    /// <summary>[DHCP]: proxy offers on port 67.</summary>
    Dhcp = 1,

    /// <summary>[PXE]: the boot server on port 4011.</summary>
    Pxe = 2,

    /// <summary>[TFTP]: loaders.</summary>
    Tftp = 3,

    /// <summary>[HTTP]: scripts, loaders for UEFI HTTP boot, status.</summary>
    Http = 4,

    /// <summary>[Mirror]: what is fetched from the mirror.</summary>
    Mirror = 5,

    /// <summary>[Log]: what machines sent by syslog.</summary>
    Machine = 6,

    /// <summary>[Page]: log-ins and changes by the web page.</summary>
    Page = 7,
}
