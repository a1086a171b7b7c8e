using System;
using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>What kind of netboot client speaks; the machines' table keeps it.</summary>
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

/// <summary>What a client says of itself, as far as rows of the table look at it (<see cref="PxeClient.Read"/>).</summary>
[Flags]
public enum ClientSays : byte
{
    /// <summary>Nothing but that it wants to netboot.</summary>
    Nothing = 0,

    /// <summary>An architecture that has a platform.</summary>
    Platform = 1,

    /// <summary>A platform with a BIOS.</summary>
    Bios = 2,

    /// <summary>Class HTTPClient rather than PXEClient.</summary>
    Http = 4,

    /// <summary>User class iPXE.</summary>
    Ipxe = 8,

    /// <summary>iPXE's features, and HTTP is not among them.</summary>
    LacksHttp = 16,

    /// <summary>A Raspberry Pi's number or address.</summary>
    RaspberryPi = 32,

    /// <summary>All of them: a new one is added here too.</summary>
    All = Platform | Bios | Http | Ipxe | LacksHttp | RaspberryPi,
}

/// <summary>What a reply names as the thing to boot.</summary>
public enum Bootfile : byte
{
    /// <summary>The loader's plain name, fetched by TFTP from siaddr.</summary>
    LoaderName = 0,

    /// <summary>An HTTP URL of the loader with the device's address in it, so that the machine needs no DNS.</summary>
    LoaderUrl = 1,

    /// <summary>A TFTP URL of the loader: iPXE takes its server from a URL, not from siaddr, when it was given one before.</summary>
    LoaderTftpUrl = 2,

    /// <summary>The URL of the generated script; the client needs no loader.</summary>
    ScriptUrl = 3,
}

/// <summary>
/// Who gets which answer. A row is whole: how its client is known, the class and option 43 of the reply, what is named as the thing to
/// boot, and the loader when no setting names another; each with its reason. The first row whose marks the client shows is its row.
/// </summary>
public static class AnswerTable
{
    /// <summary>Column: the client's <see cref="ClientKind"/>.</summary>
    internal const int Kind = 1;

    /// <summary>Column: the number of the reply's class in <see cref="Classes"/>.</summary>
    internal const int Class = 2;

    /// <summary>Column: the number of the reply's option 43 in <see cref="PxeOptions"/>.</summary>
    internal const int Pxe = 3;

    /// <summary>Column: the <see cref="Bootfile"/>.</summary>
    internal const int Form = 4;

    /// <summary>The rows, one behind the other. A field, and read by column, because a property is a call in the packet path.</summary>
    internal static readonly byte[] Rows =
    {
        // iPXE of a BIOS machine's card that lacks HTTP: one that can comes first, and one loaded over UNDI would lose the network (field
        // notes D4-15).
        (byte)(ClientSays.LacksHttp | ClientSays.Bios), (byte)ClientKind.IpxeWithoutHttp, PxeClass, SkipDiscovery,
        (byte)Bootfile.LoaderTftpUrl, RomLoader,

        // Any other iPXE without HTTP.
        (byte)ClientSays.LacksHttp, (byte)ClientKind.IpxeWithoutHttp, PxeClass, SkipDiscovery, (byte)Bootfile.LoaderTftpUrl, OfPlatform,

        // iPXE: with siaddr and a file in the offer it does not ask 4011 (ipxe 831106a87).
        (byte)ClientSays.Ipxe, (byte)ClientKind.Ipxe, PxeClass, SkipDiscovery, (byte)Bootfile.ScriptUrl, OfPlatform,

        // Raspberry Pi: its ROM takes only servers that offer its own menu entry; it then asks siaddr for its own file names.
        (byte)ClientSays.RaspberryPi, (byte)ClientKind.RaspberryPi, PxeClass, RaspberryPiMenu, (byte)Bootfile.LoaderName, OfPlatform,

        // UEFI HTTP: an offer of class PXEClient is ignored; a URL with an address in it needs no DNS (EDK2 HttpBootDhcp4.c).
        (byte)(ClientSays.Platform | ClientSays.Http), (byte)ClientKind.UefiHttp, HttpClass, NoPxe, (byte)Bootfile.LoaderUrl, OfPlatform,

        // BIOS PXE: some ROMs look for a boot server on 4011 for ever unless told not to (Intel UNDI, VirtualBox).
        (byte)ClientSays.Bios, (byte)ClientKind.BiosPxe, PxeClass, SkipDiscovery, (byte)Bootfile.LoaderName, OfPlatform,

        // UEFI PXE: no option 43. EDK2 before 2017 drops the first offer that has one (tianocore#6944; HP laptops still: bootimus#77),
        // and goes to 4011 for the file, where it gets the same names.
        (byte)ClientSays.Platform, (byte)ClientKind.UefiPxe, PxeClass, NoPxe, (byte)Bootfile.LoaderName, OfPlatform,

        // Other: only when a rule names a loader for the machine; then as the oldest kind of client.
        (byte)ClientSays.Nothing, (byte)ClientKind.Other, PxeClass, NoPxe, (byte)Bootfile.LoaderName, OfPlatform,
    };

