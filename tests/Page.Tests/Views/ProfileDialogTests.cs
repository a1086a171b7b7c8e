using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Page.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>Menus, scripts that the device keeps, and named initrds: what their dialog makes of what is typed, and where a refusal lands.</summary>
[TestClass]
public sealed class ProfileDialogTests : PageTest
{
    private ILocator Dialog => Page.Locator("#profile");

    private ILocator Items => Dialog.GetByLabel("Items", new() { Exact = true });

    private ILocator Default => Dialog.GetByLabel("Default", new() { Exact = true });

    private ILocator Script => Dialog.GetByLabel("Script", new() { Exact = true });

    private ILocator ScriptHint => Page.Locator("#profile-line-hint");

    [TestMethod]
    public async Task A_menu_is_made_of_profiles_and_one_of_them_is_its_default()
    {
        await AddProfile("home", "menu");
        await Expect(Dialog.GetByLabel("Kernel URL")).ToBeHiddenAsync();
        await Expect(Default.Locator("option")).ToHaveTextAsync(["The first item"]);
        await Press("Add blackhole", Dialog);
        await Expect(Items).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("Linux without a disk");
        await TakeScreenshots("profile-menu");
        await Press("Add disk", Dialog);
        await Expect(Items).ToHaveValueAsync("blackhole Linux without a disk\ndisk ");
        await Expect(Dialog.GetByRole(AriaRole.Group, new() { Name = "Add an item" })).ToBeHiddenAsync();
        await Expect(Default.Locator("option")).ToHaveTextAsync(["The first item", "blackhole", "disk"]);
        await Default.SelectOptionAsync("disk");
        await Dialog.GetByLabel("Seconds to wait").FillAsync("30");
        await Dialog.GetByLabel("shell").SelectOptionAsync("yes");
        await Save("home");
        StringAssert.Contains(
            Settings,
            "[profile home]\nkind = menu\nitem = blackhole Linux without a disk\nitem = disk\ndefault = disk\ntimeout = 30\nshell = yes\n");
        await Expect(Page.Locator("tr[data-profile=home]")).ToContainTextAsync("Menu to choose from");

        await Press("Edit home");
        await Expect(Items).ToHaveValueAsync("blackhole Linux without a disk\ndisk");
        await Expect(Default).ToHaveValueAsync("disk");
        await Expect(Dialog.GetByLabel("Seconds to wait")).ToHaveValueAsync("30");
        await Items.FillAsync("  disk    The disk \n\nblackhole");
        await Default.SelectOptionAsync("");
        await Dialog.GetByLabel("Seconds to wait").FillAsync("");
        await Dialog.GetByLabel("shell").SelectOptionAsync("");
        await Save("home");
        StringAssert.Contains(Settings, "[profile home]\nkind = menu\nitem = disk The disk\nitem = blackhole\n\n");
    }

    [TestMethod]
    public async Task What_is_wrong_with_a_menu_is_said_at_its_field()
    {
        await AddProfile("home", "menu");
        Guard.Provokes(422, "/api/settings/set");
        await Press("Save profile", Dialog);
        await Expect(Page.Locator("#profile-error")).ToContainTextAsync("needs 'item'");
        await Items.FillAsync("disk The disk\nlost Nothing");
        await Dialog.GetByLabel("Seconds to wait").FillAsync("4000");
        await Press("Save profile", Dialog);
        await Expect(Page.Locator("#profile-timeout-error")).ToContainTextAsync("use 0 to 900");
        await Dialog.GetByLabel("Seconds to wait").FillAsync("0");
        await Press("Save profile", Dialog);
        await Expect(Page.Locator("#profile-item-error")).ToContainTextAsync("lost");
        await Expect(Items).ToBeFocusedAsync();
        await Items.FillAsync("disk The disk\nblackhole");
        await Default.SelectOptionAsync("blackhole");

        // A default that is no item any more stays chosen until somebody says what else.
        await Items.FillAsync("disk The disk");
        await Expect(Default).ToHaveValueAsync("blackhole");
        await Press("Save profile", Dialog);
        await Expect(Page.Locator("#profile-default-error")).ToContainTextAsync("not an item of this menu");
        await Expect(Page.Locator("#profile-item-error")).ToBeHiddenAsync();
        Assert.IsFalse(Settings.Contains("home", StringComparison.Ordinal));
        await Default.SelectOptionAsync("disk");
        await Save("home");
        StringAssert.Contains(Settings, "item = disk The disk\ndefault = disk\ntimeout = 0\n");
    }

    [TestMethod]
    public async Task A_script_is_kept_line_by_line_and_changed()
    {
        await AddProfile("tool", "inline");
        await Expect(ScriptHint).ToContainTextAsync("0 of 2,048 bytes");
        await Expect(ScriptHint).ToContainTextAsync("{mac-hyphen}");
        await Script.FillAsync("echo This is  {name}\n\n:retry\n  kernel {mirror}tool.efi mac={mac} || goto retry\nboot");
        await Expect(ScriptHint).ToContainTextAsync("81 of 2,048 bytes");
        await TakeScreenshots("profile-inline");
        await Save("tool");
        StringAssert.Contains(
            Settings,
            "[profile tool]\nkind = inline\nline = echo This is  {name}\nline = :retry\n"
            + "line = kernel {mirror}tool.efi mac={mac} || goto retry\nline = boot\n");
        await Press("Edit tool");
        await Expect(Script).ToHaveValueAsync("echo This is  {name}\n:retry\nkernel {mirror}tool.efi mac={mac} || goto retry\nboot");
        await Script.FillAsync("chain {mirror}tool.ipxe");
        await Save("tool");
        StringAssert.Contains(Settings, "[profile tool]\nkind = inline\nline = chain {mirror}tool.ipxe\n\n");
    }

