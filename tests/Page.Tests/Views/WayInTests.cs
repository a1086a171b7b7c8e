using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Page.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>How people get in, and who does not.</summary>
[TestClass]
public sealed class WayInTests : PageTest
{
    [TestMethod]
    public async Task The_right_password_opens_the_machines()
    {
        await Expect(Page.Locator("#nav")).ToBeHiddenAsync();
        await LogIn();
        await Expect(Page.Locator("#gate")).ToBeHiddenAsync();
        await Expect(Page.Locator("#device-name")).ToHaveTextAsync("netboot");
        await Expect(Page).ToHaveTitleAsync(new Regex("^Machines .* Netboot netboot$"));

        // The session outlives the page.
        await Page.ReloadAsync();
        await Expect(Page.Locator("#machines-title")).ToBeVisibleAsync();
    }

    [TestMethod]
    public async Task A_wrong_password_says_so_and_after_some_the_button_waits()
    {
        Guard.Provokes(403, "/api/login");
        Guard.Provokes(429, "/api/login");
        ILocator password = Page.Locator("#login-password");
        ILocator error = Page.Locator("#login-password-error");
        ILocator button = Page.GetByRole(AriaRole.Button, new() { Name = "Log in" });
        for (int i = 0; i < 4; i++)
        {
            Task<IResponse> answer = Page.WaitForResponseAsync("**/api/login");
            await password.FillAsync("wrong-" + i);
            await button.ClickAsync();
            Assert.AreEqual(403, (await answer).Status);
            await Expect(error).ToBeVisibleAsync();
            await Expect(button).ToBeEnabledAsync();
        }

        await Expect(password).ToHaveAttributeAsync("aria-invalid", "true");
        await password.FillAsync(Password);
        await button.ClickAsync();
        await Expect(error).ToHaveTextAsync(new Regex("^Too many attempts. Try again in [0-9]+ s.$"));
        await Expect(button).ToBeDisabledAsync();
        await Expect(button).ToBeEnabledAsync();
        await Expect(error).ToBeHiddenAsync();
        await button.ClickAsync();
        await Expect(Page.Locator("#machines-title")).ToBeVisibleAsync();
    }

    [TestMethod]
    public async Task A_browser_without_the_session_sees_the_login_and_nothing_else()
    {
        await LogInTo("Settings");
        IPage other = await Open(new());
        await other.GotoAsync(Url + "#settings");
        await Expect(other.Locator("#login")).ToBeVisibleAsync();
        await Expect(other.Locator("#nav")).ToBeHiddenAsync();
        await Expect(other.Locator("section.view:visible")).ToHaveCountAsync(0);
        StringAssert.DoesNotMatch(await other.ContentAsync(), new Regex(@"52:54:00:00:00:0a|blackhole|initrd\.zst"));
        Assert.AreEqual("", await other.Locator("#raw-text").InputValueAsync());
    }

    [TestMethod]
    public async Task When_the_session_is_over_the_login_comes_and_what_was_typed_stays()
    {
        await LogInTo("Settings");
        Guard.Provokes(401, "/api/");
        await Page.Locator("#settings-device-name").FillAsync("shelf");
        Device.Sessions.Clear();
        await Press("Save settings");
        await Expect(Page.Locator("#login")).ToBeVisibleAsync();
        await Expect(Page.Locator("#problem")).ToContainTextAsync("You were logged out");
        await Expect(Page.Locator("#login-password")).ToBeFocusedAsync();
        await Page.Locator("#login-password").FillAsync(Password);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#settings-title")).ToBeVisibleAsync();
        await Expect(Page.Locator("#settings-device-name")).ToHaveValueAsync("shelf");
        await Press("Save settings");
        await Says("Saved.");
        StringAssert.Contains(Settings, "name = shelf");
    }

    [TestMethod]
    public async Task Logging_out_ends_the_session()
    {
        await LogInTo("Settings");
        await Press("Log out");
        await Expect(Page.Locator("#login")).ToBeVisibleAsync();
        await Page.ReloadAsync();
        await Expect(Page.Locator("#login")).ToBeVisibleAsync();
    }

    [TestMethod]
    public async Task Another_password_takes_the_place_of_the_old_one()
    {
        await LogInTo("Settings");
        Guard.Provokes(403, "/api/");
        await Page.Locator("#password-old").FillAsync("not-it");
        await Page.Locator("#password-new").FillAsync("battery-staple");
        await Page.Locator("#password-again").FillAsync("battery-stable");
        await Press("Change password");
        await Expect(Page.Locator("#password-again-error")).ToHaveTextAsync("The passwords do not match.");
        await Page.Locator("#password-again").FillAsync("battery-staple");
        await Press("Change password");
        await Expect(Page.Locator("#password-old-error")).ToBeVisibleAsync();
        await Page.Locator("#password-old").FillAsync(Password);
        await Press("Change password");
        await Says("Password changed.");

        // This browser stays in; the old password opens nothing any more.
        await Page.GetByRole(AriaRole.Link, new() { Name = "Device" }).ClickAsync();
        await Expect(Page.Locator("#device-facts dl").First).ToBeVisibleAsync();
        IPage other = await Open(new());
        GuardOf(other).Provokes(403, "/api/login");
        await other.Locator("#login-password").FillAsync(Password);
        await Press("Log in", other.Locator("#login"));
        await Expect(other.Locator("#login-password-error")).ToBeVisibleAsync();
        await other.Locator("#login-password").FillAsync("battery-staple");
        await Press("Log in", other.Locator("#login"));
        await Expect(other.Locator("#machines-title")).ToBeVisibleAsync();
    }
}
