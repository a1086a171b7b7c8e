using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>Checks one value and gives it in its canonical form: the bytes that are kept and written again.</summary>
public static class SettingsValue
{
    /// <summary>In place of a profile's name for unknown machines: they wait until they are let in.</summary>
    public const string Ask = "ask";

    private const string OpenSetting = "a ${ has no closing }; ${name} is an iPXE setting";

    /// <summary>
    /// Puts the accepted value of <paramref name="key"/>, which has that row, into <paramref name="value"/>, which has room for a
    /// line; false: it is refused, and the error says why. <paramref name="templates"/> says whether there are any in it; one that is not
    /// known counts as plain text if <paramref name="known"/>: the value was accepted before, perhaps by a version that had none. The range
    /// holds printable ASCII only, without blanks at its ends.
    /// </summary>
    internal static bool Accept(
        SettingsKey key, int row, byte[] text, int offset, int length, bool known, ByteWriter value, SettingsError error,
        out bool templates)
    {
        value.Clear();
        templates = false;
        ValueKind kind = SettingsTable.KindOf(row);

        // What is said of a password must not hold it, and its limit is not that of its stored form.
        if (kind != ValueKind.Password && length > Limit(kind))
        {
            return error.Fail("is ", length, " characters long; at most ", Limit(kind));
        }

        bool good;
        switch (kind)
        {
            case ValueKind.HostName:
                good = IsName(text, offset, length, "")
                    || error.Fail(
                        text, offset, length,
                        " is not a host name: use letters, digits and hyphens");
                break;
            case ValueKind.HostNames:
                Lower(text, offset, length, value);
                return IsName(text, offset, length, "., ")
                    || error.Fail(
                        text, offset, length,
                        " are not host names: use letters, digits, - and . and separate names with spaces or commas, such as netboot.fritz.box");
            case ValueKind.Name:
            case ValueKind.ProfileName:
                good = IsName(text, offset, length, error);
                break;
            case ValueKind.FileName:
                Lower(text, offset, length, value);
                return IsName(text, offset, length, "._+")
                    || error.Fail(
                        text, offset, length,
                        " is not a loader file name: use letters, digits and - . _ +, without a folder");
            case ValueKind.BaseUrl:
            case ValueKind.FolderUrl:
                good = UrlText.Check(text, offset, length, true, kind == ValueKind.BaseUrl, error);
                break;
            case ValueKind.Url:
                good = UrlText.CheckFile(text, offset, length, error, out templates);
                break;
            case ValueKind.CommandLine:
                good = IsCommandText(text, offset, length, error) && AreTemplates(text, offset, length, known, error, out templates)
                    && (known || !templates || !InitrdNames.HaveBraces(text, offset, length)
                        || error.Fail("a word that begins with initrd= is a file's name: it cannot have { } in it"));
                break;
            case ValueKind.ScreenText:
                good = IsCommandText(text, offset, length, error) && AreTemplates(text, offset, length, known, error, out templates);
                break;
            case ValueKind.ScriptLine:
                good = IsScriptLine(text, offset, length, error) && AreTemplates(text, offset, length, known, error, out templates);
                break;
            case ValueKind.Initrd:
                return InitrdValue.Accept(text, offset, length, value, error, out templates);
            case ValueKind.MenuItem:
                return MenuItem.Accept(text, offset, length, value, error);
            case ValueKind.Uuid:
                return Uuid(text, offset, length, value, error);
            case ValueKind.Password:
                byte[] form = PagePassword.Accept(text, offset, length, error);
                value.Raw(form ?? new byte[0]);
                return form != null;
            case ValueKind.Number:
                return Number(key, row, text, offset, length, value, error);
            case ValueKind.Receiver:
                good = IsReceiver(text, offset, length, error);
                break;
            case ValueKind.Relays:
                return Relays(text, offset, length, value, error);
            default:
                return Choice(key, text, offset, length, value, error);
        }

        value.Raw(text, offset, length);
        if ((kind == ValueKind.BaseUrl || kind == ValueKind.FolderUrl) && value.Buffer[length - 1] != (byte)'/')
        {
            value.Byte('/');
        }

        return good;
    }

