using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace Netboot.Tool.Lab;

/// <summary>Writes a cpio archive in the "newc" form, the one the Linux kernel unpacks as its initramfs.</summary>
internal sealed class CpioWriter(Stream output)
{
    private const uint DirectoryMode = 0x4000 | 0x1ED;   // S_IFDIR, 0755
    private const uint ExecutableMode = 0x8000 | 0x1ED;  // S_IFREG, 0755
    private const uint SymbolicLinkMode = 0xA000 | 0x1FF; // S_IFLNK, 0777
    private const uint CharacterDeviceMode = 0x2000 | 0x180; // S_IFCHR, 0600
    private const int Alignment = 4;
    private const string Trailer = "TRAILER!!!";

    private long _written;
    private uint _inode;

    public void Directory(string name) => Entry(name, DirectoryMode, [], 0, 0);

    public void Executable(string name, ReadOnlySpan<byte> content) => Entry(name, ExecutableMode, content, 0, 0);

    public void SymbolicLink(string name, string target) => Entry(name, SymbolicLinkMode, Encoding.UTF8.GetBytes(target), 0, 0);

    public void CharacterDevice(string name, uint major, uint minor) => Entry(name, CharacterDeviceMode, [], major, minor);

    public void End() => Entry(Trailer, 0, [], 0, 0);

    private void Entry(string name, uint mode, ReadOnlySpan<byte> content, uint deviceMajor, uint deviceMinor)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name + "\0");
        // magic, inode, mode, uid, gid, links, mtime, size, device of the file system (2), device of the node (2), name size, checksum
        Write(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"070701{++_inode:X8}{mode:X8}{0:X8}{0:X8}{1:X8}{0:X8}{content.Length:X8}{0:X8}{0:X8}{deviceMajor:X8}{deviceMinor:X8}{nameBytes.Length:X8}{0:X8}")));
        Write(nameBytes);
        Pad();
        Write(content);
        Pad();
    }

    private void Pad()
    {
        while (_written % Alignment != 0)
        {
            Write([0]);
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        _written += bytes.Length;
    }
}
