using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Netboot.ApiGate.Tests;
using Netboot.FirmwareImage;
using Netboot.FirmwareImage.Page;

namespace Netboot.Firmware.Tests;

/// <summary>How the build makes the config page out of its sources, and what those may hold.</summary>
[TestClass]
public sealed class PageBuildTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "shared", "Web", "Page");

    [TestMethod]
    public void Pieces_together_unpack_to_the_page()
    {
        using var output = new TestFolder();
        string file = Path.Combine(output.Path, "PageContent.cs");
        StringAssert.StartsWith(PagePack.Write(Folder, file), "page: ");
        string source = File.ReadAllText(file);
        string[] pieces = Regex.Matches(source, "case \\d+: return \"(.*)\";").Select(match => match.Groups[1].Value).ToArray();
        byte[] packed = pieces.SelectMany(Convert.FromBase64String).ToArray();
        StringAssert.Contains(source, $"const int Pieces = {pieces.Length};");
        StringAssert.Contains(source, $"const int Length = {packed.Length};");
        Assert.IsTrue(pieces.All(piece => piece.Length <= 1024));
        Assert.IsTrue(packed.Length <= PagePack.Largest, $"{packed.Length:N0} bytes are sent");
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        Assert.AreEqual(PageMarkup.Read(Folder).Page, new StreamReader(gzip, Encoding.UTF8).ReadToEnd());
    }

    [TestMethod]
    public void Same_page_gives_the_same_bytes_without_time_or_system()
    {
        byte[] packed = PagePack.Compress("<!doctype html>");
        CollectionAssert.AreEqual(packed, PagePack.Compress("<!doctype html>"));
        CollectionAssert.AreEqual(new byte[] { 0, 0, 0, 0 }, packed[4..8], "the time in gzip's header");
        Assert.AreEqual(255, packed[9], "the system in gzip's header");
    }

    [TestMethod]
    public void File_that_is_right_already_keeps_its_time()
    {
        using var output = new TestFolder();
        string file = Path.Combine(output.Path, "PageContent.cs");
        PagePack.Write(Folder, file);
        var before = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, before);
        PagePack.Write(Folder, file);
        Assert.AreEqual(before, File.GetLastWriteTimeUtc(file));
    }

    [TestMethod]
    public void Windows_line_ends_give_the_same_page()
    {
        using var copy = new TestFolder();
        foreach (string file in Directory.GetFiles(Folder).Where(name => !name.EndsWith(".cs", StringComparison.Ordinal)))
        {
            copy.Write(Path.GetFileName(file), Encoding.UTF8.GetBytes(File.ReadAllText(file).ReplaceLineEndings("\r\n")));
        }

        Assert.AreEqual(PageMarkup.Read(Folder), PageMarkup.Read(copy.Path));
    }

    [TestMethod]
    public void Page_takes_nothing_from_elsewhere()
    {
        string page = PageMarkup.Read(Folder).Page;

        // The addresses in it are an example for the mirror's URL, and the table of those that a profile can be started from: text for an
        // input, which the page itself never asks for (its security policy would not let it).
        string rest = page.Replace("http://192.168.1.2/netboot/", "", StringComparison.Ordinal);
        string presets = PageMarkup.Script("presets.js", File.ReadAllText(Path.Combine(Folder, "presets.js")));
        Assert.AreEqual(6, Regex.Count(presets, "^const [A-Z_]+ = 'https?://", RegexOptions.Multiline));
        StringAssert.Contains(rest, presets);
        rest = rest.Replace(presets, "", StringComparison.Ordinal);

        // An import puts a scheme before an address that has none, and names it in a message.
        rest = rest.Replace("'http://' + url", "", StringComparison.Ordinal).Replace("is no http:// address", "", StringComparison.Ordinal);
        Assert.AreEqual(0, Regex.Count(rest, "(https?|wss?|ftp)://|\"//|'//|`//|@import|\\burl\\(", RegexOptions.IgnoreCase));
        string[] outside = Regex.Matches(page, "<[^>]*\\b(?:href|src|srcset|action|poster|data)=\"([^\"]*)\"")
            .Select(match => match.Groups[1].Value).ToArray();
        CollectionAssert.IsSubsetOf(outside, new[] { "data:,", "#content", "#machines", "#boot", "#device", "#log", "#settings" });
        Assert.IsTrue(outside.Length > 5, "the expression finds addresses");
    }

    [TestMethod]
    public void Text_from_the_network_cannot_become_markup_or_code()
    {
        string page = PageMarkup.Read(Folder).Page;
        foreach (string word in new[]
        {
            "innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "srcdoc", "createContextualFragment", "DOMParser",
                "document.write",
            "eval(", "Function(", "javascript:", "setTimeout('", "setTimeout(\"", "setInterval('", "setInterval(\"",
        })
        {
            Assert.IsFalse(page.Contains(word, StringComparison.OrdinalIgnoreCase), word);
        }
    }

    [TestMethod]
    public void Markup_holds_nothing_that_its_security_policy_forbids()
    {
        PageText text = PageMarkup.Read(Folder);
        string markup = text.Page.Replace(text.Script, "", StringComparison.Ordinal).Replace(text.Style, "", StringComparison.Ordinal);
        Assert.AreEqual(0, Regex.Count(markup, "<[^>]*\\s(?:style|on[a-z]+)\\s*=", RegexOptions.IgnoreCase),
            "style attributes and inline handlers");
        Assert.AreEqual(0, Regex.Count(text.Script, "'style'|\"style\"|cssText"), "style attributes set from the script");
    }

    [TestMethod]
    public void Every_id_that_the_script_asks_for_is_there_once()
    {
        PageText text = PageMarkup.Read(Folder);
        string[] ids = Regex.Matches(text.Page, "\\bid=\"([^\"]*)\"").Select(match => match.Groups[1].Value).ToArray();
        CollectionAssert.AllItemsAreUnique(ids);
        string[] asked = Regex.Matches(text.Script, "\\$\\('([a-z-]+)'\\)").Select(match => match.Groups[1].Value).Distinct().ToArray();
        Assert.IsTrue(asked.Length > 40, "the expression finds the script's questions");
        CollectionAssert.IsSubsetOf(asked, ids);
        string[] labels = Regex.Matches(text.Page, "(?:for|aria-labelledby)=\"([^\" ]*)\"").Select(match => match.Groups[1].Value)
            .Distinct().ToArray();
        CollectionAssert.IsSubsetOf(labels, ids);
    }

    [TestMethod]
    [DataRow("let a = 1;\n  // gone\n\n  let b = 'http://kept'; // kept\n", "let a = 1;\nlet b = 'http://kept'; // kept\n")]
    [DataRow("return\n  value;\n", "return\nvalue;\n")]
    public void Script_keeps_its_lines(string source, string expected) => Assert.AreEqual(expected, PageMarkup.Script("page.js", source));

    [TestMethod]
    [DataRow("/* block */")]
    [DataRow("let a = `one\n  two`;")]
    [DataRow("let a = 'one \\\n  two';")]
    [DataRow("let a = '</script>';")]
    [DataRow("let a = '<!--';")]
    public void Script_that_cannot_be_built_in_is_refused(string source) =>
        Assert.AreEqual("NB912", Code(() => PageMarkup.Script("page.js", source)));

    [TestMethod]
    public void Style_loses_its_comments_and_indentation()
    {
        Assert.AreEqual("a {\ncolor: red;\n}\n", PageMarkup.Style("page.css", "/* one\n two */\na {\n  color: red; /* three */\n}\n"));
        Assert.AreEqual("NB912", Code(() => PageMarkup.Style("page.css", "a { } /* no end")));
    }

    [TestMethod]
    public void Missing_source_is_named()
    {
        using var folder = new TestFolder();
        folder.Write(PageMarkup.SourceFile, "<html>\n<head>\n<link rel=\"stylesheet\" href=\"none.css\">\n</head>\n"u8.ToArray());
        StringAssert.Contains(Assert.ThrowsExactly<ImageException>(() => PageMarkup.Read(folder.Path)).Message, "none.css");
    }

    private static string Code(Func<string> work) => Assert.ThrowsExactly<ImageException>(work).Diagnostic.Split("error ")[1].Split(':')[0];
}
