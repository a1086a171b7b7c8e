using System;
using Netboot.Boot;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>Checks one value and gives it in its canonical form: the bytes that are kept and written again. Null: refused, and the error says why.</summary>
public static class SettingsValue
{
    /// <summary>The accepted value of <paramref name="row"/>, or null. The range holds printable ASCII only, without blanks at its ends.</summary>
    public static byte[] Accept(SettingsRow row, byte[] text, int offset, int length, SettingsError error)
    {
        // What is said of a password must not hold it, and its limit is not that of its stored form.
        if (length > row.Limit && row.Kind != ValueKind.Password)
        {
            error.Fail("is " + length.ToString() + " characters long; at most " + row.Limit.ToString());
            return null;
        }

        bool good;
        switch (row.Kind)
        {
            case ValueKind.HostName:
                good = IsName(text, offset, length, "") || error.Fail(SettingsError.Quote(text, offset, length) + " is no host name: letters, digits and hyphens");
                break;
            case ValueKind.Name:
            case ValueKind.ProfileName:
                good = IsName(text, offset, length, error);
                break;
            case ValueKind.FileName:
                good = IsName(text, offset, length, "._+")
                    || error.Fail(SettingsError.Quote(text, offset, length) + " is no loader's file name: letters, digits and - . _ +, without a folder");
                return good ? Lower(text, offset, length) : null;
            case ValueKind.BaseUrl:
            case ValueKind.FolderUrl:
                return UrlText.Check(text, offset, length, true, row.Kind == ValueKind.BaseUrl, error) ? Folder(text, offset, length) : null;
            case ValueKind.Url:
                good = UrlText.Check(text, offset, length, false, false, error);
                break;
            case ValueKind.CommandLine:
                good = IsCommandText(text, offset, length, error) && AreTemplates(text, offset, length, error);
                break;
            case ValueKind.ScreenText:
                good = IsCommandText(text, offset, length, error);
                break;
            case ValueKind.Uuid:
                return Uuid(text, offset, length, error);
            case ValueKind.Password:
                return PagePassword.Accept(text, offset, length, error);
            case ValueKind.Pin:
                return Pin(text, offset, length, error);
            case ValueKind.Receiver:
                good = IsReceiver(text, offset, length, error);
                break;
            default:
                return Choice(row, text, offset, length, error);
        }

        return good ? Copy(text, offset, length) : null;
    }

    /// <summary>Whether a range is the name of a profile or a machine.</summary>
    public static bool IsName(byte[] text, int offset, int length, SettingsError error)
    {
        return IsName(text, offset, length, "._")
            || error.Fail(SettingsError.Quote(text, offset, length) + " is no name: letters, digits and - . _, beginning with a letter or digit");
    }

    /// <summary>The number of a value that was accepted as one of the row's choices.</summary>
    public static int ChoiceIndex(SettingsRow row, byte[] value)
    {
        int index = 0;
        while (!Octets.Is(value, 0, value.Length, Octets.Of(row.Choices[index])))
        {
            index++;
        }

        return index;
    }

    private static bool IsName(byte[] text, int offset, int length, string others)
    {
        byte[] allowed = Octets.Of(others);
        for (int i = 0; i < length; i++)
        {
            byte value = text[offset + i];
            byte lower = Octets.ToLower(value);
            bool plain = (lower >= (byte)'a' && lower <= (byte)'z') || (value >= (byte)'0' && value <= (byte)'9');
            if (!plain && (i == 0 || (value != (byte)'-' && Octets.IndexOf(allowed, 0, allowed.Length, value) < 0)))
            {
                return false;
            }
        }

        return length > 0;
    }

    private static bool IsCommandText(byte[] text, int offset, int length, SettingsError error)
    {
        int word = CommandLine.FindForbidden(text, offset, length, out int wordLength);
        if (word >= 0)
        {
            return error.Fail(
                "the word " + SettingsError.Quote(text, word, wordLength) + " would end the iPXE command; a word can be neither || nor && nor ; nor begin with #");
        }

        return CommandLine.FindOpenSetting(text, offset, length) < 0 || error.Fail("a ${ has no } after it; ${name} is a setting of iPXE");
    }

