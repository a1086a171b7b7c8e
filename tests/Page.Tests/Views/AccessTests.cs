using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Page.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>For everybody and every screen: keyboard, screen reader, contrast, a phone.</summary>
[TestClass]
public sealed class AccessTests : PageTest
{
    private static readonly string[] Views = ["Machines", "Boot", "Device", "Log", "Settings"];

    /// <summary>The kinds of profile whose dialogs have most in them.</summary>
    private static readonly string[] DialogKinds = ["linux", "menu", "inline"];

    [TestMethod]
    public async Task The_keyboard_alone_logs_in_opens_a_machine_and_leaves_a_dialog()
    {
        await TabTo("#login-password");
        await Page.Keyboard.TypeAsync(Password);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#machines-title")).ToBeVisibleAsync();
        await TabTo(".open");
        await Page.Keyboard.PressAsync("Space");
        await Expect(Page.Locator("#machine-52-54-00-00-00-0a")).ToBeVisibleAsync();
        await TabTo("#machine-52-54-00-00-00-0a-profile");
        await Page.Keyboard.PressAsync("ArrowDown");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Enter");
        await Says("Profile assigned.");
        StringAssert.Contains(Settings, "profile = blackhole");

        await TabTo("nav a[href='#boot']", "Shift+Tab");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#boot-title")).ToBeFocusedAsync();
        await TabTo("#profile-add");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#profile-name")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator("#profile")).ToBeHiddenAsync();
        await Expect(Page.Locator("#profile-add")).ToBeFocusedAsync();
    }

