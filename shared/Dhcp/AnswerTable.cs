namespace Netboot.Dhcp;

/// <summary>What a reply names as the thing to boot.</summary>
public enum Bootfile : byte
{
    /// <summary>The loader's plain name, fetched by TFTP from siaddr.</summary>
    LoaderName = 0,

    /// <summary>An HTTP URL of the loader with the device's address in it, so that the machine needs no DNS.</summary>
    LoaderUrl = 1,

    /// <summary>A TFTP URL of the loader: iPXE takes its server from a URL, not from siaddr, when it was given one before.</summary>
    LoaderTftpUrl = 2,

    /// <summary>The URL of the generated script.</summary>
    ScriptUrl = 3,
}

/// <summary>
/// Who gets which answer: one row per kind of client, each with its reason. Options are ready to be copied into a reply, code and length
/// before their data.
/// </summary>
public static class AnswerTable
{
    // Columns: the class that the reply has, for clients compare these letters and drop other offers; option 43; what is named as the thing
    // to boot.
    private const int Columns = 3;
    private const int PxeColumn = 1;
    private const int BootfileColumn = 2;

    private const byte PxeClient = 0;
    private const byte HttpClient = 1;

    private const byte Nothing = 0;
    private const byte SkipDiscovery = 1;
    private const byte RaspberryPiMenu = 2;

    private static readonly byte[] Rows =
    {
        // None: never looked up.
        PxeClient, Nothing, (byte)Bootfile.LoaderName,

        // BIOS PXE: some ROMs look for a boot server on 4011 for ever unless told not to (Intel UNDI, VirtualBox).
        PxeClient, SkipDiscovery, (byte)Bootfile.LoaderName,

        // UEFI PXE: no option 43. EDK2 before 2017 drops the first offer that has one (tianocore#6944; HP laptops still: bootimus#77),
        // and goes to 4011 for the file, where it gets the same names.
        PxeClient, Nothing, (byte)Bootfile.LoaderName,

        // UEFI HTTP: an offer of class PXEClient is ignored; a URL with an address in it needs no DNS (EDK2 HttpBootDhcp4.c).
        HttpClient, Nothing, (byte)Bootfile.LoaderUrl,

        // iPXE: with siaddr and a file in the offer it does not ask 4011 (ipxe 831106a87).
        PxeClient, SkipDiscovery, (byte)Bootfile.ScriptUrl,

        // iPXE without HTTP: one that can comes first.
        PxeClient, SkipDiscovery, (byte)Bootfile.LoaderTftpUrl,

        // Raspberry Pi: its ROM takes only servers that offer its own menu entry; it then asks siaddr for its own file names.
        PxeClient, RaspberryPiMenu, (byte)Bootfile.LoaderName,

        // Other: only when a rule names a loader for the machine; then as the oldest kind of client.
        PxeClient, Nothing, (byte)Bootfile.LoaderName,
    };

    private static readonly byte[] PxeClassOption =
    {
        DhcpOption.VendorClass, 9, (byte)'P', (byte)'X', (byte)'E', (byte)'C', (byte)'l', (byte)'i', (byte)'e', (byte)'n', (byte)'t',
    };

    private static readonly byte[] HttpClassOption =
    {
        DhcpOption.VendorClass, 10, (byte)'H', (byte)'T', (byte)'T', (byte)'P', (byte)'C', (byte)'l', (byte)'i', (byte)'e', (byte)'n',
            (byte)'t',
    };

    /// <summary>PXE 2.1, sub-option 6 bit 3: do not look for boot servers, take the file named here.</summary>
    private static readonly byte[] SkipDiscoveryOption = { DhcpOption.VendorSpecific, 4, 6, 1, 8, 255 };

    /// <summary>
    /// What the Raspberry Pi's ROM looks for: sub-option 9, a boot menu whose item 0 is "Raspberry Pi Boot", and 10, a menu prompt (field
    /// notes D4-13).
    /// </summary>
    private static readonly byte[] RaspberryPiMenuOption =
    {
        DhcpOption.VendorSpecific, 29,
        9, 20, 0, 0, 17, (byte)'R', (byte)'a', (byte)'s', (byte)'p', (byte)'b', (byte)'e', (byte)'r', (byte)'r', (byte)'y',
        (byte)' ', (byte)'P', (byte)'i', (byte)' ', (byte)'B', (byte)'o', (byte)'o', (byte)'t',
        10, 4, 0, (byte)'P', (byte)'X', (byte)'E', 255,
    };

    /// <summary>Option 60 of the reply to a kind of client; not for <see cref="ClientKind.None"/>.</summary>
    public static byte[] ClassOf(ClientKind kind) => Rows[(int)kind * Columns] == PxeClient ? PxeClassOption : HttpClassOption;

    /// <summary>Option 43 of the reply to a kind of client, null for none.</summary>
    public static byte[] PxeOf(ClientKind kind)
    {
        int pxe = Rows[((int)kind * Columns) + PxeColumn];
        return pxe == Nothing ? null : pxe == SkipDiscovery ? SkipDiscoveryOption : RaspberryPiMenuOption;
    }

    /// <summary>What is named as the thing to boot.</summary>
    public static Bootfile BootfileOf(ClientKind kind) => (Bootfile)Rows[((int)kind * Columns) + BootfileColumn];

    /// <summary>Option 43 of machines whose settings say "send" against the table.</summary>
    public static byte[] PxeWhenForced => SkipDiscoveryOption;
}
