using Netboot.Bytes;
using Netboot.Device;

namespace Netboot.Tests.Setup;

[TestClass]
public class AddressTests
{
    [TestMethod]
    [DataRow("192.168.1.5")]
    [DataRow("0.0.0.0")]
    [DataRow("255.255.255.255")]
    public void Addresses_are_read(string text)
    {
        byte[] address = AddressText.Parse(text);
        var writer = new ByteWriter(new byte[15]);
        Assert.AreEqual(text, writer.Address(address, 0).ToString());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("1.2.3")]
    [DataRow("1.2.3.")]
    [DataRow("1.2.3.4.")]
    [DataRow("1.2.3.4.5")]
    [DataRow("1.2.3.256")]
    [DataRow("1.2.3.-1")]
    [DataRow("1..3.4")]
    [DataRow(" 1.2.3.4")]
    [DataRow("0001.2.3.4")]
    [DataRow("netboot.local")]
    public void What_is_no_address_is_not_read(string text) => Assert.IsNull(AddressText.Parse(text));

    [TestMethod]
    [DataRow("192.168.1.5", "255.255.255.0", "192.168.1.1", "9.9.9.9")]
    [DataRow("10.0.0.2", "255.0.0.0", "", "")]
    [DataRow("10.0.0.1", "255.255.255.252", "10.0.0.2", "")]
    public void Good_fixed_addresses_pass(string address, string mask, string gateway, string dns) =>
        Assert.IsNull(StaticAddress.Fault(address, mask, gateway, dns));

    [TestMethod]
    [DataRow("192.168.1.5", "255.255.0.255", "", "")]
    [DataRow("192.168.1.5", "255.255.255.255", "", "")]
    [DataRow("192.168.1.5", "0.0.0.0", "", "")]
    [DataRow("192.168.1.0", "255.255.255.0", "", "")]
    [DataRow("192.168.1.255", "255.255.255.0", "", "")]
    [DataRow("127.0.0.1", "255.0.0.0", "", "")]
    [DataRow("224.0.0.5", "255.0.0.0", "", "")]
    [DataRow("192.168.1.5", "255.255.255.0", "192.168.2.1", "")]
    [DataRow("192.168.1.5", "255.255.255.0", "router", "")]
    [DataRow("192.168.1.5", "255.255.255.0", "", "dns.quad9.net")]
    public void Bad_fixed_addresses_are_named(string address, string mask, string gateway, string dns) =>
        Assert.IsNotNull(StaticAddress.Fault(address, mask, gateway, dns));

    [TestMethod]
    public void Wifi_credentials_fit_the_firmware()
    {
        Assert.IsNull(WifiCredentials.Fault("home", ""));
        Assert.IsNull(WifiCredentials.Fault("home", "12345678"));
        Assert.IsNull(WifiCredentials.Fault(new string('n', 31), new string('p', 63)));
        Assert.IsNotNull(WifiCredentials.Fault("", "12345678"));
        Assert.IsNotNull(WifiCredentials.Fault(new string('n', 32), "12345678"));
        Assert.IsNotNull(WifiCredentials.Fault("ööööööööööööööööö", "12345678"));
        Assert.IsNotNull(WifiCredentials.Fault("home", "1234567"));
        Assert.IsNotNull(WifiCredentials.Fault("home", new string('p', 64)));
    }
}
