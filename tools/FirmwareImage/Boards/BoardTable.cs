namespace Netboot.FirmwareImage.Boards;

/// <summary>The one table of boards: firmware/BOARDS.md, read as people read it.</summary>
public sealed class BoardTable
{
    private readonly Dictionary<string, Wiring> _defaults = [];
    private readonly List<BoardKind> _boards = [];

    private BoardTable()
    {
    }

    /// <summary>The table that this program was built with.</summary>
    public static BoardTable Current { get; } = Embedded();

    /// <summary>Every board, in the table's order.</summary>
    public IReadOnlyList<BoardKind> Boards => _boards;

    /// <summary>What the firmware takes for granted on each target: the wiring of the target's first row.</summary>
    public IReadOnlyCollection<Wiring> Defaults => _defaults.Values;

    /// <summary>The board of that name, in any case, or null.</summary>
    public BoardKind? Find(string name) => _boards.Find(board => board.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the firmware takes for granted on a target: no parts at all on one that the table does not have.</summary>
    public Wiring Default(string target) => _defaults.GetValueOrDefault(target, new Wiring(target, false, null, null, null, false, null));

    /// <summary>A list for people: name and what it is, a line each.</summary>
    public string List()
    {
        int width = _boards.Max(board => board.Name.Length);
        return string.Join(Environment.NewLine, _boards.Select(board => $"  {board.Name.PadRight(width)}  {board.Title}"));
    }

    /// <summary>Reads the table. Throws <see cref="ImageException"/> with the line and what is wrong there.</summary>
    public static BoardTable Read(string text)
    {
        var table = new BoardTable();
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        string[] header = [];
        for (int i = 0; i < lines.Length; i++)
        {
            string[] cells = [.. lines[i].Trim('|').Split('|').Select(cell => cell.Trim().Trim('`'))];
            if (!lines[i].StartsWith('|'))
            {
                header = [];
            }
            else if (header.Length == 0)
            {
                header = cells;
            }
            else if (!lines[i].StartsWith("|--", StringComparison.Ordinal))
            {
                table.Add(new BoardRow(i + 1, header, cells));
            }
        }

        return table;
    }

    private void Add(BoardRow row)
    {
        Wiring wiring = row.Wiring();
        if (!_defaults.TryAdd(wiring.Target, wiring))
        {
            Wiring first = _defaults[wiring.Target];
            if (first.HasEthernet != wiring.HasEthernet || first.Button != wiring.Button)
            {
                throw row.Wrong("nanoFramework target", "stands in an earlier row with another network or reset button, which no setting can change");
            }
        }

        if (!row.Has("-Board"))
        {
            return;
        }

        string name = row["-Board"];
        if (Find(name) != null)
        {
            throw row.Wrong("-Board", $"'{name}' is there already");
        }

        _boards.Add(new BoardKind(name, row["Board"], row["Chip"], row.Megabytes("Flash at least"), row["PSRAM"], row.Hex("Deploy address"),
            row.Hex("Deploy size"), row.Is("Boot loader", "by hand", "automatic"), wiring));
    }

    private static BoardTable Embedded()
    {
        using Stream stream = typeof(BoardTable).Assembly.GetManifestResourceStream("BOARDS.md")!;
        using var reader = new StreamReader(stream);
        return Read(reader.ReadToEnd());
    }
}
