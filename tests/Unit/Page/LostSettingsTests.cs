using Netboot.Settings;
using Netboot.Tests.Settings;

namespace Netboot.Tests.Page;

/// <summary>Settings are stored, a password among them, and cannot be read.</summary>
[TestClass]
public class LostSettingsTests
{
    /// <summary>Later than any wait.</summary>
    private const long Later = long.MaxValue / 2;

    [TestMethod]
    public void Nobody_sets_a_first_password_while_settings_cannot_be_read()
    {
        PageBench bench = new PageBench().LogIn();
        MemoryStorage storage = bench.Console.Storage;
        storage.ReadThrows = true;
        bench.Device.Load();
        bench.Cookie = null;
        Assert.AreEqual(200, bench.Get("/api/session"));
        Assert.IsTrue(bench.Has("\"state\":\"lost\",\"claimSeconds\":0"));
        Assert.AreEqual(403, bench.Post("/api/claim", "password=mine-from-now-on"));
        Assert.IsTrue(bench.Has("cannot be read"));
        Assert.AreEqual(409, bench.Post("/api/login", "password=" + PageBench.Password));
        Assert.IsTrue(bench.Console.Line("set device.name other").Contains("they are not overwritten"));
        storage.ReadThrows = false;
        bench.Device.TickSettings(Later);
        bench.Get("/api/session");
        Assert.IsTrue(bench.Has("\"state\":\"login\""));
        Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
    }

    [TestMethod]
    public void A_factory_reset_removes_what_cannot_be_read()
    {
        PageBench bench = new PageBench().LogIn();
        bench.Console.Storage.ReadThrows = true;
        bench.Device.Load();
        bench.Console.Line("factory-reset");
        Assert.IsTrue(bench.Console.Line("YES").Contains("All settings are erased"));
        Assert.IsFalse(bench.Device.AreSettingsLost);
        Assert.AreEqual(-1, bench.Console.Storage.Length(SettingsStore.FirstFile));
    }
}
