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
    public void Is_opened_with_its_password_and_the_station_off()
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
    public void Address_that_is_stored_although_the_platform_throws_will_do()
    {
        AccessPoint accessPoint = OnWifi();
        FakePlatform.ThrowsAfterStoring = true;
        Assert.IsNull(accessPoint.Open("netboot-0abc01", Password));
    }

    [TestMethod]
    public void Is_closed_again_when_the_platform_leaves_it_open_to_everybody()
    {
        AccessPoint accessPoint = OnWifi();
        FakePlatform.Of(NetworkInterfaceType.WirelessAP).EnableStaticIPv4(FirstStart.Address, "255.255.255.0", FirstStart.Address);
        FakePlatform.RefusesToStore = true;
        Assert.AreEqual("the platform did not store it", accessPoint.Open("netboot-0abc01", Password));
        Assert.IsFalse(accessPoint.IsOn);
    }

    [TestMethod]
    public void Closing_joins_the_Wifi_that_was_entered()
    {
        AccessPoint accessPoint = OnWifi();
        accessPoint.Open("netboot-0abc01", Password);
        FakePlatform.Station.Ssid = "attic";
        Assert.IsNull(accessPoint.Close());
        Assert.IsFalse(accessPoint.IsOn);
        Assert.AreEqual(Wireless80211Configuration.ConfigurationOptions.AutoConnect, FakePlatform.Station.Options);
    }

    [TestMethod]
    public void Beside_ethernet_both_are_switched_off_once()
    {
        FakePlatform.Reset(NetworkInterfaceType.Wireless80211, NetworkInterfaceType.WirelessAP, NetworkInterfaceType.Ethernet);
        FakePlatform.AccessPoint.Options = WirelessAPConfiguration.ConfigurationOptions.AutoStart;
        Assert.IsFalse(new AccessPoint(TargetTraits.Of("ESP32_WT32_ETH01")).IsAllowed);
        Assert.IsTrue(AccessPoint.SwitchOffNextToEthernet(), "the board has to restart");
        Assert.IsFalse(AccessPoint.SwitchOffNextToEthernet(), "and not again");
    }

    [TestMethod]
    public void Without_ethernet_the_station_stays_on()
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
