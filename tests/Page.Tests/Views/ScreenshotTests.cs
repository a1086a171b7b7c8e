using System;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Journal;
using Netboot.Page.Tests.Support;
using Netboot.Settings;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>Takes the README's pictures of a device in a home, and checks that they show what they are for.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ScreenshotTests : PageTest
{
    protected override string StoredSettings => """
        [mirror]
        url = http://192.168.1.2/netboot/
        [boot]
        default = blackhole
        pi = pi-kiosk
        [profile blackhole]
        kernel = blackhole/vmlinuz
        initrd = blackhole/initrd.zst
        command-line = console=tty0 quiet
        [profile rescue]
        script = rescue.ipxe
        [profile pi-kiosk]
        kernel = pi/kernel8.img
        initrd = pi/initrd.zst
        command-line = quiet splash
        [profile disk]
        kind = local
        [profile guests]
        kind = deny
        message = Ask Anna first
        [machine 3c:7c:3f:1a:20:4e]
        name = workshop
        [machine d8:5e:d3:07:5b:91]
        name = nas
        profile = disk
        once = rescue
        [machine 00:1e:06:42:c8:10]
        name = living-room

        """ + PasswordSection;

    protected override BrowserNewContextOptions Options =>
        new() { ViewportSize = new() { Width = 1280, Height = 960 }, ColorScheme = ColorScheme.Light };

    [TestMethod]
    public async Task Pictures_for_the_readme()
    {
        Machine workshop = new(Board, Device, "3c:7c:3f:1a:20:4e", "192.168.1.31");
        Machine nas = new(Board, Device, "d8:5e:d3:07:5b:91", "192.168.1.2");
        Machine living = new(Board, Device, "00:1e:06:42:c8:10", "192.168.1.34");
        Machine old = new(Board, Device, "00:0d:b9:5f:11:a8", "192.168.1.47");
        await Boots(nas, profile: "disk", ProfileKind.Local, last: BootStage.Script, pace: 20);
        await Boots(living, "blackhole", ProfileKind.Linux, BootStage.Script, 30);
        living.Failed("kernel", 0x2d0c618e);
        living.Says("ipxe: http://192.168.1.2/netboot/blackhole/vmlinuz... No such file or directory (https://ipxe.org/2d0c618e)");
        await Boots(workshop, "blackhole", ProfileKind.Linux, BootStage.Up, 150);
        await old.DiscoverBios();
        await old.RequestBios();
        old.Loader("undionly.kpxe", 108847, 640);

        await LogIn();
        await Page.GetByRole(AriaRole.Button, new() { Name = "workshop" }).ClickAsync();
        await Expect(Page.Locator(workshop.Details).Locator(".lines")).ToContainTextAsync("reports up");
        await Expect(Page.Locator(workshop.Row).Locator(".state")).ToHaveTextAsync("\u25CFUp");
        await Expect(Page.Locator(living.Row).Locator(".why")).ToContainTextAsync("does not have the kernel");
        await Expect(Page.Locator(old.Row).Locator(".state")).ToHaveTextAsync("\u25D0Booting");
        await Expect(Page.Locator(nas.Row).Locator(".badge")).ToHaveTextAsync("next: rescue");
        await Screenshots.Take(Page, "machines");

        await Page.GetByRole(AriaRole.Link, new() { Name = "Boot", Exact = true }).ClickAsync();
        await Expect(Page.Locator("#profiles tr")).ToHaveCountAsync(5);
        await Screenshots.Take(Page, "boot");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Log", Exact = true }).ClickAsync();
        await Expect(Page.Locator("#log-lines li").Last).ToContainTextAsync("Logged in");
        await Screenshots.Take(Page, "log");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Device", Exact = true }).ClickAsync();
        await Expect(Page.Locator("#device-facts")).ToContainTextAsync("snponly.efi");
        await Screenshots.Take(Page, "device");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Settings", Exact = true }).ClickAsync();
        await Expect(Page.Locator("#raw-text")).Not.ToHaveValueAsync("");
        await Screenshots.Take(Page, "settings");

        IPage phone =
            await Open(new() { ViewportSize = new() { Width = 375, Height = 812 }, DeviceScaleFactor = 2, ColorScheme = ColorScheme.Dark,
            HasTouch = true });
        await Screenshots.Take(phone, "login-phone");
        await LogIn(phone);
        await Expect(phone.Locator(living.Row).Locator(".why")).ToBeVisibleAsync();
        await Screenshots.Take(phone, "machines-phone");
        await phone.Locator(workshop.Row).Locator(".open").ClickAsync();
        await Expect(phone.Locator(workshop.Details).Locator(".lines")).ToContainTextAsync("reports up");
        await Screenshots.Take(phone, "details-phone", workshop.Row);
    }

    // A boot takes its time, or its bar would show nothing.
    private static async Task Boots(Machine machine, string profile, ProfileKind kind, BootStage last, int pace)
    {
        await machine.Discover();
        await Task.Delay(pace);
        await machine.Request();
        await Task.Delay(2 * pace);
        machine.Loader("snponly.efi", 284672, 310);
        await Task.Delay(4 * pace);
        machine.Loader("autoexec.ipxe", 212, 10);
        await Task.Delay(2 * pace);
        machine.Script(profile, kind);
        foreach ((BootStage stage, int time) in new[] { (BootStage.Kernel, 6), (BootStage.Initrd, 0), (BootStage.Start, 9),
            (BootStage.Up, 8) })
        {
            if (stage <= last && time > 0)
            {
                await Task.Delay(time * pace);
                machine.Reports(stage);
            }
        }

        await Task.Delay(pace);
    }
}
