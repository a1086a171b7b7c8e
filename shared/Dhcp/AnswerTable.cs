using Netboot.Bytes;

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

/// <summary>One row of <see cref="AnswerTable"/>: how one kind of client is answered.</summary>
public sealed class AnswerRow
{
    /// <summary>A row. <paramref name="pxe"/> is option 43 in the offer, null for none.</summary>
    public AnswerRow(byte[] vendorClass, byte[] pxe, Bootfile bootfile)
    {
        VendorClass = vendorClass;
        Pxe = pxe;
        Bootfile = bootfile;
    }

    /// <summary>Option 60 of the reply; clients compare these letters and drop other offers.</summary>
    public byte[] VendorClass { get; }

    /// <summary>Option 43, or null.</summary>
    public byte[] Pxe { get; }

    /// <summary>What is named as the thing to boot.</summary>
    public Bootfile Bootfile { get; }
}

/// <summary>Who gets which answer: one row per kind of client, each with its reason.</summary>
public static class AnswerTable
{
    private static readonly byte[] PxeClass = Octets.Of("PXEClient");
    private static readonly byte[] HttpClass = Octets.Of("HTTPClient");

    /// <summary>PXE 2.1, sub-option 6 bit 3: do not look for boot servers, take the file named here.</summary>
    private static readonly byte[] SkipDiscovery = { 6, 1, 8, 255 };

    /// <summary>
    /// What the Raspberry Pi's ROM looks for: sub-option 9, a boot menu whose item 0 is "Raspberry Pi Boot", and 10, a menu prompt (field notes D4-13).
    /// </summary>
    private static readonly byte[] RaspberryPiMenu = MenuOfRaspberryPi();

    private static readonly AnswerRow[] Rows =
    {
        // None: never looked up.
        null,

        // BIOS PXE: some ROMs look for a boot server on 4011 for ever unless told not to (Intel UNDI, VirtualBox).
        new AnswerRow(PxeClass, SkipDiscovery, Bootfile.LoaderName),

        // UEFI PXE: no option 43. EDK2 before 2017 drops the first offer that has one (tianocore#6944; HP laptops still: bootimus#77),
        // and goes to 4011 for the file, where it gets the same names.
        new AnswerRow(PxeClass, null, Bootfile.LoaderName),

        // UEFI HTTP: an offer of class PXEClient is ignored; a URL with an address in it needs no DNS (EDK2 HttpBootDhcp4.c).
        new AnswerRow(HttpClass, null, Bootfile.LoaderUrl),

        // iPXE: with siaddr and a file in the offer it does not ask 4011 (ipxe 831106a87).
        new AnswerRow(PxeClass, SkipDiscovery, Bootfile.ScriptUrl),

        // iPXE without HTTP: one that can comes first.
        new AnswerRow(PxeClass, SkipDiscovery, Bootfile.LoaderTftpUrl),

        // Raspberry Pi: its ROM takes only servers that offer its own menu entry; it then asks siaddr for its own file names.
        new AnswerRow(PxeClass, RaspberryPiMenu, Bootfile.LoaderName),

        // Other: only when a rule names a loader for the machine; then as the oldest kind of client.
        new AnswerRow(PxeClass, null, Bootfile.LoaderName),
    };

    /// <summary>The row of a kind of client; not for <see cref="ClientKind.None"/>.</summary>
    public static AnswerRow RowOf(ClientKind kind)
    {
        return Rows[(int)kind];
    }

    /// <summary>Option 43 of machines whose settings say "send" against the table.</summary>
    public static byte[] PxeWhenForced
    {
        get { return SkipDiscovery; }
    }

    private static byte[] MenuOfRaspberryPi()
    {
        byte[] name = Octets.Of("Raspberry Pi Boot");
        byte[] prompt = Octets.Of("PXE");
        var writer = new ByteWriter(64, 64);
        writer.Byte(9).Byte(3 + name.Length).Byte(0).Byte(0).Byte(name.Length).Raw(name);
        writer.Byte(10).Byte(1 + prompt.Length).Byte(0).Raw(prompt).Byte(255);
        var menu = new byte[writer.Length];
        System.Array.Copy(writer.Buffer, 0, menu, 0, menu.Length);
        return menu;
    }
}
