using System;
using System.IO;
using System.Linq;
using Netboot.Tool.Flash;

namespace Netboot.Tool.Tests.Flash;

[TestClass]
public sealed class BoardsTests
{
    private static readonly int[] FlashPins = [6, 7, 8, 9, 10, 11];
    private static readonly int[] StrappingPins = [0, 2, 12, 15];
    private static readonly int[] RmiiPins = [18, 19, 21, 22, 23, 25, 26, 27];
    private static readonly int[] PsramPins = [16, 17];

    public static System.Collections.Generic.IEnumerable<object[]> Names => Boards.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void WhatIfShowsTargetAddressAndFiles(string name)
    {
        using var bench = new FlashBench();
        Tool.Flash.Board board = Boards.Find(name)!;
        Assert.AreEqual(0,
            bench.Run(bench.Request(name) with { WhatIf = true, Mirror = "http://10.0.0.2/",
            WifiPassword = board.Network == NetworkKind.Wifi ? "topsecret" : null }), bench.Output);
        Assert.Contains($"--target {board.Target} --update --fwversion {FlashCommand.PinnedFirmware}", bench.Output);
        Assert.Contains($"--image {bench.Image} --address {(board.Chip == ChipFamily.Esp32 ? "0x1E0000" : "0x1B0000")} ", bench.Output);
        Assert.Contains(board.Network == NetworkKind.Wifi ? "\"WirelessClient\"" : "\"Ethernet\"", bench.Output);
        Assert.Contains("url = http://10.0.0.2/", bench.Output);
        Assert.Contains("password = " + Secrets.Cover, bench.Output);
        Assert.DoesNotContain("topsecret", bench.Output);
        Assert.IsEmpty(bench.Nanoff.Calls);
    }

    [TestMethod]
    public void TheReadmesTableIsThisTable()
    {
        string[] readme = File.ReadAllLines(Path.Combine(SourceTree.Root!, "firmware", "README.md"));
        string[] rows =
            [.. readme.Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Contains("`0x1", StringComparison.Ordinal))];
        CollectionAssert.AreEqual(Boards.All.Select(board => board.MarkdownRow()).ToArray(), rows);
    }

    [TestMethod]
    public void NamesAndTargetsComeOnceAndAreFoundInAnyCase()
    {
        Assert.HasCount(Boards.All.Count, Boards.Names.Distinct(StringComparer.OrdinalIgnoreCase).ToArray());
        Assert.HasCount(Boards.All.Count, Boards.All.Select(board => board.Target).Distinct().ToArray());
        Assert.AreEqual("wt32-eth01", Boards.Find("WT32-ETH01")!.Name);
        Assert.IsNull(Boards.Find("pdp11"));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void ConsolePinsAreFree(string name)
    {
        Tool.Flash.Board board = Boards.Find(name)!;
        int[] pins = [board.Console.Transmit, board.Console.Receive];
        if (board.Chip == ChipFamily.Esp32)
        {
            Assert.IsEmpty(pins.Intersect(FlashPins).Concat(pins.Intersect(StrappingPins)).ToArray());
            Assert.IsFalse(board.Network == NetworkKind.Ethernet && pins.Intersect(RmiiPins).Any());
            Assert.IsFalse(board.Psram == "yes" && pins.Intersect(PsramPins).Any());
            Assert.IsLessThan(34, board.Console.Transmit, "34 and above are inputs");
        }

        Assert.AreNotEqual(pins[0], pins[1]);
    }
}
