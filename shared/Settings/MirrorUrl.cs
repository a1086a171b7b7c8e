using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Settings;

/// <summary>URLs as the settings have them: absolute, or relative to the mirror's, which ends with a slash.</summary>
public static class MirrorUrl
{
    private const string Http = "http://";
    private const string Https = "https://";

    /// <summary>Whether a URL has a scheme of its own.</summary>
    public static bool IsAbsolute(byte[] text, int offset, int length) =>
        IsHttp(text, offset, length) || Octets.StartsWith(text, offset, length, Https);

    /// <summary>Whether a URL is absolute and not encrypted: the board itself can fetch it.</summary>
    public static bool IsHttp(byte[] text, int offset, int length) => Octets.StartsWith(text, offset, length, Http);

    /// <summary>
    /// Whether the device itself can fetch it: http:// always, https:// where its image has room for that (<see cref="Fetch.Https"/>).
    /// </summary>
    public static bool CanBeFetched(byte[] text, int offset, int length) =>
        IsHttp(text, offset, length) || (Fetch.Https != null && IsAbsolute(text, offset, length));

    /// <summary>Where the host begins in an absolute URL.</summary>
    public static int HostOffset(byte[] url, int offset, int length) => offset + (IsHttp(url, offset, length) ? Http.Length : Https.Length);

    /// <summary>Whether a URL leads to the mirror, which may know who asks. <paramref name="mirror"/> may be null.</summary>
    public static bool IsOnMirror(byte[] url, int offset, int length, byte[] mirror)
    {
        if (!IsAbsolute(url, offset, length))
        {
            return true;
        }

        return mirror != null && Octets.StartsWith(url, offset, length, mirror);
    }

    /// <summary>
    /// How many bytes of the mirror's URL stand before a URL: none, its origin (for one with a leading slash) or all of it.
    /// </summary>
    public static int BaseLength(byte[] url, int offset, int length, byte[] mirror)
    {
        if (mirror == null || IsAbsolute(url, offset, length)
            || (length > 0 && url[offset] == (byte)'{' && Octets.StartsWith(url, offset, length, "{mirror}")))
        {
            return 0;
        }

        return length > 0 && url[offset] == (byte)'/' ? OriginLength(mirror) : mirror.Length;
    }

    /// <summary>Writes the absolute form of a URL.</summary>
    public static void Write(ByteWriter writer, byte[] url, int offset, int length, byte[] mirror)
    {
        int before = BaseLength(url, offset, length, mirror);
        if (before > 0)
        {
            writer.Raw(mirror, 0, before);
        }

        writer.Raw(url, offset, length);
    }

    /// <summary>As above, into a script.</summary>
    public static void Write(PartWriter writer, byte[] url, int offset, int length, byte[] mirror)
    {
        int before = BaseLength(url, offset, length, mirror);
        if (before > 0)
        {
            writer.Raw(mirror, 0, before);
        }

        writer.Raw(url, offset, length);
    }

    // Without the slash after the host: the URL brings its own.
    private static int OriginLength(byte[] mirror)
    {
        int host = HostOffset(mirror, 0, mirror.Length);
        return Octets.IndexOf(mirror, host, mirror.Length - host, (byte)'/');
    }
}
