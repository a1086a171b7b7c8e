using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Settings;
using Netboot.Tests.Device;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Support;

/// <summary>
/// A test with a device that runs, and a browser that has nothing of it yet. Whatever the test does, the page makes no error and asks
/// nobody but the device.
/// </summary>
public abstract class PageTest
{
    protected const string Password = "correct-horse";

    /// <summary>The settings that most tests begin with; the password comes besides.</summary>
    protected const string UsualSettings = """
        [mirror]
        url = http://192.168.1.2/netboot/
        [boot]
        default = blackhole
        [profile blackhole]
        kernel = vmlinuz
        initrd = initrd.zst
        command-line = console=ttyS0 quiet
        [profile disk]
        kind = local
        [machine 52:54:00:00:00:0a]
        name = nas

        """;

    private const int FirstPort = 20_000;
    private const int Ports = 12_000;
    private static int s_ports = Environment.ProcessId * 100 % Ports;

    private readonly List<IBrowserContext> _contexts = [];
    private readonly List<PageGuard> _guards = [];
    private RunningDevice _running;

    internal NetbootDevice Device => _running.Device;

    internal VirtualBoard Board => _running.Board;

    /// <summary>The device's address in the browser, with a slash at the end.</summary>
    protected string Url { get; private set; }

    internal PageGuard Guard => GuardOf(Page);

    protected IPage Page { get; private set; }

    /// <summary>The settings without secrets, as the device has them now.</summary>
    protected string Settings
    {
        get
        {
            var writer = new ByteWriter(1024, SettingsLimits.Text);
            SettingsText.WriteWithoutSecrets(Device.Rules.Settings, writer);
            return writer.ToString();
        }
    }

    /// <summary>What the device is set to before it is started; null: as it comes from the factory.</summary>
    protected virtual string StoredSettings => UsualSettings + PasswordSection;

    /// <summary>How the browser is.</summary>
    protected virtual BrowserNewContextOptions Options => new();

    protected static string PasswordSection
    {
        get
        {
            byte[] password = Encoding.ASCII.GetBytes(Password);
            return "[page]\npassword = " + Encoding.ASCII.GetString(PagePassword.Create(password, 0, password.Length)) + "\n";
        }
    }

    [TestInitialize]
    public async Task Begin()
    {
        int port = FreePort();
        var board = new VirtualBoard(port);
        if (StoredSettings != null)
        {
            byte[] text = Encoding.ASCII.GetBytes(StoredSettings);
            board.Write(SettingsStore.ImportFile, text, text.Length);
        }

        _running = new RunningDevice(board, port);
        await Until(() => _running.HttpAnswers() && Device.Unhealthy == null, "the device does not serve");
        Url = $"http://127.0.0.1:{port}/";
        Page = await Open(Options);
    }

    [TestCleanup]
    public async Task End()
    {
        foreach (IBrowserContext context in _contexts)
        {
            await context.CloseAsync();
        }

        _running?.Dispose();
        Assert.IsEmpty(_guards.FindAll(guard => guard.Requests == 0));
        _guards.ForEach(guard => guard.AssertClean());
    }

    /// <summary>The page in a browser of its own, with a guard.</summary>
    protected async Task<IPage> Open(BrowserNewContextOptions options)
    {
        IBrowser browser = await Chromium.Shared();
        IBrowserContext context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(15_000);
        _contexts.Add(context);
        _guards.Add(await PageGuard.Over(context, Url));
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(Url);
        return page;
    }

    internal PageGuard GuardOf(IPage page) => _guards[_contexts.IndexOf(page.Context)];

    protected async Task LogIn(IPage page = null)
    {
        page ??= Page;
        await page.Locator("#login").GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Machines", Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>Logs in and goes to a view by its link.</summary>
    protected async Task LogInTo(string view)
    {
        await LogIn();
        await Page.GetByRole(AriaRole.Link, new() { Name = view, Exact = true }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = view, Exact = true, Level = 1 })).ToBeVisibleAsync();
    }

    protected Task Press(string button, ILocator within = null) =>
        (within?.GetByRole(AriaRole.Button, new() { Name = button, Exact = true })
        ?? Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true })).ClickAsync();

    /// <summary>
    /// The page says that something was done. The words are taken away then, so that the same ones can be waited for again.
    /// </summary>
    protected async Task Says(string text)
    {
        await Expect(Page.Locator("#done")).ToHaveTextAsync(text);
        await Page.Locator("#done").EvaluateAsync("place => { place.textContent = ''; }");
    }

    /// <summary>What the device sends a machine for a path.</summary>
    protected async Task<string> Fetch(string path)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(Url + path);
    }

    /// <summary>Waits until something holds that no element of the page shows.</summary>
    protected static async Task Until(Func<bool> holds, string what)
    {
        for (int i = 0; i < 200 && !holds(); i++)
        {
            await Task.Delay(50);
        }

        Assert.IsTrue(holds(), what);
    }

    /// <summary>
    /// A port for a server that is started in a moment. Below those that the system gives to outgoing connections (32768 and up on Linux): a
    /// port of that range can be some other test's connection by then. Each process begins elsewhere and takes each port once.
    /// </summary>
    internal static int FreePort()
    {
        while (true)
        {
            int port = FirstPort + (Interlocked.Increment(ref s_ports) % Ports);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Some program listens there: the next one.
            }
        }
    }
}