    /// <summary>Whether a range is the name of a profile or a machine.</summary>
    public static bool IsName(byte[] text, int offset, int length, SettingsError error)
    {
        return IsName(text, offset, length, "._")
            || error.Fail(
                text, offset, length,
                " is not a valid name: use letters, digits and - . _, beginning with a letter or digit");
    }

    // The longest value of a kind in bytes.
    private static int Limit(ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.BaseUrl:
            case ValueKind.FolderUrl:
            case ValueKind.HostNames: return SettingsLimits.FolderUrl;
            case ValueKind.Url: return SettingsLimits.Url;
            case ValueKind.Initrd:
            case ValueKind.MenuItem: return SettingsLimits.Line;
            case ValueKind.ScriptLine: return SettingsLimits.CommandLine;
            case ValueKind.FileName:
            case ValueKind.Uuid: return SettingsLimits.FileName;
            case ValueKind.CommandLine: return SettingsLimits.CommandLine;
            case ValueKind.ScreenText: return SettingsLimits.Message;
            case ValueKind.Relays: return SettingsLimits.Relays * (AddressText.LongestNetwork + 1);
            default: return SettingsLimits.Name;
        }
    }

    private static bool IsName(byte[] text, int offset, int length, string others)
    {
        for (int i = 0; i < length; i++)
        {
            byte value = text[offset + i];
            byte lower = Octets.ToLower(value);
            bool plain = (lower >= (byte)'a' && lower <= (byte)'z') || (value >= (byte)'0' && value <= (byte)'9');
            if (!plain && (i == 0 || (value != (byte)'-' && others.IndexOf((char)value) < 0)))
            {
                return false;
            }
        }

        return length > 0;
    }

    /// <summary>Whether a text can be part of an iPXE command.</summary>
    internal static bool IsCommandText(byte[] text, int offset, int length, SettingsError error)
    {
        int word = CommandLine.FindForbidden(text, offset, length, out int wordLength);
        if (word >= 0)
        {
            return error.Fail(
                "the word " + SettingsError.Quote(text, word, wordLength)
                + " would end the iPXE command; a word cannot be ||, && or ;, or begin with #");
        }

        return CommandLine.FindOpenSetting(text, offset, length) < 0 || error.Fail(OpenSetting);
    }

    // A back-slash at its end would join it with the line after it, which may be one that is generated. A # would begin a
    // comment in the settings too.
    private static bool IsScriptLine(byte[] text, int offset, int length, SettingsError error)
    {
        if (text[offset] == (byte)'#')
        {
            return error.Fail("a line cannot begin with #: put comments on lines of their own, without 'line ='");
        }

        if (text[offset + length - 1] == (byte)'\\')
        {
            return error.Fail("a line cannot end with \\; write what belongs together on one line");
        }

        return CommandLine.FindOpenSetting(text, offset, length) < 0 || error.Fail(OpenSetting);
    }

    private static bool AreTemplates(byte[] text, int offset, int length, bool known, SettingsError error, out bool any)
    {
        int end = offset + length;
        any = false;
        int next;
        for (int position = offset; position < end; position = next)
        {
            int template = Templates.Find(text, offset, position, end, out int number, out next);
            if (template < 0)
            {
                return true;
            }

            any = true;
            if (number == Templates.Unknown && !known)
            {
                return error.Fail(text, template, next - template, " is not a known template; there are " + Templates.List);
            }

            if (number == Templates.File)
            {
                CommandLine.FindTemplate(text, template, end, out int _, out int path, out int pathEnd);
                if (!UrlText.CheckFile(text, path, pathEnd - path, error, out bool inside))
                {
                    return false;
                }

                if (inside)
                {
                    return error.Fail(text, template, next - template, " has a template inside; write {mirror} before the path instead");
                }
            }
        }

        return true;
    }

    private static bool Uuid(byte[] text, int offset, int length, ByteWriter value, SettingsError error)
    {
        byte[] uuid = value.Buffer;
        if (!UuidText.Parse(text, offset, length, uuid, 0))
        {
            return error.Fail(
                text, offset, length,
                " is not a UUID: use 32 hexadecimal digits, in groups of 8-4-4-4-12 or without hyphens");
        }

        // They are there already: this counts them.
        value.Raw(uuid, 0, UuidText.Size);
        return !UuidText.IsShared(uuid, 0) || error.Fail(
            "is not unique: boards whose maker set no UUID share it, and all of them would get what this machine gets. Leave 'uuid' out; the Ethernet address "
            + "in the section header is enough");
    }

    private static bool Number(SettingsKey key, int row, byte[] text, int offset, int length, ByteWriter value, SettingsError error)
    {
        int number = Octets.ParseNumber(text, offset, length);
        Lower(text, offset, length, value);
        bool none = SettingsTable.Range(row, out int lowest, out int highest);
        if ((number >= lowest && number <= highest) || (none && Octets.IsIgnoreCase(text, offset, length, "none")))
        {
            return true;
        }

        SettingsTable.Row(key, out string _, out string noun);
        return error.Fail(text, offset, length, " is not a " + noun + ": use " + lowest.ToString() + " to " + highest.ToString()
            + (none ? ", or none" : ""));
    }

    // A name is refused: to look one up stops every thread of a board until the answer is there.
    private static bool IsReceiver(byte[] text, int offset, int length, SettingsError error)
    {
        byte[] address = AddressText.Parse(text, offset, length, 1, out int _);
        return (address != null && address[0] != 0 && address[0] < AddressText.FirstGroup)
            || error.Fail(
                text, offset, length,
                " is not the IPv4 address of a host, with or without a port (192.168.1.10 or 192.168.1.10:514); "
                + "names work only where machines look them up themselves, as in [mirror] url: while the board looks one up, everything on it stops");
    }

    // One blank between them, whatever stood there.
    private static bool Relays(byte[] text, int offset, int length, ByteWriter value, SettingsError error)
    {
        int end = offset + length;
        int count = 0;
        for (int at = offset; at < end;)
        {
            int stop = AddressText.EndOfWord(text, at, end);
            if (stop > at)
            {
                if (AddressText.ParseNetwork(text, at, stop - at, out int _) == null)
                {
                    return error.Fail(
                        text, at, stop - at,
                        " is not a relay agent: use its IPv4 address on the machines' subnet, with or without that subnet's "
                        + "prefix (10.2.0.1, which means 10.2.0.1/24, or 10.2.0.1/22); separate several with spaces or commas");
                }

                count++;
                value.Text(count == 1 ? "" : " ").Raw(text, at, stop - at);
            }

            at = stop + 1;
        }

        return count <= SettingsLimits.Relays
            || error.Fail("has ", count, " relay agents; at most ", SettingsLimits.Relays);
    }

    private static bool Choice(SettingsKey key, byte[] text, int offset, int length, ByteWriter value, SettingsError error)
    {
        if (SettingsTable.FindWord(key, text, offset, length) >= 0)
        {
            Lower(text, offset, length, value);
            return true;
        }

        string[] words = SettingsTable.Words(key);
        string list = words[0];
        for (int i = 1; i < words.Length; i++)
        {
            list += ", " + words[i];
        }

        return error.Fail(text, offset, length, " is not allowed; allowed: " + list);
    }

    private static void Lower(byte[] text, int offset, int length, ByteWriter value)
    {
        value.Raw(text, offset, length);
        byte[] lower = value.Buffer;
        for (int i = 0; i < length; i++)
        {
            lower[i] = Octets.ToLower(lower[i]);
        }
    }
}
