namespace Netboot.Settings;

/// <summary>
/// The rows of one section's keys, taken out of the <see cref="SettingsTable"/> once: there each word is a literal, which takes a block of
/// the board's heap every time.
/// </summary>
internal sealed class SectionRows
{
    private readonly int[] _rows = new int[SettingsTable.MostKeys];
    private readonly string[] _names = new string[SettingsTable.MostKeys];
    private readonly int _first;

    internal SectionRows(SettingsSection section)
    {
        _first = (int)SettingsTable.First(section);
        int row = SettingsTable.Row((SettingsKey)_first, out string name, out string _);
        for (End = _first; name != null; row = SettingsTable.Row((SettingsKey)End, out name, out string _))
        {
            _rows[End - _first] = row;
            _names[End - _first] = name;
            End++;
        }
    }

    /// <summary>The key after the last one.</summary>
    internal int End { get; }

    /// <summary>The row of a key, without its words.</summary>
    internal int Row(int key) => _rows[key - _first];

    /// <summary>The name of a key.</summary>
    internal string Name(int key) => _names[key - _first];
}
