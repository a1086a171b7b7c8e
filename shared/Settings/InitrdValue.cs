using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// An initrd as the settings have it: a URL, and with a blank before it the name under which the kernel finds the file in its root, such as
/// <c>/proxmox.iso</c>. One without a name is an archive that the kernel unpacks.
/// </summary>
public static class InitrdValue
{
    /// <summary>Bytes of the URL.</summary>
    public static int UrlLength(byte[] text, int offset, int length)
    {
        int blank = Octets.IndexOf(text, offset, length, (byte)' ');
        return blank < 0 ? length : blank - offset;
    }

    /// <summary>
    /// Puts an accepted one into <paramref name="value"/>: one blank between URL and name. False: the error says what is wrong.
    /// </summary>
    internal static bool Accept(byte[] text, int offset, int length, ByteWriter value, SettingsError error, out bool templates)
    {
        int url = UrlLength(text, offset, length);
        templates = false;
        if (url > SettingsLimits.Url)
        {
            return error.Fail("its URL is ", url, " characters long; at most ", SettingsLimits.Url);
        }

        if (!UrlText.CheckFile(text, offset, url, error, out templates))
        {
            return false;
        }

        value.Raw(text, offset, url);
        int name = TextLines.SkipBlanks(text, offset + url, offset + length);
        int size = offset + length - name;
        if (size == 0)
        {
            return true;
        }

        for (int i = 0; i < size; i++)
        {
            byte each = text[name + i];
            byte lower = Octets.ToLower(each);
            bool plain = (lower >= (byte)'a' && lower <= (byte)'z') || (each >= (byte)'0' && each <= (byte)'9');
            if (!plain && "/._-+".IndexOf((char)each) < 0)
            {
                return error.Fail(
                    text, name, size,
                    " is not a file name: after the URL and a blank comes the name that the kernel finds the file under, such as "
                    + "/proxmox.iso; write a blank in a URL as %20");
            }
        }

        value.Byte(' ').Raw(text, name, size);
        return size <= SettingsLimits.InitrdName
            || error.Fail("its name is ", size, " characters long; at most ", SettingsLimits.InitrdName);
    }
}
