using System.IO;
using System.Net;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Page.Tests.Support;
using Netboot.Tool.Mirror;
using Netboot.Tool.Tests.Mirror;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>What the mirror says it has becomes a profile in one click; whatever else it says, it stays text.</summary>
[TestClass]
public sealed class FoundTests : PageTest
{
    private TestMirror _mirror;

    private ILocator Dialog => Page.Locator("#profile");

    private ILocator Rows => Page.Locator("#found-entries tr");

    private ILocator Error => Page.Locator("#found-error");

    [TestInitialize]
    public async Task ToTheView()
    {
        _mirror = TestMirror.Start();
        await LogInTo("Boot");

        // What is typed before the view has its values would be replaced by them.
        await Expect(Page.Locator("#boot-mirror-url")).ToHaveValueAsync("http://192.168.1.2/netboot/");
        await Page.Locator("#boot-mirror-url").FillAsync(_mirror.Url);
        await Press("Save mirror");
        await Says("Saved.");
    }

    [TestCleanup]
    public async Task StopMirror() => await _mirror.DisposeAsync();

    [TestMethod]
    public async Task Each_entry_makes_a_profile_that_is_saved_as_it_is()
    {
        _mirror.List = """
            {"version":1,"entries":[
              {"title":"Debian installer (amd64)","kind":"linux","kernel":"debian/linux","initrds":[{"url":"debian/initrd.gz"}],
               "bios":true,"efi":"x86_64","bytes":45000000},
              {"title":"Proxmox (pve 9.iso)","kind":"linux","kernel":"pve/linux26","initrds":[{"url":"pve/initrd.img"},
               {"url":"pve%209.iso","name":"/proxmox.iso"}],"commandLine":"ramdisk_size=16777216 url={mirror}x","bios":true,"bytes":1},
              {"title":"tool","kind":"script","kernel":"tool.ipxe","bios":false,"bytes":20}],
             "notOffered":[{"path":"old/vmlinuz","reason":"no initrd beside it"}]}
            """;
        await Press("See what it has");
        await Expect(Rows).ToHaveCountAsync(3);
        await Expect(Rows.Nth(0)).ToContainTextAsync("BIOS, UEFI x86_64");
        await Expect(Rows.Nth(0)).ToContainTextAsync("42.9 MB");
        await Expect(Rows.Nth(2)).ToContainTextAsync("any");
        await Expect(Page.Locator("#found-rest li")).ToHaveTextAsync(["Not offered: old/vmlinuz: no initrd beside it"]);
        await TakeScreenshots("found");
        await Press("Make a profile of Debian installer (amd64)");
        await Expect(Dialog.GetByLabel("Name")).ToHaveValueAsync("debian-installer-amd64");
        await Expect(Page.Locator("#profile-start")).ToBeHiddenAsync();
        await Save("debian-installer-amd64");
        StringAssert.Contains(
            Settings, "[profile debian-installer-amd64]\nkind = linux\nkernel = debian/linux\ninitrd = debian/initrd.gz\n");

        await Press("Make a profile of Proxmox (pve 9.iso)");
        await Save("proxmox-pve-9.iso");
        StringAssert.Contains(
            Settings,
            "kernel = pve/linux26\ncommand-line = ramdisk_size=16777216 url={mirror}x\n"
            + "initrd = pve/initrd.img\ninitrd = pve%209.iso /proxmox.iso\n");
        await Press("Make a profile of tool");
        await Save("tool");
        StringAssert.Contains(Settings, "[profile tool]\nkind = script\nscript = tool.ipxe\n");

        // A second one of the same does not take the first one's place.
        await Press("Make a profile of tool");
        await Expect(Dialog.GetByLabel("Name")).ToHaveValueAsync("tool-2");
    }

