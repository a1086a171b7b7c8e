using System.Text.Json;

namespace Netboot.FirmwareImage.Loaders;

/// <summary>One loader of an image, without its bytes.</summary>
/// <param name="Name">The name that machines ask for.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Version">Its version, or <see cref="LoaderVersion.Unknown"/>.</param>
/// <param name="Hash">SHA-256 in lower case.</param>
public sealed record LoaderEntry(string Name, int Length, string Version, string Hash);

/// <summary>What a build packed, beside the resource file; later steps of the build and the virtual device read it.</summary>
public static class LoaderManifest
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    /// <summary>The list as JSON.</summary>
    public static string Write(IReadOnlyList<Loader> loaders) =>
        JsonSerializer.Serialize(loaders.Select(l => new LoaderEntry(l.Name, l.Content.Length, l.Version, l.Hash)), Options);

    /// <summary>Reads the list of a file.</summary>
    public static IReadOnlyList<LoaderEntry> Read(string path) =>
        JsonSerializer.Deserialize<List<LoaderEntry>>(File.ReadAllText(path)) ?? throw new IOException($"{path} is empty");
}