    [TestMethod]
    public async Task The_keyboard_alone_starts_from_a_preset_and_imports()
    {
        await LogInTo("Boot");
        await TabTo("#profile-add");
        await Page.Keyboard.PressAsync("Enter");
        await TabTo("#profile-start");
        await Page.Keyboard.TypeAsync("Tal");
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.Locator("#profile-name")).ToHaveValueAsync("talos");
        await Page.Keyboard.PressAsync("Escape");
        await TabTo("#found-look");
        await TabTo("#import-text");
        await Page.Keyboard.TypeAsync("pixiecore boot http://a/k");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#profile-kernel")).ToHaveValueAsync("http://a/k");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator("#import button")).ToBeFocusedAsync();
    }

    [TestMethod]
    public async Task The_first_stop_of_the_keyboard_skips_to_the_content()
    {
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.Locator("#skip")).ToBeFocusedAsync();
        await Expect(Page.Locator("#skip")).ToBeInViewportAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#content")).ToBeFocusedAsync();
    }

    [TestMethod]
    public async Task Every_view_is_readable_to_a_screen_reader()
    {
        await WayIn();
        await Sound("the way in");
        await LogIn();
        await Page.Locator(".open").ClickAsync();
        foreach (string view in Views)
        {
            await Go(view);
            await Sound(view);
        }

        await Go("Boot");
        await Press("Add profile");
        foreach (string kind in DialogKinds)
        {
            await Page.Locator("#profile-kind").SelectOptionAsync(kind);
            await Sound("the profile's dialog, " + kind);
        }

        await StartFromTalos();
        await Sound("a preset that needs https");
        await Press("Cancel", Page.Locator("#profile"));
        await Go("Device");
        await Press("Factory reset");
        await Sound("the question");
    }

    [TestMethod]
    [DataRow(ColorScheme.Light)]
    [DataRow(ColorScheme.Dark)]
    public async Task Text_stands_out_from_its_ground(ColorScheme scheme)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        string ground = await Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        Assert.AreEqual(scheme == ColorScheme.Dark ? "rgb(18, 22, 27)" : "rgb(244, 246, 248)", ground);
        var machine = new Machine(Board, Device, "52:54:00:00:00:0b", "192.168.1.21");
        await machine.Discover();
        machine.Script("blackhole");
        machine.Failed("kernel", 0x2d0c618e);
        await LogIn();
        await Expect(Page.Locator(machine.Row).Locator(".why")).ToBeVisibleAsync();
        await Page.Locator(machine.Row).Locator(".open").ClickAsync();
        foreach (string view in Views)
        {
            await Go(view);
            string[] faint = await Page.EvaluateAsync<string[]>(Scripts.Faint);
            Assert.IsEmpty(faint, view + ": " + string.Join("; ", faint));
        }

        await Go("Boot");
        await Page.Locator("#import-text").FillAsync("hello");
        await Press("Make profile", Page.Locator("#import"));
        await Press("Add profile");
        await StartFromTalos();
        string[] unclear = await Page.EvaluateAsync<string[]>(Scripts.Faint);
        Assert.IsEmpty(unclear, "a preset that needs https: " + string.Join("; ", unclear));
    }

    [TestMethod]
    [DataRow(375, 812)]
    [DataRow(320, 568)]
    [DataRow(768, 1024)]
    public async Task Nothing_sticks_out_of_a_small_screen(int width, int height)
    {
        await Page.SetViewportSizeAsync(width, height);
        var machine = new Machine(Board, Device, "52:54:00:00:00:0b", "192.168.1.121");
        await machine.Discover();
        machine.Loader("snponly.efi", 284672, 310);
        machine.Script("blackhole");
        machine.Failed("kernel", 0x2d0c618e);
        machine.Says("ipxe: " + new string('x', 100));
        await WayIn();
        await NothingSticksOut("the way in");
        await LogIn();
        await Page.Locator(machine.Row).Locator(".open").ClickAsync();
        await Expect(Page.Locator(machine.Details).Locator(".lines li").First).ToBeVisibleAsync();
        foreach (string view in Views)
        {
            await Go(view);
            await NothingSticksOut(view);
        }

        await Go("Boot");
        await Press("Add profile");
        foreach (string kind in DialogKinds)
        {
            await Page.Locator("#profile-kind").SelectOptionAsync(kind);
            await NothingSticksOut("the profile's dialog, " + kind);
        }

        await StartFromTalos();
        await NothingSticksOut("a preset that needs https");
        await Page.Locator("#profile-name").ScrollIntoViewIfNeededAsync();
        await Expect(Page.Locator("#profile-name")).ToBeInViewportAsync();
    }

    // Until the device has answered, the page shows neither the way in nor a view.
    private Task WayIn() => Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

    // With its notes, and with what is said of https.
    private async Task StartFromTalos()
    {
        await Page.Locator("#profile-start").SelectOptionAsync("talos");
        await Expect(Page.Locator("#profile-notes li").First).ToBeVisibleAsync();
        await Expect(Page.Locator("#profile-https")).ToBeVisibleAsync();
    }

    private async Task Go(string view)
    {
        await Page.GetByRole(AriaRole.Link, new() { Name = view, Exact = true }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = view, Exact = true, Level = 1 })).ToBeVisibleAsync();
        await Expect(Page.Locator("nav a[aria-current=page]")).ToHaveTextAsync(view);

        // What the view shows has come from the device.
        ILocator filled = view switch
        {
            "Machines" => Page.Locator("#machines-table tbody").First,
            "Boot" => Page.Locator("#profiles tr").First,
            "Device" => Page.Locator("#device-facts dl").First,
            "Log" => Page.Locator("#log-lines li").First,
            _ => Page.Locator("#settings-mirror-url"),
        };
        await Expect(filled).ToBeVisibleAsync();
    }

    private async Task TabTo(string target, string key = "Tab")
    {
        const int MostStops = 60;
        for (int i = 0; i < MostStops; i++)
        {
            await Page.Keyboard.PressAsync(key);
            if (await Page.EvaluateAsync<bool>("target => document.activeElement.matches(target)", target))
            {
                Assert.IsTrue(
                    await Page.EvaluateAsync<bool>("() => document.activeElement.matches(':focus-visible') && getComputedStyle(document.activeElement).outlineStyle !== 'none'"),
                    target + " does not show that it has the focus");
                return;
            }
        }

        Assert.Fail($"{MostStops} times {key} did not lead to {target}");
    }

    private async Task Sound(string where)
    {
        string[] faults = await Page.EvaluateAsync<string[]>(Scripts.Faults);
        Assert.IsEmpty(faults, where + ": " + string.Join("; ", faults));
    }

    private async Task NothingSticksOut(string where)
    {
        string[] wide = await Page.EvaluateAsync<string[]>(Scripts.TooWide);
        Assert.IsEmpty(wide, where + ": " + string.Join("; ", wide.Take(10)));
    }
}
