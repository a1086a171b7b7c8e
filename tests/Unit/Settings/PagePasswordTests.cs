using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Tests.Settings;

[TestClass]
public class PagePasswordTests
{
    // PBKDF2-HMAC-SHA256 as Python's hashlib makes it: "password", salt 000102…0f, 1,000 iterations.
    private const string Known =
        "pbkdf2-sha256:1000:000102030405060708090a0b0c0d0e0f:25eb86acc76e43018f18b9a8f90c2fed462d1c799e83d48ae3d7c69046a60b67";

    [TestMethod]
    public void It_is_PBKDF2()
    {
        byte[] form = Octets.Of(Known);
        Assert.IsTrue(PagePassword.Check(form, Octets.Of("password"), 0, 8));
        Assert.IsFalse(PagePassword.Check(form, Octets.Of("Password"), 0, 8));
        Assert.IsFalse(PagePassword.Check(Octets.Of("x"), Octets.Of("Password"), 0, 8));
    }

    [TestMethod]
    public void Each_form_has_its_own_salt()
    {
        byte[] password = Octets.Of("password");
        byte[] one = PagePassword.Create(password, 0, 8);
        byte[] two = PagePassword.Create(password, 0, 8);
        Assert.IsTrue(PagePassword.Check(one, password, 0, 8));
        Assert.IsTrue(PagePassword.Check(two, password, 0, 8));
        Assert.IsFalse(Octets.Equal(one, 19, two, 19, 32));
        Assert.IsTrue(one.Length <= PagePassword.LongestForm);
    }

    [TestMethod]
    public void Plain_text_is_taken_and_not_kept()
    {
        DeviceSettings settings = SettingsTextTests.Good("[page]\npassword = correct horse\n[console]\ntx = 17\nrx = None\n");
        string text = SettingsTextTests.Written(settings);
        Assert.IsTrue(text.StartsWith("[page]\npassword = pbkdf2-sha256:1000:"));
        Assert.IsTrue(text.EndsWith("\n\n[console]\ntx = 17\nrx = none\n"));
        Assert.AreEqual(text, SettingsTextTests.Written(SettingsTextTests.Good(text)));
        Assert.IsTrue(PagePassword.Check(settings.Value(SettingsKey.PagePassword), Octets.Of("correct horse"), 0, 13));
        var shown = new ByteWriter(256, SettingsLimits.Text);
        SettingsText.WriteWithoutSecrets(settings, shown);
        Assert.AreEqual("[page]\n# password is set but not shown\n\n[console]\ntx = 17\nrx = none\n", shown.ToString());
        Assert.IsNull(SettingsTextTests.Good(shown.ToString()).Value(SettingsKey.PagePassword));
    }

    [TestMethod]
    [DataRow("[page]\npassword = hunter2", "line 2, [page] password: a password must have 8 to 64 printable ASCII characters")]
    [DataRow("[page]\npassword hunter22", "line 2, [page]: the line is neither 'key = value' nor [section]")]
    [DataRow("[page]\nhunter22 = x", "line 2, [page]: the line is not a key of this section; allowed: password, metrics, names")]
    [DataRow("[page]\npassword = pbkdf2-sha256:1000:00:11",
        "line 2, [page] password: is not a stored password: pbkdf2-sha256:ITERATIONS:SALT:HASH with up to 20000 iterations, 16 bytes of salt and 32 of hash")]
    [DataRow("[page]\npassword = pbkdf2-sha256:999999:000102030405060708090a0b0c0d0e0f:0000000000000000000000000000000000000000000000000000000000000000", "line 2, [page] password: is not a stored password: pbkdf2-sha256:ITERATIONS:SALT:HASH with up to 20000 iterations, 16 bytes of salt and 32 of hash")]
    [DataRow("[console]\ntx = 55", "line 2, [console] tx: '55' is not a pin: use 0 to 54, or none")]
    [DataRow("[console]\nrx = x", "line 2, [console] rx: 'x' is not a pin: use 0 to 54, or none")]
    public void Is_refused_without_showing_it(string text, string expected)
    {
        var error = new SettingsError();
        Assert.IsNull(SettingsTextTests.Parse(text, error));
        Assert.AreEqual(expected, error.ToString());
    }
}
