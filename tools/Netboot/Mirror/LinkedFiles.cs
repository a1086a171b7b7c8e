using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Netboot.Tool.Mirror;

/// <summary>
/// The files of one folder as whoever opens them finds them: behind a link it is the length of what the link leads to, not the link's own.
/// A Nix <c>result/</c> is nothing but links into the store. <see cref="Links"/> says which are followed; a path in a URL never leaves the
/// folder by itself.
/// </summary>
internal sealed class LinkedFiles : IFileProvider, IDisposable
{
    private readonly PhysicalFileProvider _folder;

    private readonly Links _links;

    public LinkedFiles(Links links)
    {
        _links = links;
        _folder = new PhysicalFileProvider(links.Folder);
    }

    public IFileInfo GetFileInfo(string subpath)
    {
        // The folder's own provider judges names: dots, and parts that would lead out of it.
        IFileInfo found = _folder.GetFileInfo(subpath);
        if (!found.Exists || found.PhysicalPath is not { } path)
        {
            return found;
        }

        if (_links.Follow(path) is not { } real)
        {
            return new NotFoundFileInfo(found.Name);
        }

        try
        {
            using FileStream stream = Open(real);
            return new LinkedFile(found.Name, real, stream.Length, File.GetLastWriteTimeUtc(stream.SafeFileHandle));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A link to nothing, to itself or to a folder, or a file that this user may not read: the log shows the 404.
            return new NotFoundFileInfo(found.Name);
        }
    }

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    public void Dispose() => _folder.Dispose();

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);

    /// <summary>
    /// Without a physical path, so that it is sent from the opened file: whoever sends by path reckons with a link's own length again.
    /// </summary>
    private sealed class LinkedFile(string name, string path, long length, DateTime modified) : IFileInfo
    {
        public bool Exists => true;

        public long Length => length;

        public string? PhysicalPath => null;

        public string Name => name;

        public DateTimeOffset LastModified => modified;

        public bool IsDirectory => false;

        public Stream CreateReadStream() => Open(path);
    }
}
