namespace Netboot.ApiGate.Tests;

/// <summary>The gate as people meet it: <c>dotnet build</c> of a project made the way the firmware's is.</summary>
[TestClass]
public sealed class EndToEndTests
{
    private const string Project =
        """
        <Project ToolsVersion="Current" DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
          <Import Project="../../firmware/NanoFramework.props" />
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <AssemblyName>Tiny</AssemblyName>
          </PropertyGroup>
          <ItemGroup>
            <Compile Include="*.cs" />
          </ItemGroup>
          <Import Project="../../firmware/NanoFramework.targets" />
        </Project>
        """;

    [TestMethod]
    [DataRow("public static void Main() { }", "", null)]
    [DataRow("public static string M(string[] a) => string.Join(\",\", a);", "", "Tiny.cs(4,50): error CS0117")]
    [DataRow("public static int[,] Grid;", "", "Tiny.cs(4,22): error NB005")]
    [DataRow("public static void Main() { }", "-p:CheckForOverflowUnderflow=true", "error NB008")]
    public async Task Build_says_what_the_device_lacks(string member, string option, string? wanted)
    {
        (int exitCode, string output) = await Build(member, "-p:NanoFrameworkPackages=false", option);
        Assert.AreEqual(wanted == null, exitCode == 0, output);
        StringAssert.Contains(output, wanted ?? "reference assemblies made of tools/ApiGate/api", output);
    }

    /// <summary>Builds a class Tiny with this member, on line 4.</summary>
    internal static async Task<(int ExitCode, string Output)> Build(string member, params string[] options)
    {
        // Inside the repository, so that the build takes the same settings as every project here.
        DirectoryInfo folder =
            Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "gate-" + Guid.NewGuid().ToString("N")));
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Tiny.nfproj"), Project);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Tiny.cs"),
                $"using System;\npublic static class Tiny\n{{\n    {member}\n}}\n");
            return await DotnetBuild.Run(Path.Combine(folder.FullName, "Tiny.nfproj"), options);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
