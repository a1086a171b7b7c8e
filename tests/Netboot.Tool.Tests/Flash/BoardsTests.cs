using System;
using System.Collections.Generic;
using System.Linq;
using Netboot.FirmwareImage.Boards;
using Netboot.Tool.Flash;

namespace Netboot.Tool.Tests.Flash;

[TestClass]
public sealed class BoardsTests
{
    private static readonly int?[] FlashPins = [6, 7, 8, 9, 10, 11];
    private static readonly int?[] StrappingPins = [0, 2, 12, 15];
    private static readonly int?[] RmiiPins = [18, 19, 21, 22, 23, 25, 26, 27];
    private static readonly int?[] PsramPins = [16, 17];

    public static IEnumerable<object[]> Names => BoardTable.Current.Boards.Select(board => new object[] { board.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void What_if_shows_target_address_and_files(string name)
    {
        using var bench = new FlashBench();
        BoardKind board = BoardTable.Current.Find(name)!;
        Assert.AreEqual(0,
            bench.Run(bench.Request(name) with { WhatIf = true, Mirror = "http://10.0.0.2/",
            WifiPassword = board.Wiring.HasEthernet ? null : "topsecret" }), bench.Output);
        Assert.Contains($"--target {board.Target} --update --fwversion {FlashCommand.PinnedFirmware}", bench.Output);
        Assert.Contains($"--image {bench.Image} --address {(board.Chip == "ESP32" ? "0x1E0000" : "0x1B0000")} ", bench.Output);
        Assert.Contains(board.Wiring.HasEthernet ? "\"Ethernet\"" : "\"WirelessClient\"", bench.Output);
        Assert.Contains("url = http://10.0.0.2/", bench.Output);
        Assert.Contains("password = " + Secrets.Cover, bench.Output);
        Assert.DoesNotContain("topsecret", bench.Output);
        Assert.IsEmpty(bench.Nanoff.Calls);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void The_deploy_partition_is_that_of_the_chip_and_its_flash(string name)
    {
        BoardKind board = BoardTable.Current.Find(name)!;
        (int Address, int Bytes) partition = (board.Chip, board.FlashMegabytes > 4) switch
        {
            ("ESP32", false) => (0x1E0000, 0x1C0000),
            ("ESP32", true) => (0x1E0000, 0x2B0000),
            ("ESP32-S3", true) => (0x1B0000, 0x2E0000),
            _ => (0x1B0000, 0x1F0000),
        };
        Assert.AreEqual(partition, (board.DeployAddress, board.DeployBytes));
    }

    [TestMethod]
    public void Boards_are_found_in_any_case()
    {
        Assert.AreEqual("wt32-eth01", BoardTable.Current.Find("WT32-ETH01")!.Name);
        Assert.IsNull(BoardTable.Current.Find("pdp11"));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Console_pins_are_free(string name)
    {
        BoardKind board = BoardTable.Current.Find(name)!;
        int?[] pins = [board.Wiring.Transmit, board.Wiring.Receive];
        if (board.Chip == "ESP32")
        {
            Assert.IsEmpty(pins.Intersect(FlashPins).Concat(pins.Intersect(StrappingPins)).ToArray());
            Assert.IsFalse(board.Wiring.HasEthernet && pins.Intersect(RmiiPins).Any());
            Assert.IsFalse(board.Psram == "yes" && pins.Intersect(PsramPins).Any());
            Assert.IsLessThan(34, board.Wiring.Transmit!.Value, "34 and above are inputs");
        }

        Assert.AreNotEqual(pins[0], pins[1]);
    }

    [TestMethod]
    [DataRow("ESP32", "ESP32_REV3", true)]
    [DataRow("ESP32", "ESP32_S3_OCTAL", false)]
    [DataRow("ESP32", "M5Core", false)]
    [DataRow("ESP32-S3", "ESP32_S3_QUAD", true)]
    [DataRow("ESP32-S3", "ESP32_C3", false)]
    [DataRow("ESP32-C3", "ESP32_C3_BETA", true)]
    public void A_target_is_for_the_chip_that_its_name_says(string chip, string target, bool fits) =>
        Assert.AreEqual(fits, BoardTable.Current.Boards.First(board => board.Chip == chip).TakesTarget(target));
}
