using System.Collections.Generic;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Page.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Lab;

/// <summary>Watches one machine boot, without ever loading the page anew.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Watcher : BrowserVisitor
{
    /// <summary>A machine in an emulator that shares two processors with a browser.</summary>
    private const int BootLimit = 120_000;

    // Every state and stage that the table shows, in their order.
    private const string Record =
        """
        () => {
          window.seen = [];
          new MutationObserver(() => {
            const row = document.querySelector('tbody[data-mac]');
            const text = row ? row.querySelector('.state').textContent.slice(1) + ', ' + row.querySelector('td[data-label=State] small').textContent : '';
            if (text && window.seen.at(-1) !== text) {
              window.seen.push(text);
            }
          }).observe(document.getElementById('machines-table'), { childList: true, subtree: true, characterData: true });
        }
        """;

    /// <summary>What the machine's row said, one after the other.</summary>
    public IReadOnlyList<string> Seen { get; private set; } = [];

    /// <summary>The stages of its boot as they stand in its timeline in the end.</summary>
    public IReadOnlyList<string> Timeline { get; private set; } = [];

    protected override async Task Browse(TaskCompletionSource ready, CancellationToken machinesUp)
    {
        await Expect(Page.Locator("#machines-empty")).ToBeVisibleAsync();
        await Page.EvaluateAsync(Record);
        ready.SetResult();
        ILocator row = Page.Locator("tbody[data-mac]");
        await Expect(row).ToBeVisibleAsync(new() { Timeout = BootLimit });
        await row.Locator(".open").ClickAsync();
        await Expect(row.Locator(".state")).ToHaveTextAsync(new Regex("Started$"), new() { Timeout = BootLimit });
        ILocator details = row.Locator(".detail");
        ILocator stages = details.Locator(".boots > li").First.Locator(".stages > li");
        await Expect(stages.Last).ToHaveTextAsync(new Regex("^Start"));
        Timeline = await stages.AllTextContentsAsync();
        Seen = await Page.EvaluateAsync<string[]>("() => window.seen");
        await details.GetByLabel("Name", new() { Exact = true }).FillAsync("kitchen-pc");
        await details.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(row.Locator(".open")).ToHaveTextAsync("kitchen-pc");
        await Screenshots.Take(Page, "machines-lab");
        await Task.Delay(Timeout.Infinite, machinesUp)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
