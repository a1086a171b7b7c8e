using System;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Page.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>Profiles, rules and the mirror.</summary>
[TestClass]
public sealed class BootViewTests : PageTest
{
    [TestMethod]
    public async Task The_mirror_is_set_and_a_bad_one_refused_at_its_field()
    {
        await LogInTo("Boot");
        Guard.Provokes(422, "/api/settings/set");
        ILocator url = Page.Locator("#boot-mirror-url");
        await Expect(url).ToHaveValueAsync("http://192.168.1.2/netboot/");
        await url.FillAsync("ftp://192.168.1.9/");
        await Press("Save mirror");
        await Expect(Page.Locator("#boot-mirror-url-error")).ToContainTextAsync("http");
        await Expect(url).ToBeFocusedAsync();
        await Expect(url).ToHaveAttributeAsync("aria-invalid", "true");
        StringAssert.Contains(Settings, "url = http://192.168.1.2/netboot/\n");
        await url.FillAsync("http://192.168.1.9/pxe");
        await Press("Save mirror");
        await Says("Saved.");
        await Expect(Page.Locator("#boot-mirror-url-error")).ToBeHiddenAsync();

        // The device writes a folder's URL with a slash, and the page shows what the device has.
        await Expect(url).ToHaveValueAsync("http://192.168.1.9/pxe/");
        StringAssert.Contains(Settings, "url = http://192.168.1.9/pxe/\n");
        StringAssert.Contains(await Fetch("boot.ipxe?mac=525400123456"), "http://192.168.1.9/pxe/vmlinuz");
    }

    [TestMethod]
    public async Task A_profile_is_added_changed_and_removed()
    {
        await LogInTo("Boot");
        Guard.Provokes(422, "/api/settings/set");
        await Press("Add profile");
        ILocator dialog = Page.Locator("#profile");
        await Expect(dialog).ToBeVisibleAsync();
        await dialog.GetByLabel("Name").FillAsync("rescue");
        await Press("Save profile", dialog);
        await Expect(Page.Locator("#profile .error:visible")).ToContainTextAsync("kernel");
        await dialog.GetByLabel("Kernel URL").FillAsync("rescue/vm linuz");
        await dialog.GetByLabel("Initrd URLs").FillAsync("rescue/in it rd");
        await dialog.GetByLabel("Command line").FillAsync("quiet || reboot");
        await Press("Save profile", dialog);
        await Expect(Page.Locator("#profile .field .error:visible")).ToHaveCountAsync(3);
        Assert.AreEqual(-1, Settings.IndexOf("rescue", StringComparison.Ordinal));
        await dialog.GetByLabel("Kernel URL").FillAsync("rescue/vmlinuz");
        await dialog.GetByLabel("Initrd URLs").FillAsync("rescue/initrd\nrescue/modules");
        await dialog.GetByLabel("Command line").FillAsync("quiet\nip=dhcp");
        await Press("Save profile", dialog);
        await Says("Profile rescue saved.");
        await Expect(dialog).ToBeHiddenAsync();
        StringAssert.Contains(Settings, "[profile rescue]\n");
        StringAssert.Contains(Settings, "kernel = rescue/vmlinuz\n");
        StringAssert.Contains(Settings, "initrd = rescue/initrd\ninitrd = rescue/modules\n");
        StringAssert.Contains(Settings, "command-line = quiet ip=dhcp\n");
        StringAssert.Contains(Settings, "name = nas\n");

        await Press("Edit rescue");
        await Expect(dialog.GetByLabel("Initrd URLs")).ToHaveValueAsync("rescue/initrd\nrescue/modules");
        await dialog.GetByLabel("Kind").SelectOptionAsync("deny");
        await Expect(dialog.GetByLabel("Kernel URL")).ToBeHiddenAsync();
        await dialog.GetByLabel("Message on the machine").FillAsync("Ask Anna first");
        await Press("Save profile", dialog);
        await Says("Profile rescue saved.");
        StringAssert.Contains(Settings, "message = Ask Anna first\n");
        Assert.AreEqual(-1, Settings.IndexOf("rescue/", StringComparison.Ordinal));

        await Press("Remove rescue");
        await Press("Remove", Page.Locator("#ask"));
        await Says("Profile rescue removed.");
        await Expect(Page.Locator("tr[data-profile=rescue]")).ToHaveCountAsync(0);
        Assert.AreEqual(-1, Settings.IndexOf("rescue", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task A_profile_in_use_is_not_removed_and_the_reason_said()
    {
        await LogInTo("Boot");
        Guard.Provokes(422, "/api/settings/remove");
        await Expect(Page.Locator("tr[data-profile=blackhole] .badge")).ToHaveTextAsync("default");
        await Press("Remove blackhole");
        await Press("Remove", Page.Locator("#ask"));
        await Expect(Page.Locator("#ask-error")).ToContainTextAsync("used by [boot] default");
        await Screenshots.Take(Page, "profile-in-use");
        await Press("Cancel", Page.Locator("#ask"));
        await Expect(Page.Locator("tr[data-profile=blackhole]")).ToBeVisibleAsync();
        StringAssert.Contains(Settings, "[profile blackhole]");
    }

    [TestMethod]
    public async Task Rules_say_what_a_platform_boots()
    {
        await LogInTo("Boot");
        await Page.Locator("#rules").GetByLabel("UEFI, 64-bit ARM").SelectOptionAsync("disk");
        await Press("Save rules");
        await Says("Saved.");
        StringAssert.Contains(Settings, "arm64 = disk\n");
        await Press("Save rules");
        await Says("Nothing was changed.");
        await Page.Locator("#rules").GetByLabel("UEFI, 64-bit ARM").SelectOptionAsync("");
        await Press("Save rules");
        await Says("Saved.");
        Assert.AreEqual(-1, Settings.IndexOf("arm64", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task The_mirror_is_checked_and_measured()
    {
        await using var mirror = TestMirror.Start();
        await LogInTo("Boot");
        ILocator result = Page.Locator("#check-result");
        await Page.Locator("#check-url").FillAsync(mirror.Url + "vmlinuz");
        await Press("Check");
        await Expect(result).ToContainTextAsync("It works", new() { Timeout = 15_000 });
        await Expect(result).ToContainTextAsync(new Regex(@"HTTP 200 .* 256 KB in [0-9.]+ m?s, [0-9.]+ [KM]B/s"));
        await Page.Locator("#check-url").FillAsync(mirror.Url + "lost");
        await Press("Check");
        await Expect(result).ToContainTextAsync("It does not work", new() { Timeout = 15_000 });
        await Expect(result).ToContainTextAsync("HTTP 404");
        await Page.Locator("#check-url").FillAsync(mirror.Url + "moved");
        await Press("Check");
        await Expect(result).ToContainTextAsync("redirects to " + mirror.MovedTo + ", which this board cannot fetch");
        await Expect(result).ToContainTextAsync(mirror.Url + "moved", new() { UseInnerText = true });
        await Page.Locator("#check-url").FillAsync("gopher://x/");
        await Press("Check");
        await Expect(result).ToContainTextAsync("'gopher://x/' does not begin with http:// or https://.");
    }
}
