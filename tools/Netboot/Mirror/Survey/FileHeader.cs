using System.Buffers.Binary;
using System.Text;

namespace Netboot.Tool.Mirror.Survey;

/// <summary>What a file is, as far as its first bytes tell.</summary>
internal enum FileKind
{
    Unknown,
    Linux,

    /// <summary>A cpio archive, or something packed that may hold one: an initrd, if its name says so too.</summary>
    Archive,

    /// <summary>A UEFI application that is not Linux.</summary>
    EfiProgram,
    Memtest,
    Wimboot,
    Iso,
    Squashfs,
    Wim,

    /// <summary>A script for iPXE.</summary>
    Script,

    /// <summary>iPXE itself, as a kernel (<c>.lkrn</c>).</summary>
    Ipxe,
}

/// <summary>
/// What a file is and what can start it. Names are no guide: a kernel is called linux, vmlinuz, bzImage, Image or kernel.
/// </summary>
/// <param name="Bios">iPXE on a BIOS machine can start it.</param>
/// <param name="Efi">The UEFI machines that can start it, in iPXE's word for them (<c>${buildarch}</c>); null for none.</param>
/// <param name="Version">Linux's version, null when the file does not say it.</param>
internal sealed record FileHeader(FileKind Kind, bool Bios = false, string? Efi = null, string? Version = null)
{
    /// <summary>Enough for every mark: that of an ISO file stands last, in its sector 16.</summary>
    public const int Size = 0x8006;

    // Linux, Documentation/arch/x86/boot.rst.
    private const int BootFlag = 0x1FE;
    private const int HeaderMark = 0x202;
    private const int VersionPointer = 0x20E;

    // The PE header, as in Linux's include/linux/pe.h.
    private const int PeOffset = 0x3C;
    private const int PeSubsystem = 0x5C;
    private const int EfiApplication = 10;
    private const int LinuxMark = 0x38;
    private const uint LinuxInPe = 0x818223CD;

    private const int LongestVersion = 120;

    /// <summary>What packed or archived files begin with: Linux, lib/decompress.c, and cpio's two kinds.</summary>
    private static readonly byte[][] Archives =
    [
        "070701"u8.ToArray(), "070702"u8.ToArray(), [0x1F, 0x8B], "BZh"u8.ToArray(), [0x5D, 0, 0], [0xFD, (byte)'7', (byte)'z', (byte)'X'],
        [0x89, (byte)'L', (byte)'Z', (byte)'O'], [0x02, 0x21, 0x4C, 0x18], [0x28, 0xB5, 0x2F, 0xFD],
    ];

    /// <summary>Reads what is needed of a file. Throws what reading a file throws.</summary>
    public static FileHeader Read(Stream stream)
    {
        byte[] head = new byte[Size];
        return Of(head.AsSpan(0, stream.ReadAtLeast(head, Size, throwOnEndOfStream: false)));
    }

    /// <summary>Judges the first <see cref="Size"/> bytes of a file, or all of a shorter one.</summary>
    public static FileHeader Of(ReadOnlySpan<byte> head)
    {
        string? efi = EfiMachine(head);
        if (Has(head, HeaderMark, "HdrS"u8) && Has(head, BootFlag, [0x55, 0xAA]))
        {
            return BootProtocol(VersionText(head), efi);
        }

        if (IsLinux(head))
        {
            return new FileHeader(FileKind.Linux, Efi: efi);
        }

        if (efi != null)
        {
            return new FileHeader(FileKind.EfiProgram, Efi: efi);
        }

        // iPXE wants one white-space character behind the mark (image/script.c).
        if (Has(head, 0, "#!ipxe"u8) && head.Length > 6 && head[6] is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t')
        {
            return new FileHeader(FileKind.Script);
        }

        return new FileHeader(
            Has(head, 0x8000, [1, .. "CD001"u8]) ? FileKind.Iso
            : Has(head, 0, "hsqs"u8) ? FileKind.Squashfs
            : Has(head, 0, "MSWIM\0\0\0"u8) ? FileKind.Wim
            : IsArchive(head) ? FileKind.Archive : FileKind.Unknown);
    }

    // Others use Linux's boot protocol too; only the version's text tells them apart.
    private static FileHeader BootProtocol(string version, string? efi)
    {
        if (version.Contains("wimboot", StringComparison.OrdinalIgnoreCase))
        {
            return new FileHeader(FileKind.Wimboot, Bios: true, efi);
        }

        return version.Contains("memtest", StringComparison.OrdinalIgnoreCase) ? new FileHeader(FileKind.Memtest, Bios: true, efi)
            : version.Contains("iPXE", StringComparison.Ordinal) ? new FileHeader(FileKind.Ipxe, Bios: true)
            : new FileHeader(FileKind.Linux, Bios: true, efi, version.Split(' ')[0] is { Length: > 0 } number ? number : null);
    }

    private static string VersionText(ReadOnlySpan<byte> head)
    {
        if (head.Length < VersionPointer + sizeof(ushort))
        {
            return "";
        }

        int start = 0x200 + BinaryPrimitives.ReadUInt16LittleEndian(head[VersionPointer..]);
        if (start == 0x200 || start >= head.Length)
        {
            return "";
        }

        ReadOnlySpan<byte> rest = head[start..Math.Min(head.Length, start + LongestVersion)];
        int end = rest.IndexOf((byte)0);
        return end < 0 ? "" : Encoding.ASCII.GetString(rest[..end]);
    }

    private static bool IsLinux(ReadOnlySpan<byte> head) =>
        Has(head, LinuxMark, "ARM\x64"u8) || Has(head, LinuxMark, "RSC\x05"u8) || Has(head, 4, "zimg"u8)
        || (head.Length >= PeOffset && BinaryPrimitives.ReadUInt32LittleEndian(head[LinuxMark..]) == LinuxInPe);

    private static string? EfiMachine(ReadOnlySpan<byte> head)
    {
        if (!Has(head, 0, "MZ"u8) || head.Length < PeOffset + 4)
        {
            return null;
        }

        uint start = BinaryPrimitives.ReadUInt32LittleEndian(head[PeOffset..]);
        if (start > head.Length - PeSubsystem - 2 || !Has(head, (int)start, "PE\0\0"u8)
            || BinaryPrimitives.ReadUInt16LittleEndian(head[((int)start + PeSubsystem)..]) != EfiApplication)
        {
            return null;
        }

        return BinaryPrimitives.ReadUInt16LittleEndian(head[((int)start + 4)..]) switch
        {
            0x8664 => "x86_64",
            0x014C => "i386",
            0xAA64 => "arm64",
            0x5064 => "riscv64",
            0x6264 => "loong64",
            _ => null,
        };
    }

    private static bool IsArchive(ReadOnlySpan<byte> head)
    {
        foreach (byte[] mark in Archives)
        {
            if (Has(head, 0, mark))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(ReadOnlySpan<byte> head, int offset, ReadOnlySpan<byte> mark) =>
        offset >= 0 && offset + mark.Length <= head.Length && head.Slice(offset, mark.Length).SequenceEqual(mark);
}
