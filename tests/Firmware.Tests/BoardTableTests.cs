using Netboot.ApiGate.Tests;
using Netboot.FirmwareImage;
using Netboot.FirmwareImage.Boards;

namespace Netboot.Firmware.Tests;

/// <summary>The one table of boards: how it is read, and what of it the firmware gets.</summary>
[TestClass]
public sealed class BoardTableTests
{
    private const string Head =
        """
        | `-Board` | Board | nanoFramework target | Chip | Flash at least | PSRAM | Network | Deploy address | Deploy size | Console pins (COM2) | LED | Reset button | Boot loader | To know |
        |---|---|---|---|---|---|---|---|---|---|---|---|---|---|

        """;

    private const string First =
        "| `a` | A | `T` | ESP32 | 4 MB | no | Wi-Fi | `0x1E0000` | `0x1C0000` | TX 17, RX 16 | 2 | 34 | automatic | Nothing. |\n";

    [TestMethod]
    public void Row_is_read_whole()
    {
        BoardKind board = BoardTable.Read("# Boards\n\n" + Head + First).Boards.Single();
        Assert.AreEqual(new BoardKind("a", "A", "ESP32", 4, "no", 0x1E0000, 0x1C0000, false, new Wiring("T", false, 17, 16, 2, false, 34)), board);
    }

    [TestMethod]
    public void Second_board_of_a_target_has_its_own_pins()
    {
        BoardTable table = BoardTable.Read(Head + First + First.Replace("`a`", "`b`").Replace("TX 17, RX 16", "none").Replace("| 2 |", "| 8 low |"));
        Assert.AreEqual(new Wiring("T", false, null, null, 8, true, 34), table.Find("b")!.Wiring);
        Assert.AreEqual(table.Find("a")!.Wiring, table.Default("T"), "the first row is the target's default");
        Assert.HasCount(1, table.Defaults);
    }

    [TestMethod]
    public void Target_without_a_row_has_no_parts() =>
        Assert.AreEqual(new Wiring("X", false, null, null, null, false, null), BoardTable.Read(Head + First).Default("X"));

    [TestMethod]
    [DataRow("4 MB", "4", "line 3: Flash at least: is not like '4 MB'")]
    [DataRow("`0x1E0000`", "1E0000", "line 3: Deploy address: is not like '0x1E0000'")]
    [DataRow("Wi-Fi", "LoRa", "line 3: Network: is neither 'Ethernet' nor 'Wi-Fi'")]
    [DataRow("TX 17, RX 16", "17 and 16", "line 3: Console pins (COM2): is not like 'TX 17, RX 5'")]
    [DataRow("TX 17,", "TX x,", "line 3: Console pins (COM2): 'x' is neither a GPIO's number nor 'none'")]
    [DataRow("| 2 |", "| 2 high |", "line 3: LED: '2 high' is neither a GPIO's number nor 'none'")]
    [DataRow("`T`", "", "line 3: nanoFramework target: is missing")]
    [DataRow("automatic", "yes", "line 3: Boot loader: is neither 'by hand' nor 'automatic'")]
    public void Wrong_cell_is_named_with_its_line(string cell, string wrong, string message)
    {
        var error = Assert.ThrowsExactly<ImageException>(() => BoardTable.Read(Head + First.Replace(cell, wrong)));
        Assert.AreEqual("firmware : error NB913: BOARDS.md, " + message, error.Diagnostic);
    }

    [TestMethod]
    [DataRow("`a`", "`A`", "-Board: 'A' is there already")]
    [DataRow("| 34 |", "| none |", "another network or reset button")]
    [DataRow("Wi-Fi", "Ethernet", "another network or reset button")]
    public void Row_that_contradicts_an_earlier_one_is_refused(string cell, string wrong, string message) =>
        Assert.Contains(message, Assert.ThrowsExactly<ImageException>(() => BoardTable.Read(Head + First + First.Replace(cell, wrong))).Message);

    [TestMethod]
    public void Firmware_gets_every_target_once()
    {
        string source = TargetSource.Text(BoardTable.Current);
        foreach (Wiring wiring in BoardTable.Current.Defaults)
        {
            Assert.HasCount(2, source.Split($"case \"{wiring.Target}\":"), wiring.Target);
        }
    }

    [TestMethod]
    public void Firmware_source_that_is_right_already_keeps_its_time()
    {
        using var output = new TestFolder();
        string file = Path.Combine(output.Path, "TargetTraits.cs");
        TargetSource.Write(BoardTable.Current, file);
        var before = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, before);
        TargetSource.Write(BoardTable.Current, file);
        Assert.AreEqual(before, File.GetLastWriteTimeUtc(file));
    }

    [TestMethod]
    public void Table_in_the_program_is_the_one_in_the_repository() =>
        Assert.AreEqual(
            TargetSource.Text(BoardTable.Read(File.ReadAllText(Path.Combine(Repository.Root, "firmware", "BOARDS.md")))),
            TargetSource.Text(BoardTable.Current));
}
