using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;

namespace Netboot.Page.Tests.Support;

/// <summary>
/// Watches a browser's context for what no test may see: an error on the console or in a script, a dialog of the browser, a breach of the
/// page's security policy, a request to anywhere but the device.
/// </summary>
internal sealed class PageGuard
{
    private readonly string _device;
    private readonly object _lock = new();
    private readonly List<string> _faults = [];
    private readonly List<string> _expected = [];

    private PageGuard(string device) => _device = device;

    /// <summary>Requests that it saw.</summary>
    public int Requests { get; private set; }

    /// <summary>What was seen that may not be.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_lock)
            {
                return [.. _faults];
            }
        }
    }

    /// <summary>Watches a context whose pages may talk to <paramref name="device"/> ("http://address:port/") and nobody else.</summary>
    public static async Task<PageGuard> Over(IBrowserContext context, string device)
    {
        var guard = new PageGuard(device);
        context.Request += (_, request) => guard.See(request);
        context.Console += (_, message) => guard.See(message);
        context.WebError += (_, error) => guard.Fault("script error: " + error.Error);
        context.Dialog += async (_, dialog) =>
        {
            guard.Fault("dialog: " + dialog.Message);
            await dialog.DismissAsync();
        };
        await context.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', event => console.error('policy broken: ' + event.effectiveDirective + ' ' + event.blockedURI));");
        return guard;
    }

    /// <summary>The test makes the device refuse: Chromium tells of each such answer on the console, and these are let pass.</summary>
    public void Provokes(int status, string path)
    {
        lock (_lock)
        {
            _expected.Add($"{status} {path}");
        }
    }

    /// <summary>What was seen so far was what the test is about.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    /// <summary>Fails when anything was seen that may not be.</summary>
    public void AssertClean() => Assert.IsEmpty(Faults, string.Join('\n', Faults));

    private void See(IRequest request)
    {
        lock (_lock)
        {
            Requests++;
        }

        // blob: is the backup on its way to the disk, data: the empty icon; neither leaves the browser.
        if (!request.Url.StartsWith(_device, StringComparison.Ordinal)
            && !request.Url.StartsWith("blob:" + _device, StringComparison.Ordinal)
            && request.Url != "data:,")
        {
            Fault("request to " + request.Url);
        }
    }

    private void See(IConsoleMessage message)
    {
        if (message.Type is not ("error" or "warning"))
        {
            return;
        }

        lock (_lock)
        {
            if (!_expected.Exists(expected => IsAnswer(message, expected.Split(' '))))
            {
                _faults.Add($"console {message.Type}: {message.Text} ({message.Location})");
            }
        }
    }

    private bool IsAnswer(IConsoleMessage message, string[] expected) =>
        message.Text.StartsWith($"Failed to load resource: the server responded with a status of {expected[0]} ", StringComparison.Ordinal)
        && message.Location.StartsWith(_device.TrimEnd('/') + expected[1], StringComparison.Ordinal);

    private void Fault(string text)
    {
        lock (_lock)
        {
            _faults.Add(text);
        }
    }
}
