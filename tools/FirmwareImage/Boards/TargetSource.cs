using System.Text;

namespace Netboot.FirmwareImage.Boards;

/// <summary>The firmware's share of the table, as C#: code and literals, which stay in the board's flash.</summary>
public static class TargetSource
{
    /// <summary>Writes the source file; one that is right already keeps its time, so that nothing is compiled again.</summary>
    public static void Write(BoardTable table, string file)
    {
        string source = Text(table);
        if (!File.Exists(file) || File.ReadAllText(file) != source)
        {
            File.WriteAllText(file, source);
        }
    }

    /// <summary>The other part of firmware/TargetTraits.cs; targets with the same parts share a row.</summary>
    public static string Text(BoardTable table)
    {
        var source = new StringBuilder(
            """
            // Made by the build from firmware/BOARDS.md.
            namespace Netboot.Firmware;

            public sealed partial class TargetTraits
            {
                /// <summary>The traits of a target; those of a plain Wi-Fi board for one that is not in the table.</summary>
                public static TargetTraits Of(string target)
                {
                    switch (target)
                    {

            """);
        foreach (IGrouping<string, Wiring> row in table.Defaults.GroupBy(Row))
        {
            foreach (Wiring wiring in row)
            {
                source.Append("            case \"").Append(wiring.Target).Append("\":\n");
            }

            source.Append("                return ").Append(row.Key).Append(";\n");
        }

        return source.Append("            default:\n                return ").Append(Row(table.Default(""))).Append(";\n        }\n    }\n}\n").ToString();
    }

    private static string Row(Wiring wiring) =>
        $"new TargetTraits({Word(wiring.HasEthernet)}, {Pin(wiring.Transmit)}, {Pin(wiring.Receive)}, {Pin(wiring.Led)}, "
        + $"{Word(wiring.LedIsActiveLow)}, {Pin(wiring.Button)})";

    private static string Word(bool flag) => flag ? "true" : "false";

    private static string Pin(int? pin) => pin == null ? "None" : Wiring.Pin(pin);
}
