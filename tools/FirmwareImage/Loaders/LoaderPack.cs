using System.Text;
using static System.FormattableString;

namespace Netboot.FirmwareImage.Loaders;

/// <summary>What the firmware's build embeds: the resource file, the list for the firmware's code and the list for the build.</summary>
public static class LoaderPack
{
    /// <summary>The resource file; it does not exist if there are no loaders.</summary>
    public const string ResourceFile = "Loaders.resources";

    /// <summary>The list for the build.</summary>
    public const string ManifestFile = "Loaders.json";

    /// <summary>The list for the firmware's code.</summary>
    public const string SourceFile = "BuiltInLoaders.cs";

    /// <summary>The value of LoaderFolder that asks for a firmware without loaders.</summary>
    public const string None = "none";

    /// <summary>How many digits of a hash are shown: enough to tell any two builds apart.</summary>
    public const int ShownDigits = 12;

    /// <summary>Packs loaders; returns what to report, a line each.</summary>
    /// <param name="folder">The folder that a person named, or null for <see cref="LoaderFolder.Debian"/> where it exists, or
    /// <see cref="None"/>.</param>
    /// <param name="names">What machines ask for, most important first.</param>
    /// <param name="room">Bytes of flash that they may fill.</param>
    /// <param name="output">Where the three files go.</param>
    public static IReadOnlyList<string> Write(string? folder, IReadOnlyList<string> names, long room, string output)
    {
        bool named = folder != null;
        folder ??= LoaderFolder.Debian;
        if (named && folder != None && !Directory.Exists(folder))
        {
            throw new ImageException(ImageException.Loaders, $"LoaderFolder: there is no folder {folder}");
        }

        LoaderChoice? choice = Directory.Exists(folder) && folder != None ? LoaderChoice.From(folder, names, room) : null;
        if (named && choice is { Taken.Count: 0, LeftOut.Count: 0 })
        {
            throw new ImageException(ImageException.Loaders, $"LoaderFolder: {folder} has none of {string.Join(", ", names)}");
        }

        IReadOnlyList<Loader> loaders = choice?.Taken ?? [];
        Directory.CreateDirectory(output);
        string resources = Path.Combine(output, ResourceFile);
        if (loaders.Count > 0)
        {
            Put(resources, LoaderResources.Write(loaders));
        }
        else
        {
            File.Delete(resources);
        }

        Put(Path.Combine(output, SourceFile), Encoding.UTF8.GetBytes(LoaderSource.Write(loaders)));
        Put(Path.Combine(output, ManifestFile), Encoding.UTF8.GetBytes(LoaderManifest.Write(loaders)));
        return Lines(folder, choice);
    }

    private static List<string> Lines(string folder, LoaderChoice? choice)
    {
        var lines = new List<string>();
        foreach (Loader loader in choice?.Taken ?? [])
        {
            lines.Add(Invariant($"loaders: {loader.Name}, {loader.Content.Length:N0} bytes, {loader.Version}, SHA-256 {loader.Hash[..ShownDigits]}"));
        }

        lines.AddRange((choice?.LeftOut ?? []).Select(reason => "loaders: " + reason));
        if (choice is not { Taken.Count: > 0 })
        {
            string why = folder == None ? "as LoaderFolder=none asks"
                : choice is { LeftOut.Count: > 0 } ? "no room"
                : $"{folder} has none; -p:LoaderFolder=<folder> takes them from elsewhere";
            lines.Add($"loaders: none built in ({why}); boards stream them from the mirror");
        }
        else if (choice.Missing.Count > 0)
        {
            lines.Add($"loaders: not in {folder}: {string.Join(", ", choice.Missing)}; boards stream them from the mirror");
        }

        return lines;
    }

    /// <summary>A file that already has the right bytes keeps its time, so that nothing is compiled again needlessly.</summary>
    private static void Put(string path, byte[] content)
    {
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            File.WriteAllBytes(path, content);
        }
    }
}
