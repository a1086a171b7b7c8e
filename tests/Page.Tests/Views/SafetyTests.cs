using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Page.Tests.Support;
using Netboot.Settings;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>What comes from the network is shown as text, whatever it is; and if it were not, the page's policy would stop it.</summary>
[TestClass]
public sealed class SafetyTests : PageTest
{
    private const string Image = "<img src=x onerror=alert(1)>";
    private const string Script = "</script><script>alert(2)</script>";

    protected override string StoredSettings => UsualSettings + PasswordSection + $"""

        [profile guests]
        kind = deny
        message = {Image}{Script}

        """;

    [TestMethod]
    public async Task The_policy_lets_no_script_in_and_nothing_out()
    {
        // Not by a reload: the browser has the page already, and an answer 304 says less.
        IAPIResponse page = await Page.APIRequest.GetAsync(Url);
        string policy = page.Headers["content-security-policy"];
        StringAssert.Contains(policy, "default-src 'none'");
        Assert.AreEqual(-1, policy.IndexOf("unsafe", StringComparison.Ordinal), policy);
        StringAssert.Contains(policy, "frame-ancestors 'none'");
        Assert.AreEqual("nosniff", page.Headers["x-content-type-options"]);
        await LogIn();
        Assert.IsEmpty(Guard.Faults);

        // What a hole in the page would do; the browser refuses each, and the guard of these tests sees it.
        await Page.EvaluateAsync(
            """
            () => {
              const script = document.createElement('script');
              script.textContent = 'document.title = "taken over"';
              const place = document.createElement('div');
              place.innerHTML = '<img src="http://192.0.2.1/x" onerror="document.title = 1">';
              document.body.append(script, place);
              return fetch('http://192.0.2.1/').catch(() => 0);
            }
            """);
        foreach (string broken in new[] { "script-src-elem inline", "script-src-attr inline", "img-src http://192.0.2.1/x",
            "connect-src http://192.0.2.1/" })
        {
            await Until(() =>
                Guard.Faults.Any(fault => fault.Contains("policy broken: " + broken, StringComparison.Ordinal)), broken
                + " was let through, or the guard is blind");
        }

        await Expect(Page).ToHaveTitleAsync(new Regex("^Machines"));
        Guard.Forget();
    }

    [TestMethod]
    public async Task What_a_machine_sends_by_syslog_is_text_in_both_logs()
    {
        await LogIn();
        Machine machine = new(Board, Device, "52:54:00:00:00:0e", "127.0.0.7");
        await machine.Discover();
        await machine.Request();
        await Expect(Page.Locator(machine.Row)).ToContainTextAsync("127.0.0.7");
        using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.7"), 0));
            foreach (string text in new[] { Image, Script, "<svg/onload=alert(3)>", "\u00E9\"'`&amp;" })
            {
                socket.SendTo(Encoding.UTF8.GetBytes("<6>ipxe: said " + text), Board.EndOf(514));
            }
        }

        await Page.Locator(machine.Row).GetByRole(AriaRole.Button).First.ClickAsync();
        ILocator own = Page.Locator(machine.Details).Locator(".lines li");
        await Expect(own.Filter(new() { HasText = "said " + Image })).ToHaveCountAsync(1);
        await Expect(own.Filter(new() { HasText = "said " + Script })).ToHaveCountAsync(1);
        await Page.GetByRole(AriaRole.Link, new() { Name = "Log", Exact = true }).ClickAsync();
        ILocator lines = Page.Locator("#log-lines li");
        await Expect(lines.Filter(new() { HasText = "said " + Image })).ToHaveCountAsync(1);
        await Expect(lines.Filter(new() { HasText = "said " + Script })).ToHaveCountAsync(1);
        await Expect(lines.Filter(new() { HasText = "&amp;" })).ToHaveCountAsync(1);
        await NothingWasMade();
    }

    [TestMethod]
    public async Task What_a_machine_says_that_it_failed_at_is_text_in_its_reason()
    {
        await LogIn();
        Machine machine = new(Board, Device, "52:54:00:00:00:0f", "192.168.1.25");
        await machine.Discover();
        await Fetch($"report?mac={machine.Mac}&stage=failed&error=1d0c6139&at=" + Uri.EscapeDataString(Image));
        await Expect(Page.Locator(machine.Row).Locator(".why")).ToContainTextAsync("<img src=x onerror");
        await Fetch($"report?mac={machine.Mac}&stage=failed&error=1d0c6139&at=" + Uri.EscapeDataString("</script><svg/onload=x>"));
        await Expect(Page.Locator(machine.Row).Locator(".why")).ToContainTextAsync("</script><svg/onload=x>");
        await NothingWasMade();
    }

    [TestMethod]
    public async Task A_profiles_message_is_text_in_its_dialog_and_in_the_settings()
    {
        await LogInTo("Boot");
        await Press("Edit guests");
        await Expect(Page.Locator("#profile").GetByLabel("Message on the machine")).ToHaveValueAsync(Image + Script);
        await Press("Cancel", Page.Locator("#profile"));
        await Page.GetByRole(AriaRole.Link, new() { Name = "Settings", Exact = true }).ClickAsync();
        await Expect(Page.Locator("#raw-text")).ToHaveValueAsync(new Regex(Regex.Escape(Image + Script)));
        await NothingWasMade();
    }

    [TestMethod]
    public async Task A_name_that_is_markup_is_refused_and_shown_as_text()
    {
        await LogIn();
        Machine machine = new(Board, Device, "52:54:00:00:00:0a", "192.168.1.20");
        Guard.Provokes(422, "/api/settings/set");
        await Page.Locator(machine.Row).GetByRole(AriaRole.Button).First.ClickAsync();
        ILocator name = Page.Locator(machine.Details).GetByLabel("Name", new() { Exact = true });

        // The field takes no more than a name may have.
        await name.FillAsync("<b onload=alert(4)>");
        await Press("Save", Page.Locator(machine.Details));
        await Expect(Page.Locator(machine.Details + "-name-error")).ToContainTextAsync("'<b onload=alert(4)>' is not a valid name");
        await NothingWasMade();
    }

    [TestMethod]
    public async Task A_mac_that_is_none_makes_no_row()
    {
        await LogIn();
        using var client = new System.Net.Http.HttpClient();
        foreach (string path in new[] { "boot.ipxe?mac=", "report?stage=up&mac=" })
        {
            using System.Net.Http.HttpResponseMessage answer = await client.GetAsync(Url + path + Uri.EscapeDataString(Image));
            Assert.AreEqual(HttpStatusCode.BadRequest, answer.StatusCode);
            StringAssert.StartsWith(answer.Content.Headers.ContentType.MediaType, "text/plain");
        }

        // A machine that is one comes after it, so that there is something to wait for.
        Machine machine = new(Board, Device, "52:54:00:00:00:10", "192.168.1.26");
        machine.Script("blackhole", ProfileKind.Linux);
        await Expect(Page.Locator(machine.Row)).ToBeVisibleAsync();
        await Expect(Page.Locator("#machines-table tbody")).ToHaveCountAsync(2);
        await NothingWasMade();
    }

    // Only the page's own elements are there: what was sent would have made one of these.
    private async Task NothingWasMade()
    {
        await Expect(Page.Locator("img, svg, iframe, object, embed, b[onload], body script:not(:last-of-type)")).ToHaveCountAsync(0);
        Assert.IsEmpty(Guard.Faults);
    }
}
