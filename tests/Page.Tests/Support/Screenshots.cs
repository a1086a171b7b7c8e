using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.Playwright;

namespace Netboot.Page.Tests.Support;

/// <summary>Pictures of the real page for the README, in <c>artifacts/screenshots/</c>.</summary>
internal static class Screenshots
{
    private static readonly string Folder = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(each => each.Key == "Screenshots").Value;

    /// <summary>Takes what the window shows, from the top or from an element on.</summary>
    public static async Task Take(IPage page, string name, string from = "body")
    {
        Directory.CreateDirectory(Folder);
        await page.EvaluateAsync(
            """
            from => {
              for (const id of ['done', 'problem']) document.getElementById(id).textContent = '';
              document.activeElement.blur();
              document.querySelector(from).scrollIntoView();
            }
            """,
            from);
        await page.Mouse.MoveAsync(0, 0);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
    }
}
