using System.Text;

namespace Netboot.Firmware.Tests;

/// <summary>Files that look like iPXE's loaders to whoever packs them.</summary>
internal static class SampleLoaders
{
    public const string EfiVersion = "1.21.1+git20250501.dad20602+dfsg-1";

    /// <summary>A BIOS loader: compressed, so no text in it.</summary>
    public static byte[] Bios(int length) => Noise(0xEA, 0x05, length);

    /// <summary>A UEFI loader, with its name and version among its texts as the linker leaves them.</summary>
    public static byte[] Efi(int length, string version = EfiVersion)
    {
        byte[] content = Noise((byte)'M', (byte)'Z', length);
        Encoding.ASCII.GetBytes($"\0snponly.efi\0iPXE\0\0\0\0{version}\0").CopyTo(content, length / 2);
        return content;
    }

    /// <summary>A folder as Debian's package fills it, with a loader for ARM under Debian's name.</summary>
    public static void Fill(TestFolder folder)
    {
        folder.Write("undionly.kpxe", Bios(70_001));
        folder.Write("snponly.efi", Efi(173_793));
        folder.Write("ipxe-arm64.efi", Efi(301_234));
        folder.Write("ipxe.efi", Efi(900_000));
        folder.Write("ipxe.iso", Bios(2_000_000));
    }

    private static byte[] Noise(byte first, byte second, int length)
    {
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        content[0] = first;
        content[1] = second;
        return content;
    }
}
