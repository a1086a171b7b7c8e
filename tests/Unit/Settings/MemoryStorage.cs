using System;
using System.Collections;
using System.IO;
using Netboot.Board;

namespace Netboot.Tests.Settings;

/// <summary>A storage in memory that can fail as flash does: dead after so many bytes, full, or throwing.</summary>
internal sealed class MemoryStorage : IStorage
{
    private readonly Hashtable _files = new Hashtable();

    /// <summary>Bytes that can still be written before the power goes; negative: it never goes.</summary>
    public int BytesLeft { get; set; } = -1;

    /// <summary>Whether the power went: nothing works until it is set back.</summary>
    public bool Dead { get; set; }

    /// <summary>Whether a cut write leaves what the old file had behind the new bytes (as an overwrite in place does).</summary>
    public bool KeepsTail { get; set; }

    /// <summary>The largest file; a longer one throws and leaves nothing.</summary>
    public int Capacity { get; set; } = int.MaxValue;

    /// <summary>Whether reading throws.</summary>
    public bool ReadThrows { get; set; }

    /// <summary>Whether removing throws.</summary>
    public bool DeleteThrows { get; set; }

    /// <summary>A byte that every file reads wrong at, or -1: flash that does not hold what was written.</summary>
    public int BadByte { get; set; } = -1;

    /// <summary>Happens while a content is written, after its length was counted; or null.</summary>
    public Action Meanwhile { get; set; }

    public byte[] Content(string name) => (byte[])_files[name];

    public void Set(string name, byte[] content) => _files[name] = content;

    public int Length(string name)
    {
        Alive();
        return _files.Contains(name) ? Content(name).Length : -1;
    }

    public Stream OpenRead(string name)
    {
        Alive();
        if (ReadThrows)
        {
            throw new IOException("read failed");
        }

        if (!_files.Contains(name))
        {
            return null;
        }

        byte[] content = Copy(Content(name), Content(name).Length);
        if (BadByte >= 0 && BadByte < content.Length)
        {
            content[BadByte] ^= 1;
        }

        return new MemoryStream(content);
    }

    public void Write(string name, byte[] content, int length)
    {
        Alive();
        if (length > Capacity)
        {
            _files[name] = new byte[0];
            throw new IOException("disk full");
        }

        if (BytesLeft >= 0 && length >= BytesLeft)
        {
            byte[] old = _files.Contains(name) ? Content(name) : new byte[0];
            byte[] part = Copy(content, KeepsTail && old.Length > BytesLeft ? old.Length : BytesLeft);
            if (KeepsTail && old.Length > BytesLeft)
            {
                Array.Copy(old, BytesLeft, part, BytesLeft, old.Length - BytesLeft);
            }

            _files[name] = part;
            Dead = true;
            throw new IOException("power cut");
        }

        _files[name] = Copy(content, length);
    }

    public void Write(string name, StorageContent content)
    {
        if (Meanwhile != null)
        {
            Meanwhile();
        }

        byte[] all = content.ToArray();
        Write(name, all, all.Length);
    }

    public void Delete(string name)
    {
        Alive();
        if (DeleteThrows)
        {
            throw new IOException("cannot delete");
        }

        _files.Remove(name);
    }

    private static byte[] Copy(byte[] content, int length)
    {
        var copy = new byte[length];
        Array.Copy(content, 0, copy, 0, length < content.Length ? length : content.Length);
        return copy;
    }

    private void Alive()
    {
        if (Dead)
        {
            throw new IOException("power is off");
        }
    }
}
