using System;
using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Web;

namespace Netboot.Tests.Web;

/// <summary>The config page as the device sends it.</summary>
[TestClass]
public class PageTests
{
    [TestMethod]
    public void Pieces_together_unpack_to_the_page_and_each_fits_a_chunk()
    {
        byte[] sent = Sent();
        Assert.AreEqual(PagePieces.Length, sent.Length);
        Assert.IsTrue(sent.Length <= 32 * 1024, $"{sent.Length:N0} bytes are sent");
        string page = Page();
        StringAssert.StartsWith(page, "<!doctype html>\n");
        StringAssert.EndsWith(page, "</html>\n");
    }

    [TestMethod]
    public void Security_policy_names_the_one_style_and_the_one_script_that_are_in_the_page()
    {
        string page = Page();
        MatchCollection styles = Regex.Matches(page, "<style[^>]*>(.*?)</style>", RegexOptions.Singleline);
        MatchCollection scripts = Regex.Matches(page, "<script[^>]*>(.*?)</script>", RegexOptions.Singleline);
        Assert.AreEqual(1, styles.Count);
        Assert.AreEqual(1, scripts.Count);
        StringAssert.Contains(PagePieces.SecurityPolicy, $"style-src '{Hash(styles[0].Groups[1].Value)}';");
        StringAssert.Contains(PagePieces.SecurityPolicy, $"script-src '{Hash(scripts[0].Groups[1].Value)}';");
        StringAssert.StartsWith(PagePieces.SecurityPolicy, "default-src 'none'; ");
    }

    [TestMethod]
    public void Entity_tag_is_made_of_what_is_sent() =>
        Assert.AreEqual(PagePieces.ETag, $"\"{Convert.ToHexStringLower(SHA256.HashData(Sent()))[..16]}\"");

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Sent()
    {
        var pieces = new PagePieces();
        var writer = new ByteWriter(HttpPieces.PieceSize, HttpPieces.PieceSize);
        using var all = new MemoryStream();
        int index = 0;
        while (pieces.Write(index, writer))
        {
            Assert.IsFalse(writer.Overflowed, $"piece {index} is too large");
            all.Write(writer.Buffer, 0, writer.Length);
            writer.Clear();
            index++;
        }

        Assert.AreEqual(0, writer.Length, "nothing comes after the last piece");
        return all.ToArray();
    }

    private static string Page()
    {
        using var gzip = new GZipStream(new MemoryStream(Sent()), CompressionMode.Decompress);
        return new StreamReader(gzip, new UTF8Encoding(false, throwOnInvalidBytes: true)).ReadToEnd();
    }
}
