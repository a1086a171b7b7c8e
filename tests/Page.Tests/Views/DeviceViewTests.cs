using System;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Netboot.Logging;
using Microsoft.Playwright;
using Netboot.Page.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>What the device says of itself, and its restart.</summary>
[TestClass]
public sealed class DeviceViewTests : PageTest
{
    [TestMethod]
    public async Task Its_address_loaders_memory_and_counters_are_there()
    {
        await LogInTo("Device");
        ILocator facts = Page.Locator("#device-facts");
        await Expect(Fact("Address")).ToHaveTextAsync(new Uri(Url).Authority);
        await Expect(Fact("Free memory")).ToHaveTextAsync(new Regex("KB|not known"));
        await Expect(Fact("Up for")).ToHaveTextAsync(new Regex("^[0-9]+ s"));
        await Expect(facts.GetByRole(AriaRole.Table, new() { Name = "Loaders" })).ToContainTextAsync("snponly.efi");
        ILocator offers = facts.Locator("h3:text-is('DHCP') + dl dt:text-is('Offers') + dd");
        await Expect(offers).ToHaveTextAsync("0");
        await new Machine(Board, Device, "52:54:00:00:00:0c", "192.168.1.22").Discover();
        await Expect(offers).ToHaveTextAsync("1", new() { Timeout = 10_000 });
    }

    [TestMethod]
    public async Task A_restart_is_asked_about_first()
    {
        await LogInTo("Device");
        await Press("Reboot");
        await Expect(Page.Locator("#ask-secret")).ToBeHiddenAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator("#ask")).ToBeHiddenAsync();
        await Press("Reboot");
        await Press("Cancel", Page.Locator("#ask"));
        await Expect(Page.Locator("#ask")).ToBeHiddenAsync();
        Assert.AreEqual(0, Board.Reboots);
        await Press("Reboot");
        await Press("Reboot", Page.Locator("#ask"));
        await Says("The device is restarting.");
        await Until(() => Board.Reboots == 1, "it did not restart");
    }

    [TestMethod]
    public async Task A_factory_reset_wants_the_password_and_erases_everything()
    {
        await LogInTo("Device");
        Guard.Provokes(403, "/api/reset");
        Guard.Provokes(401, "/api/");
        await Press("Factory reset");
        ILocator dialog = Page.Locator("#ask");
        await Expect(Page.Locator("#ask-text")).ToContainTextAsync("The network settings stay");
        await dialog.GetByLabel("Password").FillAsync("wrong-one");
        await Press("Erase everything", dialog);
        await Expect(Page.Locator("#ask-password-error")).ToBeVisibleAsync();
        await Expect(dialog).ToBeVisibleAsync();
        StringAssert.Contains(Settings, "blackhole");
        await dialog.GetByLabel("Password").FillAsync(Password);
        await Press("Erase everything", dialog);
        await Until(() => Board.Reboots == 1, "it did not restart");
        Assert.AreEqual("", Settings.Trim());

        // Nobody's now: the page says so by itself.
        await Expect(Page.Locator("#claim")).ToBeVisibleAsync(new() { Timeout = 15_000 });
    }

    [TestMethod]
    public async Task A_relay_agent_that_was_heard_is_allowed_by_a_click()
    {
        await LogInTo("Device");
        ILocator relays = Page.Locator("#relays");
        await Expect(relays).ToHaveCountAsync(0);
        Machine behind = new(Board, Device, "52:54:00:00:00:0d", "10.2.0.22");
        await behind.DiscoverBy("10.2.0.1");
        await new Machine(Board, Device, "52:54:00:00:00:0e", "10.3.0.22").DiscoverBy("10.3.0.1");
        await Expect(relays).ToContainTextAsync("10.2.0.1", new() { Timeout = 10_000 });
        await Expect(relays.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2, new() { Timeout = 10_000 });
        await Screenshots.Take(Page, "relays", "#device-facts");
        Assert.AreEqual(0, Device.Log.Counts[Counter.DhcpOffers]);
        await Press("Allow 10.2.0.1", relays);
        await Says("Machines behind 10.2.0.1 now get answers.");
        StringAssert.Contains(Settings, "[dhcp]\nrelays = 10.2.0.1\n");
        await Press("Allow 10.3.0.1", relays);
        await Says("Machines behind 10.3.0.1 now get answers.");
        StringAssert.Contains(Settings, "[dhcp]\nrelays = 10.2.0.1 10.3.0.1\n");
        await Expect(relays).ToHaveCountAsync(0);
        await behind.DiscoverBy("10.2.0.1");
        await Until(() => Device.Log.Counts[Counter.DhcpOffers] + Device.Log.Counts[Counter.DhcpUnsent] == 1, "its machine is not answered");
    }

    private ILocator Fact(string name) => Page.Locator($"#device-facts > div:first-child dt:text-is('{name}') + dd");
}
