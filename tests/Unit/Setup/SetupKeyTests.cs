using Netboot.Bytes;
using Netboot.Device;
using Netboot.Tests.Settings;

namespace Netboot.Tests.Setup;

[TestClass]
public class SetupKeyTests
{
    [TestMethod]
    [DataRow("UPPER CASE!!")]
    [DataRow("abcdefghijk")]
    [DataRow("abcdefghijkmn")]
    [DataRow("abcdefghijkl")]
    public void A_damaged_key_is_made_anew_and_kept(string damaged)
    {
        var storage = new MemoryStorage();
        storage.Set(SetupKey.File, Octets.Of(damaged));
        Assert.IsNull(SetupKey.Stored(storage));
        string password = SetupKey.Password(storage, new FakeBoard());
        Assert.AreEqual(SetupKey.Length, password.Length);
        Assert.AreEqual(password, SetupKey.Stored(storage));
        Assert.AreEqual(password, SetupKey.Password(storage, new FakeBoard()));
    }

    [TestMethod]
    public void The_name_is_there_without_a_MAC_too()
    {
        Assert.AreEqual("netboot", SetupKey.NetworkName(null));
        Assert.AreEqual("netboot-0abc01", SetupKey.NetworkName(new byte[] { 0x24, 0x6f, 0x28, 0x0a, 0xbc, 0x01 }));
    }
}
