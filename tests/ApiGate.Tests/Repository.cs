namespace Netboot.ApiGate.Tests;

/// <summary>Where this repository stands on the disk.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    public static readonly string Lists = Path.Combine(Root, "tools", "ApiGate", "api");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Netboot.nanoFramework.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no Netboot.nanoFramework.sln above {AppContext.BaseDirectory}");
    }
}