    [TestMethod]
    public async Task What_a_script_may_not_have_is_said_at_its_field()
    {
        await AddProfile("tool", "inline");
        Guard.Provokes(422, "/api/settings/set");
        ILocator error = Page.Locator("#profile-line-error");
        foreach ((string text, string why) in new[]
        {
            ("echo {who}\nboot", "'{who}' is not a known template"), ("#!ipxe\nboot", "begin a comment"), ("boot # now", "begin a comment"),
            (Lines(65, "echo"), "at most 64"), ("echo {first}\n" + Lines(60, "echo of some length") + "\necho {second}", "'{first}' is not"),
        })
        {
            await Script.FillAsync(text);
            await Press("Save profile", Dialog);
            await Expect(error).ToContainTextAsync(why);
            await Expect(Script).ToBeFocusedAsync();
        }

        await Script.FillAsync(Lines(64, new string('x', 32)));
        await Expect(ScriptHint).ToContainTextAsync("2,112 of 2,048 bytes");
        await Press("Save profile", Dialog);
        await Expect(Page.Locator("#profile-line-error")).ToContainTextAsync("at most 2048");
    }

    [TestMethod]
    public async Task The_longest_script_and_long_URLs_fit_in_one_change()
    {
        const string Name = "profile-with-a-long-name";
        await AddProfile(Name, "inline");
        string script = Lines(64, new string('x', 31));
        await Script.FillAsync(script);
        await Expect(ScriptHint).ToContainTextAsync("2,048 of 2,048 bytes");
        await Save(Name);
        await Press("Edit " + Name);
        await Expect(Script).ToHaveValueAsync(script);
        await Dialog.GetByLabel("Kind").SelectOptionAsync("linux");
        await Dialog.GetByLabel("Kernel URL").FillAsync("vmlinuz");
        string url = new('u', 896);
        await Dialog.GetByLabel("Initrd URLs").FillAsync($"{url}-one\n{url}-two /two");
        await Save(Name);
        StringAssert.Contains(Settings, $"initrd = {url}-one\ninitrd = {url}-two /two\n");
        Assert.IsFalse(Settings.Contains("\nline =", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task An_initrd_may_have_the_name_under_which_the_kernel_finds_it()
    {
        await AddProfile("proxmox", "linux");
        Guard.Provokes(422, "/api/settings/set");
        await Dialog.GetByLabel("Kernel URL").FillAsync("proxmox/linux26");
        await Dialog.GetByLabel("Command line").FillAsync("ramdisk_size=16777216 rw quiet splash=silent\nbond={mac-hyphen}");
        await Dialog.GetByLabel("Initrd URLs").FillAsync("proxmox/initrd.img\nproxmox/proxmox.iso /pro*mox.iso");
        await Press("Save profile", Dialog);
        await Expect(Page.Locator("#profile-initrd-error")).ToContainTextAsync("is not a file name");
        await Dialog.GetByLabel("Initrd URLs").FillAsync("proxmox/initrd.img\nproxmox/proxmox.iso   /proxmox.iso");
        await TakeScreenshots("profile-linux");
        await Save("proxmox");
        StringAssert.Contains(
            Settings,
            "kernel = proxmox/linux26\ncommand-line = ramdisk_size=16777216 rw quiet splash=silent bond={mac-hyphen}\n"
            + "initrd = proxmox/initrd.img\ninitrd = proxmox/proxmox.iso /proxmox.iso\n");
        await Press("Edit proxmox");
        await Expect(Dialog.GetByLabel("Initrd URLs")).ToHaveValueAsync("proxmox/initrd.img\nproxmox/proxmox.iso /proxmox.iso");
    }

    private static string Lines(int count, string line) => string.Join('\n', Enumerable.Repeat(line, count));

    private async Task AddProfile(string name, string kind)
    {
        await LogInTo("Boot");
        await Press("Add profile");
        await Dialog.GetByLabel("Name").FillAsync(name);
        await Dialog.GetByLabel("Kind").SelectOptionAsync(kind);
    }

    private async Task Save(string name)
    {
        await Press("Save profile", Dialog);
        await Says($"Profile {name} saved.");
        await Expect(Dialog).ToBeHiddenAsync();
    }

    // The dialog on a screen and on a phone.
    private async Task TakeScreenshots(string name)
    {
        PageViewportSizeResult before = Page.ViewportSize;
        await Page.SetViewportSizeAsync(1000, 900);
        await Screenshots.Take(Page, name, "#profile");
        await Page.SetViewportSizeAsync(375, 812);
        await Screenshots.Take(Page, name + "-phone", "#profile");
        await Page.SetViewportSizeAsync(before.Width, before.Height);
    }
}
