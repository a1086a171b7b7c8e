using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Netboot.Page.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>What another boot server was told becomes a profile on the page, by the rules of <c>netboot import</c>.</summary>
[TestClass]
public sealed class ImportTests : PageTest
{
    private ILocator Text => Page.Locator("#import-text");

    private ILocator Dialog => Page.Locator("#profile");

    private ILocator Notes => Page.Locator("#profile-notes li");

    /// <summary>The cases of <c>tests/import-cases.json</c>, which the command's own tests take too.</summary>
    [TestMethod]
    public async Task The_page_makes_of_each_text_what_the_command_makes_of_it()
    {
        string cases = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "import-cases.json"));
        int count = JsonDocument.Parse(cases).RootElement.GetArrayLength();
        string[] made = await Page.EvaluateAsync<string[]>(
            """
            cases => JSON.parse(cases).map(({ text, profile, notes, refused }) => {
              let got;
              try {
                const { keys, notes } = importProfile(text);
                got = [keys.map(([key, value]) => key + ' = ' + value), notes, null];
              } catch (error) {
                if (!(error instanceof ImportError)) return text + ': ' + error.stack;
                got = [null, null, error.message];
              }
              const [is, expected] = [JSON.stringify(got), JSON.stringify([profile || null, notes || null, refused || null])];
              return is === expected ? 'same' : text + '\n  page:    ' + is + '\n  command: ' + expected;
            })
            """,
            cases);
        Assert.AreEqual("", string.Join('\n', made.Where(each => each != "same")));
        Assert.HasCount(count, made);
    }

    [TestMethod]
    public async Task A_pasted_command_is_shown_in_the_dialog_with_its_notes_and_saved()
    {
        await LogInTo("Boot");
        await Text.FillAsync(
            "sudo pixiecore boot /srv/k http://a/i http://a/j --cmdline='root={{ URL \"/srv/root.img\" }} quiet' --port 80");
        await Screenshots.Take(Page, "import", "#import");
        await Press("Make profile", Page.Locator("#import"));
        await Expect(Dialog.GetByRole(AriaRole.Heading)).ToHaveTextAsync("New profile");
        await Expect(Dialog.GetByLabel("Name")).ToHaveValueAsync("imported");
        await Expect(Dialog.GetByLabel("Kernel URL")).ToHaveValueAsync("k");
        await Expect(Dialog.GetByLabel("Initrd URLs")).ToHaveValueAsync("http://a/i\nhttp://a/j");
        await Expect(Dialog.GetByLabel("Command line")).ToHaveValueAsync("root={{ URL \"root.img\" }} quiet");
        await Expect(Notes).ToHaveTextAsync(
        [
            "Put /srv/k into the mirror's folder as k.", "Put /srv/root.img into the mirror's folder as root.img.",
            "--port is of Pixiecore's own server, and left out.",
        ]);
        Assert.IsFalse(Settings.Contains("imported", StringComparison.Ordinal), "nothing is saved before the person says so");
        await Screenshots.Take(Page, "import-dialog");
        await Dialog.GetByLabel("Name").FillAsync("old-server");
        await Press("Save profile", Dialog);
        await Says("Profile old-server saved.");
        StringAssert.Contains(
            Settings,
            "[profile old-server]\nkind = linux\nkernel = k\ncommand-line = root={{ URL \"root.img\" }} quiet\n"
            + "initrd = http://a/i\ninitrd = http://a/j\n");

        // The notes were about that one.
        await Press("Add profile");
        await Expect(Notes).ToHaveCountAsync(0);
        await Expect(Dialog.GetByLabel("Kernel URL")).ToHaveValueAsync("");
    }

    [TestMethod]
    public async Task A_NixOS_block_that_names_a_script_becomes_a_profile_with_it()
    {
        await LogInTo("Boot");
        await Text.FillAsync("services.pixiecore = {\n  enable = true;\n  kernel = \"https://boot.netboot.xyz\";\n};\n");
        await Press("Make profile", Page.Locator("#import"));
        await Expect(Dialog.GetByLabel("Kind")).ToHaveValueAsync("script");
        await Expect(Dialog.GetByLabel("Script URL")).ToHaveValueAsync("https://boot.netboot.xyz");
        await Expect(Page.Locator("#profile-https")).ToContainTextAsync("has to fetch https itself");
    }

    [TestMethod]
    public async Task What_cannot_be_imported_is_refused_at_the_field()
    {
        await LogInTo("Boot");
        ILocator error = Page.Locator("#import-text-error");
        await Text.FillAsync("pixiecore boot \"$n/bzImage\" i");
        await Press("Make profile", Page.Locator("#import"));
        await Expect(error).ToHaveTextAsync("Not imported: $n/bzImage: only the shell knows what this is. Put its value in its place.");
        await Expect(Text).ToBeFocusedAsync();
        await Expect(Dialog).ToBeHiddenAsync();
        await Text.FillAsync("<img src=x onerror=alert(1)>");
        await Press("Make profile", Page.Locator("#import"));
        await Expect(error).ToContainTextAsync("it is neither a 'pixiecore' command");
        await Text.FillAsync("pixiecore boot http://a/k");
        await Press("Make profile", Page.Locator("#import"));
        await Expect(error).ToBeHiddenAsync();
        await Expect(Dialog).ToBeVisibleAsync();
    }

    /// <summary>What only the device's own check of a profile finds, it says when the profile is saved.</summary>
    [TestMethod]
    public async Task What_the_device_refuses_of_it_is_said_when_it_is_saved()
    {
        await LogInTo("Boot");
        Guard.Provokes(422, "/api/settings/set");
        await Text.FillAsync("pixiecore boot k i --cmdline='a || b'");
        await Press("Make profile", Page.Locator("#import"));
        await Press("Save profile", Dialog);
        await Expect(Page.Locator("#profile-command-line-error"))
            .ToContainTextAsync("the word '||' would end the iPXE command", new() { IgnoreCase = true });
    }
}
