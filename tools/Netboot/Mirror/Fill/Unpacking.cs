using System.Formats.Tar;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Netboot.Tool.Mirror.Fill;

/// <summary>Takes some files out of an archive, by their last names: no name in it decides where a file goes.</summary>
internal static class Unpacking
{
    private const string Zip = ".zip";

    /// <summary>
    /// Takes the wanted files out of a <c>.tar.gz</c> or a <c>.zip</c>; <c>*</c> in a wanted name stands for anything but a slash. Throws
    /// <see cref="FillException"/> when the archive has none of them or is damaged.
    /// </summary>
    /// <param name="name">The archive's name, which says its kind.</param>
    public static async Task TakeAsync(
        string archive, string name, IReadOnlyList<string> wanted, string folder, CancellationToken cancellation)
    {
        var names = new Regex($"^(\\./)?({string.Join('|', wanted.Select(file => Regex.Escape(file).Replace("\\*", "[^/]*")))})$");
        int taken;
        try
        {
            taken = name.EndsWith(Zip, StringComparison.Ordinal)
                ? await FromZipAsync(archive, names, folder, cancellation) : await FromTarAsync(archive, names, folder, cancellation);
        }
        catch (InvalidDataException e)
        {
            throw new FillException($"{name} cannot be unpacked: {e.Message}");
        }

        if (taken == 0)
        {
            throw new FillException($"{name} has none of {string.Join(", ", wanted)}: its publisher packs it in another way now.");
        }
    }

    private static async Task<int> FromZipAsync(string archive, Regex names, string folder, CancellationToken cancellation)
    {
        int taken = 0;
        await using ZipArchive zip = await ZipFile.OpenReadAsync(archive, cancellation);
        foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => names.IsMatch(entry.FullName)))
        {
            await using Stream content = await entry.OpenAsync(cancellation);
            await FileCopy.WriteAsync(content, Path.Combine(folder, entry.Name), entry.Length, _ => { }, null, cancellation);
            taken++;
        }

        return taken;
    }

    private static async Task<int> FromTarAsync(string archive, Regex names, string folder, CancellationToken cancellation)
    {
        int taken = 0;
        await using var unpacked = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        await using var tar = new TarReader(unpacked);
        while (await tar.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            if (entry.DataStream is { } content && names.IsMatch(entry.Name))
            {
                string path = Path.Combine(folder, Path.GetFileName(entry.Name));
                await FileCopy.WriteAsync(content, path, entry.Length, _ => { }, null, cancellation);
                taken++;
            }
        }

        return taken;
    }
}
