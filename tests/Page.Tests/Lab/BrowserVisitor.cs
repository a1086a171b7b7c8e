using System;
using System.Globalization;
using System.IO;
using System.Runtime.Versioning;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Page.Tests.Support;
using Netboot.Tool.Lab;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Lab;

/// <summary>
/// A person at a computer of their own on the lab's network, who has the device's page open while machines boot. The browser runs in the
/// visitor's network namespace; what it does is the test's.
/// </summary>
[SupportedOSPlatform("linux")]
internal abstract class BrowserVisitor : ICrowdVisitor
{
    /// <summary>The lab's settings, with this password besides.</summary>
    public const string Password = "correct-horse";

    private const string Device = "http://" + LabNetwork.DeviceAddress + "/";

    // Where the wrapper leaves the browser's process id.
    private string _pidFile;

    protected IPage Page { get; private set; }

    /// <summary>Processor time that the browser has taken so far, all of its processes.</summary>
    protected TimeSpan Processor => ProcessTree.ProcessorOf(int.Parse(File.ReadAllText(_pidFile), CultureInfo.InvariantCulture));

    public async Task Visit(LabNetwork network, TaskCompletionSource ready, CancellationToken machinesUp)
    {
        IBrowser browser = await Chromium.Launch(Wrapper(network), ["--renderer-process-limit=1"]);
        try
        {
            IBrowserContext context = await browser.NewContextAsync(new() { ViewportSize = Size });
            context.SetDefaultTimeout(60_000);
            PageGuard guard = await PageGuard.Over(context, Device);
            Page = await context.NewPageAsync();
            await Page.GotoAsync(Device);
            await Page.Locator("#login-password").FillAsync(Password);
            await Page.Keyboard.PressAsync("Enter");
            await Expect(Page.Locator("#machines-title")).ToBeVisibleAsync(new() { Timeout = 30_000 });
            await Browse(ready, machinesUp);
            guard.AssertClean();
        }
        finally
        {
            await browser.CloseAsync();
        }
    }

    protected virtual ViewportSize Size => new() { Width = 1280, Height = 800 };

    /// <summary>What is done on the page; the machines are switched on when <paramref name="ready"/> is completed.</summary>
    protected abstract Task Browse(TaskCompletionSource ready, CancellationToken machinesUp);

    // Playwright talks to Chromium over pipes, which are inherited. Not by nice: where the machines take all of the processor, a browser of
    // the lowest priority loads a page in 3 seconds (measured), and the test would test nothing.
    private string Wrapper(LabNetwork network)
    {
        string file = Path.Combine(Leftovers.TemporaryFolder, RunName.Own().ToString(), "chromium");
        _pidFile = file + ".pid";
        File.WriteAllText(file, $"#!/bin/sh\necho $$ > {_pidFile}\nexec ip netns exec {network.Visitor} {Chromium.LightProgram} \"$@\"\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }
}
