using System.Security.Cryptography;
using Netboot.Board;
using Netboot.FirmwareImage.Loaders;

namespace Netboot.Tool.Run;

/// <summary>
/// The files of some folders in the place of the loaders that a firmware image has built in; the first folder that has a name wins.
/// </summary>
internal sealed class FolderLoaders : IFirmwareLoaders, IDisposable
{
    private readonly List<Entry> _files = [];

    public FolderLoaders(IEnumerable<string> folders)
    {
        foreach ((string name, string path) in folders.Where(Directory.Exists).SelectMany(LoaderFolder.Files))
        {
            if (_files.TrueForAll(f => f.Name != name))
            {
                _files.Add(new Entry(name, path));
            }
        }
    }

    public int Count => _files.Count;

    public string Name(int index) => _files[index].Name;

    public int Length(int index) => (int)_files[index].Stream.Length;

    public string Version(int index) => _files[index].Version.Value;

    public string Hash(int index) => _files[index].Hash.Value;

    public int Read(int index, int position, byte[] buffer, int offset, int count) =>
        RandomAccess.Read(_files[index].Stream.SafeFileHandle, buffer.AsSpan(offset, count), position);

    public void Dispose() => _files.ForEach(f => f.Stream.Dispose());

    /// <summary>
    /// One file. A folder can hold many that nobody asks for, so whatever needs the whole file to be read is only found out when it is
    /// shown.
    /// </summary>
    private sealed class Entry
    {
        public Entry(string name, string path)
        {
            Name = name;
            Stream = File.OpenRead(path);
            Version = new(() => LoaderVersion.Of(path, Content()));
            Hash = new(() => Convert.ToHexStringLower(SHA256.HashData(Content())));
        }

        public string Name { get; }

        public FileStream Stream { get; }

        public Lazy<string> Version { get; }

        public Lazy<string> Hash { get; }

        private byte[] Content()
        {
            byte[] content = new byte[Stream.Length];
            int done = 0;
            while (RandomAccess.Read(Stream.SafeFileHandle, content.AsSpan(done), done) is > 0 and var part)
            {
                done += part;
            }

            return content;
        }
    }
}
