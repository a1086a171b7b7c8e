namespace Netboot.Dhcp;

/// <summary>The kind of machine that a loader and a kernel are made for, whatever the way it boots (PXE, HTTP).</summary>
public enum Platform : byte
{
    /// <summary>Not known, or not one that iPXE runs on.</summary>
    Unknown = 0,

    /// <summary>x86 with a BIOS (option 93: 0, 20).</summary>
    Bios = 1,

    /// <summary>32-bit x86 UEFI (6, 15).</summary>
    Ia32 = 2,

    /// <summary>64-bit x86 UEFI (7, 9, 16).</summary>
    X64 = 3,

    /// <summary>32-bit ARM UEFI (10, 18).</summary>
    Arm32 = 4,

    /// <summary>64-bit ARM UEFI (11, 19).</summary>
    Arm64 = 5,

    /// <summary>32-bit RISC-V UEFI (25, 26).</summary>
    RiscV32 = 6,

    /// <summary>64-bit RISC-V UEFI (27, 28).</summary>
    RiscV64 = 7,

    /// <summary>64-bit LoongArch UEFI (39).</summary>
    Loong64 = 8,

    /// <summary>Raspberry Pi boot ROM (41, or by its vendor's address range).</summary>
    RaspberryPi = 9,
}
