using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Settings;
using Netboot.Tests.Settings;

namespace Netboot.Tests.Terminal;

/// <summary>The page's password: how it is set and kept, and that nothing shows it.</summary>
[TestClass]
public class SecretTests
{
    private const string Password = "Correct#horse 7";

    private readonly ConsoleBench _bench = new ConsoleBench();

    [TestMethod]
    public void ItIsAskedForTwiceAndKeptAsAHash()
    {
        SetPassword();
        byte[] form = _bench.Device.Rules.Settings.Value(SettingsKey.PagePassword);
        byte[] password = Octets.Of(Password);
        Assert.IsTrue(PagePassword.Check(form, password, 0, password.Length));
        Assert.IsFalse(PagePassword.Check(form, password, 0, password.Length - 1));
        Assert.IsFalse(_bench.Settings().Contains(Password));
        byte[] stored = _bench.Storage.Content(SettingsStore.FirstFile);
        Assert.IsFalse(Octets.Text(stored, 0, stored.Length).Contains(Password));
        Assert.AreEqual(_bench.Settings(), SettingsTextTests.Written(new SettingsStore(_bench.Storage).Load(new Log())));
    }

    [TestMethod]
    [DataRow("short", "a password has 8 to 64 printable ASCII characters. Nothing was changed.")]
    [DataRow("", "Nothing was changed.")]
    [DataRow("long enough\t", "Only printable ASCII characters are allowed. Nothing was changed.")]
    public void ABadOneIsRefusedAtOnce(string password, string answer)
    {
        _bench.Line("password");
        string shown = _bench.Line(password);
        Assert.IsTrue(shown.EndsWith("\r\n" + answer + "\r\nnetboot> "));
        Assert.IsTrue(_bench.Line("show changes").Contains("no changes"));
    }

    [TestMethod]
    public void TwoThatDifferChangeNothing()
    {
        _bench.Line("password");
        _bench.Line(Password);
        Assert.IsTrue(_bench.Line(Password + "x").Contains("The two are not the same. Nothing was changed."));
        _bench.Line("password");
        _bench.Type(Password + "\u0003");
        Assert.IsTrue(_bench.Line("show changes").Contains("no changes"));
    }

    [TestMethod]
    public void NothingShowsIt()
    {
        SetPassword();
        _bench.Line("password");
        _bench.Line(Password);
        _bench.Line(Password);
        string form = Octets.Text(_bench.Device.Rules.Settings.Value(SettingsKey.PagePassword), 0, 20);
        string[] lines =
        {
            "help", "status", "machines", "profile", "show", "show page", "show changes", "set page.password", "set mirror.url http://a", "save", "show changes",
            "backup", "loaders", "log 64", "net", "restore\r[page]\npassword " + Password + "\n.", "restore\r[page]\npassword = a\n.",
            "restore\r[page]\npassword = pbkdf2-sha256:1:2:" + Password + "\n.", "restore\r[page]\n" + Password + " = 1\n.", "\u001b[A\u001b[A\u001b[A", "log 64", "status",
        };
        for (int i = 0; i < lines.Length; i++)
        {
            _bench.Line(lines[i]);
        }

        string all = Octets.Text(_bench.Terminal.Shown.Buffer, 0, _bench.Terminal.Shown.Length);
        Assert.IsTrue(all.Contains("# password is set and not shown"));
        Assert.IsFalse(all.Contains(Password));
        Assert.IsFalse(all.Contains(form));
        Assert.IsFalse(all.Contains("pbkdf2-sha256:1000"));
    }

    [TestMethod]
    public void SetDoesNotTakeItAndForgetsTheLine()
    {
        Assert.IsTrue(_bench.Line("set page.password hunter2hunter2").Contains("use 'password', which asks for it unseen"));
        Assert.IsFalse(_bench.Type("\u001b[A").Contains("hunter2"));
    }

    [TestMethod]
    public void RestoreKeepsIt()
    {
        SetPassword();
        byte[] form = _bench.Device.Rules.Settings.Value(SettingsKey.PagePassword);
        _bench.Line("restore");
        _bench.Line("[device]\nname = lab\n.");
        Assert.IsTrue(_bench.Line("YES").Contains("Restored"));
        Assert.AreEqual("[device]\nname = lab\n\n[page]\npassword = " + Octets.Text(form, 0, form.Length) + "\n", _bench.Settings());
    }

    private void SetPassword()
    {
        _bench.Line("password");
        Assert.IsTrue(_bench.Line(Password).EndsWith("\r\nThe same again: "));
        Assert.IsTrue(_bench.Line(Password).Contains("Changed"));
        _bench.Line("save");
    }
}
