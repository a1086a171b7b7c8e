using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Mirror;

/// <summary>
/// The files of one folder as whoever opens them finds them: behind a link it is the length of what the link leads to, not the link's own.
/// A Nix <c>result/</c> is nothing but links into the store. <see cref="Links"/> says which are followed; a path in a URL never leaves the
/// folder by itself. An ISO file is a file, and a folder of what is in it too.
/// </summary>
internal sealed class LinkedFiles : IFileProvider, IDisposable
{
    /// <summary>Installers look for these; whatever else begins with a dot is nobody's business.</summary>
    private static readonly string[] ServedDots = [Layouts.TreeInfo, ".discinfo", ".disk"];

    private readonly PhysicalFileProvider _folder;
    private readonly Links _links;
    private readonly IsoImages _images;

    public LinkedFiles(Links links, IsoImages images)
    {
        _links = links;
        _images = images;
        _folder = new PhysicalFileProvider(links.Folder, ExclusionFilters.None);
    }

    /// <summary>Whether a file or folder of this name is served.</summary>
    public static bool IsServed(string name) => !name.StartsWith('.') || ServedDots.Contains(name);

    public IFileInfo GetFileInfo(string subpath)
    {
        string[] parts = subpath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var none = new NotFoundFileInfo(parts.LastOrDefault() ?? "");
        if (!parts.All(IsServed) || parts.Any(part => part.Contains('\\')))
        {
            return none;
        }

        try
        {
            // The folder's own provider judges names, and parts that would lead out of it.
            for (int count = parts.Length; count > 0; count--)
            {
                if (_folder.GetFileInfo(string.Join('/', parts[..count])) is { Exists: true, PhysicalPath: { } path })
                {
                    return _links.Follow(path) is not { } real ? none
                        : count == parts.Length ? Whole(none.Name, real) : Inside(real, string.Join('/', parts[count..]), none);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A link to nothing, to itself or to a folder, or a file that this user may not read: the log shows the 404.
        }

        return none;
    }

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    public void Dispose() => _folder.Dispose();

    private static ServedFile Whole(string name, string path)
    {
        // A pipe is of length 0 too, and to open one would wait for its other end.
        var file = new FileInfo(path);
        if (file.Length == 0)
        {
            return new ServedFile(name, path, 0, 0, file.LastWriteTimeUtc);
        }

        using FilePart part = FilePart.Open(path, 0, file.Length);
        return new ServedFile(name, path, 0, file.Length, file.LastWriteTimeUtc);
    }

    private IFileInfo Inside(string image, string path, IFileInfo none) => _images.Of(image)?.GetValueOrDefault(path) is { } file
        ? new ServedFile(none.Name, image, file.Offset, file.Length, File.GetLastWriteTimeUtc(image)) : none;

    /// <summary>
    /// Without a physical path, so that it is sent from the opened file: whoever sends by path reckons with a link's own length again.
    /// </summary>
    private sealed class ServedFile(string name, string path, long offset, long length, DateTime modified) : IFileInfo
    {
        public bool Exists => true;

        public long Length => length;

        public string? PhysicalPath => null;

        public string Name => name;

        public DateTimeOffset LastModified => modified;

        public bool IsDirectory => false;

        public Stream CreateReadStream() => length == 0 ? Stream.Null : FilePart.Open(path, offset, length);
    }
}
