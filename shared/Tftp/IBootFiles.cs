using Netboot.Bytes;

namespace Netboot.Tftp;

/// <summary>
/// The flat catalogue of files that machines may fetch, by TFTP or HTTP. There are no folders, so there is no path to escape from.
/// </summary>
public interface IBootFiles
{
    /// <summary>
    /// Opens the file that a machine named, or gives null when the catalogue has none of that name. The name is taken as machines write it:
    /// back-slashes, a leading slash or folder, upper case, trailing 0xFF, spaces or NUL (field notes D4-5, D4-6).
    /// </summary>
    LoaderReader Open(byte[] name, int offset, int length);
}
