using Netboot.Device;

namespace Netboot.Tool.Run;

/// <summary>The files of some folders in the place of the loaders that a firmware image has built in; the first folder that has a name wins.</summary>
internal sealed class FolderLoaders : IFirmwareLoaders, IDisposable
{
    /// <summary>A loader is at most a few MB; anything larger in such a folder is a disk image or the like.</summary>
    private const long LargestLoader = 16 * 1024 * 1024;

    /// <summary>Where Debian's package "ipxe" puts its loaders.</summary>
    public const string Debian = "/usr/lib/ipxe";

    private readonly List<(string Name, FileStream Stream)> _files = [];

    public FolderLoaders(IEnumerable<string> folders)
    {
        foreach (string path in folders.Where(Directory.Exists).SelectMany(Directory.GetFiles).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path).ToLowerInvariant();
            bool loader = name.EndsWith(".kpxe") || name.EndsWith(".efi") || name.EndsWith(".pxe") || name.EndsWith(".0");
            if (loader && new FileInfo(path).Length is > 0 and <= LargestLoader && _files.TrueForAll(f => f.Name != name))
            {
                _files.Add((name, File.OpenRead(path)));
            }
        }
    }

    public int Count => _files.Count;

    public string Name(int index) => _files[index].Name;

    public int Length(int index) => (int)_files[index].Stream.Length;

    public int Read(int index, int position, byte[] buffer, int offset, int count)
    {
        return RandomAccess.Read(_files[index].Stream.SafeFileHandle, buffer.AsSpan(offset, count), position);
    }

    public void Dispose() => _files.ForEach(f => f.Stream.Dispose());
}
