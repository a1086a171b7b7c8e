namespace Netboot.Tool.Mirror;

/// <summary>What a mirror serves, and who hears of it.</summary>
/// <param name="Folder">The folder; it may be a link.</param>
internal sealed record MirrorOptions(string Folder)
{
    /// <summary>Folders that links may lead into besides the served one and Nix's store.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Folders whose loaders are served where <see cref="Folder"/> has none of that name; those that do not exist have none.</summary>
    public IReadOnlyList<string> Loaders { get; init; } = [FirmwareImage.Loaders.LoaderFolder.Debian];

    /// <summary>Gets each request once its answer has left.</summary>
    public Action<MirrorRequest>? OnRequest { get; init; }

    /// <summary>Gets a line about what is not served, and why.</summary>
    public Action<string>? OnNotice { get; init; }
}
