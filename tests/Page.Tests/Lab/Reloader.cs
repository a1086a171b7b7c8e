using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Playwright;

namespace Netboot.Page.Tests.Lab;

/// <summary>Somebody impatient: loads the page anew twice a second until all machines are up.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal sealed class Reloader : BrowserVisitor
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    /// <summary>How often the page was loaded.</summary>
    public int Loads { get; private set; }

    /// <summary>Answers of the device that the browser got, to the page and to what it asks for.</summary>
    public int Answers { get; private set; }

    /// <summary>From when the machines were switched on until the last was up.</summary>
    public TimeSpan Time { get; private set; }

    protected override ViewportSize Size => new() { Width = 320, Height = 240 };

    protected override async Task Browse(TaskCompletionSource ready, CancellationToken machinesUp)
    {
        Page.Response += (_, _) => Answers++;
        ready.SetResult();
        var watch = Stopwatch.StartNew();
        while (!machinesUp.IsCancellationRequested)
        {
            TimeSpan next = Interval * ++Loads;
            await Page.ReloadAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            if (next > watch.Elapsed)
            {
                await Task.Delay(next - watch.Elapsed, CancellationToken.None);
            }
        }

        Time = watch.Elapsed;
    }
}