    /// <summary>From files in a folder, through <c>netboot mirror</c> and the device, to a profile in the settings.</summary>
    [TestMethod]
    public async Task What_netboot_mirror_finds_in_a_folder_is_a_profile_in_one_click_and_save()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("netboot-page-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "my live"));
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "my live", "vmlinuz"), SampleFiles.BzImage("6.1.0-test"));
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "my live", "initrd.img"), SampleFiles.Gzip);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "tool.ipxe"), "#!ipxe\nshell\n");
            await using var server = new MirrorServer(new IPEndPoint(IPAddress.Loopback, 0), new MirrorOptions(folder.FullName));
            await server.StartAsync(default);
            await Page.Locator("#boot-mirror-url").FillAsync($"http://{server.EndPoint}/");
            await Press("Save mirror");
            await Says("Saved.");
            await Press("See what it has");
            await Expect(Rows).ToHaveCountAsync(2);
            await Rows.Nth(0).GetByRole(AriaRole.Button).ClickAsync();
            string name = await Dialog.GetByLabel("Name").InputValueAsync();
            await Save(name);
            StringAssert.Contains(
                Settings, $"[profile {name}]\nkind = linux\nkernel = my%20live/vmlinuz\ninitrd = my%20live/initrd.img\n");
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [TestMethod]
    [DataRow("{\"version\":1,\"entries\":[{", "is not JSON: ")]
    [DataRow("hello", "is not JSON: ")]
    [DataRow("null", "is not a list that this page knows")]
    [DataRow("[]", "is not a list that this page knows")]
    [DataRow("{\"version\":2,\"entries\":[]}", "is not a list that this page knows")]
    [DataRow("{\"version\":1,\"entries\":{\"length\":3}}", "is not a list that this page knows")]
    public async Task A_list_that_is_none_is_refused_with_the_reason(string list, string words)
    {
        Guard.Provokes(502, "/api/mirror/list");
        _mirror.List = list;
        await Press("See what it has");
        await Expect(Error).ToContainTextAsync("netboot.json " + words);
        await Expect(Rows).ToHaveCountAsync(0);
    }

    [TestMethod]
    public async Task What_is_wrong_in_a_list_is_left_out_and_the_rest_stays_text()
    {
        _mirror.List = JsonSerializer.Serialize(new
        {
            version = 1,
            entries = new object[]
            {
                new
                {
                    title = "<img src=x onerror=alert(1)>\u202e\nsecond", kernel = "</script>\nk", kind = 5, efi = new[] { "x" },
                    bytes = "many",
                },
                null, 7, "text", new { title = "no kernel" }, new { kernel = "no title" }, new { title = " ", kernel = "k" },
                new { title = "bad initrd", kernel = "k", initrds = new object[] { null } },
                new { title = "odd initrds", kernel = "k", initrds = "none", commandLine = 4, bytes = -1 },
                new { title = new string('x', 5000), kernel = "k" },
            },
            notOffered = new object[] { null, new { path = "<b>p", reason = 3 }, 9 },
        });
        await Press("See what it has");
        await Expect(Rows).ToHaveCountAsync(3);
        await Expect(Rows.Nth(0)).ToContainTextAsync("<img src=x onerror=alert(1)> second");
        await Expect(Page.Locator("#found-rest li")).ToHaveTextAsync(
            ["Not offered: <b>p: no reason given", "7 entries have no title, no kernel, or an initrd without a URL."]);
        Assert.AreEqual(0, await Page.Locator("#found-table img, #found-rest b").CountAsync());
        await Rows.Nth(0).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Dialog.GetByLabel("Name")).ToHaveValueAsync("img-src-x-onerror-alert");
        await Expect(Dialog.GetByLabel("Kernel URL")).ToHaveValueAsync("</script> k");
        await Press("Cancel", Dialog);
        await Rows.Nth(2).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Dialog.GetByLabel("Name")).ToHaveValueAsync(new string('x', 24));
        await Press("Cancel", Dialog);
        await Page.SetViewportSizeAsync(375, 812);
        string[] wide = await Page.EvaluateAsync<string[]>(Scripts.TooWide);
        Assert.IsEmpty(wide, string.Join("; ", wide));
    }

    [TestMethod]
    public async Task A_mirror_without_a_list_and_one_that_is_down_are_told_apart()
    {
        Guard.Provokes(502, "/api/mirror/list");
        await Press("See what it has");
        await Expect(Error).ToContainTextAsync("The mirror has no netboot.json. 'netboot mirror' makes one by itself");
        await TakeScreenshots("found-none");
        _mirror.List = "{\"version\":1,\"entries\":[]}";
        await Press("See what it has");
        await Expect(Page.Locator("#found-state")).ToHaveTextAsync("The mirror has nothing to boot from.");
        await Expect(Error).ToBeHiddenAsync();
        await Page.Locator("#boot-mirror-url").FillAsync("http://127.0.0.1:9/");
        await Press("Save mirror");
        await Says("Saved.");
        await Press("See what it has");
        await Expect(Error).ToContainTextAsync("127.0.0.1:9 cannot be reached: socket error");
    }

    private async Task Save(string name)
    {
        await Press("Save profile", Dialog);
        await Says($"Profile {name} saved.");
    }

    private async Task TakeScreenshots(string name)
    {
        await Screenshots.Take(Page, name, "#found-title");
        PageViewportSizeResult before = Page.ViewportSize;
        await Page.SetViewportSizeAsync(375, 812);
        await Screenshots.Take(Page, name + "-phone", "#found-title");
        await Page.SetViewportSizeAsync(before.Width, before.Height);
    }
}
