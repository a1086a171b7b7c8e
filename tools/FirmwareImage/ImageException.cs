namespace Netboot.FirmwareImage;

/// <summary>
/// Why no image can be made, for the person who builds it; <paramref name="code"/> is the error's code in the build's output.
/// </summary>
public sealed class ImageException(string code, string message) : Exception(message)
{
    /// <summary>Loaders that cannot be packed.</summary>
    public const string Loaders = "NB910";

    /// <summary>An image that does not fit the board's deploy area, or is incomplete.</summary>
    public const string Image = "NB911";

    /// <summary>A page that cannot be built in.</summary>
    public const string Page = "NB912";

    /// <summary>A table of boards that cannot be read.</summary>
    public const string Boards = "NB913";

    /// <summary>The line that the build engine shows as an error.</summary>
    public string Diagnostic => $"firmware : error {code}: {Message}";
}
