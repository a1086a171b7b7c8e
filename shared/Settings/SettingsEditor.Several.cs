using Netboot.Bytes;

namespace Netboot.Settings;

/// <content>Several keys in one change, and all that is wrong with them.</content>
public static partial class SettingsEditor
{
    /// <summary>How often all settings are read for one change: a board takes a second for many machines.</summary>
    private const int MostPasses = 6;

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

        SettingsEdit place = Begin(current, error.Section, new SettingsError());
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

    // Looked at one by one, so that all that are wrong can be told at once.
    private static bool AreAcceptable(SettingsEdit edit, ByteWriter value, SettingsError error)
    {
        var key = (SettingsKey)edit.Key;
        int row = SettingsTable.Row(key, out string _, out string _);
        for (int i = 0; i < edit.Count; i++)
        {
            byte[] text = edit.Value(i);
            int start = 0;
            int end = text.Length;
            while (start < end && text[start] == (byte)' ')
            {
                start++;
            }

            while (end > start && text[end - 1] == (byte)' ')
            {
                end--;
            }

            if (start < end && !SettingsValue.Accept(key, row, text, start, end - start, value, error))
            {
                return false;
            }
        }

        return true;
    }
}
