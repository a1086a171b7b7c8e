using System;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Page.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>The settings as a form and as text, backup and restore.</summary>
[TestClass]
public sealed class SettingsViewTests : PageTest
{
    [TestMethod]
    public async Task Bad_values_are_refused_at_their_fields_all_at_once_and_nothing_is_saved()
    {
        await LogInTo("Settings");
        Guard.Provokes(422, "/api/settings/set");
        string before = Settings;
        await Page.Locator("#settings-device-name").FillAsync("attic");
        await Page.Locator("#settings-mirror-url").FillAsync("ftp://nas/");
        await Page.Locator("#settings-log-syslog").FillAsync("not-an-address");
        await Page.Locator("#settings-console-tx").FillAsync("99");
        await Press("Save settings");
        await Expect(Page.Locator("#settings-mirror-url-error")).ToContainTextAsync("http://");
        await Expect(Page.Locator("#settings-mirror-url")).ToBeFocusedAsync();
        await Expect(Page.Locator("#settings-log-syslog-error")).ToContainTextAsync("not-an-address");
        await Expect(Page.Locator("#settings-console-tx-error")).ToContainTextAsync("not a pin");
        await Expect(Page.Locator("#settings-device-name-error")).ToBeHiddenAsync();
        Assert.AreEqual(before, Settings);
        await Screenshots.Take(Page, "settings-errors");
        await Page.Locator("#settings-mirror-url").FillAsync("http://192.168.1.2/netboot/");
        await Page.Locator("#settings-console-tx").FillAsync("");
        await Page.Locator("#settings-log-syslog").FillAsync("192.168.1.5");
        await Press("Save settings");
        await Says("Saved.");
        StringAssert.Contains(Settings, "syslog = 192.168.1.5");
        StringAssert.Contains(Settings, "name = attic");
    }

    [TestMethod]
    public async Task Bad_text_is_refused_with_line_and_column_and_nothing_changes()
    {
        await LogInTo("Settings");
        Guard.Provokes(422, "/api/settings");
        ILocator text = Page.Locator("#raw-text");
        await Expect(text).ToHaveValueAsync(Settings);
        string before = Settings;
        await text.FillAsync("[mirror]\nurl = http://10.0.0.1/\u00FC\n");
        await Press("Save text");
        await Expect(Page.Locator("#raw-text-error")).ToHaveTextAsync(new Regex("^Line 2, column 23: Only printable ASCII"));
        await text.FillAsync("[mirror]\nurl = http://10.0.0.1/\n\n[boot]\ndefault = nowhere\n");
        await Press("Save text");
        await Expect(Page.Locator("#raw-text-error")).ToHaveTextAsync(new Regex("^Line 5, default: .*'nowhere' is not defined"));
        Assert.AreEqual("default = nowhere",
            await text.EvaluateAsync<string>("area => area.value.slice(area.selectionStart, area.selectionEnd)"));
        Assert.AreEqual(before, Settings);

        await text.FillAsync(before.Replace("192.168.1.2", "192.168.1.3", StringComparison.Ordinal));
        await Press("Save text");
        await Says("Settings saved.");
        await Expect(Page.Locator("#raw-text-error")).ToBeHiddenAsync();
        Assert.AreEqual(before.Replace("192.168.1.2", "192.168.1.3", StringComparison.Ordinal), Settings);

        // The password was not in the text and is still the same: the session goes on.
        await Expect(Page.Locator("#settings-mirror-url")).ToHaveValueAsync("http://192.168.1.3/netboot/");
    }

    [TestMethod]
    public async Task No_secret_is_in_what_the_page_shows()
    {
        await LogInTo("Settings");
        await Expect(Page.Locator("#raw-text")).ToHaveValueAsync(new Regex("mirror"));
        string shown = await Page.Locator("#raw-text").InputValueAsync();
        Assert.AreEqual(-1, shown.IndexOf("pbkdf2", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task A_backup_brings_the_settings_back_and_keeps_password_and_session()
    {
        await LogInTo("Settings");
        string before = Settings;
        IDownload download = await Page.RunAndWaitForDownloadAsync(() => Press("Download backup"));
        Assert.AreEqual("netboot-backup-netboot.txt", download.SuggestedFilename);
        string file = Path.Combine(Path.GetTempPath(), "netboot-backup-" + Guid.NewGuid().ToString("N") + ".txt");
        string torn = file + ".torn";
        try
        {
            await download.SaveAsAsync(file);
            string text = await File.ReadAllTextAsync(file);
            StringAssert.Contains(text, "[profile blackhole]");
            Assert.AreEqual(-1, text.IndexOf("pbkdf2", StringComparison.Ordinal));

            await Page.Locator("#raw-text").FillAsync("[mirror]\nurl = http://10.0.0.1/\n");
            await Press("Save text");
            await Says("Settings saved.");
            Assert.AreNotEqual(before, Settings);

            // One letter was lost on the way: refused.
            Guard.Provokes(422, "/api/restore");
            await File.WriteAllTextAsync(torn, text.Replace("vmlinuz", "vmlinu", StringComparison.Ordinal));
            await Restore(torn);
            await Expect(Page.Locator("#restore-file-error")).ToBeVisibleAsync();
            StringAssert.Contains(Settings, "10.0.0.1");

            await Restore(file);
            await Says("Settings restored.");
            Assert.AreEqual(before, Settings);
            await Expect(Page.Locator("#raw-text")).ToHaveValueAsync(before);
        }
        finally
        {
            File.Delete(file);
            File.Delete(torn);
        }

        IPage other = await Open(new());
        await LogIn(other);
    }

    private async Task Restore(string file)
    {
        IFileChooser chooser = await Page.RunAndWaitForFileChooserAsync(() => Press("Restore from a file"));
        await chooser.SetFilesAsync(file);
        await Expect(Page.Locator("#ask-title")).ToHaveTextAsync($"Restore {Path.GetFileName(file)}?");
        await Press("Restore", Page.Locator("#ask"));
        await Expect(Page.Locator("#ask")).ToBeHiddenAsync();
    }
}
