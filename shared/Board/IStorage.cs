using System.IO;

namespace Netboot.Board;

/// <summary>
/// The board's own small file system: a flat set of names. Any call may throw <see cref="IOException"/> or, on the device, a plain
/// Exception.
/// </summary>
public interface IStorage
{
    /// <summary>The size of a file in bytes, or -1 when there is none of that name.</summary>
    int Length(string name);

    /// <summary>Opens a file for reading at any position, or gives null when there is none. The caller closes it.</summary>
    Stream OpenRead(string name);

    /// <summary>
    /// Writes a whole file, in place of an older one. After it returns the bytes are in the flash; a power cut in between can leave a part.
    /// </summary>
    void Write(string name, byte[] content, int length);

    /// <summary>The same for a content that is made while it is written.</summary>
    void Write(string name, StorageContent content);

    /// <summary>Removes a file; nothing happens when there is none.</summary>
    void Delete(string name);
}
