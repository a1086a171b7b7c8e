using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Netboot.Logging;
using Microsoft.Playwright;
using Netboot.Journal;
using Netboot.Page.Tests.Support;
using Netboot.Settings;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>
/// What is seen of a machine while it boots, and what can be done with it. The page is never loaded anew here: all comes live.
/// </summary>
[TestClass]
public sealed class MachinesViewTests : PageTest
{
    /// <summary>iPXE's error for a file that the mirror does not have.</summary>
    private const int NotFound = 0x2d0c618e;

    private Machine Nas => new(Board, Device, "52:54:00:00:00:0a", "192.168.1.20");

    private Machine Stranger => new(Board, Device, "52:54:00:00:00:0b", "192.168.1.21");

    [TestMethod]
    public async Task A_machine_appears_when_it_is_heard_and_its_timeline_grows()
    {
        await LogIn();
        Machine machine = Stranger;
        ILocator row = Page.Locator(machine.Row);
        await Expect(Page.Locator("#machines-table tbody")).ToHaveCountAsync(1);
        await machine.Discover();
        await Expect(row.Locator(".state")).ToHaveTextAsync("\u25D0Booting");
        await Expect(row).ToContainTextAsync("UEFI x64");
        await Expect(row).ToContainTextAsync("not in the settings");
        await Page.GetByRole(AriaRole.Button, new() { Name = machine.Mac }).ClickAsync();
        ILocator stages = Page.Locator(machine.Details).Locator(".boots > li").First.Locator(".stages > li");
        await Expect(stages).ToHaveTextAsync(new Regex[] { new("^Seen"), new("^Offer") });
        await machine.Request();
        await Expect(row).ToContainTextAsync("192.168.1.21");
        machine.Loader("snponly.efi", 284672, 310);
        await Expect(stages)
            .ToHaveTextAsync(new Regex[] { new("^Seen"), new("^Offer"), new(@"^Loader \+.*\(278 KB in 310 ms, 897 KB/s\)$") });
        machine.Script("blackhole");
        machine.Reports(BootStage.Kernel);
        await Expect(row).ToContainTextAsync("reached: Kernel");
        machine.Reports(BootStage.Start);
        await Expect(row.Locator(".state")).ToHaveTextAsync("\u25D5Started");
        machine.Reports(BootStage.Up);
        await Expect(row.Locator(".state")).ToHaveTextAsync("\u25CFUp");
        await Expect(stages)
            .ToHaveTextAsync(new Regex[] { new("^Seen"), new("^Offer"), new("^Loader"), new("^Script"), new("^Kernel"), new("^Initrd"),
            new("^Start"), new("^Up") });

        // Its own log has only its own lines.
        ILocator lines = Page.Locator(machine.Details).GetByRole(AriaRole.List, new() { Name = "Log of this machine" });
        await Expect(lines).ToContainTextAsync("[TFTP] Sent to 192.168.1.21: snponly.efi");
        await Expect(lines).Not.ToContainTextAsync("Listening");
    }

    [TestMethod]
    public async Task A_machine_that_fails_says_why_and_what_to_do()
    {
        await LogIn();
        Machine machine = Stranger;
        await machine.Discover();
        machine.Script("blackhole");
        await Expect(Page.Locator(machine.Row).Locator(".why")).ToBeHiddenAsync();
        machine.Failed("kernel", NotFound);
        await Expect(Page.Locator(machine.Row).Locator(".why")).ToHaveTextAsync(
            "The server does not have the kernel of its profile (404): check the path in the profile and on the server; in the settings its kernel is http://192.168.1.2/netboot/vmlinuz.");
        await Expect(Page.Locator(machine.Row).Locator(".state")).ToHaveTextAsync("\u2716Failed");

        // It tries again and gets on: the reason goes.
        await machine.Discover();
        machine.Script("blackhole");
        machine.Reports(BootStage.Start);
        await Expect(Page.Locator(machine.Row).Locator(".state")).ToHaveTextAsync("\u25D5Started");
        await Expect(Page.Locator(machine.Row).Locator(".why")).ToBeHiddenAsync();
    }

