namespace Netboot.Tool.Mirror.Survey;

/// <summary>An initrd of an entry; <paramref name="Name"/> is the path that the kernel finds it under as a file, null for an archive.</summary>
/// <param name="Bytes">Its length, of those that a layout adds.</param>
internal sealed record EntryInitrd(string Path, string? Name = null, long Bytes = 0);

/// <summary>Something in the folder that a machine can boot.</summary>
/// <param name="Title">What a person reads in the menu.</param>
/// <param name="Kernel">The kernel, program or script, below the folder.</param>
/// <param name="CommandLine"><c>{mirror}</c> in it stands for the mirror's URL, with the slash at its end.</param>
/// <param name="Bios">It is for BIOS machines.</param>
/// <param name="Efi">The UEFI machines that it is for, in iPXE's word (<c>x86_64</c>, <c>arm64</c> …); null for none.</param>
/// <param name="Bytes">What a machine fetches for it, all together.</param>
internal sealed record BootEntry(
    string Title, string Kernel, IReadOnlyList<EntryInitrd> Initrds, string CommandLine, bool Bios, string? Efi, long Bytes)
{
    /// <summary>The mirror's URL in a command line.</summary>
    public const string Mirror = "{mirror}";

    /// <summary>It is a script for iPXE, which says itself what machines it is for.</summary>
    public bool IsScript { get; init; }

    /// <summary>NixOS's script that its command line is from; null for others.</summary>
    public string? Script { get; init; }

    /// <summary>It is a Linux kernel; else a tool that is started like one.</summary>
    public bool IsLinux { get; init; }

    /// <summary>The machines that it is for, in a few words.</summary>
    public string Machines =>
        IsScript ? "any" : string.Join(", ", ((string?[])[Bios ? "BIOS" : null, Efi == null ? null : "UEFI " + Efi]).OfType<string>());
}

/// <summary>A file that looks as if it could boot and is not offered, and why.</summary>
internal sealed record NotOffered(string Path, string Reason);
