using System.IO;
using System.Text;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Tool.Run;

namespace Netboot.Tool.Tests.Run;

/// <summary>Settings that the command line names, with a storage that keeps some.</summary>
[TestClass]
public sealed class StartSettingsTests
{
    private const string Password = "correct-horse";

    [TestMethod]
    [DataRow("[device]\nname = given\n", null)]
    [DataRow("[device]\nname = given\n[page]\nmetrics = open\n", "http://192.168.1.2/")]
    [DataRow("[device]\nname = given\n[page]\npassword = somebody-else\n", null)]
    [DataRow(null, "http://192.168.1.2/")]
    public void They_replace_the_rest_at_every_start_and_never_the_password(string? text, string? mirror)
    {
        using var folder = new TestFolder();
        string? file = text == null ? null : folder.Write("settings", Encoding.ASCII.GetBytes(text));
        string storage = Path.Combine(folder.Path, "storage");
        Directory.CreateDirectory(storage);
        var device = new SettingsStore(new FolderStorage(storage));
        DeviceSettings first = device.Load(new Log(new LogText()));
        byte[] password = Encoding.ASCII.GetBytes(Password);
        first.SetValue(SettingsKey.PagePassword, PagePassword.Create(password, 0, password.Length));
        Assert.IsTrue(device.Save(first, new SettingsError()));
        for (int start = 0; start < 3; start++)
        {
            StartSettings.Put(StartSettings.Read(file, mirror, storage)!, new FolderStorage(storage));
            DeviceSettings settings = new SettingsStore(new FolderStorage(storage)).Load(new Log(new LogText()));
            Assert.AreEqual(text == null ? "netboot" : "given", Encoding.ASCII.GetString(settings.Name));
            Assert.AreEqual(mirror, settings.MirrorUrl == null ? null : Encoding.ASCII.GetString(settings.MirrorUrl));
            Assert.IsTrue(PagePassword.Check(settings.Value(SettingsKey.PagePassword), password, 0, password.Length), $"start {start}");
            Assert.IsFalse(File.Exists(Path.Combine(storage, SettingsStore.ImportFile)));
        }
    }
}
