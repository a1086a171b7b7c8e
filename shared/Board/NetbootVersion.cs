namespace Netboot.Board;

/// <summary>The product's own version.</summary>
public static class NetbootVersion
{
    /// <summary>Shown by status, console and page.</summary>
    public const string Text = "0.1.0";
}
