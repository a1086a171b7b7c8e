using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Changes for console and page: each writes the settings as text with the change in it and reads that, so that one set of checks holds for
/// everything. Each gives new settings, or null, and the error says why; the settings that were given stay as they are.
/// </summary>
public static partial class SettingsEditor
{
    // A part is a section of few keys, or one key; the longest is four initrds.
    private const int PartSize = 256;
    private const int LongestPart = Memory.LargestBuffer;

    /// <summary>
    /// Sets a key; an empty value or null takes it out. <paramref name="section"/> is what stands in the brackets; a profile or machine
    /// that is not there yet is made. A key that may be there several times (initrd) takes its values with a line end between them.
    /// </summary>
    public static DeviceSettings Set(DeviceSettings current, string section, string key, string value, SettingsError error) =>
        Set(current, new[] { section, key, value }, error);

    /// <summary>
    /// Sets several keys (section, key, value, and again): all are there afterwards, or none. The error says of each that is wrong what is
    /// wrong with it, see <see cref="SettingsError.More"/>.
    /// </summary>
    public static DeviceSettings Set(DeviceSettings current, string[] words, SettingsError error)
    {
        error.Clear();
        var here = new SettingsError();
        var value = new ByteWriter(new byte[SettingsLimits.CommandLine]);
        SettingsEdit edits = null;
        SettingsEdit last = null;
        for (int i = 0; i < words.Length; i += 3)
        {
            SettingsEdit edit = Begin(current, words[i], here);
            if (edit == null && i > 0 && words[i] == words[i - 3])
            {
                // Said of the key before.
                continue;
            }

            if (edit == null || !Add(edit, words[i + 1], words[i + 2], here) || !AreAcceptable(edit, value, here))
            {
                error.Add(here);
            }
            else if (edits == null)
            {
                edits = last = edit;
            }
            else
            {
                last.Also = edit;
                last = edit;
            }
        }

        return error.Message == null && edits != null ? ApplyAll(current, edits, error) : null;
    }

    /// <summary>
    /// Takes out a whole section: a machine, a profile that nothing refers to, or all keys of a section that is there once.
    /// </summary>
    public static DeviceSettings Remove(DeviceSettings current, string section, SettingsError error)
    {
        SettingsEdit edit = Begin(current, section, error);
        if (edit == null)
        {
            return null;
        }

        if (edit.Index == SettingsEdit.NewSection)
        {
            error.Fail("there is no such section");
            return null;
        }

        if (edit.Section == SettingsSection.Profile)
        {
            string users = UsersOf(current, edit.Index);
            if (users != null)
            {
                error.Fail("is used by " + users + "; give them another profile first");
                return null;
            }
        }

        return Apply(current, edit, error);
    }

    // Finds the section that is meant; null when there can be none of that name.
    private static SettingsEdit Begin(DeviceSettings current, string sectionText, SettingsError error)
    {
        error.Clear();
        error.Section = sectionText;
        byte[] text = Octets.Of(sectionText);
        int nameLength = Octets.IndexOf(text, 0, text.Length, (byte)' ');
        nameLength = nameLength < 0 ? text.Length : nameLength;
        int title = nameLength < text.Length ? nameLength + 1 : text.Length;
        int number = SettingsTable.FindSection(text, 0, nameLength);
        if (number < 0)
        {
            error.Fail("there is no such section; allowed: " + SettingsTable.SectionList());
            return null;
        }

        var section = (SettingsSection)number;
        if (SettingsTable.HasTitle(section) == (title == text.Length))
        {
            error.Fail(SettingsTable.HasTitle(section) ? "the section needs a title after its name" : "the section has no title");
            return null;
        }

        return Find(current, section, text, title, error);
    }

    private static SettingsEdit Find(DeviceSettings current, SettingsSection section, byte[] text, int offset, SettingsError error)
    {
        int length = text.Length - offset;
        if (!SettingsTable.HasTitle(section))
        {
            return new SettingsEdit(section, 0, null);
        }

        if (section == SettingsSection.Profile)
        {
            int profile = current.FindProfile(text, offset, length);
            return SettingsValue.IsName(text, offset, length, error) ? new SettingsEdit(section, profile, Rest(text, offset)) : null;
        }

        var mac = new byte[MacText.Size];
        if (!SettingsValue.IsMac(text, offset, length, mac, error))
        {
            return null;
        }

        return new SettingsEdit(section, current.Machines.FindMac(mac, 0), Rest(text, offset));
    }

    private static byte[] Rest(byte[] text, int offset)
    {
        var rest = new byte[text.Length - offset];
        System.Array.Copy(text, offset, rest, 0, rest.Length);
        return rest;
    }

    private static bool Add(SettingsEdit edit, string keyText, string value, SettingsError error)
    {
        error.Key = keyText;
        byte[] name = Octets.Of(keyText);
        int key = SettingsTable.Find(edit.Section, name, 0, name.Length, out int row);
        if (key < 0)
        {
            return error.Fail("is not a key of this section; allowed: " + SettingsTable.Allowed(edit.Section, -1));
        }

        if (SettingsTable.KindOf(row) == ValueKind.Password)
        {
            // By the kind of the value: however its name was written, there is one way to set it, and that asks for the present one.
            return error.Fail("can be changed only by 'Change password' on the page or by 'password' on the console");
        }

        string[] values = value == null || value == "" ? new string[0] : value.Split('\n');
        int most = SettingsTable.Most(row);
        if (values.Length > most)
        {
            return error.Fail(most == 1 ? "must be a single line" : "appears too often; at most " + most.ToString() + " times");
        }

        var bytes = new byte[values.Length][];
        for (int i = 0; i < values.Length; i++)
        {
            bytes[i] = Octets.Of(values[i]);
            if (!IsOneValue(bytes[i], error))
            {
                return false;
            }
        }

        edit.Set((SettingsKey)key, bytes);
        return true;
    }

    // What the text form cannot hold: anything that would end the line or begin a comment, and so say something else than was meant.
    private static bool IsOneValue(byte[] value, SettingsError error)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] < 0x20 || value[i] >= 0x7F)
            {
                return error.Fail("only printable ASCII characters are allowed");
            }

            if (value[i] == (byte)'#' && (i == 0 || value[i - 1] == (byte)' '))
            {
                return error.Fail("a # at the start or after a space would begin a comment");
            }
        }

        return true;
    }

    private static DeviceSettings Apply(DeviceSettings current, SettingsEdit edit, SettingsError error)
    {
        // Written and read part by part: while both sets of settings are in the board's heap there is no room for a text of all.
        var writer = new SettingsWriter(current, edit, null);
        var parser = new SettingsParser(error);
        var part = new ByteWriter(PartSize, LongestPart);
        bool good = true;
        while (good && writer.WritePart(part))
        {
            good = parser.Feed(part.Buffer, 0, part.Length);
            part.Clear();
        }

        DeviceSettings settings = good ? parser.Finish() : null;

        // The line is one of a text that nobody has seen.
        error.Line = 0;
        error.Column = 0;
        return settings;
    }
}
