using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Logging;
using Netboot.Page.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>The log, live.</summary>
[TestClass]
public sealed class LogViewTests : PageTest
{
    [TestMethod]
    public async Task Lines_come_by_themselves_and_each_once()
    {
        await LogInTo("Log");
        ILocator lines = Page.Locator("#log-lines li");
        await Expect(lines.Filter(new() { HasText = "[DHCP] Listening" })).ToHaveCountAsync(1);
        await new Machine(Board, Device, "52:54:00:00:00:0d", "192.168.1.23").Discover();
        ILocator offer = lines.Filter(new() { HasText = "[DHCP] Offering to boot 52:54:00:00:00:0d" });
        await Expect(offer).ToHaveCountAsync(1);
        await Expect(offer).ToHaveTextAsync(new Regex("^[0-2][0-9]:[0-5][0-9]:[0-5][0-9] \\[DHCP\\]"));
        Note("one more");
        await Expect(lines.Filter(new() { HasText = "one more" })).ToHaveCountAsync(1);
        await Expect(offer).ToHaveCountAsync(1);
    }

    [TestMethod]
    public async Task A_filter_shows_only_lines_with_all_its_words()
    {
        await LogInTo("Log");
        Note("red apple");
        Note("red pear");
        ILocator shown = Page.Locator("#log-lines li:visible");
        await Expect(shown.Filter(new() { HasText = "red" })).ToHaveCountAsync(2);
        await Page.GetByLabel("Filter").FillAsync("APPLE red");
        await Expect(shown).ToHaveCountAsync(1);
        Note("green apple");
        Note("apple, red and large");
        await Expect(shown).ToHaveTextAsync(new Regex[] { new("red apple$"), new("red and large$") });
        await Page.GetByLabel("Filter").FillAsync("plum");
        await Expect(Page.Locator("#log-note")).ToHaveTextAsync("No lines match.");
        await Page.GetByLabel("Filter").FillAsync("");
        await Expect(shown.Filter(new() { HasText = "green apple" })).ToHaveCountAsync(1);
        await Expect(Page.Locator("#log-note")).ToHaveTextAsync("");
    }

    [TestMethod]
    public async Task A_pause_holds_the_lines_back_and_nothing_is_lost()
    {
        await LogInTo("Log");
        Note("before");
        ILocator lines = Page.Locator("#log-lines li");
        await Expect(lines.Filter(new() { HasText = "before" })).ToHaveCountAsync(1);
        ILocator pause = Page.GetByRole(AriaRole.Button, new() { Name = "Pause" });
        await pause.ClickAsync();
        await Expect(pause).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Page.Locator("#log-note")).ToContainTextAsync("Paused");
        int count = await lines.CountAsync();
        for (int i = 0; i < 20; i++)
        {
            Note("meanwhile " + i);
        }

        // Longer than two rounds of the page's own clock: this shows that something does not happen, so there is nothing to wait for.
        await Task.Delay(4500);
        await Expect(lines).ToHaveCountAsync(count);
        await pause.ClickAsync();
        await Expect(lines.Filter(new() { HasText = "meanwhile" })).ToHaveCountAsync(20);
        await Expect(Page.Locator("#log-lines .gap")).ToHaveCountAsync(0);
    }

    [TestMethod]
    public async Task Lines_that_the_device_had_no_room_for_are_counted()
    {
        await LogInTo("Log");
        await Expect(Page.Locator("#log-lines li").First).ToBeVisibleAsync();
        await Press("Pause");
        int before = Device.Log.Added;
        for (int i = 0; i < Log.Capacity + 30; i++)
        {
            Note("flood " + i);
        }

        await Press("Pause");
        await Expect(Page.Locator("#log-lines .gap"))
            .ToHaveTextAsync(new Regex("^[0-9]+ lines were lost: the device had no room for more.$"));
        await Expect(Page.Locator("#log-lines li").Last).ToContainTextAsync("flood " + (Log.Capacity + 29));
        Assert.IsTrue(Device.Log.Oldest > before);
    }

    private void Note(string text) => Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, text);
}
