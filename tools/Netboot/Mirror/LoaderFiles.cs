using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;
using Netboot.FirmwareImage.Loaders;

namespace Netboot.Tool.Mirror;

/// <summary>The loaders of some folders, by the names that machines ask for; the first folder that has a name wins.</summary>
internal sealed class LoaderFiles(IReadOnlyList<string> folders) : IFileProvider
{
    public IFileInfo GetFileInfo(string subpath)
    {
        string name = subpath.TrimStart('/');
        string? path = folders.Where(Directory.Exists).SelectMany(LoaderFolder.Files).FirstOrDefault(file => file.Name == name).Path;
        return path == null ? new NotFoundFileInfo(name)
            // Debian's ipxe.efi is a link; a link's own length would be taken for the file's.
            : new Microsoft.Extensions.FileProviders.Physical.PhysicalFileInfo(
                (FileInfo)(File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)));
    }

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;
}
