using Netboot.FirmwareImage.Boards;
using Netboot.Tool.Testing;

namespace Netboot.Tool.Flash;

/// <summary>The application's deployment image: found, or built, and checked before a board is touched.</summary>
internal static class ImageFile
{
    /// <summary>A first build restores the packages too.</summary>
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(20);

    private static readonly byte[] Marker = "NFMRK"u8.ToArray();

    private static readonly string[] BuildArguments = ["build", "firmware", "-c", "Release", "-p:NanoFrameworkPackages=true", "--nologo"];

    /// <summary>What builds the image; for people to read.</summary>
    public static string BuildCommand(bool psram) => "dotnet " + string.Join(' ', ArgumentsFor(psram));

    private static string[] ArgumentsFor(bool psram) => psram ? [.. BuildArguments, "-p:Psram=true"] : BuildArguments;

    // The two images lie in different folders: the project file says which.
    private static string? BuiltFor(bool psram) => SourceTree.Root == null
        ? null
        : Path.Combine(SourceTree.Root, "firmware", "bin", "Release", psram ? "psram" : "", "Netboot.Firmware.bin");

    /// <summary>The image that was named, or the one that is built here, and whether it has to be built first.</summary>
    public static (string Path, bool ToBuild) Locate(string? named, bool psram)
    {
        if (named != null)
        {
            return File.Exists(named)
                ? (Path.GetFullPath(named), false) : throw new FlashRefusedException($"--image: there is no file '{named}'.");
        }

        string built = BuiltFor(psram)
            ?? throw new FlashRefusedException("This is not a clone of the repository: name the image with --image.");
        return (built, !File.Exists(built) || File.GetLastWriteTimeUtc(built) < NewestSource(SourceTree.Root!));
    }

    /// <summary>Builds the image with the nanoFramework packages.</summary>
    public static void Build(string path, bool psram)
    {
        int exit = PassedThrough.Run(["dotnet", .. ArgumentsFor(psram)], SourceTree.Root!, BuildLimit);
        if (exit != 0 || !File.Exists(path))
        {
            throw new FlashRefusedException(
                "The image could not be built; the reason is above. If packages cannot be restored: the image needs nanoFramework's packages from the NuGet gallery, "
                + "and this network does not let them through. Use a Netboot.Firmware.bin from a machine that has them, or from a release, with --image.");
        }
    }

    /// <summary>Throws when the file is not an image, or is too large for the board.</summary>
    public static void Check(string path, BoardKind board)
    {
        using FileStream stream = File.OpenRead(path);
        Span<byte> start = stackalloc byte[Marker.Length];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.SequenceEqual(Marker))
        {
            throw new FlashRefusedException($"{path} is not a nanoFramework deployment image.");
        }

        if (stream.Length > board.DeployBytes)
        {
            throw new FlashRefusedException(FormattableString.Invariant(
                $"The image has {stream.Length:N0} bytes; the application's partition on a {board.FlashMegabytes} MB {board.Chip} holds {board.DeployBytes:N0}. Build it with fewer loaders."));
        }
    }

    // What the image is made from; an older image is not up to date.
    private static DateTime NewestSource(string root) =>
        new[] { "firmware", "shared" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".nfproj" or ".props" or ".targets" or ".projitems"
                || Path.GetFileName(file) == "BOARDS.md")
            .Where(file => !Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(File.GetLastWriteTimeUtc)
            .DefaultIfEmpty(DateTime.MinValue)
            .Max();
}
