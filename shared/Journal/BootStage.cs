namespace Netboot.Journal;

/// <summary>How far a machine got, in the order of a boot. The names on page and console are in <see cref="StageNames"/>.</summary>
public enum BootStage : byte
{
    /// <summary>It asked to netboot (DHCPDISCOVER).</summary>
    Seen = 0,

    /// <summary>Its firmware was sent a proxy offer.</summary>
    Offered = 1,

    /// <summary>Its firmware asked the boot server on 4011 and was answered.</summary>
    BootServer = 2,

    /// <summary>It has its loader, by TFTP or HTTP.</summary>
    Loader = 3,

    /// <summary>iPXE, from the loader or a ROM, was offered its script.</summary>
    Ipxe = 4,

    /// <summary>It fetched its script.</summary>
    Script = 5,

    /// <summary>Its script reports that it has the kernel.</summary>
    Kernel = 6,

    /// <summary>Its script reports that it has the initrd.</summary>
    Initrd = 7,

    /// <summary>Its script reports that it starts the kernel.</summary>
    Start = 8,

    /// <summary>The booted system said so, or asked for an address as one that is no netboot client.</summary>
    Up = 9,
}

/// <summary>The names of stages.</summary>
public static class StageNames
{
    /// <summary>How many stages there are.</summary>
    public const int Count = 10;

    // One text, split when asked: an array of ten strings would stay on the heap.
    private const string Names = "seen offered boot-server loader ipxe script kernel initrd start up";

    /// <summary>The name of a stage: lower case.</summary>
    public static string Of(BootStage stage) => Names.Split(' ')[(int)stage];

    /// <summary>The stage of a name, or -1.</summary>
    public static int Parse(string name)
    {
        string[] names = Names.Split(' ');
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
