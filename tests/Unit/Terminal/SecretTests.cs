using System;
using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Tests.Settings;

namespace Netboot.Tests.Terminal;

/// <summary>The page's password: how it is set and kept, and that nothing shows it.</summary>
[TestClass]
public class SecretTests
{
    private const string Password = "Correct#horse 7";

    [TestMethod]
    public void It_is_asked_for_twice_and_kept_as_a_hash()
    {
        var bench = new ConsoleBench();
        SetPassword(bench);
        byte[] form = bench.Device.Rules.Settings.Value(SettingsKey.PagePassword);
        byte[] password = Octets.Of(Password);
        Assert.IsTrue(PagePassword.Check(form, password, 0, password.Length));
        Assert.IsFalse(PagePassword.Check(form, password, 0, password.Length - 1));
        Assert.IsFalse(bench.Settings().Contains(Password));
        byte[] stored = bench.Storage.Content(SettingsStore.FirstFile);
        Assert.IsFalse(Octets.Text(stored, 0, stored.Length).Contains(Password));
        Assert.AreEqual(bench.Settings(), SettingsTextTests.Written(new SettingsStore(bench.Storage).Load(new Log(new LogText()))));
    }

    [TestMethod]
    [DataRow("short", "a password must have 8 to 64 printable ASCII characters. Nothing was changed.")]
    [DataRow("", "Nothing was changed.")]
    [DataRow("long enough\t", "Only printable ASCII characters are allowed. Nothing was changed.")]
    public void A_bad_one_is_refused_at_once(string password, string answer)
    {
        var bench = new ConsoleBench();
        bench.Line("password");
        string shown = bench.Line(password);
        Assert.IsTrue(shown.EndsWith("\r\n" + answer + "\r\nnetboot> "));
        Assert.AreEqual("", bench.Settings());
    }

    [TestMethod]
    public void Two_that_differ_change_nothing()
    {
        var bench = new ConsoleBench();
        bench.Line("password");
        bench.Line(Password);
        Assert.IsTrue(bench.Line(Password + "x").Contains("The passwords do not match. Nothing was changed."));
        bench.Line("password");
        bench.Type(Password + "\u0003");
        Assert.AreEqual("", bench.Settings());
    }

    [TestMethod]
    public void Nothing_shows_it()
    {
        var bench = new ConsoleBench();
        SetPassword(bench);
        bench.Line("password");
        bench.Line(Password);
        bench.Line(Password);
        string form = Octets.Text(bench.Device.Rules.Settings.Value(SettingsKey.PagePassword), 0, 20);
        string[] lines =
        {
            "help", "status", "machines", "profile", "show", "show page", "set page.password", "set mirror.url http://a",
            "backup", "loaders", "log 64", "net", "restore\r[page]\npassword " + Password + "\n.", "restore\r[page]\npassword = a\n.",
            "restore\r[page]\npassword = pbkdf2-sha256:1:2:" + Password + "\n.", "restore\r[page]\n" + Password + " = 1\n.",
            "\u001b[A\u001b[A\u001b[A", "log 64", "status",
        };
        for (int i = 0; i < lines.Length; i++)
        {
            bench.Line(lines[i]);
        }

        string all = Octets.Text(bench.Terminal.Shown.Buffer, 0, bench.Terminal.Shown.Length);
        Assert.IsTrue(all.Contains("# password is set but not shown"));
        Assert.IsFalse(all.Contains(Password));
        Assert.IsFalse(all.Contains(form));
        Assert.IsFalse(all.Contains("pbkdf2-sha256:1000"));
    }

    [TestMethod]
    public void Set_does_not_take_it_and_forgets_the_line()
    {
        var bench = new ConsoleBench();
        Assert.IsTrue(bench.Line("set page.password hunter2hunter2").Contains("use 'password', which hides it"));
        Assert.IsFalse(bench.Type("\u001b[A").Contains("hunter2"));
    }

    [TestMethod]
    public void A_fault_on_the_way_does_not_show_it()
    {
        var bench = new ConsoleBench();
        bench.WifiThrows = true;
        bench.Line("net wifi home");
        bool failed = false;
        try
        {
            bench.Line(Password);
        }
        catch (OutOfMemoryException)
        {
            failed = true;
        }

        Assert.IsTrue(failed);
        bench.Console.Reset();
        bench.Line("");
        Assert.IsFalse(Octets.Text(bench.Terminal.Shown.Buffer, 0, bench.Terminal.Shown.Length).Contains(Password));
        Assert.AreEqual("", bench.Settings());
    }

    [TestMethod]
    public void Restore_keeps_it()
    {
        var bench = new ConsoleBench();
        SetPassword(bench);
        byte[] form = bench.Device.Rules.Settings.Value(SettingsKey.PagePassword);
        bench.Line("restore");
        bench.Line("[device]\nname = lab\n.");
        Assert.IsTrue(bench.Line("YES").Contains("Restored"));
        Assert.AreEqual("[device]\nname = lab\n\n[page]\npassword = " + Octets.Text(form, 0, form.Length) + "\n", bench.Settings());
    }

    private static void SetPassword(ConsoleBench bench)
    {
        bench.Line("password");
        Assert.IsTrue(bench.Line(Password).EndsWith("\r\nRepeat it: "));
        Assert.IsTrue(bench.Line(Password).Contains("The password is set."));
    }
}
