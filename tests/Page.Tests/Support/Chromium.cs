using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Tests.Support;

namespace Netboot.Page.Tests.Support;

/// <summary>
/// Debian's own Chromium, without a window. One for all tests; each has a context of its own, which knows nothing of the others'.
/// </summary>
[TestClass]
public sealed class Chromium
{
    public const string Program = "/usr/bin/chromium";

    /// <summary>
    /// The same engine without a browser's own window: a load of the page takes 65 ms of processor in place of 155 (measured). For where
    /// the processor is wanted by others.
    /// </summary>
    public const string LightProgram = "/usr/bin/chromium-headless-shell";

    /// <summary>
    /// Nothing goes out but what the page asks for, or "no external request" would be noise; no sandbox, for the tests run as root.
    /// </summary>
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
    ];

    private static readonly Lazy<Task<IPlaywright>> s_playwright = new(Playwright.CreateAsync);
    private static readonly Lazy<Task<IBrowser>> s_browser = new(() =>
    {
        DebianPackages.Need("chromium");
        return Launch(Program, []);
    });

    /// <summary>The browser that all tests share.</summary>
    public static Task<IBrowser> Shared() => s_browser.Value;

    /// <summary>A browser of one's own, with an empty folder for its data; <paramref name="program"/> is Chromium or starts it.</summary>
    public static async Task<IBrowser> Launch(string program, IEnumerable<string> more)
    {
        IPlaywright playwright = await s_playwright.Value;
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Headless = true,
            Args = [.. Arguments, .. more] });
    }

    /// <summary>Three pages share two processors: what must come is waited for longer than Playwright's five seconds.</summary>
    [AssemblyInitialize]
    public static void Begin(TestContext context) => Assertions.SetDefaultExpectTimeout(15_000);

    [AssemblyCleanup]
    public static async Task Close()
    {
        if (s_browser.IsValueCreated)
        {
            await (await s_browser.Value).CloseAsync();
        }

        if (s_playwright.IsValueCreated)
        {
            (await s_playwright.Value).Dispose();
        }
    }
}
