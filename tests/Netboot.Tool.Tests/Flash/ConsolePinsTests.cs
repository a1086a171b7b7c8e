using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Netboot.Tool.Flash;

namespace Netboot.Tool.Tests.Flash;

/// <summary>The pins that the table of boards names are those that the firmware uses.</summary>
[TestClass]
public class ConsolePinsTests
{
    [TestMethod]
    public void The_firmware_opens_the_console_on_the_pins_that_the_boards_table_names()
    {
        string source = File.ReadAllText(Path.Combine(Root(), "firmware", "ConsolePins.cs"));
        foreach (Tool.Flash.Board board in Boards.All)
        {
            Match row = Regex.Match(source,
                $@"case ""{Regex.Escape(board.Target)}"":(?:(?!return).)*return new ConsolePins\((\d+), (\d+)\)", RegexOptions.Singleline);
            Assert.IsTrue(row.Success, $"{board.Target} is in firmware/ConsolePins.cs");
            Assert.AreEqual($"TX {row.Groups[1].Value}, RX {row.Groups[2].Value}", board.Console.ToString(), board.Target);
        }
    }

    private static string Root()
    {
        DirectoryInfo folder = new(System.AppContext.BaseDirectory);
        while (!folder.GetFiles("Netboot.nanoFramework.sln").Any())
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
