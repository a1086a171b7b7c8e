using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Page.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>A device that nobody set up yet.</summary>
[TestClass]
public sealed class FirstClaimTests : PageTest
{
    protected override string StoredSettings => null;

    [TestMethod]
    public async Task The_first_visitor_sets_the_password_and_is_in()
    {
        await Expect(Page.Locator("#gate-title")).ToHaveTextAsync("Welcome: set a password");
        await Expect(Page.Locator("#claim-left")).ToHaveTextAsync(new Regex("^(10|9) min [0-5][0-9] s$"));
        Guard.Provokes(422, "/api/claim");
        await Page.Locator("#claim-password").FillAsync("short");
        await Page.Locator("#claim-again").FillAsync("short");
        await Press("Set password");
        await Expect(Page.Locator("#claim-password-error")).ToContainTextAsync("8");
        await Page.Locator("#claim-password").FillAsync(Password);
        await Page.Locator("#claim-again").FillAsync("correct-house");
        await Press("Set password");
        await Expect(Page.Locator("#claim-again-error")).ToHaveTextAsync("The passwords do not match.");
        await Page.Locator("#claim-again").FillAsync(Password);
        await Press("Set password");
        await Expect(Page.Locator("#machines-title")).ToBeVisibleAsync();
        await Expect(Page.Locator("#machines-empty")).ToBeVisibleAsync();

        IPage other = await Open(new());
        await Expect(other.Locator("#login")).ToBeVisibleAsync();
        await Expect(other.Locator("#claim")).ToBeHiddenAsync();
    }

    [TestMethod]
    public async Task Who_waits_at_the_claim_that_somebody_else_made_is_asked_for_the_password()
    {
        IPage other = await Open(new());
        await other.Locator("#claim-password").FillAsync(Password);
        await other.Locator("#claim-again").FillAsync(Password);
        await Press("Set password", other.Locator("#claim"));
        await Expect(other.Locator("#machines-title")).ToBeVisibleAsync();
        await Expect(Page.Locator("#login")).ToBeVisibleAsync(new() { Timeout = 10_000 });
        await Expect(Page.Locator("#claim")).ToBeHiddenAsync();
    }
}
