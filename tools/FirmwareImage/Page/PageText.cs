using System.Security.Cryptography;
using System.Text;

namespace Netboot.FirmwareImage.Page;

/// <summary>The page as one text, with the text of its one style and its one script.</summary>
public sealed record PageText(string Page, string Style, string Script)
{
    /// <summary>The style's hash as a content security policy names it.</summary>
    public string StyleHash => Hash(Style);

    /// <summary>The script's hash as a content security policy names it.</summary>
    public string ScriptHash => Hash(Script);

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
