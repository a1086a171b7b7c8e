using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>Checks URLs as they stand in the settings.</summary>
public static class UrlText
{
    // What RFC 3986 has no place for, and # because iPXE takes a fragment for nothing. Braces are for ${...} and templates only.
    private const string Refused = "\"<>\\^`|#";

    /// <summary>
    /// Whether a URL is one that machines and board can use. A <paramref name="folder"/> has no query and no <c>${…}</c>; an
    /// <paramref name="absolute"/> one begins with http:// or https://.
    /// </summary>
    public static bool Check(byte[] text, int offset, int length, bool folder, bool absolute, SettingsError error) =>
        Check(text, offset, length, folder, absolute, error, out bool _);

    /// <summary>The same of a file's URL; <paramref name="templates"/> says whether there are any in it.</summary>
    internal static bool CheckFile(byte[] text, int offset, int length, SettingsError error, out bool templates) =>
        Check(text, offset, length, false, false, error, out templates);

    private static bool Check(byte[] text, int offset, int length, bool folder, bool absolute, SettingsError error, out bool templates)
    {
        templates = false;
        if (length == 0)
        {
            return error.Fail("a URL is empty");
        }

        bool hasScheme = MirrorUrl.IsAbsolute(text, offset, length);
        if (!hasScheme && (absolute || NamesScheme(text, offset, length)))
        {
            return error.Fail(text, offset, length, " does not begin with http:// or https://");
        }

        if (!hasScheme && length > 1 && text[offset] == (byte)'/' && text[offset + 1] == (byte)'/')
        {
            return error.Fail(text, offset, length, " has no http: before the //");
        }

        if (hasScheme && !HasHost(text, offset, length))
        {
            return error.Fail(text, offset, length, " has no host");
        }

        return Characters(text, offset, length, folder, error, out templates);
    }

    // A colon before the first slash, question mark or ${: tftp://…, nfs:…
    private static bool NamesScheme(byte[] text, int offset, int length)
    {
        for (int i = 0; i < length; i++)
        {
            byte value = text[offset + i];
            if (value == (byte)':')
            {
                return true;
            }

            if (value == (byte)'/' || value == (byte)'?' || value == (byte)'$')
            {
                return false;
            }
        }

        return false;
    }

    private static bool HasHost(byte[] text, int offset, int length)
    {
        int host = MirrorUrl.HostOffset(text, offset, length);
        if (host >= offset + length)
        {
            return false;
        }

        byte first = text[host];
        return first != (byte)'/' && first != (byte)':' && first != (byte)'?';
    }

    private static bool Characters(byte[] text, int offset, int length, bool folder, SettingsError error, out bool templates)
    {
        templates = false;
        bool inSetting = false;
        int end = offset + length;
        for (int i = offset; i < end; i++)
        {
            byte value = text[i];
            if (value == (byte)'$' && i + 1 < end && text[i + 1] == (byte)'{' && !folder && !inSetting)
            {
                inSetting = true;
                i++;
                continue;
            }

            if (value == (byte)'}' && inSetting)
            {
                inSetting = false;
                continue;
            }

            if (value == (byte)'{' && !folder && !inSetting && Templates.Find(text, offset, i, end, out int number, out int next) == i)
            {
                if (number <= Templates.File)
                {
                    return error.Fail(text, i, next - i, " is not a template of a URL; there are " + Templates.OfUrl);
                }

                templates = true;
                i = next - 1;
                continue;
            }

            bool brace = value == (byte)'{' || value == (byte)'}';
            bool query = folder && value == (byte)'?';
            if (value <= 0x20 || value >= 0x7F || brace || query || Refused.IndexOf((char)value) >= 0)
            {
                return error.Fail("a " + (folder ? "folder " : "") + "URL cannot contain " + SettingsError.Quote(text, i, 1)
                    + "; write it as %" + Hex(value));
            }
        }

        return !inSetting || error.Fail("a ${ has no closing }; ${name} is an iPXE setting");
    }

    private static string Hex(byte value) => new ByteWriter(2, 2).HexByte(value).ToString();
}
