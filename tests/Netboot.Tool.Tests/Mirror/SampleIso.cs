using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Netboot.Tool.Tests.Mirror;

/// <summary>
/// Writes small ISO 9660 images with Rock Ridge names, after ECMA-119 and RRIP 1.12, for the odd cases; the lab boots from one that xorriso
/// made. Folders are one level deep.
/// </summary>
internal sealed class SampleIso
{
    private const int Sector = 2048;
    private readonly MemoryStream _image = new();

    /// <summary>Longer names go into a continuation area (SUSP 5.1), as xorriso's do when a record is full.</summary>
    public bool Continued { get; init; }

    /// <summary>Without Rock Ridge, as some vendors' tools write.</summary>
    public bool Plain { get; init; }

    /// <summary>A record of a file in two pieces, as files above 4 GB have.</summary>
    public bool TwoPieces { get; init; }

    /// <summary>Makes an image of these files.</summary>
    public byte[] Make(params (string Path, byte[] Content)[] files)
    {
        _image.SetLength(18 * Sector);
        string[] folders = [.. files.Select(file => Path.GetDirectoryName(file.Path)!).Where(name => name.Length > 0).Distinct()];
        int root = Reserve();
        var rootRecords = new List<byte[]> { Record([0], root, Sector, 2, Plain ? [] : [.. "SP"u8, 7, 1, 0xBE, 0xEF, 0]), Record([1], root, Sector, 2, []) };
        foreach (string folder in folders)
        {
            int place = Reserve();
            var records = new List<byte[]> { Record([0], place, Sector, 2, []), Record([1], root, Sector, 2, []) };
            records.AddRange(files.Where(file => Path.GetDirectoryName(file.Path) == folder).SelectMany(File));
            Put(place, [.. records.SelectMany(record => record)]);
            rootRecords.Add(Record(Short(folder), place, Sector, 2, Name(folder)));
        }

        rootRecords.AddRange(files.Where(file => Path.GetDirectoryName(file.Path)!.Length == 0).SelectMany(File));
        Put(root, [.. rootRecords.SelectMany(record => record)]);
        byte[] descriptor = new byte[Sector];
        descriptor[0] = 1;
        "CD001"u8.CopyTo(descriptor.AsSpan(1));
        rootRecords[0].CopyTo(descriptor, 156);
        Put(16, descriptor);
        return _image.ToArray();
    }

    private IEnumerable<byte[]> File((string Path, byte[] Content) file)
    {
        string name = Path.GetFileName(file.Path);
        int place = Reserve(Math.Max(1, (file.Content.Length + Sector - 1) / Sector));
        Put(place, file.Content);
        if (TwoPieces && file.Content.Length > Sector)
        {
            yield return Record(Short(name), place, Sector, 0x80, Name(name));
            yield return Record(Short(name), place + 1, file.Content.Length - Sector, 0, Name(name));
        }
        else
        {
            yield return Record(Short(name), place, file.Content.Length, 0, Name(name));
        }
    }

    private byte[] Name(string name)
    {
        if (Plain)
        {
            return [];
        }

        byte[] text = Encoding.UTF8.GetBytes(name);
        if (!Continued)
        {
            return [.. "NM"u8, (byte)(5 + text.Length), 1, 0, .. text];
        }

        // The first letter in the record, the rest elsewhere.
        byte[] rest = [.. "NM"u8, (byte)(5 + text.Length - 1), 1, 0, .. text[1..]];
        int place = Reserve();
        Put(place, [.. new byte[16], .. rest]);
        byte[] more = new byte[28];
        "CE"u8.CopyTo(more);
        more[2] = 28;
        more[3] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(more.AsSpan(4), place);
        BinaryPrimitives.WriteInt32LittleEndian(more.AsSpan(12), 16);
        BinaryPrimitives.WriteInt32LittleEndian(more.AsSpan(20), rest.Length);
        return [.. "NM"u8, 6, 1, 1, text[0], .. more];
    }

    private static byte[] Short(string name) => Encoding.ASCII.GetBytes(name.ToUpperInvariant() + ";1");

    private static byte[] Record(byte[] name, int place, int length, byte flags, byte[] use)
    {
        int start = 33 + name.Length + (name.Length % 2 == 0 ? 1 : 0);
        byte[] record = new byte[(start + use.Length + 1) / 2 * 2];
        record[0] = (byte)record.Length;
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(2), place);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(10), length);
        record[25] = flags;
        record[32] = (byte)name.Length;
        name.CopyTo(record, 33);
        use.CopyTo(record, start);
        return record;
    }

    private int Reserve(int sectors = 1)
    {
        int place = (int)(_image.Length / Sector);
        _image.SetLength(_image.Length + (sectors * Sector));
        return place;
    }

    private void Put(int place, byte[] content)
    {
        _image.Position = place * Sector;
        _image.Write(content);
    }
}
