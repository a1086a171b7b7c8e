using System;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>URLs and command lines of a boot API as a script can have them.</summary>
internal sealed class BootApiText
{
    private const string File = "file://";

    private readonly byte[] _api;
    private readonly int _origin;
    private readonly byte[] _mirror;

    /// <summary>For the API at that absolute URL, with that mirror, which may be null.</summary>
    internal BootApiText(byte[] api, byte[] mirror)
    {
        _api = api;
        _mirror = mirror;
        int host = MirrorUrl.HostOffset(api, 0, api.Length);
        int slash = Octets.IndexOf(api, host, api.Length - host, (byte)'/');
        _origin = slash < 0 ? api.Length : slash;
    }

    /// <summary>Writes the absolute form of a URL; gives what is wrong with it, or null.</summary>
    internal string Resolve(byte[] text, int offset, int length, ByteWriter url)
    {
        for (int i = 0; i < length; i++)
        {
            if (text[offset + i] <= 0x20 || text[offset + i] >= 0x7F)
            {
                return "has a character in a URL that must be written as %XX";
            }
        }

        if (Octets.StartsWith(text, offset, length, File))
        {
            if (_mirror == null)
            {
                return "has a file:// URL, which is a file of the mirror, but [mirror] has no 'url'";
            }

            int path = SkipSlashes(text, offset + File.Length, offset + length);
            url.Raw(_mirror).Raw(text, path, offset + length - path);
        }
        else if (HasScheme(text, offset, length))
        {
            url.Raw(text, offset, length);
        }
        else
        {
            int path = SkipSlashes(text, offset, offset + length);
            url.Raw(_api, 0, _origin).Byte('/').Raw(text, path, offset + length - path);
        }

        return url.Overflowed ? "has a URL of more than " + BootApiAnswer.MostText.ToString() + " bytes" : null;
    }

    /// <summary>
    /// Writes a command line with its templates filled in; gives what is wrong with it, or null. <c>{{ URL "path" }}</c> and
    /// <c>{{ ID "path" }}</c> are the same: Pixiecore makes a URL of its own of either.
    /// </summary>
    internal string Expand(ByteWriter text, ByteWriter line)
    {
        byte[] buffer = text.Buffer;
        int end = text.Length;
        int position = 0;
        while (position < end)
        {
            int place = CommandLine.FindTemplate(buffer, position, end, out int next, out int path, out int pathEnd);
            int stop = place < 0 ? end : place;
            line.Raw(buffer, position, stop - position);
            position = stop;
            if (place >= 0)
            {
                string fault = path < 0 ? "has a {{ … }} that is neither {{ URL \"…\" }} nor {{ ID \"…\" }}"
                    : Resolve(buffer, path, pathEnd - path, line);
                if (fault != null)
                {
                    return fault;
                }

                position = next;
            }
        }

        return null;
    }

    /// <summary>
    /// Writes a value of a command line's. One with blanks or quotes is put in quotes, with a backslash before those that are in it.
    /// Pixiecore quotes every value, which the kernel takes off again; a system that reads the command line by itself mostly does not.
    /// </summary>
    internal static void Quote(ByteWriter line, ByteWriter text)
    {
        if (Octets.IndexOf(text.Buffer, 0, text.Length, (byte)' ') < 0 && Octets.IndexOf(text.Buffer, 0, text.Length, (byte)'"') < 0)
        {
            Append(line, text);
            return;
        }

        line.Byte('"');
        for (int i = 0; i < text.Length; i++)
        {
            byte value = text.Buffer[i];
            if (value == (byte)'"' || value == (byte)'\\')
            {
                line.Byte('\\');
            }

            line.Byte(value);
        }

        line.Byte('"');
    }

    /// <summary>Adds what another writer holds.</summary>
    internal static void Append(ByteWriter line, ByteWriter text) => line.Raw(text.Buffer, 0, text.Length);

    /// <summary>Takes the blanks off both ends.</summary>
    internal static void Trim(ByteWriter text)
    {
        byte[] buffer = text.Buffer;
        int end = text.Length;
        while (end > 0 && buffer[end - 1] == (byte)' ')
        {
            end--;
        }

        int start = 0;
        while (start < end && buffer[start] == (byte)' ')
        {
            start++;
        }

        if (start > 0)
        {
            Array.Copy(buffer, start, buffer, 0, end - start);
        }

        text.Truncate(end - start);
    }

    private static int SkipSlashes(byte[] text, int at, int end)
    {
        while (at < end && text[at] == (byte)'/')
        {
            at++;
        }

        return at;
    }

    // http, https, tftp, nfs …: letters and digits before "://".
    private static bool HasScheme(byte[] text, int offset, int length)
    {
        int colon = Octets.IndexOf(text, offset, length, (byte)':') - offset;
        if (colon <= 0 || !Octets.StartsWith(text, offset + colon, length - colon, "://"))
        {
            return false;
        }

        for (int i = 0; i < colon; i++)
        {
            byte lower = Octets.ToLower(text[offset + i]);
            if ((lower < (byte)'a' || lower > (byte)'z') && (lower < (byte)'0' || lower > (byte)'9'))
            {
                return false;
            }
        }

        return true;
    }
}
