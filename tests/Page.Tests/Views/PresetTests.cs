using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Page.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>Public menus and installers to start a profile from, and what is said of those that need https.</summary>
[TestClass]
public sealed class PresetTests : PageTest
{
    private ILocator Dialog => Page.Locator("#profile");

    private ILocator Start => Dialog.GetByLabel("Start from");

    private ILocator Name => Dialog.GetByLabel("Name");

    private ILocator Https => Page.Locator("#profile-https");

    /// <summary>The device takes each as it stands; https is spoken of exactly where an address has it.</summary>
    [TestMethod]
    [DataRow("netboot.xyz", "script = http://boot.netboot.xyz/menu.ipxe\n")]
    [DataRow("debian", "initrd = http://deb.debian.org/debian/dists/stable/main/installer-amd64/current/images/netboot/debian-installer/"
        + "amd64/initrd.gz\n")]
    [DataRow("ubuntu", "command-line = ip=dhcp url=http://releases.ubuntu.com/noble/ubuntu-")]
    [DataRow("fedora", "command-line = inst.repo=http://mirrors.kernel.org/fedora/releases/44/Everything/x86_64/os/ ip=dhcp\n")]
    [DataRow("arch", "command-line = archiso_http_srv=http://mirrors.kernel.org/archlinux/iso/latest/ archisobasedir=arch ip=dhcp "
        + "cms_verify=y\n")]
    [DataRow("talos", "kernel = https://github.com/siderolabs/talos/releases/latest/download/vmlinuz-amd64\n")]
    [DataRow("memtest", "line = kernel {mirror}memtest86+x64.${file}\n")]
    public async Task Each_preset_is_a_profile_that_can_be_saved(string preset, string line)
    {
        await AddProfile();
        await Start.SelectOptionAsync(preset);
        await Expect(Name).ToHaveValueAsync(preset);
        await Expect(Page.Locator("#profile-notes li").First).ToBeVisibleAsync();
        await Expect(Https).ToBeVisibleAsync(new() { Visible = line.Contains("https:", StringComparison.Ordinal) });
        await Press("Save profile", Dialog);
        await Says($"Profile {preset} saved.");
        StringAssert.Contains(Settings, line);
        StringAssert.Contains(Settings, $"[profile {preset}]\n");
        await Expect(Page.Locator($"tr[data-profile='{preset}'] small"))
            .ToHaveCountAsync(line.Contains("https:", StringComparison.Ordinal) ? 1 : 0);
    }

    [TestMethod]
    public async Task Every_preset_is_offered_and_tested()
    {
        string[] tested = GetType().GetMethod(nameof(Each_preset_is_a_profile_that_can_be_saved))!
            .GetCustomAttributes(typeof(DataRowAttribute), false).Select(row => (string)((DataRowAttribute)row).Data[0]).ToArray();
        await AddProfile();
        string[] offered = await Start.Locator("option").EvaluateAllAsync<string[]>("options => options.map(option => option.value)");
        CollectionAssert.AreEquivalent(tested.Append("").ToArray(), offered);
    }

    [TestMethod]
    public async Task A_preset_fills_the_fields_and_another_takes_its_place()
    {
        await AddProfile();
        await Start.SelectOptionAsync("fedora");
        await Expect(Dialog.GetByLabel("Kernel URL")).ToHaveValueAsync(new Regex("images/pxeboot/vmlinuz$"));
        await TakeScreenshots("preset");
        await Start.SelectOptionAsync("netboot.xyz");
        await Expect(Name).ToHaveValueAsync("netboot.xyz");
        await Expect(Dialog.GetByLabel("Kernel URL")).ToBeHiddenAsync();
        await Name.FillAsync("menu-of-all");
        await Start.SelectOptionAsync("memtest");
        await Expect(Name).ToHaveValueAsync("menu-of-all");
        await Expect(Dialog.GetByLabel("Kind")).ToHaveValueAsync("inline");
        await Start.SelectOptionAsync("");
        await Expect(Dialog.GetByLabel("Kernel URL")).ToHaveValueAsync("");
        await Expect(Page.Locator("#profile-notes")).ToBeHiddenAsync();
        await Press("Cancel", Dialog);
        await Press("Edit blackhole");
        await Expect(Start).ToBeHiddenAsync();
    }

    [TestMethod]
    public async Task What_https_needs_is_said_while_it_is_typed_with_the_loaders_that_cannot()
    {
        await AddProfile();
        await Expect(Https).ToBeHiddenAsync();
        await Dialog.GetByLabel("Kernel URL").FillAsync("https://nas.example/vmlinuz");
        await Expect(Https).ToContainTextAsync("has to fetch https itself");
        await TakeScreenshots("profile-https", "#profile-https");
        await Dialog.GetByLabel("Kind").SelectOptionAsync("script");
        await Expect(Https).ToBeHiddenAsync();
        await Dialog.GetByLabel("Script URL").FillAsync("HTTPS://nas.example/x.ipxe");
        await Expect(Https).ToBeVisibleAsync();
        await Dialog.GetByLabel("Script URL").FillAsync("http://nas.example/https/x.ipxe");
        await Expect(Https).ToBeHiddenAsync();
        string[] cannot = await Page.EvaluateAsync<string[]>(
            """
            () => loadersWithoutHttps([
              { name: 'snponly.efi', source: 'firmware', version: '1.0.0+git-20190125' },
              { name: 'ipxe.efi', source: 'firmware', version: '1.21.1+' },
              { name: 'undionly.kpxe', source: 'storage' }, { name: 'arm64.efi', source: 'mirror' },
              { name: 'ipxe.pxe', source: 'firmware', version: '2.0.0' },
              { name: 'x.efi', source: 'firmware', version: '11.0.0' }])
            """);
        CollectionAssert.AreEqual(new[] { "snponly.efi 1.0.0+git-20190125", "undionly.kpxe", "ipxe.pxe 2.0.0" }, cannot);
    }

    private async Task AddProfile()
    {
        await LogInTo("Boot");
        await Press("Add profile");
    }

    private async Task TakeScreenshots(string name, string from = "#profile")
    {
        PageViewportSizeResult before = Page.ViewportSize;
        await Page.SetViewportSizeAsync(1000, 900);
        await Screenshots.Take(Page, name, from);
        await Page.SetViewportSizeAsync(375, 812);
        await Screenshots.Take(Page, name + "-phone", from);
        await Page.SetViewportSizeAsync(before.Width, before.Height);
    }
}
