using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// A change for the writer to work in while it writes: a key set or taken out, or a whole section taken out. Several are a chain.
/// </summary>
internal sealed class SettingsEdit
{
    /// <summary>In place of a number: a profile or machine that is not there yet.</summary>
    internal const int NewSection = -1;

    private byte[][] _values;

    private SettingsEdit(SettingsSection section, int index, byte[] title)
    {
        Section = section;
        Index = index;
        Title = title;
    }

    /// <summary>A key that gets another value; null takes it out. Of a machine's, <paramref name="index"/> is its number.</summary>
    internal SettingsEdit(SettingsKey key, int index, byte[] value)
        : this(SettingsTable.SectionOf(key), index, null)
    {
        Key = (int)key;
        _values = value == null ? new byte[0][] : new[] { value };
    }

    internal SettingsSection Section { get; }

    /// <summary>The number of the profile or machine, or <see cref="NewSection"/>.</summary>
    internal int Index { get; }

    /// <summary>What stands after the section's name, for a new one.</summary>
    internal byte[] Title { get; }

    /// <summary>The key that gets other values, or -1: the section goes altogether.</summary>
    internal int Key { get; private set; } = -1;

    /// <summary>Another change that is made with this one, or null.</summary>
    internal SettingsEdit Also { get; set; }

    /// <summary>How many values the key gets.</summary>
    internal int Count => _values.Length;

    /// <summary>One of the key's values.</summary>
    internal byte[] Value(int index) => _values[index];

    /// <summary>
    /// A change of the section that <paramref name="words"/> are what stands in the brackets of; null, and the error says why, when there
    /// can be none of that name.
    /// </summary>
    internal static SettingsEdit Of(DeviceSettings current, string words, SettingsError error)
    {
        error.Clear();
        error.Section = words;
        byte[] text = Octets.Of(words);
        int nameLength = Octets.IndexOf(text, 0, text.Length, (byte)' ');
        nameLength = nameLength < 0 ? text.Length : nameLength;
        int number = SettingsTable.FindSection(text, 0, nameLength);
        if (number < 0)
        {
            error.Fail("there is no such section; allowed: " + SettingsTable.SectionList());
            return null;
        }

        var section = (SettingsSection)number;
        int length = nameLength < text.Length ? text.Length - nameLength - 1 : 0;
        if (SettingsTable.HasTitle(section) == (length == 0))
        {
            error.Fail(length == 0 ? "the section needs a title after its name" : "the section has no title");
            return null;
        }

        var title = new byte[length];
        System.Array.Copy(text, text.Length - length, title, 0, length);
        int index = 0;
        bool good = true;
        if (section == SettingsSection.Profile)
        {
            index = current.FindProfile(title, 0, length);
            good = SettingsValue.IsName(title, 0, length, error);
        }
        else if (section == SettingsSection.Machine)
        {
            var key = new MachineKey();
            good = key.Read(title, 0, length, error);
            index = good ? current.Machines.Find(key) : 0;
        }

        return good ? new SettingsEdit(section, index, title) : null;
    }

    /// <summary>
    /// Gives a key other values, one a line; none takes it out. False: it is refused by itself, and the error says why. What is wrong with
    /// all of the settings together shows only when they are read. <paramref name="room"/> is for a value.
    /// </summary>
    internal bool Set(string keyText, string lines, ByteWriter room, SettingsError error)
    {
        error.Key = keyText;
        byte[] name = Octets.Of(keyText);
        Key = SettingsTable.Find(Section, name, 0, name.Length, out int row);
        if (Key < 0)
        {
            return error.Fail("is not a key of this section; allowed: " + SettingsTable.Allowed(Section, -1));
        }

        if (SettingsTable.KindOf(row) == ValueKind.Password)
        {
            // By the kind of the value: however its name was written, there is one way to set it, and that asks for the present one.
            return error.Fail("can be changed only by 'Change password' on the page or by 'password' on the console");
        }

        string[] values = lines == null || lines == "" ? new string[0] : lines.Split('\n');
        if (!FitsIn(values.Length, SettingsTable.Most(row), error))
        {
            return false;
        }

        _values = new byte[values.Length][];
        for (int i = 0; i < values.Length; i++)
        {
            _values[i] = Octets.Of(values[i]);
            if (!IsOneValue(_values[i], error))
            {
                return false;
            }
        }

        for (int i = 0; i < values.Length; i++)
        {
            byte[] text = _values[i];
            int start = TextLines.SkipBlanks(text, 0, text.Length);
            int end = TextLines.TrimEnd(text, start, text.Length);
            if (start < end && !SettingsValue.Accept((SettingsKey)Key, row, text, start, end - start, false, room, error, out bool _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes over the values of another change of the same key, behind its own. False: that is one too many.</summary>
    internal bool Add(SettingsEdit other, SettingsError error)
    {
        var values = new byte[Count + other.Count][];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i < Count ? Value(i) : other.Value(i - Count);
        }

        int most = SettingsTable.Most(SettingsTable.Row((SettingsKey)Key, out string name, out string _));
        error.Key = name;
        _values = values;
        return most == 1 ? error.Fail("appears twice") : FitsIn(values.Length, most, error);
    }

    /// <summary>Of this change and those made with it, the one of the same key; or null.</summary>
    internal SettingsEdit Find(SettingsEdit other)
    {
        SettingsEdit edit = this;
        while (edit != null && (edit.Key != other.Key || !edit.IsOf(other)))
        {
            edit = edit.Also;
        }

        return edit;
    }

    /// <summary>Whether the other is of the same section.</summary>
    internal bool IsOf(SettingsEdit other) =>
        Section == other.Section && Index == other.Index && (Index != NewSection || Octets.Is(Title, 0, Title.Length, other.Title));

    private static bool FitsIn(int count, int most, SettingsError error) =>
        count <= most || error.Fail(most == 1 ? "must be a single line" : "appears too often; at most " + most.ToString() + " times");

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
}
