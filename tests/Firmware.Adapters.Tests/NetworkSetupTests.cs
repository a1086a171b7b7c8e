using System.Net.NetworkInformation;
using nanoFramework.Runtime.Native;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Journal;
using Netboot.Logging;

namespace Netboot.Firmware.Tests;

/// <summary>Network settings from page and console: when they are applied, and what the platform's moods do to them.</summary>
[TestClass]
[DoNotParallelize]
public sealed class NetworkSetupTests
{
    private const string Wired = "ESP32_WT32_ETH01";
    private const string Wireless = "ESP32_REV0";

    private readonly FakeStorage _storage = new FakeStorage();
    private readonly Log _log = new Log(new LogText());

    [TestMethod]
    public void Fixed_address_waits_until_its_answer_is_out()
    {
        BoardNetworkSetup setup = Make(Wired, NetworkInterfaceType.Ethernet);
        Assert.IsNull(setup.UseStatic("10.0.0.9", "255.255.255.0", "10.0.0.1", null));
        long now = DeviceClock.Now;
        setup.Poll(now);
        Assert.IsTrue(Lan.IsDhcpEnabled, "applied at once");
        setup.Poll(now + 2000);
        Assert.AreEqual("10.0.0.9", Lan.IPv4Address);
        Assert.AreEqual("10.0.0.1", Lan.IPv4DnsAddresses[0], "without a name server the router is used");
        Assert.Contains("Ethernet, fixed address: 10.0.0.9, mask 255.255.255.0, gateway 10.0.0.1, name server 10.0.0.1", _log.All());
    }

    [TestMethod]
    public void Restart_applies_a_fixed_address_at_once()
    {
        BoardNetworkSetup setup = Make(Wired, NetworkInterfaceType.Ethernet);
        Assert.IsNull(setup.UseStatic("10.0.0.9", "255.255.255.0", "", "10.0.0.2"));
        Power.RebootDevice();
        Assert.AreEqual("10.0.0.9", Lan.IPv4Address);
        Assert.AreEqual("0.0.0.0", Lan.IPv4GatewayAddress);
        Assert.AreEqual("10.0.0.2", Lan.IPv4DnsAddresses[0]);
    }

    [TestMethod]
    public void Wrong_address_is_refused_and_nothing_is_planned()
    {
        BoardNetworkSetup setup = Make(Wired, NetworkInterfaceType.Ethernet);
        Assert.IsNotNull(setup.UseStatic("10.0.0.300", "255.255.255.0", null, null));
        setup.Poll(DeviceClock.Now + 2000);
        Assert.IsTrue(Lan.IsDhcpEnabled);
    }

    [TestMethod]
    public void Address_that_was_stored_is_no_fault_although_the_platform_throws()
    {
        BoardNetworkSetup setup = Make(Wired, NetworkInterfaceType.Ethernet);
        setup.UseStatic("10.0.0.9", "255.255.255.0", null, null);
        FakePlatform.ThrowsAfterStoring = true;
        setup.Poll(DeviceClock.Now + 2000);
        Assert.DoesNotContain("interface down", _log.All());
        Assert.Contains("fixed address: 10.0.0.9", _log.All());
    }

    [TestMethod]
    public void Address_that_was_not_stored_is_a_fault()
    {
        BoardNetworkSetup setup = Make(Wired, NetworkInterfaceType.Ethernet);
        setup.UseStatic("10.0.0.9", "255.255.255.0", null, null);
        FakePlatform.RefusesToStore = true;
        setup.Poll(DeviceClock.Now + 2000);
        Assert.Contains("network settings: cannot store", _log.All());
    }

    [TestMethod]
    public void Board_with_ethernet_takes_no_Wifi()
    {
        BoardNetworkSetup setup = Make(Wired, NetworkInterfaceType.Wireless80211, NetworkInterfaceType.Ethernet);
        Assert.IsFalse(setup.HasWifi);
        Assert.AreEqual("this board has Ethernet, and its Wi-Fi stays off", setup.UseWifi("attic", "longenough"));
    }

    [TestMethod]
    public void Wifi_is_stored_and_has_to_prove_itself()
    {
        BoardNetworkSetup setup = Make(Wireless, NetworkInterfaceType.Wireless80211);
        _storage.Write(FirstStart.MarkFile, new byte[1], 1);
        Assert.IsNull(setup.UseWifi("attic", "longenough"));
        Assert.AreEqual(AuthenticationType.WPA2, FakePlatform.Station.Authentication);
        Assert.AreEqual(Wireless80211Configuration.ConfigurationOptions.AutoConnect, FakePlatform.Station.Options);
        Assert.AreEqual(1, FakePlatform.Station.Saved);
        Assert.AreEqual(-1, _storage.Length(FirstStart.MarkFile), "another Wi-Fi is not proven");
        Assert.Contains("Wi-Fi 'attic', address by DHCP", setup.Describe());
    }

    [TestMethod]
    public void Open_Wifi_has_no_encryption()
    {
        BoardNetworkSetup setup = Make(Wireless, NetworkInterfaceType.Wireless80211);
        Assert.IsNull(setup.UseWifi("cafe", null));
        Assert.AreEqual(AuthenticationType.Open, FakePlatform.Station.Authentication);
        Assert.AreEqual(EncryptionType.None, FakePlatform.Station.Encryption);
    }

    [TestMethod]
    public void Forgetting_is_applied_at_once()
    {
        BoardNetworkSetup setup = Make(Wireless, NetworkInterfaceType.Wireless80211);
        setup.UseWifi("attic", "longenough");
        Lan.EnableStaticIPv4("10.0.0.9", "255.255.255.0", "10.0.0.1");
        setup.Forget();
        Assert.IsTrue(Lan.IsDhcpEnabled);
        Assert.AreEqual("", FakePlatform.Station.Ssid + FakePlatform.Station.Password);
        Assert.Contains("Wi-Fi (none set)", setup.Describe());
    }

    private static NetworkInterface Lan => FakePlatform.Of(Interfaces.Lan());

    private BoardNetworkSetup Make(string target, params NetworkInterfaceType[] types)
    {
        FakePlatform.Reset(types);
        return new BoardNetworkSetup(TargetTraits.Of(target), _storage, _log);
    }
}
