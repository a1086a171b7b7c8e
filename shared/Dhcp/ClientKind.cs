namespace Netboot.Dhcp;

/// <summary>What kind of netboot client speaks: the row of the table of answers (<see cref="AnswerTable"/>) that serves it.</summary>
public enum ClientKind : byte
{
    /// <summary>It did not ask to netboot: never answered.</summary>
    None = 0,

    /// <summary>A BIOS network card's PXE ROM.</summary>
    BiosPxe = 1,

    /// <summary>UEFI PXE of any processor.</summary>
    UefiPxe = 2,

    /// <summary>UEFI HTTP boot.</summary>
    UefiHttp = 3,

    /// <summary>iPXE, ours or one that was in the card: it wants a script.</summary>
    Ipxe = 4,

    /// <summary>An iPXE that says it cannot fetch by HTTP: it is given a better one first.</summary>
    IpxeWithoutHttp = 5,

    /// <summary>The boot ROM of a Raspberry Pi.</summary>
    RaspberryPi = 6,

    /// <summary>It says PXEClient or HTTPClient, but no architecture that has a loader.</summary>
    Other = 7,
}