    [TestMethod]
    public async Task A_kernel_that_nothing_is_heard_of_is_not_shown_as_up()
    {
        await LogIn();
        Machine machine = Stranger;
        await machine.Discover();
        machine.Script("blackhole");
        machine.Reports(BootStage.Kernel);
        machine.Reports(BootStage.Start);
        ILocator state = Page.Locator(machine.Row).Locator(".state");
        await Expect(state).ToHaveClassAsync("state started");

        // As its loop would after four minutes.
        Device.Journal.Step(System.Environment.TickCount64 + 240000);
        await Expect(state).ToHaveTextAsync("\u25CCStarted, not heard since");
        await Expect(state).ToHaveClassAsync("state silent");
        await Expect(Page.Locator(machine.Row)).ToContainTextAsync("reached: Start");
    }

    [TestMethod]
    public async Task A_refused_machine_is_named_so()
    {
        await LogIn();
        Machine machine = Stranger;
        await machine.Discover();
        machine.Script("guests", ProfileKind.Deny);
        await Expect(Page.Locator(machine.Row).Locator(".state")).ToHaveTextAsync("\u2298Refused");
        await Expect(Page.Locator(machine.Row).Locator(".why")).ToHaveTextAsync("Is refused by rule: profile guests.");
    }

    [TestMethod]
    public async Task A_profile_and_a_name_are_given_to_a_machine()
    {
        await LogIn();
        Machine machine = Stranger;
        await machine.Discover();
        await OpenDetails(machine, machine.Mac);
        ILocator details = Page.Locator(machine.Details);
        await details.GetByLabel("Profile", new() { Exact = true }).SelectOptionAsync("disk");
        await Press("Assign", details);
        await Says("Profile assigned.");
        Guard.Provokes(422, "/api/settings/set");
        await details.GetByLabel("Name", new() { Exact = true }).FillAsync("two words");
        await Press("Save", details);
        await Expect(Page.Locator(machine.Details + "-name-error")).ToContainTextAsync("is not a valid name");
        Assert.AreEqual(-1, Settings.IndexOf("two", System.StringComparison.Ordinal));
        await details.GetByLabel("Name", new() { Exact = true }).FillAsync("printer");
        await Press("Save", details);
        await Says("Name saved.");
        await details.GetByLabel("Loader", new() { Exact = true }).FillAsync("a/b.efi");
        await Press("Save loader", details);
        await Expect(Page.Locator(machine.Details + "-loader-error")).ToContainTextAsync("is not a loader file name");
        await details.GetByLabel("Loader", new() { Exact = true }).FillAsync("ipxe.efi");
        await Press("Save loader", details);
        await Says("Loader saved.");
        StringAssert.Contains(Settings, "loader = ipxe.efi\n");
        await Screenshots.Take(Page, "machine-loader");
        StringAssert.Contains(Settings, "[machine 52:54:00:00:00:0b]\nname = printer\nprofile = disk\n");
        await Expect(Page.Locator(machine.Row).Locator("td[data-label=Profile]")).ToContainTextAsync("disk");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "printer" })).ToBeVisibleAsync();

        await Press("Remove from settings", details);
        await Press("Remove", Page.Locator("#ask"));
        await Says("Removed.");
        Assert.AreEqual(-1, Settings.IndexOf(":0b", System.StringComparison.Ordinal));
        await Expect(Page.Locator(machine.Row)).ToContainTextAsync("not in the settings");
    }

    [TestMethod]
    public async Task A_machine_has_a_default_of_its_own_in_menus_once_there_is_one()
    {
        await LogIn();
        await OpenDetails(Nas, "nas");
        ILocator details = Page.Locator(Nas.Details);
        ILocator own = details.GetByLabel("From a menu");
        await Expect(details.GetByLabel("Loader", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(own).ToBeHiddenAsync();
        await Page.EvaluateAsync(@"() => setKey('profile home', 'item', 'blackhole Linux\ndisk The disk')");
        await Press("nas");
        await OpenDetails(Nas, "nas");
        await Expect(own.Locator("option")).ToHaveTextAsync(["The menu\u2019s own default", "blackhole", "disk"]);
        await own.SelectOptionAsync("disk");
        await Press("Set menu default", details);
        await Says("Menu default set.");
        StringAssert.Contains(Settings, "name = nas\nmenu-default = disk\n");
        await Screenshots.Take(Page, "machine-menu-default");
        await Press("nas");
        await OpenDetails(Nas, "nas");
        await Expect(own).ToHaveValueAsync("disk");
        await own.SelectOptionAsync("");
        await Press("Set menu default", details);
        await Says("Menu default set.");
        Assert.IsFalse(Settings.Contains("menu-default", System.StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task A_profile_for_the_next_boot_is_gone_when_the_script_was_fetched()
    {
        await LogIn();
        Machine machine = Nas;
        await OpenDetails(machine, "nas");
        ILocator details = Page.Locator(machine.Details);
        await details.GetByLabel("Next boot only").SelectOptionAsync("disk");
        await Press("Set", details);
        await Says("Next boot set.");
        await Expect(Page.Locator(machine.Row).Locator(".badge")).ToHaveTextAsync("next: disk");
        StringAssert.Contains(Settings, "once = disk");
        await machine.Discover();
        StringAssert.Contains(await Fetch("boot.ipxe?mac=52-54-00-00-00-0a"), "profile disk for nas");
        await Expect(Page.Locator(machine.Row).Locator(".badge")).ToBeHiddenAsync();
        Assert.AreEqual(-1, Settings.IndexOf("once", System.StringComparison.Ordinal));
        StringAssert.Contains(await Fetch("boot.ipxe?mac=52-54-00-00-00-0a"), "profile blackhole for nas");
    }

    [TestMethod]
    public async Task An_ignored_machine_gets_no_offer_any_more()
    {
        await LogIn();
        Machine machine = Stranger;
        await machine.Discover();
        int offers = Device.Log.Counts[Counter.DhcpOffers];
        Assert.AreEqual(1, offers);
        await OpenDetails(machine, machine.Mac);
        await Press("Ignore", Page.Locator(machine.Details));
        await Says("It gets no more offers.");
        await machine.Discover();
        Assert.AreEqual(offers, Device.Log.Counts[Counter.DhcpOffers]);
        await Expect(Page.Locator(machine.Row).Locator(".state")).ToHaveTextAsync("\u2298Refused");
        StringAssert.Contains(Settings, "kind = ignore");
    }

    [TestMethod]
    public async Task A_machine_is_woken()
    {
        await LogIn();
        await OpenDetails(Nas, "nas");
        await Press("Wake", Page.Locator(Nas.Details));
        await Says("Wake-up packet sent. The machine starts if Wake-on-LAN is enabled.");
        await Expect(Page.Locator(Nas.Details).Locator(".lines")).ToContainTextAsync("Waking 52:54:00:00:00:0a");
    }

    [TestMethod]
    public async Task What_is_chosen_and_not_sent_yet_is_kept_while_the_machine_boots_on()
    {
        await LogIn();
        Machine machine = Nas;
        await OpenDetails(machine, "nas");
        ILocator details = Page.Locator(machine.Details);
        await details.GetByLabel("Next boot only").SelectOptionAsync("disk");
        await details.GetByLabel("Name", new() { Exact = true }).FillAsync("nas-2");
        await machine.Discover();
        machine.Script("blackhole");
        machine.Reports(BootStage.Start);
        await Expect(details.Locator(".stages > li").Last).ToHaveTextAsync(new Regex("^Start"));
        await Expect(details.GetByLabel("Next boot only")).ToHaveValueAsync("disk");
        await Expect(details.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("nas-2");
    }

    private async Task OpenDetails(Machine machine, string name)
    {
        ILocator button = Page.Locator(machine.Row).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        await button.ClickAsync();
        await Expect(button).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(Page.Locator(machine.Details)).ToBeVisibleAsync();
    }
}
