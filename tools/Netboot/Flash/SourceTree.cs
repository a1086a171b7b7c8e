namespace Netboot.Tool.Flash;

/// <summary>The clone of the repository that the tool runs from.</summary>
internal static class SourceTree
{
    private const string Solution = "Netboot.nanoFramework.sln";

    /// <summary>Its folder, or null if the tool is not in one.</summary>
    public static string? Root { get; } = Find(AppContext.BaseDirectory) ?? Find(Directory.GetCurrentDirectory());

    private static string? Find(string start)
    {
        for (DirectoryInfo? folder = new(start); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
