using System.Globalization;

namespace Netboot.FirmwareImage.Boards;

/// <summary>A row of a table in BOARDS.md. Its cells are found by the names in the table's head; all of these throw what is wrong.</summary>
internal sealed class BoardRow(int line, string[] header, string[] cells)
{
    private const string None = "none";

    /// <summary>The text of a cell.</summary>
    public string this[string column]
    {
        get
        {
            int index = Array.IndexOf(header, column);
            return index >= 0 && index < cells.Length && cells[index] != "" ? cells[index] : throw Wrong(column, "is missing");
        }
    }

    /// <summary>Whether the table has that column.</summary>
    public bool Has(string column) => header.Contains(column);

    /// <summary>Whether a cell holds the first of two words; otherwise it must hold the second.</summary>
    public bool Is(string column, string word, string otherwise) =>
        this[column] == word || (this[column] == otherwise ? false : throw Wrong(column, $"is neither '{word}' nor '{otherwise}'"));

    /// <summary>A size such as <c>4 MB</c>.</summary>
    public int Megabytes(string column) =>
        this[column].EndsWith(" MB", StringComparison.Ordinal)
        && int.TryParse(this[column].AsSpan(0, this[column].Length - 3), CultureInfo.InvariantCulture, out int size)
            ? size : throw Wrong(column, "is not like '4 MB'");

    /// <summary>An address or a size such as <c>0x1E0000</c>.</summary>
    public int Hex(string column) =>
        this[column].StartsWith("0x", StringComparison.Ordinal)
        && int.TryParse(this[column].AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number)
            ? number : throw Wrong(column, "is not like '0x1E0000'");

    /// <summary>The cells that the firmware needs.</summary>
    public Wiring Wiring()
    {
        (int? transmit, int? receive) = ConsolePins("Console pins (COM2)");
        string led = this["LED"];
        string ledPin = Without(led, " low");
        return new Wiring(this["nanoFramework target"], Is("Network", "Ethernet", "Wi-Fi"), transmit, receive, Pin("LED", ledPin),
            led != ledPin, Pin("Reset button", this["Reset button"]));
    }

    /// <summary>What is wrong with a cell.</summary>
    public ImageException Wrong(string column, string fault) => new(ImageException.Boards, $"BOARDS.md, line {line}: {column}: {fault}");

    private (int? Transmit, int? Receive) ConsolePins(string column)
    {
        string[] words = this[column].Split(' ');
        return words is [None] ? (null, null)
            : words is ["TX", [.. var transmit, ','], "RX", var receive] ? (Pin(column, transmit), Pin(column, receive))
            : throw Wrong(column, "is not like 'TX 17, RX 5'");
    }

    private int? Pin(string column, string text) =>
        text == None ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int pin) ? pin
        : throw Wrong(column, $"'{text}' is neither a GPIO's number nor '{None}'");

    private static string Without(string text, string end) => text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length] : text;
}
