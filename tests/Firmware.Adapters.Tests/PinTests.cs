using System.Device.Gpio;
using System.Net.NetworkInformation;
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
    public void EveryTargetsTraitsAreTheTables()
    {
        foreach (Wiring wiring in BoardTable.Current.Defaults)
        {
            TargetTraits traits = TargetTraits.Of(wiring.Target);
            Assert.AreEqual(
                wiring with { Target = "" },
                new Wiring("", traits.HasEthernet, Pin(traits.ConsoleTx), Pin(traits.ConsoleRx), Pin(traits.LedPin), traits.LedIsActiveLow,
                    Pin(traits.ButtonPin)),
                wiring.Target);
        }
    }

    [TestMethod]
    public void ButtonHeldForTenSecondsErasesEverythingAndRestarts()
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
    public void ButtonThatIsDownFromTheStartErasesNothing()
    {
        ResetButton button = MakeButton();
        FakePlatform.Levels[Button] = false;
        button.Poll(0);
        button.Poll(20000);
        Assert.AreEqual(0, _board.Reboots);
    }

    [TestMethod]
    public void LedIsLitByTheLevelThatTheTargetWants()
    {
        var board = new Esp32Board(TargetTraits.Of(Stick), new GpioController());
        Assert.AreEqual(true, FakePlatform.Levels[Led], "off by a high level");
        board.SetLed(true);
        Assert.AreEqual(false, FakePlatform.Levels[Led]);
    }

    [TestMethod]
    public void LedBlinksSlowlyWithoutAnAddressAndIsSteadyWithOne()
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
    public void LedBlinksQuicklyInSetUpModeWhateverTheAddress()
    {
        var network = new BoardNetwork(NetworkInterfaceType.Wireless80211);
        FakePlatform.Of(NetworkInterfaceType.Wireless80211).IPv4Address = "192.168.4.1";
        network.Poll(0);
        var led = new StatusLed(_board, network, MakeButton(), true);
        Assert.IsTrue(Lit(led, 0));
        Assert.IsFalse(Lit(led, 400));
    }

    [TestMethod]
    public void LedIsTheButtonsWhileItIsHeld()
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

    private static int? Pin(int pin) => pin == TargetTraits.None ? null : pin;

    private bool Lit(StatusLed led, long now)
    {
        led.Poll(now);
        return _board.Lit;
    }

    private ResetButton MakeButton()
    {
        TargetTraits traits = TargetTraits.Of(Stick);
        return new ResetButton(traits, new GpioController(), _board, _storage, new BoardNetworkSetup(traits, _storage, _log), _log);
    }
}
