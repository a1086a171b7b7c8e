using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Netboot.ApiGate.Tests;

/// <summary>
/// The lists against nanoFramework's own assemblies, as far as the NuGet sources have their packages: every build asks for them and keeps
/// them in artifacts/nanoframework. Where none can be had there is nothing to compare.
/// </summary>
[TestClass]
public sealed class PackageTests
{
    private static readonly (string Assembly, string File)[] s_real = [.. Found()];

    [TestMethod]
    public void A_list_says_what_the_package_holds()
    {
        NeedMscorlib();
        foreach ((string assembly, string file) in s_real)
        {
            var reader = CSharpCompilation.Create("Reader", references: [MetadataReference.CreateFromFile(file)]);
            var real = (IAssemblySymbol)reader.GetAssemblyOrModuleSymbol(reader.References.Single())!;
            string[] lines = File.ReadAllLines(Path.Combine(Repository.Lists, assembly + ".txt"));
            Assert.AreEqual($"# assembly {assembly} {real.Identity.Version}", lines[0]);
            Assert.AreEqual("", ListPrinter.Difference(lines, real), assembly + ": - only the list has, + only the package has");
        }
    }

    [TestMethod]
    public async Task The_ordinary_build_uses_the_real_mscorlib_even_if_other_packages_are_missing()
    {
        NeedMscorlib();
        (int exitCode, string output) = await EndToEndTests.Build("public static object Kind = DateTimeKind.Local;", "");
        Assert.AreNotEqual(0, exitCode, output);
        StringAssert.Contains(output, "Tiny.cs(4,33): error CS0619: 'DateTimeKind.Local' is obsolete", output);
    }

    private static void NeedMscorlib()
    {
        if (!s_real.Any(r => r.Assembly == "mscorlib"))
        {
            Assert.Inconclusive("the NuGet sources do not have nanoFramework.CoreLibrary");
        }
    }

    private static IEnumerable<(string Assembly, string File)> Found()
    {
        string packages = Path.Combine(Repository.Root, "artifacts", "nanoframework", "packages");
        XDocument versions = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"));
        foreach (XElement package in versions.Descendants("NanoFrameworkPackage"))
        {
            string assembly = package.Attribute("Assembly")!.Value;
            string folder = Path.Combine(packages, package.Attribute("Include")!.Value.ToLowerInvariant(),
                package.Attribute("Version")!.Value, "lib");
            if (Directory.Exists(folder))
            {
                yield return (assembly, Directory.GetFiles(folder, assembly + ".dll", SearchOption.AllDirectories).Single());
            }
        }
    }
}
