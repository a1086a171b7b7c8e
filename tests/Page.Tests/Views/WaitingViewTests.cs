using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Logging;
using Netboot.Page.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>How machines come into the settings on the page: let in when they ask, or added by address, one or all that begin so.</summary>
[TestClass]
public sealed class WaitingViewTests : PageTest
{
    private Machine Stranger => new(Board, Device, "52:54:00:00:00:0b", "192.168.1.21");

    private Machine Other => new(Board, Device, "52:54:00:00:00:0c", "192.168.1.22");

    [TestMethod]
    public async Task A_machine_that_asks_is_let_in_by_one_click_and_its_next_attempt_is_answered()
    {
        await LogInTo("Boot");
        await Page.GetByLabel("Unknown machines").SelectOptionAsync("ask");
        await Press("Save rules");
        await Says("Saved.");
        StringAssert.Contains(Settings, "unknown = ask\n");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Machines", Exact = true }).ClickAsync();
        await Expect(Page.Locator("#waiting")).ToBeHiddenAsync();
        await Stranger.Discover();
        await Other.Discover();
        Assert.AreEqual(0, Device.Log.Counts[Counter.DhcpOffers]);
        ILocator asking = Page.Locator("#waiting li");
        await Expect(asking).ToHaveCountAsync(2);
        await Expect(Page.Locator(Stranger.Row).Locator(".state")).ToContainTextAsync("Asks");
        await Expect(Page.Locator(Stranger.Row).Locator(".why")).ToContainTextAsync("Asks to netboot and is not let in yet");
        await Screenshots.Take(Page, "machines-asking");
        await Press("Let in " + Stranger.Mac);
        await Says(Stranger.Mac + " is let in.");
        await Expect(asking).ToHaveCountAsync(1);
        await Expect(asking).ToContainTextAsync(Other.Mac);
        await Expect(Page.Locator(Stranger.Row).Locator(".why")).ToBeHiddenAsync();
        StringAssert.Contains(Settings, "[machine 52:54:00:00:00:0b]\n");
        await Stranger.Discover();
        await Until(() => Device.Log.Counts[Counter.DhcpOffers] == 1, "the machine that was let in is offered its loader");
    }

    [TestMethod]
    public async Task All_machines_whose_addresses_begin_alike_get_a_profile()
    {
        await LogIn();
        await Stranger.Discover();
        await Expect(Page.Locator(Stranger.Row)).ToContainTextAsync("not in the settings");
        ILocator key = Page.GetByLabel("Add by address");
        Guard.Provokes(422, "/api/settings/set");
        await key.FillAsync("52:54:0*");
        await Press("Add");
        await Expect(Page.Locator("#machine-add-key-error")).ToContainTextAsync("write one to five whole octets and then a *");
        await key.FillAsync("52:54:00:*");
        await Press("Add");
        await Says("Added.");
        await Expect(key).ToHaveValueAsync("");
        await Expect(Page.Locator(Stranger.Row)).ToContainTextAsync("by 52:54:00:*");
        ILocator row = Page.Locator("tbody[data-mac='52:54:00:*']");
        await Expect(row).ToContainTextAsync("all whose addresses begin so");
        await row.GetByRole(AriaRole.Button, new() { Name = "52:54:00:*", Exact = true }).ClickAsync();
        ILocator details = row.Locator(".detail");
        await Expect(details.GetByLabel("Profile", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(details.GetByLabel("Next boot only")).ToBeHiddenAsync();
        await Expect(details.GetByLabel("Name", new() { Exact = true })).ToBeHiddenAsync();
        await Expect(details.GetByRole(AriaRole.Button, new() { Name = "Wake" })).ToBeHiddenAsync();
        await details.GetByLabel("Profile", new() { Exact = true }).SelectOptionAsync("disk");
        await Press("Assign", details);
        await Says("Profile assigned.");
        StringAssert.Contains(Settings, "[machine 52:54:00:*]\nprofile = disk\n");
        await Screenshots.Take(Page, "machines-prefix");
        StringAssert.Contains(await Fetch("boot.ipxe?mac=52-54-00-00-00-0b"), "profile disk for 52:54:00:00:00:0b");
        await Press("Remove from settings", details);
        await Press("Remove", Page.Locator("#ask"));
        await Says("Removed.");
        await Expect(row).ToHaveCountAsync(0);
        await Expect(Page.Locator(Stranger.Row)).ToContainTextAsync("not in the settings");
    }
}
