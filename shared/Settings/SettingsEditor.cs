using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Changes for console and page: each writes the settings as text with the change in it and reads that, so that one set of checks holds for
/// everything. Each gives new settings, or null, and the error says why; the settings that were given stay as they are.
/// </summary>
public static class SettingsEditor
{
    // A part is a line; the longest is an initrd with its name.
    private const int PartSize = 256;
    private const int LongestPart = Memory.LargestBuffer;

    // How often all settings are read for one change: a board takes a second for many machines.
    private const int MostPasses = 6;

    /// <summary>
    /// Sets a key; an empty value or null takes it out. <paramref name="section"/> is what stands in the brackets; a profile or machine
    /// that is not there yet is made. A key that may be there several times (initrd) takes its values with a line end between them, or is
    /// there several times.
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
        var room = new ByteWriter(new byte[SettingsLimits.Line]);
        SettingsEdit edits = null;
        SettingsEdit last = null;
        for (int i = 0; i < words.Length; i += 3)
        {
            SettingsEdit edit = SettingsEdit.Of(current, words[i], here);
            if (edit == null && i > 0 && words[i] == words[i - 3])
            {
                // Said of the key before.
                continue;
            }

            if (edit == null || !edit.Set(words[i + 1], words[i + 2], room, here))
            {
                error.Add(here);
                continue;
            }

            SettingsEdit same = edits == null ? null : edits.Find(edit);
            if (same != null)
            {
                if (!same.Add(edit, here))
                {
                    error.Add(here);
                }
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

    /// <summary>Whether the settings have a section of that name, such as <c>machine 52:54:00:12:34:56</c>.</summary>
    public static bool Has(DeviceSettings current, string section)
    {
        SettingsEdit place = SettingsEdit.Of(current, section, new SettingsError());
        return place != null && place.Index != SettingsEdit.NewSection;
    }

    /// <summary>
    /// Takes out a whole section: a machine, a profile that nothing refers to, or all keys of a section that is there once.
    /// </summary>
    public static DeviceSettings Remove(DeviceSettings current, string section, SettingsError error)
    {
        SettingsEdit edit = SettingsEdit.Of(current, section, error);
        if (edit == null)
        {
            return null;
        }

        if (edit.Index == SettingsEdit.NewSection)
        {
            error.Fail("there is no such section");
            return null;
        }

        string users = edit.Section == SettingsSection.Profile ? ProfileUsers.Of(current, edit.Index) : null;
        if (users != null)
        {
            error.Fail("is used by " + users + "; change these first");
            return null;
        }

        return Apply(current, edit, error);
    }

    // What can be wrong with a value shows only when all are read: then it is told, and the next one is looked for without it.
    private static DeviceSettings ApplyAll(DeviceSettings current, SettingsEdit edits, SettingsError error)
    {
        var here = new SettingsError();
        for (int i = 0; i < MostPasses; i++)
        {
            DeviceSettings changed = Apply(current, edits, here);
            if (changed != null)
            {
                return error.Message == null ? changed : null;
            }

            SettingsEdit wrong = Find(current, edits, here);
            if (wrong != null || error.Message == null)
            {
                error.Add(here);
            }

            if (wrong == null || edits.Also == null)
            {
                // It is about something else, or there is nothing left.
                return null;
            }

            edits = Without(edits, wrong);
        }

        return null;
    }

    // The change that an error is about, or null.
    private static SettingsEdit Find(DeviceSettings current, SettingsEdit edits, SettingsError error)
    {
        if (error.Section == null || error.Key == null)
        {
            return null;
        }

        SettingsEdit place = SettingsEdit.Of(current, error.Section, new SettingsError());
        byte[] name = Octets.Of(error.Key);
        int key = place == null ? -1 : SettingsTable.Find(place.Section, name, 0, name.Length, out int _);
        while (edits != null && (key < 0 || edits.Key != key || !edits.IsOf(place)))
        {
            edits = edits.Also;
        }

        return edits;
    }

    private static SettingsEdit Without(SettingsEdit edits, SettingsEdit wrong)
    {
        if (edits == wrong)
        {
            return edits.Also;
        }

        SettingsEdit before = edits;
        while (before.Also != wrong)
        {
            before = before.Also;
        }

        before.Also = wrong.Also;
        return edits;
    }

    private static DeviceSettings Apply(DeviceSettings current, SettingsEdit edits, SettingsError error)
    {
        // Written and read part by part: while both sets of settings are in the board's heap there is no room for a text of all.
        var writer = new SettingsWriter(current, edits, null);
        var parser = new SettingsParser(error) { IsKnown = true };
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
