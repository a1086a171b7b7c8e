using Netboot.Tool.Testing;

namespace Netboot.Tool.Flash;

/// <summary>Finds nanoff, and installs it when it is missing.</summary>
internal static class NanoffProgram
{
    /// <summary>A few MB from the NuGet gallery.</summary>
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    private static readonly string FileName = OperatingSystem.IsWindows() ? "nanoff.exe" : "nanoff";

    private static string? OwnFolder => SourceTree.Root == null ? null : Path.Combine(SourceTree.Root, "artifacts", "nanoff");

    /// <summary>The command that installs it, into this repository's artifacts/ and nowhere else; for people to read.</summary>
    public static string InstallCommand => string.Join(' ', InstallArguments(OwnFolder ?? "FOLDER"));

    /// <summary>
    /// The nanoff that was named, or one in the PATH, among the user's tools or installed earlier; null if there is none.
    /// </summary>
    public static string? Find(string? named)
    {
        if (named != null)
        {
            return File.Exists(named) ? Path.GetFullPath(named) : throw new FlashRefusedException($"--nanoff: there is no file '{named}'.");
        }

        IEnumerable<string?> folders =
        [
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools"),
            OwnFolder,
        ];
        return folders.OfType<string>().Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);
    }

    /// <summary>Installs nanoff and returns its path.</summary>
    public static string Install()
    {
        if (SourceTree.Root == null || OwnFolder == null)
        {
            throw new FlashRefusedException("nanoff is not installed: run 'dotnet tool install -g nanoff', or name it with --nanoff.");
        }

        int exit = PassedThrough.Run(InstallArguments(OwnFolder), SourceTree.Root, InstallLimit);
        string program = Path.Combine(OwnFolder, FileName);
        return exit == 0 && File.Exists(program)
            ? program
            : throw new FlashRefusedException(
                "nanoff could not be installed from the NuGet gallery. Check the internet connection, or install it yourself (dotnet tool install -g nanoff) and name it with --nanoff.");
    }

    private static string[] InstallArguments(string folder) => ["dotnet", "tool", "install", "nanoff", "--tool-path", folder];
}