    // The other columns, and what may stand in them.
    private const int Columns = 6;
    private const int LoaderColumn = 5;

    // The class that the reply has: clients compare these letters and drop other offers.
    private const byte PxeClass = 0;
    private const byte HttpClass = 1;

    /// <summary>The client's own class comes back to it, whatever it is.</summary>
    internal const byte EchoClass = 2;

    // Option 43.
    private const byte NoPxe = 0;
    internal const byte SkipDiscovery = 1;
    private const byte RaspberryPiMenu = 2;

    // The default loader: the platform's (see Platforms), or one of the row's own.
    private const byte OfPlatform = 0;
    private const byte RomLoader = 1;

    /// <summary>The rows' own loaders, by the number in their column; null stands for their platform's.</summary>
    public static readonly byte[][] Loaders = { null, Octets.Of("ipxe.pxe") };

    /// <summary>Option 60 of a reply by the number in its column, with code and length; null for the client's own.</summary>
    internal static readonly byte[][] Classes =
    {
        new byte[]
        {
            DhcpOption.VendorClass, 9, (byte)'P', (byte)'X', (byte)'E', (byte)'C', (byte)'l', (byte)'i', (byte)'e', (byte)'n', (byte)'t',
        },
        new byte[]
        {
            DhcpOption.VendorClass, 10, (byte)'H', (byte)'T', (byte)'T', (byte)'P', (byte)'C', (byte)'l', (byte)'i', (byte)'e', (byte)'n',
            (byte)'t',
        },
        null,
    };

    /// <summary>Option 43 of a reply in the same way; null for none.</summary>
    internal static readonly byte[][] PxeOptions =
    {
        null,

        // PXE 2.1, sub-option 6 bit 3: do not look for boot servers, take the file named here.
        new byte[] { DhcpOption.VendorSpecific, 4, 6, 1, 8, 255 },

        // What the Raspberry Pi's ROM looks for: sub-option 9, a boot menu whose item 0 is "Raspberry Pi Boot", and 10, a menu prompt
        // (field notes D4-13).
        new byte[]
        {
            DhcpOption.VendorSpecific, 29,
            9, 20, 0, 0, 17, (byte)'R', (byte)'a', (byte)'s', (byte)'p', (byte)'b', (byte)'e', (byte)'r', (byte)'r', (byte)'y',
            (byte)' ', (byte)'P', (byte)'i', (byte)' ', (byte)'B', (byte)'o', (byte)'o', (byte)'t',
            10, 4, 0, (byte)'P', (byte)'X', (byte)'E', 255,
        },
    };

    /// <summary>By what a client says of itself: where its row begins. The last row is everybody's.</summary>
    internal static readonly byte[] RowOf = FindRows();

    /// <summary>Whether a client needs a loader. One that takes a script does not: it is one already.</summary>
    public static bool NeedsLoader(PxeClient client) => Rows[client.Row + Form] != (byte)Bootfile.ScriptUrl;

    /// <summary>The file name of a client's loader when no setting names another; null when there is none for it.</summary>
    public static byte[] LoaderFor(PxeClient client) => Loaders[Rows[client.Row + LoaderColumn]] ?? Platforms.LoaderOf(client.Platform);

    private static byte[] FindRows()
    {
        var rows = new byte[(int)ClientSays.All + 1];
        for (int says = 0; says < rows.Length; says++)
        {
            int row = 0;
            while ((~says & Rows[row]) != 0)
            {
                row += Columns;
            }

            rows[says] = (byte)row;
        }

        return rows;
    }
}
