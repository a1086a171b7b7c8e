using System;
using System.Diagnostics;
using System.Runtime.Versioning;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Playwright;

namespace Netboot.Page.Tests.Lab;

/// <summary>Somebody impatient: loads the page anew twice a second until all machines are up.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Reloader : BrowserVisitor
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// Loads before the machines are switched on: what is compiled in the browser and in this test's own process is that then, and takes no
    /// more processor.
    /// </summary>
    private const int WarmUp = 12;

    /// <summary>How often the page was loaded.</summary>
    public int Loads { get; private set; }

    /// <summary>Answers of the device that the browser got, to the page and to what it asks for.</summary>
    public int Answers { get; private set; }

    /// <summary>From when the machines were switched on until the last was up.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>The part of this computer's processors that the browser took in that time. On a network it is another computer's.</summary>
    public double Share { get; private set; }

    protected override ViewportSize Size => new() { Width = 320, Height = 240 };

    protected override async Task Browse(TaskCompletionSource ready, CancellationToken machinesUp)
    {
        await Reload(() => Loads < WarmUp);
        Page.Response += (_, _) => Answers++;
        TimeSpan before = Processor;
        ready.SetResult();
        await Reload(() => !machinesUp.IsCancellationRequested);
        Share = (Processor - before) / (Time * Environment.ProcessorCount);
    }

    private async Task Reload(Func<bool> goesOn)
    {
        var watch = Stopwatch.StartNew();
        for (Loads = 0; goesOn();)
        {
            TimeSpan next = Interval * ++Loads;
            try
            {
                await Page.ReloadAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            }
            catch (PlaywrightException e) when (e.Message.Contains("ERR_NETWORK_CHANGED", StringComparison.Ordinal))
            {
                // Chromium gives up what it loads when an interface comes or goes, as those of the machines do beside it. A person presses
                // reload.
                continue;
            }

            if (next > watch.Elapsed)
            {
                await Task.Delay(next - watch.Elapsed, CancellationToken.None);
            }
        }

        Time = watch.Elapsed;
    }
}
