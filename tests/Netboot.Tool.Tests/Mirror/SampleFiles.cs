using System;
using System.Buffers.Binary;
using System.Text;

namespace Netboot.Tool.Tests.Mirror;

/// <summary>The marks of files that machines boot, at the places where real ones have them.</summary>
internal static class SampleFiles
{
    public static byte[] Gzip => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0];

    public static byte[] Script => Encoding.ASCII.GetBytes("#!ipxe\necho\n");

    public static byte[] Iso
    {
        get
        {
            byte[] file = new byte[0x8800];
            file[0x8000] = 1;
            Encoding.ASCII.GetBytes("CD001").CopyTo(file, 0x8001);
            return file;
        }
    }

    /// <summary>A kernel for PCs: BIOS, and UEFI unless there is no <paramref name="machine"/>.</summary>
    public static byte[] BzImage(string version, ushort machine = 0x8664)
    {
        byte[] file = machine == 0 ? new byte[0x1000] : Pe(machine, 10);
        file[0x1FE] = 0x55;
        file[0x1FF] = 0xAA;
        Encoding.ASCII.GetBytes("HdrS").CopyTo(file, 0x202);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x20E), 0x300);
        Encoding.ASCII.GetBytes(version + " (root@host) #1 SMP\0").CopyTo(file, 0x500);
        return file;
    }

    /// <summary>Something for UEFI: 10 is an application, 11 and 12 are drivers.</summary>
    public static byte[] Pe(ushort machine, ushort subsystem)
    {
        byte[] file = new byte[0x1000];
        Encoding.ASCII.GetBytes("MZ").CopyTo(file, 0);
        file[0x3C] = 0x80;
        Encoding.ASCII.GetBytes("PE").CopyTo(file, 0x80);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x84), machine);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x80 + 0x5C), subsystem);
        return file;
    }

    /// <summary>An arm64 Image; without UEFI's part when <paramref name="efi"/> is false.</summary>
    public static byte[] Arm64Image(bool efi = true)
    {
        byte[] file = efi ? Pe(0xAA64, 10) : new byte[0x1000];
        Encoding.ASCII.GetBytes("ARMd").CopyTo(file, 0x38);
        return file;
    }
}
