using System.Collections;
using System.Resources;

namespace Netboot.FirmwareImage.Loaders;

/// <summary>The loaders as a .NET resource file, which the metadata processor turns into resources of the device.</summary>
public static class LoaderResources
{
    /// <summary>
    /// The metadata processor looks into every resource that is not text. It converts what it takes for a picture or a font, and the
    /// machine would then load something else.
    /// </summary>
    private static readonly (byte[] Start, string Kind)[] Converted =
    [
        ("BM"u8.ToArray(), "a bitmap"),
        ("GIF8"u8.ToArray(), "a GIF picture"),
        ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
        ([0xA8, 0xB0, 0x95, 0xF9], "a nanoFramework font"),
    ];

    /// <summary>Writes the resource file: one entry for each loader, named like it.</summary>
    public static byte[] Write(IReadOnlyList<Loader> loaders)
    {
        var ids = new Dictionary<short, string>();
        using var stream = new MemoryStream();
        using (var writer = new ResourceWriter(stream))
        {
            foreach (Loader loader in loaders)
            {
                Check(loader, ids);
                writer.AddResource(loader.Name, loader.Content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Reads a resource file back: content by name.</summary>
    public static Dictionary<string, byte[]> Read(Stream stream)
    {
        var found = new Dictionary<string, byte[]>();
        using var reader = new ResourceReader(stream);
        foreach (DictionaryEntry entry in reader)
        {
            found.Add((string)entry.Key, (byte[])entry.Value!);
        }

        return found;
    }

    private static void Check(Loader loader, Dictionary<short, string> ids)
    {
        if (loader.Id == ResourceId.EndOfTable)
        {
            throw new ImageException(ImageException.Loaders,
                $"{loader.Name}: a resource of this name has the number that ends the table; rename the file");
        }

        if (!ids.TryAdd(loader.Id, loader.Name))
        {
            throw new ImageException(
                ImageException.Loaders,
                $"{ids[loader.Id]} and {loader.Name} would be the same resource, {loader.Id}: rename one of the files");
        }

        foreach ((byte[] start, string kind) in Converted)
        {
            if (loader.Content.AsSpan().StartsWith(start))
            {
                throw new ImageException(ImageException.Loaders, $"{loader.Name} is not a loader: it starts like {kind}");
            }
        }
    }
}
