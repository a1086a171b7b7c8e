using System.IO.Ports;
using nanoFramework.Hardware.Esp32;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Firmware.Tests;

/// <summary>Which line the console gets, and how that line copes with a port that fails.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ConsoleTests
{
    private readonly Log _log = new Log(new LogText());
    private readonly byte[] _buffer = new byte[16];

    [TestInitialize]
    public void Start() => FakePlatform.Reset();

    [TestCleanup]
    public void End() => DeviceClock.Ahead = 0;

    [TestMethod]
    [DataRow("ESP32_WT32_ETH01", "", 17, 5)]
    [DataRow("ESP32_OLIMEX", "", 4, 36)]
    [DataRow("ESP32_WT32_ETH01", "[console]\ntx = 32\nrx = 33\n", 32, 33)]
    [DataRow("ESP32_WT32_ETH01", "[console]\nrx = 39\n", 17, 39)]
    public void Pins_are_the_targets_unless_the_settings_name_others(string target, string settings, int tx, int rx)
    {
        Assert.IsNotNull(Find(target, settings));
        Assert.AreEqual(tx, FakePlatform.Functions[DeviceFunction.COM2_TX]);
        Assert.AreEqual(rx, FakePlatform.Functions[DeviceFunction.COM2_RX]);
        Assert.Contains($"Console on COM2, TX GPIO{tx}, RX GPIO{rx}, 115200 baud", _log.All());
    }

    [TestMethod]
    public void First_port_is_taken_where_the_debugger_leaves_it()
    {
        FakePlatform.Ports = new[] { "COM1", "COM2" };
        Assert.IsNotNull(Find("ESP32_S3_OCTAL", ""));
        Assert.Contains("Console on COM1", _log.All());
        Assert.IsEmpty(FakePlatform.Functions);
    }

    [TestMethod]
    [DataRow("ESP32_WT32_ETH01", "[console]\ntx = none\n", "Console: off, by the settings")]
    [DataRow("ESP32_P4", "", "Console: no pins are known for this board; see [console] tx and rx")]
    [DataRow("ESP32_WT32_ETH01", "[console]\ntx = 36\n", "Console: TX GPIO36, RX GPIO5 refused: ")]
    [DataRow("ESP32_WT32_ETH01", "[console]\ntx = 1\n", "Console: TX GPIO1, RX GPIO5 refused: this chip needs that pin")]
    [DataRow("ESP32_WT32_ETH01", "[console]\nrx = 3\n", "Console: TX GPIO17, RX GPIO3 refused: this chip needs that pin")]
    public void Without_usable_pins_there_is_none_and_the_log_says_why(string target, string settings, string line)
    {
        Assert.IsNull(Find(target, settings));
        Assert.Contains(line, _log.All());
    }

    [TestMethod]
    public void Read_asks_for_no_more_than_is_there()
    {
        ITerminal terminal = Find("ESP32_WT32_ETH01", "");
        Assert.IsFalse(terminal.HasInput);
        SerialPort.Last.Input = new byte[] { 1, 2, 3 };
        Assert.IsTrue(terminal.HasInput);
        Assert.AreEqual(3, terminal.Read(_buffer, 0, 16));
        Assert.AreEqual(3, SerialPort.Last.AskedFor);
        Assert.AreEqual(2, terminal.Read(_buffer, 0, 2));
        Assert.AreEqual(2, SerialPort.Last.AskedFor);
    }

    [TestMethod]
    public void Write_sends_exactly_the_piece_that_was_meant()
    {
        ITerminal terminal = Find("ESP32_WT32_ETH01", "");
        terminal.Write(new byte[] { 9, 1, 2, 9 }, 1, 2);
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, SerialPort.Last.Written);
    }

    [TestMethod]
    public void Failed_port_is_closed_reported_once_and_opened_again_after_a_while()
    {
        ITerminal terminal = Find("ESP32_WT32_ETH01", "");
        Assert.IsFalse(terminal.HasInput);
        SerialPort first = SerialPort.Last;
        FakePlatform.PortFault = "broken";
        terminal.Write(_buffer, 0, 1);
        Assert.IsTrue(first.IsDisposed);
        DeviceClock.Ahead += 10001;
        Assert.AreEqual(0, terminal.Read(_buffer, 0, 1));
        Assert.HasCount(2, _log.All().Split("Console on COM2: "), "told once");
        FakePlatform.PortFault = null;
        Assert.AreEqual(0, terminal.Read(_buffer, 0, 1));
        SerialPort broken = SerialPort.Last;
        DeviceClock.Ahead += 10001;
        Assert.IsFalse(terminal.HasInput);
        Assert.AreNotSame(broken, SerialPort.Last, "opened again");
    }

    private ITerminal Find(string target, string text)
    {
        byte[] bytes = Octets.Of(text);
        DeviceSettings settings = SettingsText.Parse(bytes, 0, bytes.Length, new SettingsError());
        return ConsolePort.Find(TargetTraits.Of(target), settings, _log);
    }
}
