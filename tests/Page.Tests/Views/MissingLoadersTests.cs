using System.Threading.Tasks;
using Netboot.Page.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Netboot.Page.Tests.Views;

/// <summary>A device without a mirror, and so without the loaders that it has not itself.</summary>
[TestClass]
public sealed class MissingLoadersTests : PageTest
{
    protected override string StoredSettings => PasswordSection;

    [TestMethod]
    public async Task Missing_loaders_are_told_on_the_first_view_before_a_machine_fails()
    {
        await LogIn();
        await Expect(Page.Locator("#machines-loaders")).ToContainTextAsync("No loader on the board or a mirror: ");
        await Expect(Page.Locator("#machines-loaders")).ToContainTextAsync("snponly-arm64.efi");
        await Expect(Page.Locator("#machines-loaders")).ToContainTextAsync("Debian\u2019s ipxe package");
    }
}
