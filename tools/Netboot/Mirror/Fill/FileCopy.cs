using System.Security.Cryptography;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Mirror.Fill;

/// <summary>Writes files of the mirror: for everybody to read as far as the umask allows, whatever rights the original has.</summary>
internal static class FileCopy
{
    /// <summary>Pieces in which files are moved.</summary>
    private const int Piece = 128 * 1024;

    /// <summary>
    /// Copies a stream into a new file. The room for <paramref name="length"/> bytes is taken at once, so that a full disk is known before
    /// a long download and not after it.
    /// </summary>
    public static async Task WriteAsync(
        Stream from, string path, long? length, Action<int> heard, IncrementalHash? hash, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var to = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous, PreallocationSize = length ?? 0,
        });
        await MoveAsync(from, to, heard, hash, cancellation);
    }

    /// <summary>Copies a part of a file, or all of it.</summary>
    public static async Task CopyAsync(FoundFile file, string path, FillOutput output, CancellationToken cancellation)
    {
        Action<int> heard = output.Begin("copying", file.Path, file.Length);
        await using FilePart from = FilePart.Open(file.RealPath, file.Offset, file.Length);
        await WriteAsync(from, path, file.Length, heard, null, cancellation);
    }

    /// <summary>Moves what is left of a stream into another.</summary>
    public static async Task MoveAsync(Stream from, Stream to, Action<int> heard, IncrementalHash? hash, CancellationToken cancellation)
    {
        byte[] buffer = new byte[Piece];
        while (await from.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            hash?.AppendData(buffer, 0, count);
            await to.WriteAsync(buffer.AsMemory(0, count), cancellation);
            heard(count);
        }
    }
}
