using System.Linq;
using System.Net.NetworkInformation;
using Netboot.Bytes;
using Netboot.FirmwareImage.Boards;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Firmware.Tests;

/// <summary>The LED and the button, on the pins of the board.</summary>
[TestClass]
[DoNotParallelize]
public sealed class PinTests
{
    private const string Stick = "M5StickC";
    private const int Led = 10;
    private const int Button = 37;

    private readonly FakeBoard _board = new FakeBoard();
    private readonly FakeStorage _storage = new FakeStorage();
    private readonly Log _log = new Log(new LogText());

    [TestInitialize]
    public void Start() => FakePlatform.Reset(NetworkInterfaceType.Wireless80211);

    [TestMethod]
    public void Every_targets_traits_are_the_tables()
    {
        foreach (Wiring wiring in BoardTable.Current.Defaults)
        {
            TargetTraits traits = TargetTraits.Of(wiring.Target);
            Assert.AreEqual(
                wiring with { Target = "" },
                new Wiring("", traits.HasEthernet, Pin(traits.ConsoleTx), Pin(traits.ConsoleRx), Pin(traits.LedPin), traits.LedIsActiveLow,
                    Pin(traits.ButtonPin)),
                wiring.Target);
            Assert.IsFalse(
                new[] { traits.ConsoleTx, traits.ConsoleRx, traits.LedPin, traits.ButtonPin }.Any(pin => ReservedPins.Has(wiring.Target, pin)),
                wiring.Target);
        }
    }

    [TestMethod]
    public void Button_held_for_ten_seconds_erases_everything_and_restarts()
    {
        _storage.Write(SettingsStore.FirstFile, new byte[1], 1);
        ResetButton button = MakeButton();
        button.Poll(0);
        FakePlatform.Levels[Button] = false;
        button.Poll(100);
        button.Poll(1200);
        Assert.IsTrue(button.OwnsLed);
        button.Poll(10000);
        Assert.AreEqual(0, _board.Reboots);
        Assert.AreEqual(1, _storage.Length(SettingsStore.FirstFile));
        button.Poll(10100);
        Assert.AreEqual(1, _board.Reboots);
        Assert.AreEqual(-1, _storage.Length(SettingsStore.FirstFile));
        Assert.Contains("Factory reset: all settings are erased", _log.All());
    }

    [TestMethod]
    public void Button_that_is_down_from_the_start_erases_nothing()
    {
        ResetButton button = MakeButton();
        FakePlatform.Levels[Button] = false;
        button.Poll(0);
        button.Poll(20000);
        Assert.AreEqual(0, _board.Reboots);
    }

    [TestMethod]
    public void Led_is_lit_by_the_level_that_the_target_wants()
    {
        Esp32Board board = WithLed(null);
        Assert.AreEqual(true, FakePlatform.Levels[Led], "off by a high level");
        board.SetLed(true);
        Assert.AreEqual(false, FakePlatform.Levels[Led]);
    }

    [TestMethod]
    [DataRow("led = 2", 2, true)]
    [DataRow("led = 2\nled-level = low", 2, false)]
    [DataRow("led-level = high", Led, true)]
    [DataRow("name = attic", Led, false)]
    public void Settings_name_the_led(string settings, int pin, bool lit)
    {
        WithLed(settings).SetLed(true);
        Assert.AreEqual(lit, FakePlatform.Levels[pin]);
        Assert.HasCount(1, FakePlatform.Levels);
    }

    [TestMethod]
    public void Settings_take_the_led_away()
    {
        WithLed("led = none").SetLed(true);
        Assert.IsEmpty(FakePlatform.Levels);
    }

    [TestMethod]
    public void Led_on_a_pin_that_is_no_output_is_reported_and_left_out()
    {
        WithLed("led = 34").SetLed(true);
        Assert.Contains("LED on GPIO34 refused", _log.All());
    }

    [TestMethod]
    [DataRow("led = 37", "LED on GPIO37 refused: the reset button is there")]
    [DataRow("led = 6", "LED on GPIO6 refused: this chip needs that pin for its flash, its USB or its serial line")]
    public void Led_on_a_pin_that_something_else_needs_is_refused(string settings, string line)
    {
        WithLed(settings).SetLed(true);
        Assert.IsEmpty(FakePlatform.Levels);
        Assert.Contains(line, _log.All());
    }

    [TestMethod]
    [DataRow("ESP32_WT32_ETH01", "1 3 6 7 8 11")]
    [DataRow("XIAO_ESP32C3", "11 12 13 14 15 16 17 18 19 20 21")]
    [DataRow("ESP32_C3_REV3", "11 12 13 14 15 16 17 18 19 20 21")]
    [DataRow("ESP32_S3_OCTAL", "19 20 26 27 28 29 30 31 32 33 34 35 36 37 43 44")]
    [DataRow("ESP32_P4", "")]
    public void Reserved_pins_are_the_chips(string target, string pins) =>
        Assert.AreEqual(pins, string.Join(' ', Enumerable.Range(0, 55).Where(pin => ReservedPins.Has(target, pin))));

    [TestMethod]
    public void Led_blinks_slowly_without_an_address_and_is_steady_with_one()
    {
        var network = new BoardNetwork(NetworkInterfaceType.Wireless80211);
        var led = new StatusLed(_board, network, MakeButton(), false);
        Assert.IsTrue(Lit(led, 0));
        Assert.IsFalse(Lit(led, 1000));
        FakePlatform.Of(NetworkInterfaceType.Wireless80211).IPv4Address = "10.0.0.9";
        network.Poll(0);
        Assert.IsTrue(Lit(led, 1000));
    }

    [TestMethod]
    public void Led_blinks_quickly_in_set_up_mode_whatever_the_address()
    {
        var network = new BoardNetwork(NetworkInterfaceType.Wireless80211);
        FakePlatform.Of(NetworkInterfaceType.Wireless80211).IPv4Address = "192.168.4.1";
        network.Poll(0);
        var led = new StatusLed(_board, network, MakeButton(), true);
        Assert.IsTrue(Lit(led, 0));
        Assert.IsFalse(Lit(led, 400));
    }

    [TestMethod]
    public void Led_is_the_buttons_while_it_is_held()
    {
        ResetButton button = MakeButton();
        var led = new StatusLed(_board, new BoardNetwork(NetworkInterfaceType.Wireless80211), button, false);
        button.Poll(0);
        FakePlatform.Levels[Button] = false;
        button.Poll(100);
        button.Poll(1300);
        Assert.IsFalse(_board.Lit);
        Assert.IsFalse(Lit(led, 0), "the state would be shown lit");
    }

    private Esp32Board WithLed(string settings)
    {
        byte[] text = Octets.Of("[device]\n" + settings + "\n");
        var board = new Esp32Board();
        board.OpenLed(
            TargetTraits.Of(Stick), settings == null ? null : SettingsText.Parse(text, 0, text.Length, new SettingsError()), _log);
        return board;
    }

    private static int? Pin(int pin) => pin == TargetTraits.None ? null : pin;

    private bool Lit(StatusLed led, long now)
    {
        led.Poll(now);
        return _board.Lit;
    }

    private ResetButton MakeButton()
    {
        TargetTraits traits = TargetTraits.Of(Stick);
        return new ResetButton(traits, _board, _storage, new BoardNetworkSetup(traits, _storage, _log), _log);
    }
}
