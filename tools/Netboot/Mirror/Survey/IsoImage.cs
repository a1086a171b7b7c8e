using System.Buffers.Binary;
using System.Text;

namespace Netboot.Tool.Mirror.Survey;

/// <summary>A file inside an ISO file: a run of its bytes.</summary>
/// <param name="Path">With slashes, by its Rock Ridge name where it has one.</param>
internal sealed record IsoFile(string Path, long Offset, long Length);

/// <summary>
/// The files of an ISO 9660 image (ECMA-119), with Rock Ridge's names (SUSP 1.12, RRIP 1.12): distributions' media have both. Files lie in
/// one piece, so each can be served from where it is.
/// </summary>
internal sealed class IsoImage
{
    private const int Sector = 2048;
    private const int FirstDescriptor = 16;
    private const int RootRecord = 156;
    private const int Header = 33;

    private const int IsDirectory = 0x02;
    private const int GoesOn = 0x80;

    /// <summary>A medium with a package archive on it has some ten thousand.</summary>
    private const int MostFiles = 50_000;

    private const int MostFolders = 10_000;

    /// <summary>The records of all folders take as many bytes; a thousand files take 200 kB.</summary>
    private const int LargestFolders = 32 * 1024 * 1024;

    private readonly Stream _stream;
    private readonly List<IsoFile> _files = [];

    /// <summary>How many bytes of each record's system use area are to be skipped (SUSP 5.3).</summary>
    private int _skipped;

    private IsoImage(Stream stream) => _stream = stream;

    /// <summary>The files of an image. Throws <see cref="InvalidDataException"/> when it is damaged or no ISO file.</summary>
    public static IReadOnlyList<IsoFile> FilesOf(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var image = new IsoImage(stream);
        image.Walk();
        return image._files;
    }

    private void Walk()
    {
        byte[] descriptor = Read(FirstDescriptor * Sector, Sector);
        if (descriptor[0] != 1 || !descriptor.AsSpan(1, 5).SequenceEqual("CD001"u8))
        {
            throw new InvalidDataException("no primary volume descriptor");
        }

        int left = LargestFolders;
        var seen = new HashSet<long>();
        var folders = new Queue<(string Path, long Offset, int Length)>([("", Place(descriptor.AsSpan(RootRecord)), Size(descriptor.AsSpan(RootRecord)))]);
        while (folders.TryDequeue(out (string Path, long Offset, int Length) folder))
        {
            if (!seen.Add(folder.Offset) || seen.Count > MostFolders)
            {
                continue;
            }

            left -= folder.Length;
            if (folder.Length < 0 || left < 0)
            {
                throw new InvalidDataException($"folders of more than {LargestFolders} bytes");
            }

            byte[] records = Read(folder.Offset, folder.Length);
            (long Offset, long Length)? pieces = null;
            for (int at = 0; at < records.Length && _files.Count < MostFiles;)
            {
                int length = records[at];
                if (length == 0)
                {
                    // No record crosses a sector's end; the rest of this one is empty.
                    at += Sector - (at % Sector);
                    continue;
                }

                if (length <= Header || at + length > records.Length)
                {
                    throw new InvalidDataException("a record that is cut off");
                }

                pieces = Take(records.AsSpan(at, length), folder.Path, pieces, folders);
                at += length;
            }
        }
    }

    // A file above 4 GB has several records, one for each piece; what the pieces so far amount to is handed on.
    private (long Offset, long Length)? Take(
        ReadOnlySpan<byte> record, string folder, (long Offset, long Length)? before, Queue<(string, long, int)> folders)
    {
        int flags = record[25];
        ReadOnlySpan<byte> name = record.Slice(Header, Math.Min(record[32], record.Length - Header));
        ReadOnlySpan<byte> use = record[Math.Min(record.Length, Header + name.Length + (name.Length % 2 == 0 ? 1 : 0))..];
        // The folder itself and the one above it.
        if (name.Length == 1 && name[0] is 0 or 1)
        {
            if (folder.Length == 0 && name[0] == 0 && use.Length >= 7 && use[..2].SequenceEqual("SP"u8))
            {
                _skipped = use[6];
            }

            return null;
        }

        string? rockRidge = RockRidgeName(use, out bool link);
        string path = folder + (rockRidge ?? PlainName(name));
        if ((flags & IsDirectory) != 0)
        {
            // Folders may overlap in a damaged image: without a bound each could hold all others.
            if (folders.Count < MostFolders)
            {
                folders.Enqueue((path + "/", Place(record), Size(record)));
            }

            return null;
        }

        (long Offset, long Length) whole = before is { } first ? (first.Offset, first.Length + (uint)Size(record)) : (Place(record), (uint)Size(record));
        bool inOnePiece = Place(record) + (uint)Size(record) == whole.Offset + whole.Length;
        if ((flags & GoesOn) != 0)
        {
            return whole;
        }

        if (!link && inOnePiece && whole.Offset + whole.Length <= _stream.Length)
        {
            _files.Add(new IsoFile(path, whole.Offset, whole.Length));
        }

        return null;
    }

    private string? RockRidgeName(ReadOnlySpan<byte> use, out bool link)
    {
        link = false;
        var name = new List<byte>();
        ReadOnlySpan<byte> area = use[Math.Min(_skipped, use.Length)..];
        // One continuation after another (SUSP 5.1); a chain of more than a few is a circle.
        for (int areas = 0; areas < 8; areas++)
        {
            (long Offset, int Length)? next = null;
            for (int at = 0; at + 4 <= area.Length && area[at + 2] >= 4 && at + area[at + 2] <= area.Length; at += area[at + 2])
            {
                ReadOnlySpan<byte> entry = area.Slice(at, area[at + 2]);
                if (entry[..2].SequenceEqual("NM"u8) && entry.Length > 5)
                {
                    name.AddRange(entry[5..]);
                }
                else if (entry[..2].SequenceEqual("SL"u8))
                {
                    link = true;
                }
                else if (entry[..2].SequenceEqual("CE"u8) && entry.Length >= 28)
                {
                    next = ((long)BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]) * Sector + BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]),
                        BinaryPrimitives.ReadInt32LittleEndian(entry[20..]));
                }
            }

            if (next is not { Length: > 0 and <= Sector } more)
            {
                break;
            }

            area = Read(more.Offset, more.Length);
        }

        return name.Count == 0 ? null : Encoding.UTF8.GetString([.. name]);
    }

    // "VMLINUZ.;1" without Rock Ridge.
    private static string PlainName(ReadOnlySpan<byte> name) =>
        Encoding.ASCII.GetString(name).Split(';')[0].TrimEnd('.').ToLowerInvariant();

    private static long Place(ReadOnlySpan<byte> record) => (long)BinaryPrimitives.ReadUInt32LittleEndian(record[2..]) * Sector;

    private static int Size(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt32LittleEndian(record[10..]);

    private byte[] Read(long offset, int length)
    {
        if (offset < 0 || offset + length > _stream.Length)
        {
            throw new InvalidDataException("it ends too soon");
        }

        byte[] bytes = new byte[length];
        _stream.Position = offset;
        _stream.ReadExactly(bytes);
        return bytes;
    }
}