    private static bool AreTemplates(byte[] text, int offset, int length, SettingsError error)
    {
        int end = offset + length;
        int position = offset;
        while (position < end)
        {
            int template = CommandLine.FindTemplate(text, position, end, out int next, out int path, out int pathEnd);
            if (template < 0)
            {
                return true;
            }

            if (path < 0)
            {
                return error.Fail(SettingsError.Quote(text, template, end - template) + " is no template that is known: " + CommandLine.Templates);
            }

            if (!UrlText.Check(text, path, pathEnd - path, false, false, error))
            {
                return false;
            }

            position = next;
        }

        return true;
    }

    private static byte[] Uuid(byte[] text, int offset, int length, SettingsError error)
    {
        var uuid = new byte[UuidText.Size];
        if (!UuidText.Parse(text, offset, length, uuid, 0))
        {
            error.Fail(SettingsError.Quote(text, offset, length) + " is no UUID: 32 hexadecimal digits, in groups of 8-4-4-4-12 or without hyphens");
            return null;
        }

        bool same = uuid[0] == 0 || uuid[0] == 0xFF;
        for (int i = 1; i < UuidText.Size; i++)
        {
            same = same && uuid[i] == uuid[0];
        }

        if (same)
        {
            error.Fail("is what many machines say that have no UUID of their own; leave it out");
            return null;
        }

        return uuid;
    }

    private static byte[] Pin(byte[] text, int offset, int length, SettingsError error)
    {
        int pin = Octets.ParseNumber(text, offset, length);
        if ((pin >= 0 && pin <= SettingsLimits.Pin) || Octets.IsIgnoreCase(text, offset, length, Octets.Of("none")))
        {
            return Lower(text, offset, length);
        }

        error.Fail(SettingsError.Quote(text, offset, length) + " is no pin: 0 to " + SettingsLimits.Pin.ToString() + ", or none");
        return null;
    }

    // A name is refused: to look one up stops every thread of a board until the answer is there.
    private static bool IsReceiver(byte[] text, int offset, int length, SettingsError error)
    {
        byte[] address = AddressText.Parse(text, offset, length, 1, out int _);
        return (address != null && address[0] != 0 && address[0] < AddressText.FirstGroup)
            || error.Fail(
                SettingsError.Quote(text, offset, length) + " is no IPv4 address of a host, with or without a port (192.168.1.10 or 192.168.1.10:514); "
                + "a name is not taken, for looking it up would stop the whole device");
    }

    private static byte[] Choice(SettingsRow row, byte[] text, int offset, int length, SettingsError error)
    {
        string list = "";
        for (int i = 0; i < row.Choices.Length; i++)
        {
            byte[] choice = Octets.Of(row.Choices[i]);
            if (Octets.IsIgnoreCase(text, offset, length, choice))
            {
                return choice;
            }

            list = i == 0 ? row.Choices[0] : list + ", " + row.Choices[i];
        }

        error.Fail(SettingsError.Quote(text, offset, length) + " is not allowed; allowed: " + list);
        return null;
    }

    private static byte[] Folder(byte[] text, int offset, int length)
    {
        if (text[offset + length - 1] == (byte)'/')
        {
            return Copy(text, offset, length);
        }

        var folder = new byte[length + 1];
        Array.Copy(text, offset, folder, 0, length);
        folder[length] = (byte)'/';
        return folder;
    }

    private static byte[] Lower(byte[] text, int offset, int length)
    {
        byte[] lower = Copy(text, offset, length);
        for (int i = 0; i < length; i++)
        {
            lower[i] = Octets.ToLower(lower[i]);
        }

        return lower;
    }

    private static byte[] Copy(byte[] text, int offset, int length)
    {
        var copy = new byte[length];
        Array.Copy(text, offset, copy, 0, length);
        return copy;
    }
}
