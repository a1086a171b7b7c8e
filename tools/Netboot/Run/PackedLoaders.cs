using Netboot.Device;
using Netboot.FirmwareImage.Loaders;

namespace Netboot.Tool.Run;

/// <summary>
/// What a firmware build packed, read on a PC as the board reads it from flash: the same file, the same list, the same pieces.
/// </summary>
internal sealed class PackedLoaders : PiecewiseLoaders
{
    private readonly IReadOnlyList<LoaderEntry> _entries;
    private readonly byte[][] _contents;

    /// <summary>Opens a <see cref="LoaderPack.ResourceFile"/>; the build's list lies beside it.</summary>
    public PackedLoaders(string resources)
    {
        _entries = LoaderManifest.Read(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(resources))!, LoaderPack.ManifestFile));
        using FileStream stream = File.OpenRead(resources);
        Dictionary<string, byte[]> found = LoaderResources.Read(stream);
        _contents = [.. _entries.Select(entry => found[entry.Name])];
    }

    public override int Count => _entries.Count;

    public override string Name(int index) => _entries[index].Name;

    public override int Length(int index) => _entries[index].Length;

    public override string Version(int index) => _entries[index].Version;

    public override string Hash(int index) => _entries[index].Hash;

    protected override byte[] Fetch(int index, int position, int count) => _contents[index].AsSpan(position, count).ToArray();
}
