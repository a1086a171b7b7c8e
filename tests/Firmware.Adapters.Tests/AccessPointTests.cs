using System.Net.NetworkInformation;
using Netboot.Device;

namespace Netboot.Firmware.Tests;

/// <summary>The access point: opened only as asked for, and never beside Ethernet.</summary>
[TestClass]
[DoNotParallelize]
public sealed class AccessPointTests
{
    private const string Password = "longenough";

    [TestMethod]
    public void IsOpenedWithItsPasswordAndTheStationOff()
    {
        AccessPoint accessPoint = OnWifi();
        Assert.IsTrue(accessPoint.IsAllowed);
        Assert.IsNull(accessPoint.Open("netboot-0abc01", Password));
        Assert.IsTrue(accessPoint.IsOnAs("netboot-0abc01", Password));
        Assert.IsFalse(accessPoint.IsOnAs("netboot-0abc01", "other"));
        Assert.AreEqual(FirstStart.Address, FakePlatform.Of(NetworkInterfaceType.WirelessAP).IPv4Address);
        Assert.AreEqual(Wireless80211Configuration.ConfigurationOptions.Disable, FakePlatform.Station.Options);
    }

    [TestMethod]
    public void AddressThatIsStoredAlthoughThePlatformThrowsWillDo()
    {
        AccessPoint accessPoint = OnWifi();
        FakePlatform.ThrowsAfterStoring = true;
        Assert.IsNull(accessPoint.Open("netboot-0abc01", Password));
    }

    [TestMethod]
    public void IsClosedAgainWhenThePlatformLeavesItOpenToEverybody()
    {
        AccessPoint accessPoint = OnWifi();
        FakePlatform.Of(NetworkInterfaceType.WirelessAP).EnableStaticIPv4(FirstStart.Address, "255.255.255.0", FirstStart.Address);
        FakePlatform.RefusesToStore = true;
        Assert.AreEqual("the platform did not store it", accessPoint.Open("netboot-0abc01", Password));
        Assert.IsFalse(accessPoint.IsOn);
    }

    [TestMethod]
    public void ClosingJoinsTheWifiThatWasEntered()
    {
        AccessPoint accessPoint = OnWifi();
        accessPoint.Open("netboot-0abc01", Password);
        FakePlatform.Station.Ssid = "attic";
        Assert.IsNull(accessPoint.Close());
        Assert.IsFalse(accessPoint.IsOn);
        Assert.AreEqual(Wireless80211Configuration.ConfigurationOptions.AutoConnect, FakePlatform.Station.Options);
    }

    [TestMethod]
    public void BesideEthernetBothAreSwitchedOffOnce()
    {
        FakePlatform.Reset(NetworkInterfaceType.Wireless80211, NetworkInterfaceType.WirelessAP, NetworkInterfaceType.Ethernet);
        FakePlatform.AccessPoint.Options = WirelessAPConfiguration.ConfigurationOptions.AutoStart;
        Assert.IsFalse(new AccessPoint(TargetTraits.Of("ESP32_WT32_ETH01")).IsAllowed);
        Assert.IsTrue(AccessPoint.SwitchOffNextToEthernet(), "the board has to restart");
        Assert.IsFalse(AccessPoint.SwitchOffNextToEthernet(), "and not again");
    }

    [TestMethod]
    public void WithoutEthernetTheStationStaysOn()
    {
        OnWifi();
        Assert.IsFalse(AccessPoint.SwitchOffNextToEthernet());
        Assert.IsTrue(Interfaces.IsOn(FakePlatform.Station));
    }

    private static AccessPoint OnWifi()
    {
        FakePlatform.Reset(NetworkInterfaceType.Wireless80211, NetworkInterfaceType.WirelessAP);
        return new AccessPoint(TargetTraits.Of("ESP32_REV0"));
    }
}
