using System.IO;
using Netboot.Device;

namespace Netboot.Settings;

/// <summary>Reads a whole small file.</summary>
internal static class StoredText
{
    /// <summary>The content of a file; null when there is none. It throws when the file is longer than the limit or ends early.</summary>
    internal static byte[] Read(IStorage storage, string name, int limit)
    {
        int length = storage.Length(name);
        if (length < 0)
        {
            return null;
        }

        if (length > limit)
        {
            throw new IOException("it is " + length.ToString() + " bytes long; at most " + limit.ToString());
        }

        Stream stream = storage.OpenRead(name);
        if (stream == null)
        {
            return null;
        }

        try
        {
            var content = new byte[length];
            int position = 0;
            while (position < length)
            {
                int count = stream.Read(content, position, length - position);
                if (count <= 0)
                {
                    throw new IOException("it ends after " + position.ToString() + " of " + length.ToString() + " bytes");
                }

                position += count;
            }

            return content;
        }
        finally
        {
            stream.Close();
        }
    }
}
