namespace Netboot.Settings;

/// <summary>
/// The rows of one section's keys, taken out of the <see cref="SettingsTable"/> once: there each word is a literal, which takes a block of
/// the board's heap every time.
/// </summary>
internal sealed class SectionRows
{
    private readonly int[] _rows;
    private readonly string[] _names;
    private readonly int _first;

    internal SectionRows(SettingsSection section)
    {
        _first = (int)SettingsTable.First(section);
        End = _first;
        while (SettingsTable.Name((SettingsKey)End) != null)
        {
            End++;
        }

        _rows = new int[End - _first];
        _names = new string[_rows.Length];
        for (int i = 0; i < _rows.Length; i++)
        {
            _rows[i] = SettingsTable.Row((SettingsKey)(_first + i), out _names[i], out string _);
        }
    }

    /// <summary>The key after the last one.</summary>
    internal int End { get; }

    /// <summary>The row of a key, without its words.</summary>
    internal int Row(int key) => _rows[key - _first];

    /// <summary>The name of a key.</summary>
    internal string Name(int key) => _names[key - _first];
}
