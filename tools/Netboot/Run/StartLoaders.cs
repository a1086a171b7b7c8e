using Netboot.Board;
using Netboot.FirmwareImage.Loaders;

namespace Netboot.Tool.Run;

/// <summary>The loaders that the virtual device has built in.</summary>
internal static class StartLoaders
{
    private const string Packed = ".resources";

    /// <summary>Opens what <c>--loaders</c> names: folders, or what a firmware build packed.</summary>
    public static IFirmwareLoaders Open(IReadOnlyList<string> paths)
    {
        if (!paths.Any(path => path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase)))
        {
            return paths.FirstOrDefault(path => !Directory.Exists(path)) is { } missing
                ? throw new RunException($"There is no '{missing}' for --loaders.")
                : new FolderLoaders(paths.Count == 0 ? [LoaderFolder.Debian] : paths);
        }

        if (paths.Count > 1)
        {
            throw new RunException("--loaders takes one .resources file, or folders.");
        }

        if (!File.Exists(paths[0]))
        {
            throw new RunException($"There is no '{paths[0]}' for --loaders.");
        }

        return new PackedLoaders(paths[0]);
    }
}
