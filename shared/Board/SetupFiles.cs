namespace Netboot.Board;

/// <summary>Files in the board's storage that set-up keeps: known to whoever has to forget them.</summary>
public static class SetupFiles
{
    /// <summary>The set-up access point's password.</summary>
    public const string Key = "setup.key";

    /// <summary>How far the first start came.</summary>
    public const string Mark = "setup.mark";
}
