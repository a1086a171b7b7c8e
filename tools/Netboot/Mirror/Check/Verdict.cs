using System.Text;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Mirror.Check;

/// <summary>Whether a file is what a script takes it for.</summary>
internal static class Verdict
{
    /// <summary>What is wrong with a file by its first bytes; null when nothing is.</summary>
    public static string? Of(FetchUse use, string name, FileHeader header, ReadOnlySpan<byte> head)
    {
        if (head.Length == 0)
        {
            return "the file is empty";
        }

        if (IsPage(head))
        {
            return "a web page came in its place: does the server want a login, or is the name wrong?";
        }

        return use switch
        {
            // iPXE starts whatever it can, by either word.
            FetchUse.Script or FetchUse.Kernel when header.Kind is FileKind.Script or FileKind.EfiProgram or FileKind.Linux
                or FileKind.Memtest or FileKind.Wimboot or FileKind.Ipxe => null,
            // A PXE loader, such as undionly.kpxe, has no mark of its own.
            FetchUse.Script when name.EndsWith("pxe", StringComparison.Ordinal) && header.Kind == FileKind.Unknown
                && !name.EndsWith(".ipxe", StringComparison.Ordinal) => null,
            FetchUse.Script when Encoding.UTF8.GetString(head[..Math.Min(head.Length, 16)]).Contains("#!ipxe", StringComparison.Ordinal) =>
                "its first characters are not #!ipxe and a line break: save it without a byte order mark and without blank lines above",
            FetchUse.Script => "it is not a script for iPXE: its first line has to be #!ipxe",
            FetchUse.Kernel when header.Kind == FileKind.Archive => "it is packed, and iPXE does not unpack kernels: unpack it (gunzip, unxz, unzstd)",
            FetchUse.Kernel => "it is not a kernel, nor a UEFI program",
            _ => null,
        };
    }

    private static bool IsPage(ReadOnlySpan<byte> head)
    {
        string start = Encoding.UTF8.GetString(head[..Math.Min(head.Length, 256)]).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }
}
